// The weights as lines to paint: from where to where, how wide and in which colour, the weakest first so that the strongest lie on top.
// A weight is measured against the largest shown in the whole network, so widths can be compared across layers.

import { leaving } from "./layers.js";

/** @typedef {import("./layers.js").Placed} Placed */
/** @typedef {import("./frames.d.ts").EdgesNow} EdgesNow */
/** @typedef {import("./frames.d.ts").Neuron} Neuron */
/** @typedef {import("../wiring.js").Wiring} Wiring */
/** @typedef {import("../wiring.js").Place} Place */
/** @typedef {{x0: number, y0: number, x1: number, y1: number, lane: number|null}} Way lane: how far down it passes under what it skips */
/** @typedef {Way & {share: number, layer: number, row: number, column: number, from: Place, weight: number}} Strand share is from −1 to 1 */

/** More lines than these are a smear; then of each layer only the strongest few are drawn. */
const MOST = 400;
const FEW = 160;
/** In the lane edges lie beside each other, as far as there is room. */
const SPREAD = 3;

/** @param {EdgesNow} edges @param {number} count @param {Wiring} wiring @param {Neuron|null|undefined} neuron @returns {EdgesNow} the strongest, and all that touch the neuron */
function strongest({ layer, rows, columns, weights }, count, wiring, neuron) {
  if (weights.length <= count) return { layer, rows, columns, weights };
  const order = weights.map((_, at) => at).sort((a, b) => Math.abs(weights[b] ?? 0) - Math.abs(weights[a] ?? 0))
    .filter((at, rank) => rank < count || touches({ layer, row: rows[at] ?? 0, from: wiring.source(layer, columns[at] ?? 0) }, neuron));
  return { layer, rows: order.map((at) => rows[at] ?? 0), columns: order.map((at) => columns[at] ?? 0), weights: order.map((at) => weights[at] ?? 0) };
}

/**
 * @param {EdgesNow[]} all
 * @param {Placed} placed
 * @param {Wiring} wiring
 * @param {Neuron|null} [neuron] one that is pointed at
 * @returns {Strand[]} weakest first
 */
export function strandsOf(all, placed, wiring, neuron = null) {
  const isSmear = all.reduce((sum, { weights }) => sum + weights.length, 0) > MOST;
  const edges = isSmear ? all.map((one) => strongest(one, FEW, wiring, neuron)) : all;
  let largest = 1e-12;
  for (const { weights } of edges) for (const weight of weights) if (Math.abs(weight ?? 0) > largest) largest = Math.abs(weight ?? 0);
  /** @type {Strand[]} */
  const strands = [];
  for (const { layer, rows, columns, weights } of edges) {
    for (let at = 0; at < weights.length; at++) {
      const [row, column, weight] = [rows[at] ?? 0, columns[at] ?? 0, weights[at] ?? 0];
      const from = wiring.source(layer, column);
      const way = wayOf(placed, from, { layer, row });
      if (way) strands.push({ ...way, share: weight / largest, layer, row, column, from, weight });
    }
  }
  return strands.sort((a, b) => Math.abs(a.share) - Math.abs(b.share));
}

/** @param {Placed} placed @param {Place} from @param {Place} to @returns {Way|null} from the end of one neuron to the start of another */
function wayOf({ columns, lane }, from, { layer, row }) {
  const before = columns[from.layer];
  const [start, end] = [before ? leaving(before, from.row) : null, columns[layer]?.spots[row]];
  return start && end ? { x0: start.x, y0: start.y, x1: end.x - end.r, y1: end.y, lane: layer - from.layer > 1 ? lane + SPREAD * ((from.row + from.layer) % 5 - 2) : null } : null;
}

/**
 * What is added to a neuron without a weight, one edge a neuron; nothing where they would be a smear.
 * @param {Placed} placed
 * @param {Wiring} wiring
 * @returns {(Way & {layer: number, row: number, from: Place})[]}
 */
export function addedOf(placed, { adds, sizes }) {
  const all = adds.flatMap((sources, layer) => sources.flatMap((source) => Array.from({ length: sizes[layer] ?? 0 }, (_, row) => ({ layer, row, from: { layer: source, row } }))));
  return all.length > MOST ? [] : all.flatMap((one) => {
    const way = wayOf(placed, one.from, one);
    return way ? [{ ...one, ...way }] : [];
  });
}

/** @param {EdgesNow[]} edges @param {Neuron} neuron @param {number} count @returns {{column: number, weight: number}[]} the strongest into a neuron */
export function strongestInto(edges, { layer, neuron }, count) {
  const found = edges.find((one) => one.layer === layer);
  if (!found) return [];
  const into = found.rows.flatMap((row, at) => (row === neuron ? [{ column: found.columns[at] ?? 0, weight: found.weights[at] ?? 0 }] : []));
  return into.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, count);
}

/** @param {{layer: number, row: number, from: Place}} strand @param {Neuron|null|undefined} neuron whether it leads into the neuron or, of an input, out of it */
export function touches({ layer, row, from }, neuron) {
  if (!neuron) return false;
  return neuron.layer === 0 ? from.layer === 0 && from.row === neuron.neuron : layer === neuron.layer && row === neuron.neuron;
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
