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

/** @param {NonNullable<Plot>} plot @param {ReturnType<typeof scales>} scale */
function says(plot, { x, y }) {
  const { z, value } = plot.focus;
  const toLeft = x(z) > WIDTH * 0.62;
  const anchor = toLeft ? "end" : "start";
  const at = toLeft ? x(z) - 12 : x(z) + 12;
  if (!plot.backward) {
    const above = y(value) - 10 > TOP + 10;
    return [s("text", { class: "says", x: toLeft ? at : Math.max(LEFT + 6, x(z) - 150), y: above ? y(value) - 8 : y(value) + 20, "text-anchor": anchor }, plot.label)];
  }
  const base = y(value) + 18 > HEIGHT - BOTTOM - 22 ? y(value) - 30 : y(value) + 18;
  const down = toLeft ? base : Math.min(base, HEIGHT - BOTTOM - 22);
  return [
    s("text", { class: "says", x: at, y: down, "text-anchor": anchor }, plot.label),
    s("text", { class: "says second", x: at, y: down + 18, "text-anchor": anchor }, plot.second),
  ];
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
