// The curves of training under one another: cost, accuracy, and by layer the gradient's norm and the mean error.
// Pointing at one of them reads all of them at that update.

import { h } from "../../dom.js";
import { formatNumber, formatTick } from "../../model/format.js";
import { acrossOf, accuracyChart, costChart, fellFar, layerChart, nearestSample, readAt } from "../../model/learning/series.js";
import { charts as text } from "../../texts/en_train_charts.js";
import { onNewColours, readPalette } from "../colours.js";
import { createChart } from "./chart.js";
import { createPace } from "./pace.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/series.js").Chart} Chart */
/** @typedef {import("../../model/learning/series.js").Across} Across */

const NAMES = /** @type {const} */ (["cost", "accuracy", "gradient", "error"]);
/** @typedef {typeof NAMES[number]} Name */
const DIGITS = 3;
const GAP = 45;

/** @param {Name} name @param {Shown} state @param {number} width @param {boolean} log of the cost @returns {Chart|null} */
function chartOf(name, state, width, log) {
  if (name === "cost") return costChart(state, width, log);
  if (name === "accuracy") return accuracyChart(state);
  return layerChart(state, name === "gradient" ? "gradient_norm" : "mean_error");
}

/** @param {Name} name @param {Chart} chart @param {number} offset @returns {(update: number) => (import("./chart.js").End|null)[]} */
function endsOf(name, chart, offset) {
  return (update) => {
    const values = readAt(chart, update);
    return chart.lines.map((line, at) => {
      const value = values[at];
      if (line.kind === "thin" || value === null || value === undefined) return null;
      if (line.kind === "layer") return { words: `${text.layer(Number(line.name) + offset)}`, strong: false, value };
      const number = name === "accuracy" ? text.percent(value) : formatNumber(value, DIGITS);
      return { words: `${text.lines[line.name] ?? line.name} ${number}`, strong: line.kind === "train" };
    });
  };
}

/** @param {Across} across @param {number} update */
function readingOf({ per, unit }, update) {
  return text.at(update, unit === "epoch" && per > 1 ? formatNumber(update / per, DIGITS) : null);
}

/** @param {HTMLElement} root @returns {{update: (state: Shown) => void}} */
export function mountCurves(root) {
  const scale = h("button", { type: "button", class: "chart-scale", onclick: turn }, text.log);
  const charts = NAMES.map((name) => ({ name, view: createChart({ point: (update) => point(update), move: (key) => move(key), extra: name === "cost" ? scale : null }) }));
  const holder = h("div", { class: "charts" }, ...charts.map(({ view }) => view.root));
  root.classList.add("learning-curves");
  root.replaceChildren(holder);
  const pace = createPace(GAP);
  let palette = readPalette(root);
  /** @type {Shown|null} */
  let state = null;
  let [width, height] = [0, 0];
  /** @type {number|null} */
  let pointed = null;
  /** Whether the cost is on a log scale; until somebody chooses, it goes by how far the cost has fallen. @type {boolean|null} */
  let chosen = null;
  let log = false;
  /** @type {unknown[]} */
  let key = [];

  /** Only what was measured is read: all charts stand at the sample nearest to where one points. @param {number|null} update */
  function point(update) {
    pointed = update === null ? null : state?.samples[nearestSample(state.samples, update)]?.update ?? null;
    for (const { view } of charts) view.point(pointed);
  }

  /** @param {string} key @returns {boolean} */
  function move(key) {
    if (!state?.samples.length) return false;
    const here = nearestSample(state.samples, pointed ?? acrossOf(state).head);
    const last = state.samples.length - 1;
    const to = /** @type {Record<string, number>} */ ({ ArrowLeft: Math.max(0, here - 1), ArrowRight: Math.min(last, here + 1), Home: 0, End: last })[key];
    if (to === undefined) return false;
    point(state.samples[to]?.update ?? null);
    return true;
  }

  function turn() {
    chosen = !log;
    draw();
  }

  function draw() {
    if (!state || width === 0) return;
    log = chosen ?? fellFar(state);
    const words = log ? text.linear : text.log;
    if (scale.textContent !== words) scale.textContent = words;
    const across = acrossOf(state);
    const offset = offsetOf(state);
    const calm = state.frame?.status !== "running";
    for (const { name, view } of charts) {
      const chart = chartOf(name, state, Math.max(1, width - 140), log);
      view.root.hidden = chart === null;
      if (!chart) continue;
      view.name(name === "cost" && log ? text.titles.logCost : text.titles[name]);
      const tick = (/** @type {number} */ value) => (name === "accuracy" ? text.percent(value) : formatTick(value));
      view.update({ chart, across, palette, ends: endsOf(name, chart, offset), tick, reading: (update) => readingOf(across, update) }, width, height, calm);
    }
  }

  function measure() {
    const { clientWidth = 0, clientHeight = 0 } = charts[0]?.view.plot ?? {};
    if (clientWidth === 0 || (clientWidth === width && clientHeight === height)) return;
    [width, height] = [clientWidth, clientHeight];
    draw();
  }

  onNewColours(() => { palette = readPalette(root); draw(); });
  new ResizeObserver(measure).observe(holder);
  return {
    update(next) {
      const { frame, history, samples, session, theme } = next;
      const nextKey = [frame, history.updates.length, samples.length, session, theme, offsetOf(next)];
      if (nextKey.every((part, at) => part === key[at])) return;
      if (state && state.theme !== theme) palette = readPalette(root);
      key = nextKey;
      state = next;
      if (width === 0) measure();
      else if (pace.due(frame?.status === "running")) draw();
    },
  };
}

/** How the chosen text counts its layers. @param {any} state */
export function offsetOf(state) {
  return state.offset ?? state.trace?.lens?.offset ?? 0;
}
