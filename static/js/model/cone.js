// The cone of influence on the stage: which edges and wires carry on what changes if the selected number does.
// What changes was told by the server, array by array as rows, columns and cells; here it is only looked up.

import { parseRef } from "./refs.js";

/** @typedef {import("./types.d.ts").Inspection["cone"]} Touched */
/**
 * @typedef {object} Cone
 * @property {(ref: string) => boolean} holds whether a number changes
 * @property {(layer: number, row: number, column: number) => boolean} edge
 * @property {(source: number, layer: number, row: number) => boolean} added a connection without a weight
 * @property {(row: number) => boolean} wire
 */

/** @type {WeakMap<Touched, Cone>} */
const cones = new WeakMap();

/**
 * @param {Touched} touched
 * @param {string} selected
 * @param {number} last index of the output layer
 * @param {import("./wiring.js").Wiring} wiring
 * @returns {Cone}
 */
function createCone(touched, selected, last, wiring) {
  const parts = new Map(touched.map(({ quantity, layer, rows, columns, cells }) => [
    `${quantity}:${layer}`, { rows: new Set(rows), columns: new Set(columns), cells: new Set(cells.map((cell) => cell.join(":"))) },
  ]));
  /** @param {string} text */
  const holds = (text) => {
    const ref = parseRef(text);
    const quantity = ref?.quantity === "costs" ? "costs" : ref?.quantity;
    const part = parts.get(`${quantity}:${ref?.layer ?? last}`);
    if (!ref || !part) return false;
    const { row, column } = ref;
    return part.rows.has(row ?? 0) || (column !== null && (part.columns.has(column) || part.cells.has(`${row}:${column}`)));
  };
  const own = parseRef(selected);
  const sends = (/** @type {number} */ layer, /** @type {number} */ row) =>
    holds(`activation:${layer}:${row}`) || (own?.layer === layer && own.row === row && own.column === null && ["activation", "weighted_input"].includes(own.quantity));
  return {
    holds,
    edge(layer, row, column) {
      const source = wiring.source(layer, column);
      return sends(source.layer, source.row) && holds(`weighted_input:${layer}:${row}`);
    },
    added: (source, layer, row) => sends(source, row) && holds(`weighted_input:${layer}:${row}`),
    wire: (row) => sends(last, row) && holds("cost"),
  };
}

/**
 * @param {Touched|null} touched
 * @param {string|null} selected
 * @param {number} last
 * @param {import("./wiring.js").Wiring} wiring
 * @returns {Cone|null}
 */
export function coneOf(touched, selected, last, wiring) {
  if (!touched || selected === null) return null;
  let cone = cones.get(touched);
  if (!cone) cones.set(touched, (cone = createCone(touched, selected, last, wiring)));
  return cone;
}
