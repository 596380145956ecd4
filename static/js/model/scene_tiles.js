// The inputs as a picture, and under it the weights into one neuron in the same shape.
// Cells are painted on the canvas; words, outlines and what the keyboard reaches are marks of the drawing.

import { formatNumber } from "./format.js";
import { mark, phrase, rectangle, words } from "./marks.js";
import { boxOf } from "./plates.js";
import { parseRef, lookUp } from "./refs.js";
import { cellAt, gridOf } from "./tiles.js";
import { gradientNow } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./marks.js").Mark} Mark */
/**
 * @typedef {import("./tiles.js").Place & {
 *   name: "inputs"|"weights", ref: string, values: (number|null)[], scale: number, now: boolean, marked: boolean, words: string,
 * }} Picture
 * `ref` is the array: with the index of a cell behind it, it names that number
 */

const GLOW = 6;
const WORDS = { first: 17, second: 33, size: 14, small: 12 };

/**
 * Both pictures of this moment, none where the inputs stand one by one.
 * @param {View} view
 * @returns {Picture[]}
 */
export function picturesOf(view) {
  const { tile } = view.layout;
  if (!tile) return [];
  const { x, y, cell, columns, rows, count, second } = tile;
  return [inputsOf(view), lowerOf(view)].map((picture, at) => ({ ...picture, ...(at === 0 ? { x, y } : second), cell, columns, rows, count }));
}

/** @typedef {Pick<Picture, "name"|"ref"|"values"|"scale"|"now"|"marked"|"words">} Content */

/**
 * @param {View} view
 * @returns {Content}
 */
function inputsOf(view) {
  const knowledge = view.known("activation:0");
  const ref = knowledge === "future" ? "weighted_input:0" : "activation:0";
  const now = knowledge === "now" || view.known("weighted_input:0") === "now";
  return { name: "inputs", ref, values: arrayOf(view, ref), scale: view.scales.activation, now, marked: false, words: view.texts.tile.inputs };
}

/**
 * The weights into the neuron somebody points at, or the gradient or error this step is about.
 * @param {View} view
 * @returns {Content}
 */
function lowerOf(view) {
  const { row, pointed } = tileNeuron(view);
  if (view.known("error:0") === "now") {
    const values = arrayOf(view, "error:0");
    return { name: "weights", ref: "error:0", values, scale: largestOf(values), now: true, marked: false, words: view.texts.tile.errors };
  }
  const gradient = gradientNow(view, "weight", 1);
  const updated = view.known("updated_weights:1");
  const quantity = gradient ?? (updated === "now" || updated === "past" ? "updated_weights" : "weights");
  const ref = `${quantity}:1:${row}`;
  const say = gradient ? view.texts.tile.gradients : quantity === "weights" ? view.texts.tile.weights : view.texts.tile.updated;
  const scale = largestOf(lookUp(view.trace, view.example, `${quantity}:1`) ?? []);
  return { name: "weights", ref, values: arrayOf(view, ref), scale, now: gradient !== null || updated === "now", marked: pointed, words: say(row + 1) };
}

/** @param {View} view @param {string} ref @returns {(number|null)[]} */
const arrayOf = (view, ref) => lookUp(view.trace, view.example, ref) ?? [];

/** @type {WeakMap<object, number>} */
const largest = new WeakMap();

/**
 * One scale for the weights into all neurons, so that two of them can be compared.
 * @param {any[]} values a vector or a matrix
 */
function largestOf(values) {
  const found = largest.get(values);
  if (found !== undefined) return found;
  /** @type {number} */
  const most = values.flat().reduce((so, value) => Math.max(so, Math.abs(value ?? 0)), 0) || 1;
  largest.set(values, most);
  return most;
}

/**
 * The neuron whose weights are shown: pointed at, else selected, else the first.
 * @param {View} view
 * @returns {{row: number, pointed: boolean}}
 */
export function tileNeuron(view) {
  for (const text of [view.pointed, view.selected]) {
    const ref = parseRef(text);
    if (ref?.layer === 1 && ref.row !== null && ref.quantity !== "target") return { row: ref.row, pointed: true };
  }
  return { row: 0, pointed: false };
}

/**
 * The input somebody points at, by itself or by one of its weights.
 * @param {View} view
 * @returns {number|null}
 */
export function pixelOf(view) {
  for (const text of [view.pointed, view.selected]) {
    const ref = parseRef(text);
    const index = ref?.layer === 0 ? ref.row : ref?.layer === 1 ? ref.column : null;
    if (index !== null && index !== undefined) return index;
  }
  return null;
}

/**
 * @param {Picture[]} pictures
 * @param {{x: number, y: number}} point
 * @returns {string|null} the number under a point of the drawing
 */
export function pictureRefAt(pictures, point) {
  for (const picture of pictures) {
    const index = cellAt(picture, point);
    if (index !== null) return `${picture.ref}:${index}`;
  }
  return null;
}

/** @param {Picture} picture @param {number} grow */
function frameOf({ x, y, cell, columns, rows }, grow) {
  return boxOf(x - grow, y - grow, x + columns * cell + grow, y + rows * cell + grow);
}

/**
 * @param {View} view
 * @param {Picture[]} pictures
 * @returns {Mark[]}
 */
export function pictureMarks(view, pictures) {
  return pictures.map((picture) => {
    const pixel = pixelOf(view);
    const children = [
      ...(picture.marked ? [rectangle("halo", frameOf(picture, GLOW / 2), { rx: 3, class: "stage-tile-halo" })] : []),
      rectangle("frame", frameOf(picture, 0), { class: `stage-tile-frame${picture.now ? " stage-now" : ""}` }),
      ...(pixel === null || pixel >= picture.count ? [] : pixelMarks(picture, pixel)),
      ...captionMarks(view, picture, pixel),
      rectangle("focus", frameOf(picture, GLOW + 3), { rx: 4, class: "stage-focus" }),
    ];
    return mark(`picture:${picture.name}`, "g", attributesOf(view, picture, pixel ?? 0), children);
  });
}

/**
 * One tab stop for the whole picture: the arrow keys lead from cell to cell, and the value is said as they do.
 * @param {View} view
 * @param {Picture} picture
 * @param {number} pixel
 * @returns {Mark["attributes"]}
 */
function attributesOf(view, picture, pixel) {
  const { columns, rows, count, ref } = picture;
  return {
    class: "stage-neuron stage-tile", role: "slider", tabindex: "-1", "aria-label": view.texts.tile.label(picture.words, count, columns, rows),
    "aria-valuemin": 1, "aria-valuemax": count, "aria-valuenow": pixel + 1, "aria-valuetext": saidOf(view, picture, pixel),
    "data-layer": 0, "data-row": pixel, "data-count": count, "data-tile": picture.name, "data-point": `${ref}:${pixel}`,
  };
}

/** @param {View} view @param {Picture} picture @param {number} pixel */
function saidOf(view, picture, pixel) {
  return `${placeOf(view, picture.count, pixel)}: ${formatNumber(picture.values[pixel] ?? null, view.digits)}`;
}

/** @param {View} view @param {number} count @param {number} pixel */
function placeOf(view, count, pixel) {
  const { columns } = gridOf(count);
  return view.texts.tile.place(Math.floor(pixel / columns) + 1, (pixel % columns) + 1);
}

/** @param {Picture} picture @param {number} pixel */
function pixelMarks({ x, y, cell, columns }, pixel) {
  const [left, top] = [x + (pixel % columns) * cell, y + Math.floor(pixel / columns) * cell];
  const box = boxOf(left - 1, top - 1, left + cell + 1, top + cell + 1);
  return [rectangle("pixel-ink", box, { class: "stage-pixel-ink" }), rectangle("pixel", box, { class: "stage-pixel" })];
}

/**
 * What it is, and under that the number pointed at, or what the strongest colour stands for.
 * @param {View} view
 * @param {Picture} picture
 * @param {number|null} pixel
 * @returns {Mark[]}
 */
function captionMarks(view, picture, pixel) {
  const frame = frameOf(picture, 0);
  const [middle, foot] = [frame.x, frame.y + frame.height / 2];
  const quiet = picture.marked || picture.now ? "" : " stage-quiet";
  const name = words("words", middle, foot + WORDS.first, picture.words, { class: quiet.trim(), size: view.layout.phone ? WORDS.small : WORDS.size, anchor: "middle" });
  const ref = `${picture.ref}:${pixel}`;
  const pieces = pixel === null
    ? [{ text: view.texts.tile.scale(formatNumber(picture.scale, view.digits), picture.name === "weights") }]
    : [{ text: placeOf(view, picture.count, pixel) }, { number: { ref, value: picture.values[pixel] ?? null, digits: view.digits }, class: "stage-number stage-ink", gap: 6 }];
  return [name, phrase("second", middle, foot + WORDS.second, pieces, { class: "stage-quiet", size: WORDS.small, anchor: "middle" })];
}
