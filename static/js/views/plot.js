// The curve of a layer's activation with the layer's inputs on it, and in backward steps the tangent with its slope.
// The values and slopes are the trace's; only where they stand on the paper is computed here.

import { s } from "../dom.js";
import { plotOf, ticksOf } from "../model/plot.js";
import { page as text } from "../texts/en_page.js";

const WIDTH = 400;
const HEIGHT = 132;
const LEFT = 34;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 20;
const REACH = 1.95;

/** @typedef {ReturnType<typeof plotOf>} Plot */

/** @param {NonNullable<Plot>} plot */
function scales({ zMin, zMax, low, high }) {
  return {
    /** @param {number} z */
    x: (z) => LEFT + ((z - zMin) / (zMax - zMin)) * (WIDTH - LEFT - RIGHT),
    /** @param {number} value */
    y: (value) => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM),
  };
}

/** @param {number} value */
function axisText(value) {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** @param {NonNullable<Plot>} plot @param {ReturnType<typeof scales>} scale */
function grid(plot, { x, y }) {
  const parts = [];
  for (const value of ticksOf(plot.low, plot.high, 2)) {
    parts.push(s("path", { class: "grid", d: `M${LEFT} ${y(value)}H${WIDTH - RIGHT}` }));
    parts.push(s("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, axisText(value)));
  }
  parts.push(s("path", { class: "grid", d: `M${x(0)} ${TOP}V${HEIGHT - BOTTOM}` }));
  for (const z of ticksOf(plot.zMin, plot.zMax, 4)) {
    parts.push(s("text", { x: x(z), y: HEIGHT - 5, "text-anchor": "middle" }, axisText(z)));
  }
  return parts;
}

/** @param {NonNullable<Plot>} plot @param {ReturnType<typeof scales>} scale */
function tangent(plot, { x, y }) {
  const { z, value, slope } = plot.focus;
  if (!plot.backward || slope === null) return [];
  // The end points follow from the slope the trace gives; nothing else is read off this line.
  const ends = [-REACH, REACH].map((reach) => `${x(z + reach)} ${y(value + slope * reach)}`);
  return [s("path", { class: "tangent", d: `M${ends[0]}L${ends[1]}` })];
}

/** What a label should not cover, as points. @param {NonNullable<Plot>} plot @param {ReturnType<typeof scales>} scale */
function inked(plot, { x, y }) {
  const { z, value, slope } = plot.focus;
  const points = plot.curve.map((point) => [x(point.z), y(point.value)]);
  for (let share = 0; share <= 1; share += 0.04) {
    points.push([LEFT + share * (x(z) - LEFT), y(value)]);
    if (plot.backward && slope !== null) points.push([x(z + (2 * share - 1) * REACH), y(value + slope * (2 * share - 1) * REACH)]);
  }
  return points;
}

/**
 * The corner beside the point, among six, where the label covers the least; it always stays on the paper.
 * @param {NonNullable<Plot>} plot
 * @param {ReturnType<typeof scales>} scale
 * @param {number} width
 * @param {number} height
 */
function corner(plot, scale, width, height) {
  const px = scale.x(plot.focus.z);
  const py = scale.y(plot.focus.value);
  const low = HEIGHT - BOTTOM - height - 2;
  const tops = [[py + 8, 1], [low, 1], [py - height - 8, -1], [TOP, -1], [low, -1], [TOP, 1]];
  const obstacles = inked(plot, scale);
  const places = tops.map(([top = 0, side = 1]) => {
    const left = Math.min(Math.max(LEFT + 4, side > 0 ? px + 12 : px - 12 - width), WIDTH - RIGHT - width);
    const y = Math.min(Math.max(TOP - 4, top), low);
    const covered = obstacles.filter(([ox = 0, oy = 0]) => ox > left - 4 && ox < left + width + 4 && oy > y - 2 && oy < y + height + 2).length;
    return { left, y, covered: covered + (px > left - 6 && px < left + width + 6 ? 8 : 0) };
  });
  return places.reduce((best, place) => (place.covered < best.covered ? place : best));
}

/** @param {NonNullable<Plot>} plot @param {ReturnType<typeof scales>} scale */
function says(plot, scale) {
  const lines = [plot.label, plot.second].filter(Boolean);
  const width = Math.max(...lines.map((line) => line.length)) * 7.4;
  const { left, y } = corner(plot, scale, width, lines.length * 18 - 2);
  return lines.map((line, index) => s("text", { class: index ? "says second" : "says", x: left, y: y + 13 + index * 18 }, line));
}

/**
 * @param {NonNullable<Plot>} plot
 * @returns {SVGSVGElement}
 */
export function drawPlot(plot) {
  const scale = scales(plot);
  const { x, y } = scale;
  const inside = plot.curve.filter(({ z }) => z >= plot.zMin && z <= plot.zMax);
  const path = inside.map(({ z, value }, index) => `${index ? "L" : "M"}${x(z).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const { z, value } = plot.focus;
  const guides = `M${x(z)} ${y(plot.low)}V${y(value)}H${LEFT}`;
  const points = plot.points.map((point) => s("circle", { class: "point", cx: x(point.z), cy: y(point.value), r: point === plot.focus ? 5.5 : 4 }));
  const phase = plot.backward ? "backward" : "forward";
  return s(
    "svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${text.curve}: ${plot.label}`, "data-phase": phase, "data-row": plot.row },
    ...grid(plot, scale), s("path", { class: "curve", d: path }), s("path", { class: "guide", d: guides }),
    ...tangent(plot, scale), ...points, ...says(plot, scale),
  );
}
