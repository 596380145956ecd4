// The chart of costs: one line a way, each with its name at its end and marks of its own shape, so that no colour is needed to tell them apart.

import { h, s } from "../../dom.js";
import { formatTick } from "../../model/format.js";
import { across, axisOf, path, SIZE, spread, ticksOf, upward } from "../../model/laboratory/log_chart.js";

/** @typedef {{name: string, kind: string, points: {x: number, y: number}[]}} Series */
/** @typedef {{label: string, x: string, y: string, isLog: boolean, series: Series[], now?: number}} Chart `now` is marked on the axis */

const FOOT = SIZE.height - SIZE.bottom;
const RIGHT = SIZE.width - SIZE.right;
/** @param {number} value */
const tick = (value) => formatTick(value).replace(/^1·/, "");

/** @param {string} kind @param {number} x @param {number} y */
function mark(kind, x, y) {
  if (kind === "first") return s("circle", { class: "mark", cx: x, cy: y, r: 3 });
  if (kind === "second") return s("rect", { class: "mark", x: x - 3, y: y - 3, width: 6, height: 6 });
  return s("path", { class: "mark", d: `M${x} ${y - 4}l4 7h-8z` });
}

/** @param {Chart} chart */
export function logChart({ label, x, y, isLog, series, now }) {
  const drawn = series.filter(({ points }) => points.length > 0);
  const flat = drawn.flatMap(({ points }) => points);
  const right = axisOf(flat.map((one) => one.x), isLog);
  const up = axisOf(flat.map((one) => one.y), true);
  const ends = spread(drawn.map(({ points }) => upward(up, /** @type {{y: number}} */ (points.at(-1)).y)));
  const lines = ticksOf(up).flatMap((value) => [
    s("path", { class: "grid", d: `M${SIZE.left} ${upward(up, value)}H${RIGHT}` }),
    s("text", { x: SIZE.left - 8, y: upward(up, value) + 4, "text-anchor": "end" }, tick(value)),
  ]);
  const columns = ticksOf(right).map((value) => s("text", { x: across(right, value), y: FOOT + 18, "text-anchor": "middle" }, tick(value)));
  const here = now === undefined ? null : s("path", { class: "now", d: `M${across(right, now)} ${SIZE.top}V${FOOT}` });
  return h("div", { class: "cost-chart" }, s("svg", { class: "plot", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img", "aria-label": label },
    ...lines, ...columns, here,
    s("text", { class: "axis", x: RIGHT, y: SIZE.height - 4, "text-anchor": "end" }, x),
    s("text", { class: "axis", x: 0, y: 14 }, y),
    ...drawn.map(({ name, kind, points }, at) => {
      const spots = points.map((one) => ({ x: across(right, one.x), y: upward(up, one.y) }));
      const last = /** @type {{x: number, y: number}} */ (spots.at(-1));
      return s("g", { class: `cost-line ${kind}` },
        s("path", { class: "line", d: path(spots) }),
        ...spots.map((spot) => mark(kind, spot.x, spot.y)),
        s("text", { class: "name", x: last.x + 10, y: Number(ends[at]) + 4 }, name));
    })));
}
