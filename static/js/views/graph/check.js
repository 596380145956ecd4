// The gradient check of an expression: each derivative beside the central difference, and how far they are apart.

import { h } from "../../dom.js";
import { graph as texts } from "../../texts/en_graph.js";
import { formatNumber } from "../../model/format.js";
import { writeNumber } from "../equation.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

/** @param {GraphState} state @param {GraphDispatch} dispatch @returns {(Node|null)[]} */
export function checkPanel({ check, trace, digits }, dispatch) {
  const words = texts.check;
  const { answer, problem, stepSize } = check;
  const sizes = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];
  const choice = h("select", { id: "check-size", autocomplete: "off", onchange: (/** @type {Event} */ event) => dispatch({ type: "stepSize", value: Number(/** @type {HTMLSelectElement} */ (event.target).value) }) },
    ...sizes.map((size) => h("option", { value: String(size), selected: size === stepSize }, formatNumber(size, 3))));
  const number = (/** @type {number|null} */ value, /** @type {string} */ ref = "") => { const span = h("span"); writeNumber(span, { ref, value }, digits); return span; };
  const rows = (/** @type {any[]} */ checks) => checks.map((one) => h("tr", {},
    h("th", { scope: "row" }, one.name), h("td", {}, number(one.backpropagated, `gradient:${one.node}`)), h("td", {}, number(one.numerical)), h("td", {}, number(one.relative_error)),
    h("td", {}, one.kinks.length > 0 ? words.kink : "")));
  return [
    h("h1", { class: "title small" }, words.title),
    h("p", { class: "sentence" }, words.sentence),
    h("p", { class: "check-size" }, h("label", { for: "check-size" }, words.size), " ", h("span", { class: "select" }, choice)),
    problem ? h("p", { class: "problem" }, `✕ ${problem.detail || problem.title}`) : null,
    trace.diverged ? h("p", { class: "note" }, words.diverged) : null,
    answer ? h("div", { class: "table-scroll" }, h("table", { class: "printed" },
      h("thead", {}, h("tr", {}, ...words.heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, ...rows(answer.checks)))) : null,
    answer ? h("p", { class: answer.passed ? "note" : "problem" }, answer.passed ? words.passed(answer.forward_passes) : words.failed) : null,
  ];
}
