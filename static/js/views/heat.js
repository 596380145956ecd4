// A matrix too large for digits, as a picture: one pixel a number, drawn at once, read number by number with pointer or arrow keys.
// The number under the pointer stands below the picture with its ref, so it lights up everywhere else.

import { h } from "../dom.js";
import { formatNumber } from "../model/format.js";
import { cellsOf, strongest } from "../model/matrices.js";
import { parseColour } from "../model/palette.js";
import { page } from "../texts/en_page.js";
import { writeNumber } from "./equation.js";
import { createFrame, FULL, labelOf, moved } from "./matrix_parts.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Factor} Factor */
/** @typedef {import("../model/matrices.js").Cells} Cells */
/** @typedef {import("../model/matrices.js").Place} Place */
/** @typedef {import("../model/palette.js").Palette} Palette */

const text = page.matrices;
const SHADES = 256;

/** @param {Palette} palette the ramp as bytes, from the most negative to the most positive */
function shadesOf(palette) {
  return Array.from({ length: SHADES }, (_, index) => parseColour(palette.ramp(((2 * index) / (SHADES - 1) - 1) * FULL)));
}

/** @param {HTMLCanvasElement} canvas @param {Cells} cells @param {Factor} factor @param {Palette} palette */
function paint(canvas, cells, factor, palette) {
  const { rows, columns } = factor;
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  if (!context) return;
  const shades = shadesOf(palette);
  const sunk = parseColour(palette.tokens.sunk);
  const most = strongest(cells, factor);
  const image = context.createImageData(columns, rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      const share = (cells.value(row, column) ?? 0) / most;
      const [r, g, b] = cells.structural(row, column) ? sunk : shades[Math.round(((share + 1) / 2) * (SHADES - 1))] ?? sunk;
      image.data.set([r, g, b, 255], at);
    }
  }
  context.putImageData(image, 0, 0);
}

/**
 * @param {State} state
 * @param {Factor} factor
 * @param {import("../model/matrix_size.js").Drawn} drawn
 * @param {Palette} palette
 * @param {{select: (ref: string) => void, point: (ref: string|null, example: number|null) => void}} does
 * @returns {import("./matrix.js").Body}
 */
export function createHeat(state, factor, drawn, palette, does) {
  const cells = cellsOf(state.trace, state.example, factor);
  const canvas = h("canvas", { "aria-hidden": "true" });
  paint(canvas, cells, factor, palette);
  const cursor = createFrame("cursor", drawn, factor);
  const source = createFrame("source", drawn, factor);
  const readout = h("p", { class: "heat-readout" });
  const picture = h("div", {
    class: "heat", role: "slider", tabindex: "0", "aria-label": `${labelOf(factor)}, ${text.picture}`,
    "aria-valuemin": 1, "aria-valuemax": factor.rows * factor.columns, "aria-valuenow": 1, "aria-valuetext": text.place(1, 1),
  }, canvas, source.frame, cursor.frame);
  for (const [name, size] of Object.entries({ width: drawn.width, height: drawn.height })) picture.style.setProperty(name, `${size}px`);
  /** @type {Place} */
  let here = { row: 0, column: 0 };

  /** @param {Place} place */
  function read({ row, column }) {
    const value = cells.value(row, column);
    const number = h("span");
    writeNumber(number, { value, ref: cells.ref(row, column), scale: factor.scale }, state.digits);
    readout.replaceChildren(`${text.place(row + 1, column + 1)}: `, number);
    picture.setAttribute("aria-valuenow", String(row * factor.columns + column + 1));
    picture.setAttribute("aria-valuetext", `${text.place(row + 1, column + 1)}: ${formatNumber(value, state.digits)}`);
  }

  /** @param {Place} place */
  const go = (place) => {
    here = place;
    does.point(cells.ref(place.row, place.column) || null, cells.example(place.row, place.column));
  };
  picture.addEventListener("pointermove", (event) => {
    const box = picture.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * factor.rows);
    const column = Math.floor(((event.clientX - box.left) / box.width) * factor.columns);
    if (row < 0 || column < 0 || row >= factor.rows || column >= factor.columns || (row === here.row && column === here.column && !cursor.frame.hidden)) return;
    go({ row, column });
  });
  picture.addEventListener("click", () => { const ref = cells.ref(here.row, here.column); if (ref) does.select(ref); });
  picture.addEventListener("focus", () => { if (picture.matches(":focus-visible")) go(here); });
  picture.addEventListener("keydown", (event) => {
    const ref = cells.ref(here.row, here.column);
    if (event.key === "Enter" && ref) does.select(ref);
    const to = moved(event, here, factor);
    if (to) go(to);
  });
  return {
    element: h("div", { class: "heat-block" }, picture, readout),
    outline: source.place,
    point(place, whole) {
      picture.classList.toggle("pointed-whole", whole);
      cursor.place(place);
      if (place) read(here = place);
    },
  };
}
