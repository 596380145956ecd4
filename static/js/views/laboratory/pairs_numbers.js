// The numbers of a pair beside one another, and how many times as large the second is.
// Every number is written as the server gave it.

import { h } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { pairs as text } from "../../texts/en_lab_pairs.js";
import { texWords } from "../../model/tex_words.js";
import { symbol, writeNumber } from "../equation.js";

/** @typedef {import("../../model/laboratory/pairs.js").Comparison} Comparison */
/** @typedef {Comparison["numbers"][number]} Compared */

/** @param {number|null} value @param {number} digits @param {string} [ref] */
export function number(value, digits, ref = "") {
  const span = h("span");
  writeNumber(span, { value, ref }, digits);
  return span;
}

/** @param {Compared} one @param {number|null} value @param {number} digits */
function cell({ ref, before }, value, digits) {
  if (before === null || before === undefined) return h("td", {}, number(value, digits, ref));
  return h("td", {}, h("span", { class: "old" }, number(before, digits), " → "), number(value, digits, ref));
}

/** @param {Compared} one @param {number} digits */
function row(one, digits) {
  const isMoved = one.before !== null && one.before !== undefined;
  const times = one.times === null ? text.none : text.by(formatNumber(one.times, digits));
  return h("tr", isMoved ? { class: "moved" } : {}, h("th", { scope: "row" }, symbol(one.tex, texWords(one.tex))),
    cell(one, one.first, digits), cell(one, one.second, digits), h("td", { class: "times" }, h("b", {}, times), isMoved && one.times !== null ? h("span", { class: "far" }, ` ${text.timesMoved}`) : null));
}

/** @param {Comparison} comparison @param {number} digits */
export function comparedTable({ numbers, sides, sentence }, digits) {
  const costs = sides.map(({ cost }) => h("th", { scope: "col" }, text.costs[/** @type {keyof typeof text.costs} */ (cost)]));
  return [
    h("h2", { class: "title small" }, text.compared), h("p", { class: "sentence" }, sentence),
    h("div", { class: "table-scroll", role: "group", tabindex: 0, "aria-label": text.compared }, h("table", { class: "printed pairs-numbers" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, text.number), ...costs, h("th", { scope: "col" }, text.times))),
      h("tbody", {}, ...numbers.map((one) => row(one, digits))))),
  ];
}
