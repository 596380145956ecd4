// What an example's author printed beside what is computed here; and where it comes from.

import { h } from "../../dom.js";
import { page as text } from "../../texts/en_page.js";
import { writeNumber } from "../equation.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphExample} GraphExample */

/** @param {GraphState} state @param {GraphExample} example @returns {(Node|null)[]} */
export function printedPanel({ digits }, { title, source, settings, printed }) {
  const words = text.published;
  const rows = printed.flatMap((one) => {
    const ours = h("span");
    writeNumber(ours, { ref: one.ref, value: one.computed }, digits);
    return [
      h("tr", {}, h("th", { scope: "row" }, one.words), h("td", {}, one.digits.replace("-", "−")), h("td", {}, ours), h("td", { class: one.agrees ? "" : "no" }, one.agrees ? words.agrees : words.differs)),
      ...(one.note ? [h("tr", { class: "reason" }, h("td", { colspan: 4 }, one.note))] : []),
    ];
  });
  return [
    h("h1", { class: "title small" }, title),
    h("p", { class: "quiet" }, source),
    settings ? h("p", { class: "quiet" }, settings) : null,
    printed.length > 0 ? h("p", { class: "sentence" }, words.count(printed.filter(({ agrees }) => agrees).length, printed.length)) : null,
    printed.length > 0 ? h("div", { class: "table-scroll" }, h("table", { class: "printed" },
      h("thead", {}, h("tr", {}, ...[words.value, words.printed, words.ours, words.verdict].map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, ...rows))) : null,
  ];
}
