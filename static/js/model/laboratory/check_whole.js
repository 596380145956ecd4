// The whole network checked: its numbers as rows of a table, and as cells of one matrix a layer in classes of their error.
// Which class a number is in is looked up from its power of ten and from the server's own bound.

import { makeRef } from "../refs.js";

/** @typedef {import("./check.js").Whole} Whole */
/** @typedef {{ref: string, parameter: string, layer: number, row: number, column: number|null, backpropagated: number|null, numerical: number|null, error: number|null, kink: boolean, order: number}} Row */
/** @typedef {{layer: number, rows: number, columns: number, hasBias: boolean, cells: Row[]}} Field one layer; the last column is that of the biases where it has any */

const QUANTITY = /** @type {Record<string, string>} */ ({ weights: "weight_gradient", biases: "bias_gradient" });
/** Upper ends of the classes, in powers of ten; one more reaches to the bound. */
export const CLASSES = [-11, -9, -7];
export const FAILED = CLASSES.length + 1;
export const KINK = CLASSES.length + 2;

/** @param {Whole} whole @returns {Row[]} in the order of the layers */
export function rowsOf({ checks, kinks }) {
  const bent = new Set(kinks.map(({ parameter, layer, index }) => makeRef(QUANTITY[parameter] ?? "", layer, index[0] ?? null, index[1] ?? null)));
  let order = 0;
  return checks.flatMap(({ parameter, layer, backpropagated, numerical, relative_error: errors }) => /** @type {any[]} */ (backpropagated).flatMap((/** @type {any} */ one, /** @type {number} */ row) => {
    const values = Array.isArray(one) ? one : [one];
    return values.map((value, at) => {
      const column = Array.isArray(one) ? at : null;
      const pick = (/** @type {any} */ array) => (column === null ? array[row] : array[row]?.[column]) ?? null;
      const ref = makeRef(QUANTITY[parameter] ?? "", layer, row, column);
      return { ref, parameter, layer, row, column, backpropagated: value, numerical: pick(numerical), error: pick(errors), kink: bent.has(ref), order: order++ };
    });
  }));
}

/** @param {Row[]} rows @param {"error"|"order"} by @returns {Row[]} */
export function sorted(rows, by) {
  const size = (/** @type {Row} */ { error }) => error ?? Infinity;
  return by === "order" ? rows : [...rows].sort((a, b) => size(b) - size(a) || a.order - b.order);
}

/** @param {Row[]} rows @returns {Field[]} */
export function fieldsOf(rows) {
  const layers = [...new Set(rows.map(({ layer }) => layer))].sort((a, b) => a - b);
  return layers.map((layer) => {
    const cells = rows.filter((row) => row.layer === layer);
    const widest = Math.max(...cells.map(({ column }) => (column ?? -1) + 1));
    const hasBias = cells.some(({ column }) => column === null);
    return { layer, rows: Math.max(...cells.map(({ row }) => row)) + 1, columns: widest + (hasBias ? 1 : 0), hasBias, cells };
  });
}

/** The column of a cell in its field. @param {Field} field @param {Row} row */
export const columnOf = ({ columns }, { column }) => column ?? columns - 1;

/**
 * 0 for the smallest errors, then one class after the other; FAILED beyond the bound, KINK where there is nothing to compare.
 * @param {Row} row @param {number} tolerance
 */
export function classOf({ error, kink }, tolerance) {
  if (kink) return KINK;
  if (error === null || error > tolerance) return FAILED;
  const power = error === 0 ? -Infinity : Math.log10(error);
  const found = CLASSES.findIndex((end) => power <= end);
  return found < 0 ? CLASSES.length : found;
}
