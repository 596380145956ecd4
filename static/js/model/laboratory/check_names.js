// What a derivative is called in a menu, where no formula can be set: the letters of the text in plain characters.
// Indices become raised and lowered figures; a symbol that is more than letters and indices is told in words.

import { refSymbol } from "../inspect.js";
import { parseRef } from "../refs.js";

/** @typedef {import("../types.d.ts").Trace} Trace */

const RAISED = /** @type {Record<string, string>} */ (Object.fromEntries([..."0123456789()[]"].map((sign, at) => [sign, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾"][at]])));
const LOWERED = /** @type {Record<string, string>} */ (Object.fromEntries([..."0123456789,"].map((sign, at) => [sign, [..."₀₁₂₃₄₅₆₇₈₉,"][at]])));
/** What a derivative is taken by. */
const BY = /** @type {Record<string, string>} */ ({ weight_gradient: "weights", example_weight_gradient: "weights", bias_gradient: "biases", example_bias_gradient: "biases", error: "weighted_input", activation_gradient: "activation" });
const PLAIN = /^([A-Za-z])(?:\^\{?([^{}_]*)\}?)?(?:_\{?([\d,]*)\}?)?(\[[\d,]+\])?$/;

/** @param {string} text @param {Record<string, string>} figures */
const written = (text, figures) => [...text].map((sign) => figures[sign] ?? sign).join("");

/** @param {string} tex @returns {string|null} null where it is not a letter with indices */
export function plainSymbol(tex) {
  const [, letter, upper = "", lower = "", place = ""] = PLAIN.exec(tex.replace(/\\(mathbf|vec|mathrm)\s*/g, "").replace(/^\s+/, "")) ?? [];
  return letter ? `${letter}${written(upper, RAISED)}${written(lower, LOWERED)}${place}` : null;
}

/** @param {Trace} trace @param {string} ref of a derivative */
export function nameOf(trace, ref) {
  const { quantity = "", layer = 0 } = parseRef(ref) ?? {};
  const isInput = quantity === "error" && layer === 0 && (trace.network.input_activation ?? "identity") === "identity";
  const pushed = ref.replace(quantity, isInput ? "activation" : BY[quantity] ?? quantity);
  const by = plainSymbol(refSymbol(trace, pushed).tex);
  const told = quantity === "error" ? /^\\delta(.*)$/.exec(refSymbol(trace, ref).tex)?.[1] : undefined;
  const delta = told === undefined ? null : plainSymbol(`d${told}`)?.slice(1);
  const cost = trace.costs.length > 1 && !/^(weight|bias)/.test(quantity) ? "Cₓ" : "C";
  if (delta !== null && delta !== undefined) return `δ${delta}${by ? ` = ∂${cost}/∂${by}` : ""}`;
  return by ? `∂${cost}/∂${by}` : `∂${cost}/∂ ${pushed.replaceAll(":", " ")}`;
}
