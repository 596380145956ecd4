// The gradient check of an expression: every derivative beside its central difference, and for one of them the V of
// the error over h. The slider under the V chooses the h of the table; slider and drawing stay the same elements.

import { h, say } from "../../dom.js";
import { formatNumber, formatTick } from "../../model/format.js";
import { across, nearest } from "../../model/laboratory/check_curve.js";
import { graph as texts } from "../../texts/en_graph.js";
import { writeNumber } from "../equation.js";
import { createCurve } from "../laboratory/check_curve.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

const words = texts.check;

/** @param {any} answer */
function verdict({ passed, forward_passes: passes, checks }) {
  return passed ? words.passed(passes, checks.filter((/** @type {any} */ one) => one.kinks.length > 0).length, checks.length) : words.failed;
}

/** @param {GraphState} state */
function table({ check: { answer }, digits }) {
  if (!answer || answer.checks.length === 0) return [];
  const number = (/** @type {number|null} */ value, /** @type {string} */ ref = "") => { const span = h("span"); writeNumber(span, { ref, value }, digits); return span; };
  const rows = answer.checks.map((/** @type {any} */ one) => h("tr", {},
    h("th", { scope: "row" }, one.name), h("td", {}, number(one.backpropagated, `gradient:${one.node}`)), h("td", {}, number(one.numerical)), h("td", {}, number(one.relative_error)),
    h("td", { class: "kink" }, one.kinks.length > 0 ? words.kink : "")));
  return [
    h("div", { class: "table-scroll" }, h("table", { class: "printed" },
      h("thead", {}, h("tr", {}, ...words.heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td"))))), h("tbody", {}, ...rows))),
    h("p", { class: answer.passed ? "note" : "problem" }, verdict(answer)),
  ];
}

/** @param {GraphDispatch} dispatch @returns {(state: GraphState) => (Node|null)[]} */
export function createCheck(dispatch) {
  /** @type {any} */
  let curve = null;
  const choose = (/** @type {number} */ at) => {
    const size = curve?.points[at]?.step_size;
    if (size !== undefined) dispatch({ type: "stepSize", value: size });
  };
  const drawing = createCurve(choose);
  const slider = h("input", { type: "range", id: "check-step", min: 0, step: 1 });
  slider.addEventListener("input", () => choose(Number(slider.max) - Number(slider.value)));
  const said = h("output", { for: "check-step", class: "figures", "aria-live": "off" });
  const menu = h("select", { id: "check-name", autocomplete: "off" });
  menu.addEventListener("change", () => dispatch({ type: "checkName", value: menu.value }));
  const size = h("div", { class: "step-head" }, h("label", { class: "label", for: "check-step" }, words.size), said);
  const title = h("div", { class: "trial-head" }, h("label", { class: "label", for: "check-name" }, words.curve), h("span", { class: "select quiet" }, menu));
  const spoken = h("p", { class: "visually-hidden", role: "status" });
  const why = h("div", { class: "why" });
  const shape = h("div", { class: "block graph-curve" }, title, drawing.root, h("div", { class: "step-slider" }, slider), why);
  /** @type {unknown} */
  let listedFor = null;

  return (state) => {
    const { check, trace } = state;
    const names = Object.keys(trace.values);
    curve = check.curve;
    said.textContent = formatTick(check.stepSize);
    if (listedFor !== trace) menu.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
    listedFor = trace;
    if (curve) {
      const at = nearest(across(check.stepSize), curve.points);
      menu.value = curve.name;
      slider.max = String(curve.points.length - 1);
      slider.value = String(curve.points.length - 1 - at);
      slider.setAttribute("aria-valuetext", words.stepIs(formatTick(check.stepSize)));
      drawing.update({ float64: curve }, "float64", at);
      const best = curve.best === null ? null : curve.points[curve.best];
      why.replaceChildren(...curve.sentences.map((/** @type {string} */ sentence) => h("p", {}, sentence)), best ? h("p", {}, words.best(formatTick(best.step_size), formatNumber(best.relative_error ?? 0, 2))) : "");
    }
    const isAsked = names.length > 0 && !trace.diverged;
    if (isAsked && check.answer?.checks.length > 0) say(spoken, words.at(formatTick(check.stepSize), verdict(check.answer)));
    return [
      h("h1", { class: "title small" }, words.title),
      h("p", { class: "sentence" }, words.sentence),
      trace.diverged ? h("p", { class: "note" }, words.diverged) : null,
      names.length === 0 ? h("p", { class: "note" }, words.nothing) : null,
      isAsked ? size : null,
      check.problem ? h("p", { class: "problem" }, `✕ ${check.problem.detail || check.problem.title}`) : null,
      ...(isAsked ? table(state) : []),
      isAsked && curve ? shape : null,
      spoken,
    ];
  };
}
