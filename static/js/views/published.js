// The author's printed digits beside ours, each with a tick or the reason why it differs.
// Agreement is the server's finding; here it is only shown.

import { h } from "../dom.js";
import { formatNumber } from "../model/format.js";
import { isAsPublished } from "../model/state.js";
import { valueOf } from "../model/refs.js";
import { inLine, refSymbol } from "../model/inspect.js";
import { page as text } from "../texts/en_page.js";
import { symbol, writeNumber } from "./equation.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").PrintedNumber} PrintedNumber */

/** @param {PrintedNumber} printed */
function figures({ digits, value }) {
  return typeof digits === "string" ? digits.replace("-", "−") : formatNumber(value, Math.max(1, digits));
}

/** @param {State} state @param {PrintedNumber} printed @param {boolean} live */
function rows(state, printed, live) {
  const shown = figures(printed);
  const precision = shown.replace(/^[−0.]+/, "").replace(/\D/g, "").length;
  const ours = h("span");
  writeNumber(ours, { value: valueOf(state.trace, state.example, printed.ref), ref: printed.ref }, Math.max(state.digits, precision));
  const { tex, words } = refSymbol(state.trace, printed.ref);
  const verdict = printed.agrees ? h("td", {}, text.published.agrees) : h("td", { class: "no" }, text.published.differs);
  const line = h("tr", {}, h("td", {}, tex ? symbol(inLine(tex), words) : words), h("td", {}, shown), h("td", {}, live ? ours : ""), live ? verdict : h("td"));
  if (!printed.note) return [line];
  return [line, h("tr", { class: "reason" }, h("td", { colspan: "4" }, printed.note))];
}

/** @param {unknown} source */
function sourceText(source) {
  if (typeof source === "string") return source;
  return source && typeof source === "object" ? Object.values(source).filter((part) => typeof part === "string").join(", ") : "";
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
  const words = text.published;
  const live = isAsPublished(state);
  const agreeing = example.printed.filter(({ agrees }) => agrees).length;
  const head = [words.value, words.printed, words.ours, words.verdict].map((name) => h("th", { scope: "col" }, name));
  return [
    h("h1", { class: "title small" }, words.title),
    h("p", { class: "sentence" }, live ? words.count(agreeing, example.printed.length) : words.edited),
    live ? null : h("p", { class: "quiet" }, h("button", { class: "action", type: "button", onclick: () => dispatch({ type: "load", id: example.id }) }, words.restore)),
    example.request.freeze_biases ? h("p", { class: "note" }, words.frozen) : null,
    example.note ? h("p", { class: "note" }, example.note) : null,
    h("div", { class: "table-scroll tall" }, h("table", { class: "printed" }, h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...example.printed.flatMap((printed) => rows(state, printed, live))))),
    h("dl", { class: "routes" }, h("dt", {}, words.source), h("dd", {}, sourceText(example.source))),
  ];
}
