// One central difference as it is worked out on paper: C on both sides under one another, what is left, divided by 2h.
// Beside it what was backpropagated, how far the two are apart, and what that means at this step.

import { h } from "../../dom.js";
import { exactText, formatNumber, formatTick } from "../../model/format.js";
import { parting, subtraction } from "../../model/laboratory/check_digits.js";
import { shownLayer } from "../../model/lens.js";
import { check as text } from "../../texts/en_lab_check.js";
import { symbol, typeset } from "../equation.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/laboratory/check.js").Curve} Curve */
/** @typedef {import("../../model/laboratory/check_digits.js").Split} Split */

const FIGURES = 4;

/** The definition, in the letters of the text. @param {HTMLElement} line @param {Curve} curve */
export function writeDefinition(line, { symbols: { cost, pushed, derivative } }) {
  const tex = `\\displaystyle ${derivative}\\approx\\frac{${cost}(${pushed}+h)-${cost}(${pushed}-h)}{2h}`;
  if (line.dataset.tex === tex) return;
  line.dataset.tex = tex;
  typeset(tex, line);
}

/** @param {Split} split @param {number|null} value @param {string} [kind] */
function figures({ same, rest }, value, kind = "") {
  return h("span", { class: `figures ${kind}`, "data-value": exactText(value), title: exactText(value) }, h("span", { class: "same" }, same), h("span", { class: "rest" }, rest));
}

/** @param {Node|string} name @param {Node} value @param {string} id */
function row(name, value, id) {
  return h("tr", { "data-row": id }, h("th", { scope: "row" }, name), h("td", {}, value));
}

/** @param {number|null} value @param {number} digits */
const plain = (value, digits) => h("span", { class: "figures", "data-value": exactText(value), title: exactText(value) }, value === null ? "–" : formatNumber(value, digits));

/** @param {Curve} curve @param {Curve["points"][number]} point */
function rows(curve, point) {
  const { cost, pushed } = curve.symbols;
  const precision = /** @type {"float64"|"float32"} */ (curve.precision);
  const worked = subtraction(point, precision);
  const met = parting(point.numerical, curve.backpropagated, worked.figures, precision);
  const width = formatNumber(point.width, worked.figures);
  return [
    row(symbol(`${cost}(${pushed}+h)`, text.above), figures(worked.above, point.above), "above"),
    row(h("span", {}, "− ", symbol(`${cost}(${pushed}-h)`, text.below)), figures(worked.below, point.below), "below"),
    row(text.difference, figures(worked.difference, point.difference), "difference"),
    row(text.width, h("span", { class: "figures", "data-value": exactText(point.width), title: exactText(point.width) }, width), "width"),
    row(text.numerical, figures(met.numerical, point.numerical, "agreeing"), "numerical"),
    row(text.backpropagated, withRef(figures(met.exact, curve.backpropagated, "agreeing"), curve.ref), "backpropagated"),
    row(text.absolute, plain(point.absolute_error, FIGURES), "absolute"),
    row(text.relative, plain(point.relative_error, FIGURES), "relative"),
  ];
}

/** @param {HTMLElement} element @param {string} ref */
function withRef(element, ref) {
  element.dataset.ref = ref;
  return element;
}

/** @param {State} state @param {Curve["points"][number]} point */
function kinks({ trace }, { crosses, crossings }) {
  if (crossings === 0) return null;
  const named = crosses.map(({ layer, neuron, example }) => text.kink(neuron + 1, shownLayer(trace, layer), example + 1, trace.costs.length > 1));
  const rest = crossings - crosses.length;
  return h("p", { class: "says" }, `${text.kinkOf} ${[...named, ...(rest > 0 ? [text.moreKinks(rest)] : [])].join("; ")}.`);
}

/** @param {Curve} curve @param {Curve["points"][number]} point */
export function verdictOf({ tolerance, precision }, { verdict, step_size: step, relative_error: relative }) {
  const say = text.verdicts[/** @type {keyof typeof text.verdicts} */ (verdict)];
  const share = relative === null ? "–" : formatNumber(relative, FIGURES);
  return verdict === "vanished" ? text.vanished(formatTick(step), precision) : say(formatTick(tolerance), share);
}

/**
 * The answer to the question above it.
 * @param {Curve} curve @param {number} at which step
 * @returns {Node[]}
 */
export function answerOf(curve, at) {
  const point = curve.points[at];
  if (!point) return [];
  const { verdict } = point;
  const isGood = verdict === "agree";
  return [h("p", { class: `verdict ${isGood ? "good" : verdict === "differ" ? "bad" : "open"}`, "data-verdict": verdict }, verdictOf(curve, point))];
}

/**
 * @param {State} state @param {Curve} curve @param {number} at which step
 * @returns {(Node|null)[]}
 */
export function numbers(state, curve, at) {
  const point = curve.points[at];
  return point ? [h("table", { class: "worked" }, h("tbody", {}, ...rows(curve, point))), kinks(state, point)] : [];
}
