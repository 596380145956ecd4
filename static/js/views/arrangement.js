// A row of matrices and signs as the text writes them, with braces under what they hold together.
// It only places; what a matrix shows is in matrix.js.

import { h } from "../dom.js";
import { symbol } from "./equation.js";

/** @typedef {import("../model/types.d.ts").Arrangement} Arrangement */
/** @typedef {import("../model/types.d.ts").Factor} Factor */
/** @typedef {import("./matrix.js").Matrix} Matrix */

/** @param {Arrangement} arrangement @returns {Factor[]} */
export function factorsOf({ row }) {
  return /** @type {Factor[]} */ (row.filter((part) => typeof part !== "string"));
}

/** @param {HTMLElement} element @param {string} name @param {string} value */
function placed(element, name, value) {
  element.style.setProperty(name, value);
  return element;
}

/** Where a line that is too wide is broken: before its last sign of equality. @param {Arrangement["row"]} row */
function breakOf(row) {
  const at = row.findLastIndex((part) => typeof part === "string" && part.includes("="));
  return at > 0 && at < row.length - 1 ? at : row.length;
}

/**
 * The row itself: matrices and signs side by side, braces under what they hold together; in two lines where it is too wide.
 * @param {Arrangement} arrangement
 * @param {Matrix[]} matrices
 * @param {boolean} [broken]
 */
export function rowOf(arrangement, matrices, broken = false) {
  const { row } = arrangement;
  const end = broken ? breakOf(row) : row.length;
  let at = -1;
  /** @type {{line: number, column: number}[]} */
  const places = [];
  const lines = [h("div", { class: "arrangement" }), ...(end < row.length ? [h("div", { class: "arrangement" })] : [])];
  row.forEach((part, index) => {
    const place = index < end ? { line: 0, column: index + 1 } : { line: 1, column: index - end + 1 };
    if (typeof part !== "string") { at += 1; places.push(place); }
    const element = typeof part === "string" ? h("div", { class: "sign" }, symbol(part, "")) : /** @type {Matrix} */ (matrices[at]).root;
    lines[place.line]?.append(placed(element, "grid-column", String(place.column)));
  });
  for (const { first, last, tex, words } of arrangement.braces) {
    const [from, to] = [places[first], places[last]];
    if (!from || !to || from.line !== to.line) continue;
    const brace = h("div", { class: "brace" }, h("span", { class: "brace-line", "aria-hidden": "true" }), h("span", {}, symbol(tex, ""), words ? ` ${words}` : ""));
    lines[from.line]?.append(placed(brace, "grid-column", `${from.column} / ${to.column + 1}`));
  }
  return lines.length > 1 ? h("div", { class: "arrangement-lines" }, ...lines) : /** @type {HTMLElement} */ (lines[0]);
}
