// Marker is pointed at: from the refs under the pointer and of the selection follows everything that is highlighted.
// A weight lights its edge and both neurons; an array without indices lights its whole layer.

import { OF_BIASES, OF_WEIGHTS, parseRef } from "./refs.js";

/** @typedef {import("./refs.js").Ref} Ref */
/**
 * @typedef {object} Pointing
 * @property {(layer: number, row: number) => boolean} neuron
 * @property {(layer: number, row: number, column: number) => boolean} edge
 * @property {(layer: number, row: number) => boolean} bias
 * @property {(row: number) => boolean} target
 * @property {(row: number) => boolean} wire
 * @property {boolean} cost
 * @property {{layer: number, row: number}[]} neurons those pointed at by themselves, whose edges show their labels
 * @property {string} key tells two pointings apart
 */

const ON_EDGES = new Set(OF_WEIGHTS);
const ON_BIASES = new Set(OF_BIASES);
const OF_NEURONS = new Set([
  "weighted_input", "activation", "activation_slope", "activation_jacobian", "activation_gradient", "error",
]);

/**
 * @param {Ref|null} ref
 * @param {number} layer
 * @param {number} row
 */
function covers(ref, layer, row) {
  return ref !== null && ref.layer === layer && (ref.row === null || ref.row === row);
}

/**
 * @param {(string|null)[]} refs pointed at and selected
 * @param {number} last index of the output layer
 * @param {import("./wiring.js").Wiring} wiring
 * @returns {Pointing}
 */
export function pointingOf(refs, last, wiring) {
  const parsed = refs.map(parseRef).filter((ref) => ref !== null);
  /** @param {Set<string>} set */
  const among = (set) => parsed.filter((ref) => set.has(ref.quantity));
  const [edges, biases, neurons] = [among(ON_EDGES), among(ON_BIASES), among(OF_NEURONS)];
  const targets = parsed.filter((ref) => ref.quantity === "target");
  const single = neurons.filter((ref) => ref.row !== null);
  return {
    key: refs.join("|"),
    edge: (layer, row, column) => edges.some((ref) => covers(ref, layer, row) && (ref.column === null || ref.column === column)),
    neuron: (layer, row) =>
      [...neurons, ...biases, ...targets].some((ref) => covers(ref, layer, row)) ||
      edges.some((ref) => endsOf(ref, wiring).some((end) => covers(end, layer, row))),
    bias: (layer, row) => biases.some((ref) => covers(ref, layer, row)),
    target: (row) => targets.some((ref) => ref.row === null || ref.row === row),
    wire: (row) => single.some((ref) => ref.quantity === "activation_gradient" && covers(ref, last, row)),
    cost: parsed.some((ref) => ref.quantity === "cost" || ref.quantity === "costs"),
    neurons: single.map((ref) => ({ layer: ref.layer ?? 0, row: ref.row ?? 0 })),
  };
}

/**
 * The two neurons of an edge; of a whole layer's edges none, or everything would be marked.
 * @param {Ref} ref
 * @param {import("./wiring.js").Wiring} wiring
 * @returns {Ref[]}
 */
function endsOf(ref, wiring) {
  if (ref.row === null || ref.column === null || ref.layer === null) return [];
  return [
    { quantity: "activation", layer: ref.layer, row: ref.row, column: null },
    { quantity: "activation", ...wiring.source(ref.layer, ref.column), column: null },
  ];
}
