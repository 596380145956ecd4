// Pictures of examples on a canvas: points of a plane with the marks of their classes, values as colours or a curve, images as images.
// What is drawn are the examples as they were given; only where they lie on the canvas is worked out here.

import { markOf, outline } from "../../model/learning/data_marks.js";
import { createPalette, TOKENS } from "../../model/palette.js";

/** @typedef {import("../../model/learning/data_recipe.js").Examples} Examples */
/** @typedef {import("../../model/palette.js").Palette} Palette */

/** @param {Element} element @returns {Palette} */
export function paletteOf(element) {
  const style = getComputedStyle(element);
  return createPalette(/** @type {any} */ (Object.fromEntries(TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`)]))));
}

/**
 * A canvas as sharp as the screen, wiped; the side is in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function prepared(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {number} number of the class
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function drawMark(context, palette, number, x, y, size) {
  const { colour, shape, filled } = markOf(number);
  const path = new Path2D(outline(shape, x, y, size));
  context.fillStyle = filled ? palette.tokens[colour] : palette.tokens.bg;
  if (shape !== "cross") context.fill(path);
  context.strokeStyle = palette.tokens[colour];
  context.lineWidth = filled ? 1 : Math.max(1.25, size * 0.45);
  context.stroke(path);
}

/** More points than that are a cloud with as many. */
const MOST = 2000;

/** @param {number[]} values */
const span = (values) => [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];

/** @param {number[]} values @param {number} low where the least stands @param {number} high where the largest stands */
function scale(values, low, high) {
  const [least = 0, most = 0] = span(values);
  const width = most - least || 1;
  return values.map((value) => low + ((value - least) / width) * (high - low));
}

/** The third input moves a point aside, as the depth of a cube. @param {Examples} examples @param {[number, number]} [axes] */
function plane({ inputs, input_names, values }, axes = [0, 1]) {
  const column = (/** @type {number} */ at) => inputs.map((row) => row[at] ?? 0);
  const [across, up] = input_names.length === 1 ? [column(0), (values ?? []).map((row) => row[0] ?? 0)] : [column(axes[0]), column(axes[1])];
  if (input_names.length !== 3) return { across, up };
  return { across: across.map((value, at) => value + 0.4 * (inputs[at]?.[2] ?? 0)), up: up.map((value, at) => value + 0.3 * (inputs[at]?.[2] ?? 0)) };
}

/** @param {CanvasRenderingContext2D} context @param {Examples} examples @param {Palette} palette @param {number} width @param {number} height @param {[number, number]} [axes] */
function drawPoints(context, examples, palette, width, height, axes) {
  const { across, up } = plane(examples, axes);
  const size = across.length > 400 ? 1.8 : across.length > 60 ? (width > 200 ? 3 : 2) : width > 200 ? 5 : 4;
  const margin = size + 5;
  const [x, y] = [scale(across, margin, width - margin), scale(up, height - margin, margin)];
  const [low = 0, high = 0] = span((examples.values ?? []).map((row) => row[0] ?? 0));
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  x.slice(0, MOST).forEach((place, at) => {
    const value = examples.values?.[at]?.[0];
    if (value === undefined || examples.input_names.length === 1) {
      drawMark(context, palette, examples.classes?.[at] ?? 1, place, y[at] ?? 0, size);
      return;
    }
    context.fillStyle = palette.line(value / most);
    context.fill(new Path2D(outline("disc", place, y[at] ?? 0, size)));
  });
}

/** Dark strokes on paper, light ones at night. @param {CanvasRenderingContext2D} context @param {Examples} examples @param {[number, number]} picture rows and columns @param {Palette} palette @param {number} width @param {number} height */
function drawImages(context, { inputs }, [rows, columns], palette, width, height) {
  const across = width > 200 ? 5 : 3;
  const side = width / across;
  const pixel = (side - 6) / Math.max(rows, columns);
  inputs.slice(0, across * Math.floor(height / side)).forEach((values, at) => {
    const [left, top] = [(at % across) * side + 3, Math.floor(at / across) * side + 3];
    const [, most = 1] = span(values);
    values.forEach((value, place) => {
      if (value <= 0) return;
      context.globalAlpha = value / (most || 1);
      context.fillStyle = palette.tokens.ink;
      context.fillRect(left + (place % columns) * pixel, top + Math.floor(place / columns) * pixel, pixel + 0.3, pixel + 0.3);
    });
    context.globalAlpha = 1;
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Examples} examples
 * @param {{width: number, height: number, picture?: [number, number]|null, axes?: [number, number]|undefined}} how
 */
export function drawExamples(canvas, examples, { width, height, picture, axes }) {
  const context = prepared(canvas, width, height);
  const palette = paletteOf(canvas);
  if (picture) drawImages(context, examples, picture, palette, width, height);
  else drawPoints(context, examples, palette, width, height, axes);
}
