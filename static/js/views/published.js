// The author's printed digits beside ours, each with a tick or the reason why it differs.
// Agreement is the server's finding; here it is only shown.

import { h } from "../dom.js";
import { MINUS } from "../model/format.js";
import { valueOf } from "../model/refs.js";
import { isAsPublished } from "../model/state.js";
import { page as text } from "../texts/en_page.js";
import { writeNumber } from "./equation.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").PrintedNumber} PrintedNumber */

const words = text.published;

/** How many significant digits the author printed. @param {string} digits */
function precision(digits) {
  return Math.min(17, Math.max(1, digits.replace(/e.*$/i, "").replace(/^[-−+0.,]+/, "").replace(/\D/g, "").length));
}

/**
 * The ref only where the number is that very number of the trace on the screen.
 * @param {State} state
 * @param {PrintedNumber} printed
 */
function refOf({ trace }, { ref, example, after, scale, computed }) {
  return after === 0 && scale === 1 && valueOf(trace, example, ref) === computed ? ref : "";
}

/** @param {State} state @param {PrintedNumber} printed */
function rows(state, printed) {
  const ours = h("span");
  writeNumber(ours, { value: printed.computed, ref: refOf(state, printed) }, precision(printed.digits));
  const verdict = printed.agrees ? h("td", {}, words.agrees) : h("td", { class: "no" }, words.differs);
  const line = h("tr", {}, h("th", { scope: "row" }, printed.words), h("td", {}, printed.digits.replaceAll("-", MINUS)), h("td", {}, ours), verdict);
  if (!printed.note) return [line];
  return [line, h("tr", { class: "reason" }, h("td", { colspan: "4" }, printed.note))];
}

/**
 * The panel of the Published tab.
 * @param {State} state
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 * @returns {(Node|null)[]}
 */
export function published(state, dispatch) {
  const example = state.published;
  if (!example) return [];
  const agreeing = example.printed.filter(({ agrees }) => agrees).length;
  const head = [words.value, words.printed, words.ours, words.verdict].map((name) => h("th", { scope: "col" }, name));
  const changed = isAsPublished(state) ? [] : [
    h("p", { class: "note erratum" }, words.edited, " ",
      h("button", { class: "action", type: "button", onclick: () => dispatch({ type: "load", id: example.id }) }, words.restore)),
  ];
  return [
    h("h1", { class: "title small" }, example.title),
    example.printed.length ? h("p", { class: "sentence" }, words.count(agreeing, example.printed.length)) : null,
    ...changed,
    example.settings ? h("p", { class: "note" }, example.settings) : null,
    // An example of ours has a source and settings, but no author's digits.
    example.printed.length ? h("div", { class: "table-scroll tall" }, h("table", { class: "printed" }, h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...example.printed.flatMap((printed) => rows(state, printed))))) : null,
    h("dl", { class: "routes" }, h("dt", {}, words.source), h("dd", {}, example.source)),
  ];
}
