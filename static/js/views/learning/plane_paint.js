// The strokes of the plane: contours, the marks of the examples, and rings around those that are wrong or come next.
// The marks lie in a layer of their own that is painted once, since examples do not move while a network learns.

import { markOf, outline } from "../../model/learning/data_marks.js";

/** @typedef {import("../../model/palette.js").Palette} Palette */
/** @typedef {import("../../model/learning/plane.js").Dot} Dot */
/** @typedef {import("../../model/learning/plane.js").Place} Place */
/** @typedef {import("../../model/learning/plane.js").Box} Box */

const RIM = 1.5;
/** Many examples have smaller marks. */
const SIZES = [[120, 4.6], [400, 3.9], [1000, 3.2], [Infinity, 2.4]];

/** The side of the paper on which marks have their full size, and the share of it below which they do not go. */
const SIDE = 440;
const SMALLEST = 0.75;

/** @param {number} count @param {number} side of the paper */
export const markSize = (count, side) => (SIZES.find(([most = 0]) => count <= most)?.[1] ?? 3) * Math.min(1, Math.max(SMALLEST, side / SIDE));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[][]} lines in nodes of the grid
 * @param {number} size of the grid
 * @param {Box} box
 */
export function traceContours(context, lines, size, { width, height, left, top }) {
  const [across, down] = [width / (size - 1), height / (size - 1)];
  context.beginPath();
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 2) {
      const [x, y] = [left + (line[at] ?? 0) * across, top + (line[at + 1] ?? 0) * down];
      if (at === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
}

/**
 * One mark of a class, as on the paper and in the legend.
 * @param {CanvasRenderingContext2D} context
 * @param {number} group
 * @param {number} x @param {number} y @param {number} size
 * @param {Palette} palette
 */
export function paintMark(context, group, x, y, size, { tokens }) {
  const { colour, shape, filled } = markOf(group);
  const path = new Path2D(outline(shape, x, y, size));
  const open = shape === "cross";
  context.lineJoin = "round";
  context.strokeStyle = tokens.bg;
  context.lineWidth = open ? 4.5 : 2 * RIM + (filled ? 0 : 2);
  context.stroke(path);
  if (!open) {
    context.fillStyle = filled ? tokens[colour] : tokens.bg;
    context.fill(path);
  }
  if (filled && !open) return;
  context.strokeStyle = tokens[colour];
  context.lineWidth = 2;
  context.stroke(path);
}

/**
 * An example with a value to learn: it has no class, so it is a plain disc.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x @param {number} y @param {number} size
 * @param {string} fill
 * @param {string} line
 * @param {Palette} palette
 */
export function paintValue(context, x, y, size, fill, line, { tokens }) {
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.strokeStyle = tokens.bg;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = line;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}[]} places
 * @param {number} radius
 * @param {string} colour
 * @param {number} width
 */
export function paintRings(context, places, radius, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const { x, y } of places) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.stroke();
}

/**
 * The examples of the next batch lie on the marker.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}[]} batch
 * @param {number} size
 * @param {Palette} palette
 */
export function paintNext(context, batch, size, { tokens }) {
  context.fillStyle = tokens.mark;
  context.strokeStyle = tokens.ink;
  context.lineWidth = 1;
  for (const { x, y } of batch) {
    context.beginPath();
    context.arc(x, y, size + 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/**
 * The example that is stepped through stands in an ink square, over everything else.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}|undefined} stepped
 * @param {number} size
 * @param {Palette} palette
 */
export function paintStepped(context, stepped, size, { tokens }) {
  if (!stepped) return;
  const reach = size + 8;
  for (const [colour, width] of /** @type {[string, number][]} */ ([[tokens.bg, 5], [tokens.ink, 2.5]])) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(stepped.x - reach, stepped.y - reach, 2 * reach, 2 * reach);
  }
}
