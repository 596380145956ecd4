// One input: the examples as points over it, and the curve the network answers with; where it is paused also the next one.
// What is drawn between two points is a straight line, so the curve is as true as its points are many.

import { formatNumber } from "../../model/format.js";
import { markOf } from "../../model/learning/data_marks.js";
import { curveAfter, dotsOf, nextRows, placing } from "../../model/learning/plane.js";
import { linearTicks } from "../../model/learning/ticks.js";
import { markSize, paintMark, paintNext, paintStepped, paintValue } from "./plane_paint.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/palette.js").Palette} Palette */
/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("../../model/learning/plane.js").Box} Box */

const AXIS = { left: 40, bottom: 24 };
const BEYOND = 0.08;
const DASH = [7, 5];

/** @param {Shown} state @param {{x: number[], y: (number|null)[][]}} curve */
function cornersOf({ data }, { x, y }) {
  const dots = data ? dotsOf(data, false) : [];
  // By the examples alone, so that the paper holds still while the curve moves.
  const heights = dots.length ? dots.map((dot) => dot.y) : y.flat().map((value) => value ?? 0);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const beyond = (high - low || 1) * BEYOND;
  return { low: [x[0] ?? 0, low - beyond], high: [x[x.length - 1] ?? 1, high + beyond] };
}

/**
 * @param {Shown} state
 * @param {Surface} surface
 * @param {Box} whole
 * @param {Palette} palette
 */
export function drawFitted(state, surface, whole, palette) {
  const curve = state.frame?.curve;
  if (!curve) return;
  const { context } = surface;
  const box = { left: whole.left + AXIS.left, top: whole.top + 8, width: whole.width - AXIS.left, height: whole.height - AXIS.bottom - 8 };
  const corners = cornersOf(state, curve);
  const place = placing(corners, box);
  surface.begin();
  paintAxes(context, corners, place, box, palette);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  const { data } = state;
  const dots = data ? dotsOf(data, false) : [];
  const size = markSize(dots.length, whole.width);
  const { rows, stepped } = nextRows(state);
  const train = dots.filter(({ part }) => part === "train");
  /** @param {number} row */
  const at = (row) => place(train[row]?.x ?? 0, train[row]?.y ?? 0);
  paintNext(context, rows.map(at), size, palette);
  const classes = data?.train.classes;
  for (const { part, x, y, group } of dots) {
    const spot = place(x, y);
    if (classes) paintMark(context, group, spot.x, spot.y, size, palette);
    else paintValue(context, spot.x, spot.y, size, part === "train" ? palette.tokens.muted : palette.tokens.bg, palette.tokens.muted, palette);
  }
  const after = curveAfter(state);
  if (after) paintCurves(context, after, place, palette, DASH);
  paintCurves(context, curve, place, palette, []);
  paintStepped(context, stepped === null ? undefined : at(stepped), size, palette);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number[], y: (number|null)[][]}} curve y has a row of outputs for each x
 * @param {import("../../model/learning/plane.js").Place} place
 * @param {Palette} palette
 * @param {number[]} dash
 */
function paintCurves(context, { x, y }, place, { tokens }, dash) {
  const outputs = y[0]?.length ?? 0;
  for (let output = 0; output < outputs; output++) {
    context.beginPath();
    let broken = true;
    for (const [at, value] of x.entries()) {
      const height = y[at]?.[output];
      if (height === null || height === undefined) { broken = true; continue; }
      const spot = place(value, height);
      if (broken) context.moveTo(spot.x, spot.y);
      else context.lineTo(spot.x, spot.y);
      broken = false;
    }
    context.setLineDash(dash);
    context.lineJoin = "round";
    context.strokeStyle = tokens.bg;
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = outputs > 1 ? tokens[markOf(output).colour] : tokens.ink;
    context.lineWidth = dash.length ? 2 : 2.5;
    context.stroke();
    context.setLineDash([]);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{low: number[], high: number[]}} corners
 * @param {import("../../model/learning/plane.js").Place} place
 * @param {Box} box
 * @param {Palette} palette
 */
function paintAxes(context, { low, high }, place, box, { tokens }) {
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = tokens.muted;
  context.strokeStyle = tokens.line;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const tick of linearTicks(low[1] ?? 0, high[1] ?? 1, 5)) {
    const { y } = place(low[0] ?? 0, tick);
    context.beginPath();
    context.moveTo(box.left, Math.round(y) + 0.5);
    context.lineTo(box.left + box.width, Math.round(y) + 0.5);
    context.stroke();
    context.fillText(formatNumber(tick, 3), box.left - 8, y);
  }
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  for (const tick of linearTicks(low[0] ?? 0, high[0] ?? 1, 5)) {
    context.fillText(formatNumber(tick, 3), place(tick, 0).x, box.top + box.height + 18);
  }
}
