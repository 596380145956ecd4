// One matrix of an arrangement: its name, its cells in brackets, its shape and meaning, and the markers laid over it.
// Cells are reached by arrow keys once Tab led to the matrix; every one carries the ref of the number it shows.

import { h, marked } from "../dom.js";
import { exactText, formatNumber } from "../model/format.js";
import { cellsOf, placeIn, strongest } from "../model/matrices.js";
import { page } from "../texts/en_page.js";
import { symbol, writeNumber } from "./equation.js";
import { createHeat } from "./heat.js";
import { createFrame, FULL, labelOf, moved } from "./matrix_parts.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Factor} Factor */
/** @typedef {import("../model/matrices.js").Cells} Cells */
/** @typedef {import("../model/matrices.js").Place} Place */
/** @typedef {import("../model/matrix_size.js").Drawn} Drawn */
/** @typedef {import("../model/palette.js").Palette} Palette */
/** @typedef {import("./matrix_parts.js").Span} Span */
/** @typedef {{element: HTMLElement, point: (place: Place|null, whole: boolean) => void, outline: (span: Span|null) => void}} Body */
/** @typedef {{factor: Factor, root: HTMLElement, name: HTMLElement, body: Body}} Matrix */

const text = page.matrices;

/**
 * @param {HTMLElement} element
 * @param {Cells} cells
 * @param {Factor} factor
 * @param {Place} place
 * @param {{palette: Palette, most: number, digits: number}} style
 */
function fill(element, cells, factor, { row, column }, { palette, most, digits }) {
  const value = cells.value(row, column);
  if (cells.structural(row, column)) {
    element.classList.add("structural");
    // Slices of a tensor are nothing but structure, so their zeros stay empty to the eye.
    element.append(factor.form === "cells" ? h("span", { class: "visually-hidden" }, "0") : formatNumber(value, digits));
    return;
  }
  const ref = cells.ref(row, column);
  writeNumber(element, { value, ref, scale: factor.scale, ...(cells.example(row, column) === null ? {} : { example: cells.example(row, column) }) }, digits);
  if (!ref) element.title = exactText(value);
  const share = ((value ?? 0) / most) * FULL;
  element.style.setProperty("background", palette.ramp(share));
  element.style.setProperty("color", palette.ink(share));
}

/**
 * @param {State} state
 * @param {Factor} factor
 * @param {Drawn} drawn
 * @param {Palette} palette
 * @param {(ref: string) => void} select
 * @returns {Body}
 */
function createGrid(state, factor, drawn, palette, select) {
  const cells = cellsOf(state.trace, state.example, factor);
  const style = { palette, most: strongest(cells, factor), digits: state.digits };
  const elements = Array.from({ length: factor.rows }, (_, row) => Array.from({ length: factor.columns }, (__, column) => {
    const element = h("div", { role: "gridcell", class: "matrix-cell", tabindex: row + column === 0 ? "0" : "-1" });
    fill(element, cells, factor, { row, column }, style);
    return element;
  }));
  const at = (/** @type {Place} */ { row, column }) => elements[row]?.[column];
  const placeOf = (/** @type {EventTarget|null} */ target) => {
    for (const [row, line] of elements.entries()) for (const [column, element] of line.entries()) if (element === target) return { row, column };
    return null;
  };
  const { frame, place: outline } = createFrame("source", drawn, factor);
  const stepped = createFrame("stepped", drawn, factor);
  if (factor.form === "batch") stepped.place({ row: null, column: state.example });
  if (factor.form === "batch_transposed") stepped.place({ row: state.example, column: null });
  const element = h("div", {
    class: "matrix-cells", role: "grid", "aria-label": labelOf(factor),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const from = placeOf(event.target);
      const ref = from && at(from)?.dataset.ref;
      if (event.key === "Enter" && ref) select(ref);
      const to = from && moved(event, from, factor);
      if (!from || !to) return;
      at(from)?.setAttribute("tabindex", "-1");
      at(to)?.setAttribute("tabindex", "0");
      at(to)?.focus();
    },
  }, ...elements.map((line) => h("div", { role: "row" }, ...line)), frame, stepped.frame);
  for (const [name, value] of Object.entries({ "--cell-width": drawn.cell.width, "--cell-height": drawn.cell.height, "--cell-font": drawn.cell.font })) element.style.setProperty(name, `${value}px`);
  element.style.setProperty("--columns", String(factor.columns));
  /** @type {HTMLElement|undefined} */
  let lit;
  return {
    element, outline,
    point(place, whole) {
      lit?.classList.remove("pointed");
      lit = place ? at(place) : undefined;
      lit?.classList.add("pointed");
      element.classList.toggle("pointed-whole", whole);
    },
  };
}

/**
 * @param {State} state
 * @param {Factor} factor
 * @param {Drawn} drawn
 * @param {Palette} palette
 * @param {{select: (ref: string) => void, point: (ref: string|null, example: number|null) => void}} does
 * @returns {Matrix}
 */
export function createMatrix(state, factor, drawn, palette, does) {
  const body = drawn.heat ? createHeat(state, factor, drawn, palette, does) : createGrid(state, factor, drawn, palette, does.select);
  const name = h("div", { class: "matrix-name", "data-ref": factor.ref || false }, symbol(factor.tex, factor.words || text.matrix));
  const root = h("div", { class: `matrix${factor.result ? " result" : ""}` },
    h("div", { class: "matrix-top" }, name),
    h("div", { class: "matrix-body" }, body.element),
    h("div", { class: "matrix-foot" },
      h("span", {}, `${text.shape(factor.rows, factor.columns)} `, ...marked(factor.words)),
      factor.under ? h("span", { class: "matrix-under" }, symbol(factor.under, "")) : null));
  return { factor, root, name, body };
}

/**
 * Lights a matrix for what is pointed at, and tells where in it that stands.
 * @param {Matrix} matrix
 * @param {string|null} pointed
 * @param {number} example
 * @returns {Place|null}
 */
export function pointAt({ factor, name, body }, pointed, example) {
  const place = placeIn(factor, pointed, example);
  const whole = pointed !== null && factor.ref === pointed && factor.form !== "number";
  name.classList.toggle("pointed", whole);
  body.point(place, whole);
  return place;
}
