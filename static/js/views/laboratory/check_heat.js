// The errors of one layer as a picture: a cell a weight, the biases last, in greys that darken with the error.
// Beyond the bound a cell is red with a cross, at a kink hatched; arrow keys read cell after cell, a click or Enter selects.

import { h, s } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { classOf, columnOf, FAILED, KINK } from "../../model/laboratory/check_whole.js";
import { check as page } from "../../texts/en_lab_check.js";
import { writeNumber } from "../equation.js";
import { moved } from "../matrix_parts.js";

/** @typedef {import("../../model/laboratory/check_whole.js").Field} Field */
/** @typedef {import("../../model/laboratory/check_whole.js").Row} Row */

const text = page.whole;
const LARGEST = 32;
const LEAST = 8;
const WIDTH = 380;
/** The biases stand apart by this much. */
const APART = 6;

/** @param {Field} field */
const sizeOf = ({ columns }) => Math.max(LEAST, Math.min(LARGEST, Math.floor((WIDTH - APART) / columns)));

/** @param {Field} field @param {number} size @param {number} column */
const leftOf = (field, size, column) => column * size + (field.hasBias && column === field.columns - 1 ? APART : 0);

/** All cells of a class in one path. @param {Field} field @param {number} size @param {number} tolerance */
function cells(field, size, tolerance) {
  /** @type {Map<number, string[]>} */
  const classes = new Map();
  for (const row of field.cells) {
    const [x, y] = [leftOf(field, size, columnOf(field, row)), row.row * size];
    const which = classOf(row, tolerance);
    const known = classes.get(which) ?? [];
    known.push(`M${x + 1} ${y + 1}h${size - 2}v${size - 2}h${2 - size}z`);
    if (which === FAILED) known.push(`M${x + 3} ${y + 3}l${size - 6} ${size - 6}m0 ${6 - size}l${6 - size} ${size - 6}`);
    if (which === KINK) known.push(`M${x + 2} ${y + size - 2}l${size - 4} ${4 - size}`);
    classes.set(which, known);
  }
  return [...classes].map(([which, parts]) => s("path", { class: `class-${which}`, d: parts.join("") }));
}

/**
 * @param {Field} field
 * @param {{tolerance: number, layer: number, nameOf: (row: Row) => Node, select: (ref: string) => void, digits: number}} parts layer: its number as the text counts
 */
export function createHeat(field, { tolerance, layer, nameOf, select, digits }) {
  const size = sizeOf(field);
  const width = leftOf(field, size, field.columns - 1) + size;
  const byPlace = new Map(field.cells.map((row) => [`${row.row}:${columnOf(field, row)}`, row]));
  const cursor = s("rect", { class: "cursor", width: size, height: size, visibility: "hidden" });
  const readout = h("p", { class: "heat-readout" });
  const picture = h("div", {
    class: "error-map", id: `check-map-${layer}`, role: "slider", tabindex: "0", "aria-label": text.map(layer, field.hasBias), "aria-valuemin": 1, "aria-valuemax": field.rows * field.columns,
  }, s("svg", { width, height: field.rows * size, "aria-hidden": "true" }, ...cells(field, size, tolerance), cursor));
  let here = { row: 0, column: 0 };

  /** @param {{row: number, column: number}} place */
  function read(place, isQuiet = false) {
    const found = byPlace.get(`${place.row}:${place.column}`);
    here = place;
    const named = text.place(place.row + 1, place.column + 1, field.hasBias && place.column === field.columns - 1);
    picture.setAttribute("aria-valuenow", String(place.row * field.columns + place.column + 1));
    picture.setAttribute("aria-valuetext", `${named}: ${formatNumber(found?.error ?? null, digits)}`);
    if (isQuiet || !found) return;
    for (const [name, value] of Object.entries({ x: leftOf(field, size, place.column), y: place.row * size, visibility: "visible" })) cursor.setAttribute(name, String(value));
    const number = h("span");
    writeNumber(number, { value: found.error, ref: "" }, digits);
    readout.replaceChildren(nameOf(found), " ", number);
  }

  /** @param {MouseEvent} event */
  function placeAt(event) {
    const box = /** @type {SVGElement} */ (picture.firstElementChild).getBoundingClientRect();
    const at = event.clientX - box.left;
    const column = Math.min(field.columns - 1, at > leftOf(field, size, field.columns - 1) ? field.columns - 1 : Math.floor(at / size));
    const row = Math.floor((event.clientY - box.top) / size);
    return row >= 0 && row < field.rows && column >= 0 ? { row, column } : null;
  }

  const choose = () => { const found = byPlace.get(`${here.row}:${here.column}`); if (found) select(found.ref); };
  picture.addEventListener("pointermove", (event) => { const place = placeAt(event); if (place && (place.row !== here.row || place.column !== here.column || readout.childNodes.length === 0)) read(place); });
  picture.addEventListener("click", (event) => { const place = placeAt(event); if (place) { read(place); choose(); } });
  picture.addEventListener("focus", () => { if (picture.matches(":focus-visible")) read(here); });
  picture.addEventListener("keydown", (event) => {
    if (event.key === "Enter") choose();
    const to = moved(event, here, field);
    if (to) read(to);
  });
  read(here, true);
  return h("div", { class: "error-field" }, h("h3", { class: "label" }, text.layer(layer)), h("div", { class: "map-scroll" }, picture), readout);
}
