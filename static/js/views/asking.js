// "Ask further": the panels of a step as quiet buttons, and under them what was opened, in the words of the text.
// A panel comes from the server when it is asked for; while it comes, and where it cannot come, the page says so in its place.

import { h, marked } from "../dom.js";
import { openPanels } from "../model/asking.js";
import { sizesOf } from "../model/matrix_size.js";
import { stepNow } from "../model/state.js";
import { segments } from "../model/tex.js";
import { page } from "../texts/en_page.js";
import { equation, writeNumber } from "./equation.js";
import { factorsOf, rowOf } from "./arrangement.js";
import { createMatrix } from "./matrix.js";
import { readPalette } from "./colours.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Line} Line */
/** @typedef {import("../model/types.d.ts").Panel} Panel */
/** @typedef {import("../model/types.d.ts").Arrangement} Arrangement */
/** @typedef {import("../model/types.d.ts").NumberPiece} NumberPiece */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */

const text = page.asking;
/** Matrices of a panel stand in the narrow column, so they are as small as can be read. */
const ROOM = { width: 0, height: 0 };

/** @param {Line} line @param {number} digits @param {string} key */
function lineOf(line, digits, key) {
  const about = [line.place, line.title].filter(Boolean).join(" ");
  return h("div", { class: "block close" },
    about ? h("p", { class: "at" }, ...marked(about)) : null,
    line.symbols.length > 0 ? equation(segments(line.symbols), "numbers", digits, `${key}s`) : null,
    line.numbers.length > 0 ? equation(segments(line.numbers), "numbers", digits, `${key}n`) : null);
}

/** @param {string|NumberPiece} cell @param {number} digits */
function cellOf(cell, digits) {
  if (typeof cell === "string") return h("td", { class: "words" }, ...marked(cell));
  const number = h("span");
  writeNumber(number, cell, digits);
  return h("td", {}, number);
}

/** @param {Panel["tables"][number]} table @param {number} digits */
function tableOf({ head, rows, title }, digits) {
  return h("div", { class: "table-scroll" }, h("table", { class: "printed asked" },
    title ? h("caption", {}, ...marked(title)) : null,
    head.some(Boolean) ? h("thead", {}, h("tr", {}, ...head.map((name) => (name ? h("th", { scope: "col" }, ...marked(name)) : h("td"))))) : null,
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell) => cellOf(cell, digits)))))));
}

/** @param {State} state @param {Arrangement} arrangement @param {Dispatch} dispatch */
function matricesOf(state, arrangement, dispatch) {
  const factors = factorsOf(arrangement);
  const sizes = sizesOf(state, factors, ROOM);
  const does = {
    select: (/** @type {string} */ ref) => dispatch({ type: "select", ref }),
    point: (/** @type {string|null} */ ref) => dispatch({ type: "point", ref }),
  };
  const palette = readPalette(document.documentElement);
  const matrices = factors.map((factor, at) => createMatrix(state, factor, /** @type {import("../model/matrix_size.js").Drawn} */ (sizes[at]), palette, does));
  const about = [arrangement.place, arrangement.title, arrangement.note].filter(Boolean).join(" ");
  return h("div", { class: "block close" }, about ? h("p", { class: "at" }, ...marked(about)) : null, rowOf(arrangement, matrices));
}

/** @param {State} state @param {Panel} panel @param {Dispatch} dispatch */
function contentOf(state, panel, dispatch) {
  const { digits } = state;
  return [
    ...panel.text.map((sentence) => h("p", {}, ...marked(sentence))),
    ...panel.lines.map((line, at) => lineOf(/** @type {Line} */ (line), digits, `${panel.kind}${at}`)),
    ...panel.tables.map((table) => tableOf(table, digits)),
    ...panel.matrices.map((arrangement) => matricesOf(state, arrangement, dispatch)),
  ];
}

/**
 * @param {State} state
 * @param {Dispatch} dispatch
 * @returns {HTMLElement|null} nothing where a step offers no panel
 */
export function asking(state, dispatch) {
  const kinds = stepNow(state).panels ?? [];
  if (kinds.length === 0) return null;
  const titles = /** @type {Record<string, string>} */ (state.catalogue?.panels ?? {});
  const open = openPanels(state);
  const buttons = kinds.map((kind) => h("button", {
    type: "button", id: `ask-${kind}`, "aria-expanded": String(kind in open), "aria-controls": kind in open ? `asked-${kind}` : false,
    onclick: () => dispatch({ type: "panel", kind }),
  }, titles[kind] ?? kind));
  const blocks = kinds.filter((kind) => kind in open).map((kind) => {
    const { panel, problem } = open[kind] ?? {};
    const content = panel ? contentOf(state, panel, dispatch) : problem ? [h("p", { class: "problem" }, problem.detail || problem.title)] : [h("p", { class: "quiet", role: "status" }, text.loading)];
    return h("section", { class: "asked-panel", id: `asked-${kind}`, "aria-label": titles[kind] ?? kind }, h("h3", {}, panel?.title ?? titles[kind] ?? kind), ...content);
  });
  return h("section", { class: "asking", "aria-label": text.title }, h("h2", { class: "label" }, text.title), h("div", { class: "asks" }, ...buttons), ...blocks);
}
