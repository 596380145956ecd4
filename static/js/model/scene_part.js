// What the stage shows of a step while it is told in parts: which edges are in use, and the sum as far as it has come.
// Where a step is told whole nothing of this applies, and every question here is answered with “all”.

import { goesAlong } from "./fine.js";
import { sends, sentAlong, sentTo, toldSenders } from "./senders.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {{value: number, share: number}} Partial a sum so far, and the share of its terms that are in it */

/** A neuron with more edges than these has no labels of its own. */
const FEW = 12;
const ADDING = new Set(["product", "bias", "added"]);

/**
 * Whether the part at hand goes along an edge.
 * @param {View} view
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 */
export function inUseNow(view, layer, row, column) {
  return view.part !== null && goesAlong(view.part, layer, row, column);
}

/**
 * Whether the edges in use are few enough to have their labels shown wherever they lie.
 * @param {View} view
 */
export function fewInUse({ part }) {
  if (!part) return false;
  const { run, beat } = part;
  if (run.columns > 0 || beat.kind === "product") return true;
  const products = run.beats.filter(({ kind }) => kind === "product");
  return products.length > 0 && products.reduce((sum, { count }) => sum + count, 0) <= FEW;
}

/**
 * Whether what a neuron is sent is there already or on its way, while its sum is told term by term.
 * @param {View} view
 * @param {import("./senders.js").Sent} sent
 */
export function isCarried({ part }, { to, row, sender }) {
  if (!part) return true;
  if (part.run.layer !== to || part.row !== row || !part.ways?.some(sends)) return false;
  const { arrived, next } = toldSenders(part);
  return sender < arrived + Number(next);
}

/**
 * Whether the part at hand is about a neuron; of a step told whole, every neuron is.
 * @param {View} view
 * @param {number} row
 */
export function isAbout({ part }, row) {
  if (!part) return true;
  return part.run.rows === 1 && part.beat.count > 1 ? part.at === row : part.row === row || part.run.rows === 1;
}

/**
 * The sum that a neuron has so far, while terms are added to it.
 * @param {View} view
 * @param {{layer: number, row: number}} box
 * @param {boolean} back
 * @returns {Partial|null} null where nothing is being added
 */
export function sumSoFar(view, box, back) {
  const { part } = view;
  return part && part.run.layer === box.layer && part.row === box.row && ADDING.has(part.beat.kind) ? arrivedAt(view, box, back) : null;
}

/**
 * What has come to a neuron so far in this step: products, its bias, and what is added without weights.
 * @param {View} view
 * @param {{layer: number, row: number}} box
 * @param {boolean} back
 * @returns {Partial|null} null where nothing has
 */
export function arrivedAt(view, box, back) {
  const { step, progress } = view;
  const sent = sentTo(step, box, back);
  const arrived = sent.filter(({ sender }) => (progress.travel[sender] ?? 1) >= 1);
  if (!arrived.length) return null;
  const bias = !back && progress.bias >= 1 ? view.value(`biases:${box.layer}:${box.row}`) ?? 0 : 0;
  return { value: arrived.reduce((sum, { value }) => sum + value, bias), share: arrived.length / sent.length };
}

/**
 * Whether the part at hand works with the bias of one neuron.
 * @param {View} view
 * @param {number} layer
 * @param {number} row
 */
export function isBiasNow({ part }, layer, row) {
  if (!part || part.run.layer !== layer || part.row !== row) return false;
  if (part.run.kind.startsWith("bias_")) return true;
  return part.run.kind === "weighted_input" && ["bias", "sum", "neuron"].includes(part.beat.kind);
}

/**
 * The product an edge carries in this step, w·a or w·δ.
 * @param {View} view
 * @param {{layer: number, row: number, column: number}} edge
 * @returns {number|null}
 */
export function termOf(view, edge) {
  const sent = sentAlong(view.step, edge);
  return sent && isCarried(view, sent) ? sent.value : null;
}

/**
 * What has come back to a neuron so far; null where nothing has.
 * @param {View} view
 * @param {{layer: number, row: number}} box
 * @param {string} ref
 * @param {import("./known.js").Knowledge} knowledge
 * @returns {{value: any, moving: boolean}|null}
 */
export function arrivedNumber(view, box, ref, knowledge) {
  const partial = sumSoFar(view, box, true);
  if (partial) return { ...partial, moving: true };
  if (knowledge === "future") return null;
  const value = view.value(ref);
  if (knowledge !== "now" || view.f >= 1 || view.part?.beat.kind === "sum" || !sentTo(view.step, box, true).length) return { value, moving: false };
  const arrived = arrivedAt(view, box, true);
  return arrived && (arrived.share < 1 ? { ...arrived, moving: true } : { value, moving: false });
}
