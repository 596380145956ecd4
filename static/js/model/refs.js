// A ref names one number or array of the trace: quantity:layer[:row[:column]], canonical indices, input layer 0.
// These functions take refs apart, put them together and look up what they stand for in a trace.

/** @typedef {{quantity: string, layer: number|null, row: number|null, column: number|null}} Ref */
/** @typedef {number|null|undefined} Cell */

/** Numbers without a layer; "costs" is the cost of the stepped example alone. */
const ALONE = new Set(["cost", "costs", "learning_rate"]);

/** What optimizers remember of every parameter. */
export const KEPT = ["velocity", "moment", "square"];

/** Quantities of every weight and of every bias, in the order they become known. */
export const OF_WEIGHTS = ["weights", "example_weight_gradient", "weight_gradient", "regularized_weight_gradient", ...KEPT.flatMap((kept) => [`weight_${kept}`, `updated_weight_${kept}`]), "updated_weights"];
export const OF_BIASES = ["biases", "example_bias_gradient", "bias_gradient", ...KEPT.flatMap((kept) => [`bias_${kept}`, `updated_bias_${kept}`]), "updated_biases"];

/** Quantities with one array for the whole batch; all others have one row (or matrix) an example. */
const OF_THE_BATCH = new Set([...OF_WEIGHTS, ...OF_BIASES].filter((quantity) => !quantity.startsWith("example_")));

/** A drawing asks for the same few thousand refs again and again; more than this many are not kept. */
const MOST_KEPT = 20000;
/** @type {Map<string, Readonly<Ref>|null>} */
const parsedRefs = new Map();

/**
 * @param {string|null|undefined} text
 * @returns {Readonly<Ref>|null} null if this is no ref
 */
export function parseRef(text) {
  if (!text) return null;
  let ref = parsedRefs.get(text);
  if (ref === undefined) {
    ref = takeApart(text);
    if (parsedRefs.size >= MOST_KEPT) parsedRefs.clear();
    parsedRefs.set(text, ref);
  }
  return ref;
}

/**
 * @param {string} text
 * @returns {Ref|null}
 */
function takeApart(text) {
  const [quantity = "", ...rest] = text.split(":");
  const indices = rest.map(Number);
  if (!/^[a-z_]+$/.test(quantity) || indices.length > 3 || rest.includes("")) return null;
  if (indices.some((index) => !Number.isInteger(index) || index < 0)) return null;
  const [layer = null, row = null, column = null] = indices;
  return { quantity, layer, row, column };
}

/**
 * @param {string} quantity
 * @param {number|null} [layer]
 * @param {number|null} [row]
 * @param {number|null} [column]
 */
export function makeRef(quantity, layer = null, row = null, column = null) {
  return [quantity, layer, row, column].filter((part) => part !== null).join(":");
}

/**
 * The array a ref lies in: "error:2:1" gives "error:2", "cost" stays "cost".
 * @param {string} text
 */
export function arrayRef(text) {
  const end = text.indexOf(":", text.indexOf(":") + 1);
  return end > 0 && text.includes(":") ? text.slice(0, end) : text;
}

/**
 * What a ref stands for: a number, or an array where the ref names no row.
 * @param {any} trace the answer of POST /traces
 * @param {number} example row of the batch the steps speak of
 * @param {string} text
 * @returns {any} undefined if the trace has no such thing
 */
export function lookUp(trace, example, text) {
  const ref = parseRef(text);
  if (!ref || !trace) return undefined;
  if (ref.quantity === "costs") return trace.costs?.[example];
  if (ALONE.has(ref.quantity)) return trace[ref.quantity];
  if (ref.layer === null) return undefined;
  let value = trace.layers?.[ref.layer]?.[ref.quantity];
  if (!OF_THE_BATCH.has(ref.quantity)) value = value?.[example];
  if (ref.row !== null) value = value?.[ref.row];
  if (ref.column !== null) value = value?.[ref.column];
  return value;
}

/**
 * The number a ref stands for.
 * @param {any} trace
 * @param {number} example
 * @param {string} text
 * @returns {number|null} null if there is none: not in this trace, not finite, or an array
 */
export function valueOf(trace, example, text) {
  const value = lookUp(trace, example, text);
  return typeof value === "number" ? value : null;
}
