// One chart of training: uPlot draws axes, grid and lines; the line at the head, the words at the lines' ends and the reading are ours.
// Lines turn grey where the head was moved back from: one stroke whose colour changes at the head.

import uPlot from "uplot";

import { h } from "../../dom.js";
import { setApart } from "../../model/learning/ticks.js";
import { readAt } from "../../model/learning/series.js";

/** @typedef {import("../../model/learning/series.js").Chart} Chart */
/** @typedef {import("../../model/learning/series.js").Across} Across */
/** @typedef {import("../../model/learning/series.js").Line} Line */
/** @typedef {import("../../model/palette.js").Palette} Palette */
/** @typedef {{words: string, strong: boolean}} End what stands at the end of a line */
/**
 * @typedef {object} Drawn
 * @property {Chart} chart
 * @property {Across} across
 * @property {Palette} palette
 * @property {(update: number) => (End|null)[]} ends the words of each line at an update
 * @property {(value: number) => string} tick
 * @property {(update: number) => string} reading
 */

const LABEL_GAP = 15;
/** Of more lines than these every second one is named. */
const MOST_LABELS = 8;
const LABEL_ROOM = 104;
const AXIS_ROOM = 52;
const FOOT = 24;
const TOP = 8;
const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2], [12, 4], [9, 3, 2, 3, 2, 3]];
const FULL_TURN = 1e-9;

/** @param {Line} line @param {Palette["tokens"]} tokens */
function inkOf({ kind }, tokens) {
  if (kind === "layer") return tokens.bwd;
  if (kind === "thin") return tokens.line2;
  return kind === "train" ? tokens.ink : tokens.muted;
}

/**
 * uPlot leaves an axis out where none of its own steps fits, as for a cost that diverges. The ticks are ours, so one step as long
 * as the axis will do; below 5 it would be asked for its decimals.
 * @param {number} span
 */
const stepOf = (span) => Math.max(5, span);

/** One value alone makes no line. @param {ArrayLike<number|null|undefined>|undefined} values */
function isLonely(values) {
  let count = 0;
  for (let at = 0; values && at < values.length && count < 2; at++) if (values[at] !== null && values[at] !== undefined) count += 1;
  return count === 1;
}

const WIDTHS = { thin: 1, train: 2, test: 1.5, layer: 1.75 };

/**
 * @param {{point: (update: number|null) => void, move: (key: string) => boolean, extra?: HTMLElement|null}} does
 * `move` says whether the key led to another place; `extra` stands in the title's line
 */
export function createChart({ point, move, extra = null }) {
  const holder = h("div", { class: "chart-plot" });
  const head = h("div", { class: "chart-head", "aria-hidden": "true" });
  const hair = h("div", { class: "chart-hair", "aria-hidden": "true", hidden: true });
  const labels = h("div", { class: "chart-labels", "aria-hidden": "true" });
  const plot = h("div", { class: "chart-hold", role: "slider", tabindex: "0", "aria-valuemin": 0, "aria-valuemax": 0, "aria-valuenow": 0 }, holder, head, hair, labels);
  const title = h("h3", { class: "chart-title" });
  const reading = h("span", { class: "chart-reading", "aria-hidden": "true" });
  const root = h("div", { class: "chart" }, h("div", { class: "chart-top" }, title, reading, extra), plot);
  /** @type {uPlot|null} */
  let u = null;
  let shape = "";
  /** @type {Drawn|null} */
  let drawn = null;
  /** @type {number|null} */
  let pointed = null;

  /** @param {uPlot} self @param {Line} line */
  function stroke(self, line) {
    const { across, palette } = /** @type {Drawn} */ (drawn);
    const [ink, later] = [inkOf(line, palette.tokens), line.kind === "thin" ? palette.tokens.line : palette.tokens.line2];
    const share = across.head / (across.end || 1);
    const { left, width } = self.bbox;
    if (share >= 1 - FULL_TURN || width <= 0) return ink;
    const colours = self.ctx.createLinearGradient(left, 0, left + width, 0);
    for (const [at, colour] of /** @type {[number, string][]} */ ([[0, ink], [share, ink], [share, later], [1, later]])) colours.addColorStop(at, colour);
    return colours;
  }

  /** @param {Chart} chart @param {number} width @param {number} height @returns {uPlot.Options} */
  function optionsOf({ lines, axis }, width, height) {
    const now = () => /** @type {Drawn} */ (drawn);
    const font = `12px ${getComputedStyle(root).fontFamily}`;
    const quiet = { ticks: { show: false }, font, stroke: () => now().palette.tokens.muted };
    return {
      width, height, padding: [TOP, LABEL_ROOM, 0, 0], legend: { show: false }, cursor: { show: false }, select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: false, range: () => [0, now().across.end] },
        y: { range: () => [now().chart.axis.low, now().chart.axis.high], distr: axis.log ? 3 : 1 },
      },
      // Where a value stands is known once uPlot has set its scales, which it does after the call that gave it data.
      hooks: { draw: [place] },
      axes: [
        { ...quiet, size: FOOT, gap: 4, grid: { show: false }, incrs: () => [stepOf(now().across.end)], splits: () => now().across.ticks, values: (_, splits) => splits.map((at) => tickOf(at, now().across)) },
        {
          ...quiet, size: AXIS_ROOM, gap: 8, grid: { stroke: () => now().palette.tokens.line, width: 1 },
          incrs: () => [stepOf(now().chart.axis.high - now().chart.axis.low)], splits: () => now().chart.axis.ticks, values: (_, splits) => splits.map((value) => now().tick(value)), filter: (_, splits) => splits,
        },
      ],
      series: [{}, ...lines.map((line) => ({
        stroke: (/** @type {uPlot} */ self) => stroke(self, line), width: WIDTHS[line.kind], dash: DASHES[line.order % DASHES.length] ?? [],
        spanGaps: true, points: { show: (/** @type {uPlot} */ self, /** @type {number} */ at) => isLonely(self.data[at]), size: 5, fill: () => inkOf(line, now().palette.tokens) },
      }))],
    };
  }

  function place() {
    if (!u || !drawn) return;
    const { across, ends } = drawn;
    const ratio = globalThis.devicePixelRatio || 1;
    const { left, top, height, width } = u.bbox;
    const [x0, y0, tall] = [left / ratio, top / ratio, height / ratio];
    const at = pointed ?? across.head;
    /** @param {number} update */
    const x = (update) => x0 + (across.end ? update / across.end : 0) * (width / ratio);
    for (const [line, update] of /** @type {[HTMLElement, number|null][]} */ ([[head, across.head], [hair, pointed]])) {
      line.hidden = update === null;
      if (update !== null) line.style.transform = `translate(${Math.round(x(update))}px, ${y0 - TOP + 2}px)`;
      line.style.height = `${tall + TOP - 2}px`;
    }
    const words = ends(at);
    const values = readAt(drawn.chart, at);
    const every = Math.ceil(words.length / MOST_LABELS);
    const shown = words.flatMap((end, line) => (end && (words.length - 1 - line) % every === 0 && values[line] !== null && values[line] !== undefined ? [{ ...end, y: y0 + /** @type {uPlot} */ (u).valToPos(/** @type {number} */ (values[line]), "y") }] : []));
    const gap = Math.min(LABEL_GAP, (tall - 2) / Math.max(1, shown.length - 1));
    const heights = setApart(shown.map(({ y }) => Math.min(y0 + tall, Math.max(y0, y))), gap, y0, y0 + tall - 2);
    while (labels.childElementCount < shown.length) labels.append(h("span", {}));
    while (labels.childElementCount > shown.length) labels.lastElementChild?.remove();
    for (const [which, { words: said, strong }] of shown.entries()) {
      const label = /** @type {HTMLElement} */ (labels.children[which]);
      if (label.textContent !== said) label.textContent = said;
      label.classList.toggle("strong", strong);
      label.style.transform = `translate(${Math.round(x(at)) + 8}px, ${Math.round((heights[which] ?? 0) - 8)}px)`;
    }
    const byLayer = drawn.chart.lines.some(({ kind }) => kind === "layer");
    // Beside a long title there is no room, and the chart above says it already.
    reading.textContent = pointed === null || byLayer ? "" : drawn.reading(pointed);
    plot.classList.toggle("layers", byLayer);
  }

  /** What a screen reader reads: changed where one is, not with every frame. */
  function say() {
    if (!drawn) return;
    const at = pointed ?? drawn.across.head;
    const values = drawn.ends(at).flatMap((end) => (end ? [end.words] : []));
    plot.setAttribute("aria-valuemax", String(Math.max(1, Math.round(drawn.across.end))));
    plot.setAttribute("aria-valuenow", String(Math.round(at)));
    plot.setAttribute("aria-valuetext", values.length ? `${drawn.reading(at)}: ${values.join(", ")}` : drawn.reading(at));
  }

  /** @param {PointerEvent} event */
  function updateUnder(event) {
    if (!u || !drawn) return null;
    const { left } = u.over.getBoundingClientRect();
    const share = (event.clientX - left) / (u.over.clientWidth || 1);
    const newest = drawn.chart.columns[0][drawn.chart.columns[0].length - 1] ?? 0;
    return share < -0.02 ? null : Math.round(Math.max(0, Math.min(newest, share * drawn.across.end)));
  }

  plot.addEventListener("pointermove", (event) => point(updateUnder(event)));
  plot.addEventListener("pointerleave", () => point(null));
  plot.addEventListener("blur", () => point(null));
  plot.addEventListener("keydown", (event) => {
    if (!move(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    say();
  });

  return {
    root, plot,
    /** @param {string} words */
    name(words) {
      if (title.textContent === words) return;
      title.textContent = words;
      plot.setAttribute("aria-label", words);
    },
    /** @param {Drawn} next @param {number} width @param {number} height @param {boolean} calm whether words for the ear may follow */
    update(next, width, height, calm) {
      drawn = next;
      if (width <= AXIS_ROOM + LABEL_ROOM) return;
      const nextShape = JSON.stringify([next.chart.lines, next.chart.axis.log]);
      if (!u || shape !== nextShape) {
        u?.destroy();
        shape = nextShape;
        u = new uPlot(optionsOf(next.chart, width, height), /** @type {any} */ (next.chart.columns), holder);
      } else {
        if (u.width !== width || u.height !== height) u.setSize({ width, height });
        u.setData(/** @type {any} */ (next.chart.columns));
      }
      if (calm) say();
    },
    /** @param {number|null} update */
    point(update) {
      if (update === pointed) return;
      pointed = update;
      place();
    },
  };
}

/** @param {number} update @param {Across} across */
function tickOf(update, { per, unit }) {
  const number = String(Number((update / per).toPrecision(6)));
  return update === 0 ? `${unit} 0` : number;
}
