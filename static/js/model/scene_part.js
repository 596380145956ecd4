// What the stage shows of a step while it is told in parts: which edges are in use, and the sum as far as it has come.
// Where a step is told whole nothing of this applies, and every question here is answered with “all”.

import { goesAlong } from "./fine.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {{value: number, share: number}} Partial a sum so far, and the share of its terms that are in it */

/** A neuron with more edges than these has no labels of its own. */
const FEW = 12;
const ADDING = new Set(["product", "bias"]);

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
  const products = run.beats.find(({ kind }) => kind === "product");
  return (products?.count ?? Infinity) <= FEW;
}

/**
 * Whether an edge's product is there already, while its neuron's sum is told term by term.
 * @param {View} view
 * @param {number} row
 * @param {number} column
 */
export function isCarried({ part }, row, column) {
  if (!part) return true;
  const along = part.run.beats.find(({ edges }) => edges);
  if (!along) return false;
  const [own, other] = along.turned ? [column, row] : [row, column];
  return own === part.row && (part.beat.kind !== "product" || other <= part.at);
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
 * @param {"weighted_activation"|"weighted_error"} kind
 * @returns {Partial|null} null where nothing is being added
 */
export function sumSoFar(view, box, kind) {
  const { part, step, progress } = view;
  if (!part || step?.terms?.kind !== kind || part.run.layer !== box.layer || part.row !== box.row || !ADDING.has(part.beat.kind)) return null;
  const back = kind === "weighted_error";
  const products = back ? returning(step).map((row) => row[box.row] ?? 0) : step.terms.values[box.row] ?? [];
  const arrived = products.filter((_, source) => (progress.travel[source] ?? 1) >= 1);
  if (!arrived.length) return null;
  const bias = part.beat.kind === "bias" && progress.bias >= 1 ? view.value(`biases:${box.layer}:${box.row}`) ?? 0 : 0;
  return { value: arrived.reduce((sum, product) => sum + product, bias), share: arrived.length / products.length };
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

/** What travels in a step: products along edges and, where ways meet, what other layers send back. @param {import("./types.d.ts").Step|undefined} step */
export function productsOf(step) {
  return step ? [...(step.terms ? [step.terms] : []), ...(step.branches ?? [])] : [];
}

/**
 * The product an edge carries in this step, w·a or w·δ.
 * @param {View} view
 * @param {{layer: number, row: number, column: number}} edge
 * @returns {number|null}
 */
export function termOf(view, { layer, row, column }) {
  const along = productsOf(view.step).find((products) => products.layer === layer && products.kind.startsWith("weighted_") && column >= (products.first ?? 0) && column < (products.first ?? 0) + (products.values[0]?.length ?? 0));
  if (!along || !isCarried(view, row, column)) return null;
  return along.values[row]?.[column - (along.first ?? 0)] ?? null;
}

/** Everything that comes back to a layer, one row a sender. @param {import("./types.d.ts").Step} step @returns {number[][]} */
function returning(step) {
  return productsOf(step).filter(({ kind }) => kind.endsWith("_error")).flatMap(({ values }) => values);
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
  const partial = sumSoFar(view, box, "weighted_error");
  if (partial) return { ...partial, moving: true };
  if (knowledge === "future") return null;
  const value = view.value(ref);
  const { terms } = view.step ?? {};
  if (knowledge !== "now" || view.f >= 1 || view.part?.beat.kind === "sum" || terms?.kind !== "weighted_error" || view.step?.layer !== box.layer) return { value, moving: false };
  const rows = returning(/** @type {import("./types.d.ts").Step} */ (view.step));
  const arrived = rows.filter((_, row) => (view.progress.travel[row] ?? 1) >= 1);
  if (!arrived.length) return null;
  if (arrived.length === rows.length) return { value, moving: false };
  return { value: arrived.reduce((sum, products) => sum + (products[box.row] ?? 0), 0), moving: true };
}
