// One line of mathematics: KaTeX sets it once, afterwards only the text of its numbers changes.
// Every symbol and number carries the ref of what it stands for, so that pointing works both ways.

import katex from "katex";
import { h } from "../dom.js";
import { exactText, formatNumber, MINUS } from "../model/format.js";
import { breaks } from "../model/breaks.js";
import { lineTex } from "../model/tex.js";
import { lineWords } from "../model/tex_words.js";
import { remember } from "./scrollers.js";

const KEPT = 400;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @typedef {import("../model/types.d.ts").Piece} Piece */
/** @typedef {import("../model/types.d.ts").NumberPiece} NumberPiece */
/** @typedef {{element: HTMLElement, spans: HTMLElement[], words: HTMLElement, said: string}} Kept */

/** @type {Map<string, Kept>} */
const kept = new Map();
/** @type {Map<string, HTMLElement>} */
const symbols = new Map();
let number = 0;

/**
 * Sets TeX into an element; what cannot be set is shown as it is written.
 * @param {string} tex
 * @param {HTMLElement} element
 */
export function typeset(tex, element) {
  try {
    const tree = renderToTree(tex, {
      output: "html", displayMode: false, throwOnError: true, strict: false,
      trust: (/** @type {{command: string}} */ context) => context.command === "\\htmlData",
    });
    takeStyles(tree);
    element.replaceChildren(tree.toNode());
    for (const arrow of /** @type {NodeListOf<SVGElement>} */ (element.querySelectorAll(".katex-overlay > svg"))) {
      arrow.style.width = arrow.getAttribute("width") ?? "";
    }
  } catch {
    element.textContent = tex;
  }
}

/** @typedef {{attributes?: Record<string, string>, children?: Node[], toNode: () => Element}} Node */

/** @type {(tex: string, options: object) => Node} */
const renderToTree = /** @type {any} */ (katex).__renderToDomTree;

/** The arrow of \vec has its width in an attribute, which the page's policy refuses; as a property it may be set. @param {Node} node */
function takeStyles(node) {
  delete node.attributes?.style;
  for (const child of node.children ?? []) takeStyles(child);
}

/**
 * A short symbol in a line of text; screen readers hear the words.
 * @param {string} tex
 * @param {string} words
 */
export function symbol(tex, words) {
  let drawn = symbols.get(tex);
  if (!drawn) {
    drawn = h("span", { "aria-hidden": "true" });
    typeset(tex, drawn);
    symbols.set(tex, drawn);
  }
  return h("span", { class: "symbol" }, drawn.cloneNode(true), h("span", { class: "visually-hidden" }, words));
}

/**
 * Writes a number into an element, with its ref and its exact value.
 * @param {HTMLElement} span
 * @param {NumberPiece} piece
 * @param {number} digits
 */
export function writeNumber(span, piece, digits) {
  const exact = exactText(piece.value);
  // A line drawn again may have a number without a name where one with a name stood.
  for (const name of ["ref", "value", "example", "scale"]) delete span.dataset[name];
  span.removeAttribute("title");
  if (piece.ref) {
    span.dataset.ref = piece.ref;
    span.dataset.value = exact;
    span.title = exact;
    if (typeof piece.example === "number") span.dataset.example = String(piece.example);
    if (typeof piece.scale === "number" && piece.scale !== 1) span.dataset.scale = String(piece.scale);
  }
  span.classList.add("number");
  span.classList.toggle("not-finite", piece.value === null || !Number.isFinite(piece.value));
  const shown = formatNumber(piece.value, digits);
  const power = /^(.*·10)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/u.exec(shown);
  if (!power) {
    span.textContent = shown;
    return;
  }
  const figures = [...(power[2] ?? "")].map((sign) => (sign === "⁻" ? MINUS : String(RAISED.indexOf(sign)))).join("");
  span.replaceChildren(power[1] ?? "", h("sup", { class: "power" }, figures));
}

/** @param {string} key @param {string} tex */
function set(key, tex) {
  const drawn = h("span", { "aria-hidden": "true" });
  typeset(`\\displaystyle ${tex}`, drawn);
  const spans = /** @type {HTMLElement[]} */ ([...drawn.querySelectorAll("[data-n]")]);
  spans.sort((a, b) => Number(a.dataset.n) - Number(b.dataset.n));
  for (const span of spans) delete span.dataset.n;
  const words = h("span", { class: "visually-hidden" });
  number += 1;
  const entry = { element: h("span", { class: "segment", "data-key": number }, drawn, words), spans, words, said: "" };
  kept.set(key, entry);
  if (kept.size > KEPT) kept.delete(/** @type {string} */ (kept.keys().next().value));
  return entry;
}

/**
 * @param {Piece[]} pieces
 * @param {number} digits
 * @param {string} place
 */
function segment(pieces, digits, place) {
  const { tex, numbers, structure } = lineTex(pieces, digits);
  const key = `${place}|${structure}`;
  const entry = kept.get(key) ?? set(key, tex);
  const said = lineWords(pieces, digits);
  const now = `${said}|${numbers.map(({ ref, value }) => `${ref}${value}`).join()}`;
  if (entry.said !== now) {
    numbers.forEach((piece, index) => {
      const span = entry.spans[index];
      if (span) writeNumber(span, piece, digits);
    });
    entry.words.textContent = said;
    entry.said = now;
  }
  return entry.element;
}

/**
 * The element of a line, with its numbers as they are now; it breaks between its segments where it has to.
 * @param {Piece[][]} parts segments
 * @param {"symbols"|"numbers"} kind
 * @param {number} digits
 * @param {string} place tells lines apart that stand on the page together
 */
export function equation(parts, kind, digits, place) {
  const drawn = parts.map((part, index) => {
    const pieces = breaks(part).map((one, at) => segment(one, digits, `${place}.${kind}.${index}.${at}`));
    return pieces.length > 1 ? h("span", { class: "segment broken" }, ...pieces) : pieces[0] ?? null;
  });
  const line = h("div", { class: `math ${kind}` }, ...drawn);
  remember(line, `${kind}|${line.textContent}`);
  return line;
}
