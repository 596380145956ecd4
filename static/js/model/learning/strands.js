// The weights as lines to paint: from where to where, how wide and in which colour, the weakest first so that the strongest lie on top.
// A weight is measured against the largest shown in the whole network, so widths can be compared across layers.

import { leaving } from "./layers.js";

/** @typedef {import("./layers.js").Placed} Placed */
/** @typedef {import("./frames.d.ts").EdgesNow} EdgesNow */
/** @typedef {import("./frames.d.ts").Neuron} Neuron */
/** @typedef {{x0: number, y0: number, x1: number, y1: number, share: number, layer: number, row: number, column: number, weight: number}} Strand share is from −1 to 1 */

/** More lines than these are a smear; then of each layer only the strongest few are drawn. */
const MOST = 400;
const FEW = 160;

/** @param {EdgesNow} edges @param {number} count @param {Neuron|null|undefined} neuron @returns {EdgesNow} the strongest, and all that touch the neuron */
function strongest({ layer, rows, columns, weights }, count, neuron) {
  if (weights.length <= count) return { layer, rows, columns, weights };
  const order = weights.map((_, at) => at).sort((a, b) => Math.abs(weights[b] ?? 0) - Math.abs(weights[a] ?? 0))
    .filter((at, rank) => rank < count || touches({ layer, row: rows[at] ?? 0, column: columns[at] ?? 0 }, neuron));
  return { layer, rows: order.map((at) => rows[at] ?? 0), columns: order.map((at) => columns[at] ?? 0), weights: order.map((at) => weights[at] ?? 0) };
}

/**
 * @param {EdgesNow[]} all
 * @param {Placed} placed
 * @param {Neuron|null} [neuron] one that is pointed at
 * @returns {Strand[]} weakest first
 */
export function strandsOf(all, placed, neuron = null) {
  const isSmear = all.reduce((sum, { weights }) => sum + weights.length, 0) > MOST;
  const edges = isSmear ? all.map((one) => strongest(one, FEW, neuron)) : all;
  let largest = 1e-12;
  for (const { weights } of edges) for (const weight of weights) if (Math.abs(weight ?? 0) > largest) largest = Math.abs(weight ?? 0);
  /** @type {Strand[]} */
  const strands = [];
  for (const { layer, rows, columns, weights } of edges) {
    const [before, here] = [placed.columns[layer - 1], placed.columns[layer]];
    if (!before || !here) continue;
    for (let at = 0; at < weights.length; at++) {
      const [row, column, weight] = [rows[at] ?? 0, columns[at] ?? 0, weights[at] ?? 0];
      const from = leaving(before, column);
      const to = here.spots[row];
      if (from && to) strands.push({ x0: from.x, y0: from.y, x1: to.x - to.r, y1: to.y, share: weight / largest, layer, row, column, weight });
    }
  }
  return strands.sort((a, b) => Math.abs(a.share) - Math.abs(b.share));
}

/** @param {EdgesNow[]} edges @param {Neuron} neuron @param {number} count @returns {{column: number, weight: number}[]} the strongest into a neuron */
export function strongestInto(edges, { layer, neuron }, count) {
  const found = edges.find((one) => one.layer === layer);
  if (!found) return [];
  const into = found.rows.flatMap((row, at) => (row === neuron ? [{ column: found.columns[at] ?? 0, weight: found.weights[at] ?? 0 }] : []));
  return into.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, count);
}

/** @param {{layer: number, row: number, column: number}} strand @param {Neuron|null|undefined} neuron whether it leads into the neuron or, of an input, out of it */
export function touches({ layer, row, column }, neuron) {
  if (!neuron) return false;
  return neuron.layer === 0 ? layer === 1 && column === neuron.neuron : layer === neuron.layer && row === neuron.neuron;
}

/** At this share of the examples a neuron counts as stuck. */
const STUCK = 0.9;

/**
 * @param {import("./frames.d.ts").LayerNow|undefined} now
 * @param {number} neuron
 * @returns {"saturated"|"dead"|null}
 */
export function stuckOf(now, neuron) {
  if (now?.dead?.[neuron]) return "dead";
  return (now?.saturated?.[neuron] ?? 0) >= STUCK ? "saturated" : null;
}
