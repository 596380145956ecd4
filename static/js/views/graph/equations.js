// The equations of a step of a graph: those it is about side by side, in symbols and with numbers; under them the local derivatives.

import { h, marked } from "../../dom.js";
import { inOneLine, sideBySide } from "../../model/graph/lines.js";
import { resultFirst, segments } from "../../model/tex.js";
import { page as text } from "../../texts/en_page.js";
import { equation } from "../equation.js";

/** @typedef {import("../../model/types.d.ts").Step} Step */
/** @typedef {import("../../model/types.d.ts").Piece} Piece */

/** @param {Piece[]} pieces @param {"symbols"|"numbers"} kind @param {number} digits */
function row(pieces, kind, digits) {
  const parts = sideBySide(pieces);
  return h("div", { class: "graph-row" }, ...parts.map((part, at) => equation(kind === "symbols" ? segments(part) : resultFirst(part), kind, digits, `g${at}`)));
}

/** @param {Step} step @param {number} digits @returns {(Node|null)[]} */
export function graphEquations({ lines: [first, ...rest] }, digits) {
  if (!first) return [];
  const locals = rest.map((line, at) => h("div", {},
    line.title ? h("h2", { class: "label" }, ...marked(line.title)) : null, equation(segments(inOneLine(line)), "numbers", digits, `l${at}`)));
  return [
    first.symbols.length > 0 ? h("div", { class: "block" }, h("h2", { class: "label main" }, text.inSymbols), row(first.symbols, "symbols", digits)) : null,
    first.numbers.length > 0 ? h("div", { class: "block close" }, h("h2", { class: "label main" }, text.withNumbers), row(first.numbers, "numbers", digits)) : null,
    locals.length > 0 ? h("div", { class: "block close graph-locals" }, ...locals) : null,
  ];
}
