// Which edges are drawn: all of a small network; of a wide one the strongest, and those of what somebody points at.
// No eye tells thousands of lines apart, and a smear of them would hide the few that matter.

import { parseRef } from "./refs.js";
import { inUseNow } from "./scene_part.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {{layer: number, row: number, column: number, weight: number}} Edge */
/** @typedef {{edges: Edge[], strongest: number|null}} Drawn `strongest` is how many were chosen, null where all are drawn */

/** More edges than these are not told apart by anybody. */
const MOST_EDGES = 1000;
/** Of a wide network as many are drawn, each layer having its share. */
const STRONGEST = 160;

/** Whether only some of the edges are drawn. @param {import("./wiring.js").Wiring} wiring */
export function isWide({ edges }) {
  return edges > MOST_EDGES;
}

/** @param {View} view @param {number} layer @returns {number[][]} */
const weightsOf = (view, layer) => view.trace.layers[layer]?.weights ?? [];

/** @type {WeakMap<import("./types.d.ts").Trace, Drawn>} */
const chosenOf = new WeakMap();

/**
 * The edges that are drawn whatever is pointed at.
 * @param {View} view
 * @returns {Drawn}
 */
function chosen(view) {
  let drawn = chosenOf.get(view.trace);
  if (!drawn) {
    const layers = Array.from({ length: view.last }, (_, at) => weightsOf(view, at + 1));
    const share = view.wide ? Math.floor(STRONGEST / view.last) : Infinity;
    const edges = layers.flatMap((rows, at) => edgesOver(rows, at + 1, leastAmong(rows, share)).slice(0, share));
    drawn = { edges, strongest: view.wide ? edges.length : null };
    chosenOf.set(view.trace, drawn);
  }
  return drawn;
}

/**
 * @param {number[][]} rows
 * @param {number} share how many may be drawn
 * @returns {number} the size a weight needs to be among them
 */
function leastAmong(rows, share) {
  const sizes = Float64Array.from(rows.flat(), Math.abs);
  return share >= sizes.length ? 0 : sizes.sort()[sizes.length - share] ?? 0;
}

/**
 * @param {number[][]} rows
 * @param {number} layer
 * @param {number} least
 * @returns {Edge[]}
 */
function edgesOver(rows, layer, least) {
  return rows.flatMap((weights, row) => weights.flatMap((weight, column) => (Math.abs(weight) >= least ? [{ layer, row, column, weight }] : [])));
}

/**
 * @param {View} view
 * @returns {Drawn}
 */
export function drawnEdges(view) {
  const drawn = chosen(view);
  if (drawn.strongest === null || (view.pointing.key === "|" && !view.part)) return drawn;
  /** @type {Map<string, Edge>} */
  const edges = new Map(drawn.edges.map((edge) => [keyOf(edge), edge]));
  for (const edge of [...pointedEdges(view), ...edgesInUse(view)]) edges.set(keyOf(edge), edge);
  return { edges: [...edges.values()], strongest: drawn.strongest };
}

/** @param {Edge} edge */
const keyOf = ({ layer, row, column }) => `${layer}:${row}:${column}`;

/**
 * The edges of the part at hand.
 * @param {View} view
 * @returns {Edge[]}
 */
function edgesInUse(view) {
  const layer = parseRef(view.part?.run.beats.find(({ edges }) => edges)?.edges)?.layer;
  if (layer === null || layer === undefined) return [];
  return weightsOf(view, layer).flatMap((weights, row) => weights.flatMap((weight, column) => (inUseNow(view, layer, row, column) ? [{ layer, row, column, weight }] : [])));
}

/**
 * @param {View} view
 * @returns {Edge[]}
 */
function pointedEdges(view) {
  const into = view.pointing.neurons.flatMap(({ layer, row }) => (weightsOf(view, layer)[row] ?? []).map((weight, column) => ({ layer, row, column, weight })));
  const from = view.pointing.neurons.flatMap((neuron) => view.layout.wiring.readers(neuron.layer).flatMap(({ layer, first }) => {
    const column = first + neuron.row;
    return weightsOf(view, layer).map((weights, row) => ({ layer, row, column, weight: weights[column] ?? 0 }));
  }));
  const single = [view.pointed, view.selected].map(parseRef).flatMap((ref) => {
    const { layer = null, row = null, column = null } = ref ?? {};
    const weight = layer === null || row === null || column === null ? undefined : weightsOf(view, layer)[row]?.[column];
    return weight === undefined ? [] : [{ layer, row, column, weight }];
  });
  return /** @type {Edge[]} */ ([...into, ...from, ...single]);
}
