// Which derivative the gradient check is about, and what it has heard of it: its part of the state, and what a link carries.
// The number follows the selection; where nothing is selected it is one that the step under the cursor is about.

import { bodyOf } from "../calls.js";
import { lookUp, makeRef, parseRef } from "../refs.js";

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Trace} Trace */
/** @typedef {import("../types.d.ts").Problem} Problem */
/** @typedef {import("../api-types.d.ts").components["schemas"]} Api */
/** @typedef {Api["GradientCurve"]} Curve */
/** @typedef {Api["GradientCheckAnswer"]} Whole */
/** @typedef {"float64"|"float32"} Precision */
/**
 * @typedef {object} Slice
 * @property {number} at which of the steps h, counted from the widest
 * @property {Precision} precision
 * @property {{trace: Trace, ref: string, answers: Record<Precision, Curve>}|null} curves
 * @property {{trace: Trace, ref: string, problem: Problem}|null} refused
 * @property {number|null} wholeAt which step the whole network is checked with; null for the server's own
 * @property {{trace: Trace, precision: Precision, wholeAt: number|null, answer: Whole|null, problem: Problem|null}|null} whole
 * @property {"error"|"order"} sort
 * @property {boolean} all every row of the table
 */

export const PRECISIONS = /** @type {Precision[]} */ (["float64", "float32"]);
/** Steps from 1e-1 to 1e-12, four a decade. */
export const STEPS = 45;
const USUAL = 16;
/** A menu of more numbers would be none. */
export const LISTED = 120;

/** @type {Slice} */
export const initial = { at: USUAL, precision: "float64", curves: null, refused: null, wholeAt: null, whole: null, sort: "error", all: false };

/** @param {number} at */
const within = (at) => Math.max(0, Math.min(STEPS - 1, Math.round(at)));

/** @param {Slice} slice @param {any} action @returns {Slice} */
export function reduce(slice, action) {
  switch (action.type) {
    case "at": return within(action.value) === slice.at ? slice : { ...slice, at: within(action.value) };
    case "precision": return PRECISIONS.includes(action.value) ? { ...slice, precision: action.value } : slice;
    case "curves": return { ...slice, curves: action.curves, refused: null };
    case "refused": return { ...slice, refused: action.refused };
    case "wholeAt": return { ...slice, wholeAt: action.value };
    case "whole": return { ...slice, whole: action.whole };
    case "sort": return { ...slice, sort: action.value };
    case "all": return { ...slice, all: true };
    default: return slice;
  }
}

/** What a link carries: the step and the precision. @param {Slice} slice */
export function write({ at, precision }) {
  return at === USUAL && precision === "float64" ? "" : `${at},${precision}`;
}

/** @param {string} text @returns {Partial<Slice>} */
export function read(text) {
  const [at = "", precision = ""] = text.split(",");
  const known = PRECISIONS.find((one) => one === precision);
  return { ...(/^\d{1,2}$/.test(at) ? { at: within(Number(at)) } : {}), ...(known ? { precision: known } : {}) };
}

/** The costs that read z of the output, so that pushing its a does nothing. @param {Trace} trace @param {number} layer */
function isPassedOver({ network }, layer) {
  return layer === network.layers.length && network.cost.endsWith("cross_entropy");
}

/**
 * The quantity that is C's derivative by a quantity, or that belongs to it; null where there is none.
 * @param {Trace} trace @param {string} quantity @param {number} layer
 */
function derivativeOf(trace, quantity, layer) {
  // Of one example alone its gradient and the mean are the same.
  if (quantity.startsWith("example_")) return trace.costs.length > 1 ? quantity : quantity.replace("example_", "");
  if (/weight/.test(quantity) && quantity !== "weighted_input") return "weight_gradient";
  if (/bias/.test(quantity)) return "bias_gradient";
  if (/^activation(_gradient)?$/.test(quantity) && layer > 0 && !isPassedOver(trace, layer)) return "activation_gradient";
  return /^(weighted_input|activation|activation_gradient|activation_slope|error)$/.test(quantity) ? "error" : null;
}

/** The derivative that a ref is, or that is taken by it. @param {Trace} trace @param {string|null} text @returns {string|null} */
export function checkable(trace, text) {
  const ref = parseRef(text);
  if (!ref || ref.layer === null || ref.row === null) return null;
  const quantity = derivativeOf(trace, ref.quantity, ref.layer);
  const found = quantity && makeRef(quantity, ref.layer, ref.row, /weight_gradient/.test(quantity) ? ref.column : null);
  return found && typeof lookUp(trace, 0, found) === "number" ? found : null;
}

/** Every place of an array, with its name. @param {any} values @param {string} name @returns {string[]} */
function places(values, name) {
  if (!Array.isArray(values)) return typeof values === "number" ? [name] : [];
  return values.flatMap((one, index) => places(one, `${name}:${index}`));
}

/**
 * The derivatives that the step under the cursor is about: those it writes, or those by what it writes.
 * @param {Pick<State, "trace"|"cursor"|"example">} state
 * @returns {string[]}
 */
export function numbersOfStep({ trace, cursor, example }) {
  const last = trace.network.layers.length;
  const step = trace.steps[cursor];
  // Its result comes first; what it makes on the way, after that.
  const arrays = [step?.result_ref, ...(step?.writes ?? [])].filter(Boolean).map((written) => {
    const ref = parseRef(/** @type {string} */ (written));
    if (!ref || ref.layer === null) return ref ? makeRef("error", last) : null;
    const quantity = derivativeOf(trace, ref.quantity, ref.layer);
    return quantity && makeRef(quantity, ref.layer);
  });
  const known = [...new Set(arrays)].flatMap((array) => (array ? places(lookUp(trace, example, array), array) : []));
  return known.length > 0 ? known : places(lookUp(trace, example, makeRef("error", last)), makeRef("error", last));
}

/** The derivative that is checked. @param {State} state @returns {string} empty where there is none */
export function checkedRef(state) {
  return checkable(state.trace, state.selected) ?? numbersOfStep(state)[0] ?? "";
}

/**
 * The question for the number that is checked; null where there is none.
 * @param {State} state @param {Precision} [precision] left out, the one that is chosen
 */
export function call(state, precision = state.lab?.check.precision) {
  const ref = checkedRef(state);
  return ref ? { path: "gradient-curves", body: { ...bodyOf({ ...state, granularity: "equation" }), ref, precision } } : null;
}

/** What was heard of the number that is checked now, in both precisions. @param {State} state */
export function curvesNow(state) {
  const { curves } = /** @type {{check: Slice}} */ (/** @type {unknown} */ (state.lab)).check;
  return curves && curves.trace === state.trace && curves.ref === checkedRef(state) ? curves : null;
}

/** What was heard of the whole network as it is asked for now. @param {State} state */
export function wholeNow(state) {
  const { whole, precision, wholeAt } = /** @type {{check: Slice}} */ (/** @type {unknown} */ (state.lab)).check;
  return whole && whole.trace === state.trace && whole.precision === precision && whole.wholeAt === wholeAt ? whole : null;
}
