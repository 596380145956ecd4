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

/**
 * The row itself: matrices and signs side by side, braces under what they hold together.
 * @param {Arrangement} arrangement
 * @param {Matrix[]} matrices
 */
export function rowOf(arrangement, matrices) {
  let at = -1;
  /** @type {number[]} */
  const columns = [];
  const parts = arrangement.row.map((part, index) => {
    if (typeof part === "string") return placed(h("div", { class: "sign" }, symbol(part, "")), "grid-column", String(index + 1));
    at += 1;
    columns.push(index + 1);
    return placed(/** @type {Matrix} */ (matrices[at]).root, "grid-column", String(index + 1));
  });
  const braces = arrangement.braces.map(({ first, last, tex, words }) => placed(
    h("div", { class: "brace" }, h("span", { class: "brace-line", "aria-hidden": "true" }), h("span", {}, symbol(tex, ""), words ? ` ${words}` : "")),
    "grid-column", `${columns[first] ?? 1} / ${(columns[last] ?? 1) + 1}`,
  ));
  return h("div", { class: "arrangement" }, ...parts, ...braces);
}
