// What the page knows of a lens: whose text it is, how its layers count, and in which letters the stage writes its quantities.
// All of it comes with the trace, where the textbook itself says so; nothing is worked out here.

import { parseRef, valueOf } from "./refs.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./marks.js").Symbol} Symbol */

/** The lenses there are, in the order of the menu. @param {any} catalogue @returns {string[]} */
export function lensNames(catalogue) {
  return (catalogue?.textbooks ?? []).map((/** @type {{name: string}} */ { name }) => name);
}

/** Whose text a trace is told in. @param {Trace} trace */
export function authorOfTrace(trace) {
  return trace.lens?.author ?? "";
}

/**
 * The layer's number as the text counts.
 * @param {Trace} trace
 * @param {number} layer canonical, the input is 0
 */
export function shownLayer(trace, layer) {
  return layer + (trace.lens?.offset ?? 0);
}

/** @type {Record<string, string>} for a trace that was not told in the words of a text */
const PLAIN_LETTERS = { weighted_input: "z^{l}_{i}", activation: "a^{l}_{i}", error: "δ^{l}_{i}", cost: "C", activation_slope: "σ′", activation_gradient: "∂C/∂a", arrived: "Σ w·δ", target: "y", forward: "w·a", backward: "w·δ" };

/**
 * How the text writes something beside the drawing, without places; empty where it has no such thing.
 * @param {Trace} trace
 * @param {string} name
 */
export function letters(trace, name) {
  return (trace.lens?.stage ?? PLAIN_LETTERS)[name] ?? "";
}

/** The same without its indices. @param {Trace} trace @param {string} name */
export function baseOf(trace, name) {
  return letters(trace, name).split(/[\^_]/)[0] ?? "";
}

/**
 * The symbol of one number beside the drawing.
 * @param {Trace} trace
 * @param {string} quantity
 * @param {{layer: number, row: number, example: number}} place
 * @returns {Symbol}
 */
export function stageSymbol(trace, quantity, { layer, row, example }) {
  const isOutput = layer === trace.network.layers.length && (quantity === "activation" || quantity === "weighted_input");
  const pattern = (isOutput && letters(trace, "output")) || letters(trace, quantity);
  const [, base = "", upper, lower] = /^([^^_]*)(?:\^([^_]*))?(?:_(.*))?$/u.exec(pattern) ?? [];
  const put = (/** @type {string|undefined} */ text) => text?.replace("{l}", String(shownLayer(trace, layer))).replace("{i}", String(row + 1)).replace("{x}", String(example + 1));
  const symbol = /** @type {Symbol} */ ({ base });
  if (upper) symbol.upper = put(upper);
  if (lower) symbol.lower = put(lower);
  return symbol;
}

/** @type {WeakMap<readonly import("./types.d.ts").Step[], Map<string, number>>} */
const scalesOfSteps = new WeakMap();

/**
 * What the text's number of a quantity is of the canonical one: where errors are shares of a mean, 1 over the examples.
 * @param {readonly import("./types.d.ts").Step[]} steps
 * @param {string} quantity
 */
export function scaleOf(steps, quantity) {
  let scales = scalesOfSteps.get(steps);
  if (!scales) scalesOfSteps.set(steps, (scales = new Map(steps.map((step) => [step.quantity, step.scale]))));
  // What one example gives is a share of the mean by the same measure as its error.
  return scales.get(quantity) ?? (quantity.startsWith("example_") ? scales.get("error") : 1) ?? 1;
}

/**
 * A number of the trace as the text has it.
 * @param {Trace} trace
 * @param {number} example
 * @param {string} ref
 */
export function asTold(trace, example, ref) {
  const scale = scaleOf(trace.steps ?? [], parseRef(ref)?.quantity ?? "");
  const value = valueOf(trace, example, ref);
  return { ref, scale, value: value === null ? null : value * scale };
}
