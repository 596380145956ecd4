// The whole network checked: the verdict and what it took, a picture a layer, the table to sort, the kinks by name.
// It is drawn anew when the check is another one, not with every move of the slider.

import { h } from "../../dom.js";
import { formatNumber, formatTick } from "../../model/format.js";
import { refSymbol, inLine } from "../../model/inspect.js";
import { CLASSES, fieldsOf, rowsOf, sorted } from "../../model/laboratory/check_whole.js";
import { shownLayer } from "../../model/lens.js";
import { texWords } from "../../model/tex_words.js";
import { check as page } from "../../texts/en_lab_check.js";
import { symbol, writeNumber } from "../equation.js";
import { createHeat } from "./check_heat.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/laboratory/check.js").Whole} Whole */
/** @typedef {import("../../model/laboratory/check_whole.js").Row} Row */
/** @typedef {{select: (ref: string) => void, sort: (by: "error"|"order") => void, all: () => void}} Does */

const text = page.whole;
const ROWS = 30;
const NAMED = 12;
/** As many as everywhere else, so that it is seen to be the same number. */
const DIGITS = 4;

/** @param {State} state @param {Row} row */
function nameOf(state, row) {
  const pushed = row.ref.replace("weight_gradient", "weights").replace("bias_gradient", "biases");
  const tex = refSymbol(state.trace, pushed).tex || (row.column === null ? `b_{${row.row + 1}}` : `w_{${row.row + 1}${row.column + 1}}`);
  const whole = `\\partial C/\\partial ${inLine(tex)}`;
  return symbol(whole, texWords(whole));
}

/** @param {Whole} whole */
export function verdictOfAll({ passed, compared, tolerance, largest_relative_error: largest }) {
  return compared === 0 ? text.nothing : (passed ? text.passed : text.failed)(compared, formatTick(tolerance), formatNumber(largest, DIGITS));
}

/** @param {Whole} whole @param {number} usual the step at which either error is small */
function verdict(whole, usual) {
  const { passed, compared, step_size: step, passes } = whole;
  return [
    h("p", { class: `verdict ${compared === 0 ? "open" : passed ? "good" : "bad"}`, "data-passed": String(passed) }, verdictOfAll(whole)),
    !passed && step !== usual ? h("p", { class: "says" }, text.maybe(formatTick(usual))) : null,
    h("p", { class: "says" }, text.cost(formatTick(step), passes.central_differences.forward)),
  ];
}

/** @param {number} tolerance */
function key(tolerance) {
  const named = text.classes(formatTick(tolerance)).map((name, index) => h("li", {}, h("span", { class: `swatch class-${index}`, "aria-hidden": "true" }), name));
  return h("div", { class: "error-key" }, h("span", { class: "label" }, text.key), h("ul", {}, ...named));
}

/** @param {State} state @param {Row} row @param {number} tolerance @param {Does} does */
function line(state, row, tolerance, does) {
  const written = (/** @type {number|null} */ value, ref = "") => {
    const span = h("span");
    writeNumber(span, { value, ref }, DIGITS);
    return h("td", {}, span);
  };
  const isBad = !row.kink && (row.error === null || row.error > tolerance);
  return h("tr", { class: isBad ? "bad" : "" },
    h("th", { scope: "row" }, h("button", { type: "button", id: `check-${row.ref}`, onclick: () => does.select(row.ref) }, nameOf(state, row))),
    written(row.backpropagated, row.ref), written(row.numerical),
    row.kink ? h("td", { class: "says" }, text.classes("")[CLASSES.length + 2] ?? "") : written(row.error));
}

/** @param {State} state @param {Row[]} rows @param {number} tolerance @param {{sort: "error"|"order", all: boolean}} how @param {Does} does */
function table(state, rows, tolerance, { sort, all }, does) {
  const listed = sorted(rows, sort);
  const shown = all ? listed : listed.slice(0, ROWS);
  const { columns } = text;
  const by = (/** @type {"error"|"order"} */ one, /** @type {string} */ name, /** @type {string} */ hint) => h("th", { scope: "col", "aria-sort": sort === one ? (one === "error" ? "descending" : "ascending") : "none" },
    h("button", { type: "button", id: `check-by-${one}`, title: hint, onclick: () => does.sort(one) }, name));
  return [
    h("h3", { class: "label" }, text.table),
    h("div", { class: "table-scroll tall", id: "check-table", role: "group", tabindex: 0, "aria-label": text.table },
      h("table", { class: "checked" },
        h("thead", {}, h("tr", {}, by("order", columns.number, text.byOrder), h("th", { scope: "col" }, columns.backpropagated), h("th", { scope: "col" }, columns.numerical), by("error", columns.error, text.byError))),
        h("tbody", {}, ...shown.map((row) => line(state, row, tolerance, does))))),
    listed.length > shown.length ? h("button", { type: "button", class: "button", id: "check-all-rows", onclick: does.all }, text.all(listed.length)) : null,
  ];
}

/** @param {State} state @param {Whole} whole */
function kinks({ trace }, { kinks: found, kinks_total: total }) {
  if (total === 0) return null;
  const named = found.slice(0, NAMED);
  const several = trace.costs.length > 1;
  return h("div", { class: "block close" }, h("p", { class: "says" }, text.kinks(total, named.length)),
    h("ul", { class: "kinks" }, ...named.map(({ parameter, layer, index, kink_layer: at, neuron, example }) => {
      const tex = refSymbol(trace, [parameter, layer, ...index].join(":")).tex;
      return h("li", {}, tex ? symbol(inLine(tex), texWords(tex)) : [parameter, ...index].join(" "), ": ", page.kink(neuron + 1, shownLayer(trace, at), example + 1, several));
    })));
}

/**
 * @param {State} state @param {Whole} whole @param {{sort: "error"|"order", all: boolean, precision: string, usual: number}} how @param {Does} does
 * @returns {(Node|null)[]}
 */
export function drawWhole(state, whole, how, does) {
  const rows = rowsOf(whole);
  const { tolerance } = whole;
  const maps = fieldsOf(rows).map((field) => createHeat(field, {
    tolerance, layer: shownLayer(state.trace, field.layer), nameOf: (row) => nameOf(state, row), select: does.select, digits: DIGITS,
  }));
  return [
    ...verdict(whole, how.usual),
    how.precision === "float32" ? h("p", { class: "says" }, text.single) : null,
    h("div", { class: "error-maps" }, ...maps), key(tolerance),
    kinks(state, whole),
    ...table(state, rows, tolerance, how, does),
  ];
}
