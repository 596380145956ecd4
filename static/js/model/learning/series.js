// The curves of training as tables to draw: x in updates, one column a line, with the axis and the words at the end of each line.
// What lies after the present update, when one has gone back, is still here; the view draws it grey.

import { condensed } from "./condense.js";
import { aligned, keepExtremes } from "./extremes.js";
import { fromZero, linearTicks, logAxis, niceAbove } from "./ticks.js";

/** @typedef {import("./frames.d.ts").Shown} Shown */
/** @typedef {import("./frames.d.ts").Sample} Sample */
/** @typedef {"thin"|"train"|"test"|"layer"} Kind */
/** @typedef {{name: string, kind: Kind, order: number}} Line order says how it is dashed */
/** @typedef {{low: number, high: number, ticks: number[], log: boolean, percent: boolean}} Axis */
/**
 * @typedef {object} Chart
 * @property {[number[], ...(number|null)[][]]} columns
 * @property {Line[]} lines one a column after the first
 * @property {Axis} axis
 */
/** @typedef {{end: number, head: number, per: number, unit: "epoch"|"update", ticks: number[]}} Across the axis all charts share, in updates */

/** A pixel has a few samples at most: they are measured by the clock, not by the update. */
const PIXELS = 240;

/** @param {any} training */
const planned = (training) => training?.stop?.epochs ?? Infinity;

/**
 * @param {Shown} state
 * @returns {Across}
 */
export function acrossOf({ session, frame }) {
  const reached = Math.max(frame?.reached ?? session.reached, 1);
  const head = frame?.update ?? session.update;
  // Where batches have changed their size an epoch has no one length, so the axis counts updates.
  const even = !session.changes.some((change) => change.training && change.training.batch_size !== session.recipe.training?.batch_size);
  const per = even ? session.updates_per_epoch || 1 : 1;
  const wanted = Math.max(reached / per, 1e-9);
  const high = Math.max(Math.min(niceAbove(wanted), even ? Math.max(planned(session.training), wanted) : Infinity), wanted);
  return { end: high * per, head, per, unit: even ? "epoch" : "update", ticks: linearTicks(0, high, 4).map((tick) => tick * per) };
}

/**
 * @param {Sample[]} samples
 * @param {((sample: Sample) => number|null|undefined)[]} reads
 */
function tableOf(samples, reads) {
  const kept = keepExtremes(samples.length, (at) => samples[at]?.update ?? 0, reads.map((read) => (/** @type {number} */ at) => read(/** @type {Sample} */ (samples[at]))), PIXELS);
  const chosen = kept.map((at) => /** @type {Sample} */ (samples[at]));
  return { x: chosen.map(({ update }) => update), columns: reads.map((read) => chosen.map((sample) => read(sample) ?? null)) };
}

/** @param {(number|null)[][]} columns */
function rangeOf(columns) {
  let [least, most] = [Infinity, -Infinity];
  for (const column of columns) {
    for (const value of column) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value > 0 && value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { least, most };
}

/** A zero has no place on a log axis. @param {number|null|undefined} value */
const positive = (value) => (value && value > 0 ? value : null);

/** @param {Shown} state @param {number} pixels @param {boolean} [log] @returns {Chart} */
export function costChart({ history, samples }, pixels, log = false) {
  /** @param {number|null|undefined} value */
  const shown = (value) => (log ? positive(value) : value ?? null);
  const { updates, costs } = history;
  const { count, place } = condensed(costs);
  const kept = keepExtremes(count, (at) => updates[place(at)] ?? 0, [(at) => costs[place(at)]], pixels).map(place);
  const thin = { x: kept.map((at) => updates[at] ?? 0), columns: [kept.map((at) => shown(costs[at]))] };
  const measured = tableOf(samples, [(sample) => shown(sample.train_cost), (sample) => shown(sample.test_cost)]);
  const columns = aligned([thin, measured]);
  const { least, most } = rangeOf(/** @type {(number|null)[][]} */ (columns.slice(1)));
  return {
    columns,
    lines: [{ name: "each", kind: "thin", order: 0 }, { name: "train", kind: "train", order: 0 }, { name: "test", kind: "test", order: 1 }],
    axis: { ...(log ? logAxis(least, most) : fromZero(most)), log, percent: false },
  };
}

/** A cost that has fallen so far lies flat on an axis from zero. */
const FAR = 200;

/** @param {Shown} state @returns {boolean} */
export function fellFar({ samples }) {
  const last = samples[samples.length - 1]?.train_cost;
  return Boolean(last && samples.some(({ train_cost: cost }) => (cost ?? 0) > FAR * last));
}

/** @param {Shown} state @returns {Chart|null} null where there is nothing to be right about */
export function accuracyChart({ samples }) {
  const { x, columns } = tableOf(samples, [(sample) => sample.train_accuracy, (sample) => sample.test_accuracy]);
  const known = columns.flat().filter((value) => value !== null);
  if (samples.length && !known.length) return null;
  const least = Math.min(1, ...known);
  const low = least >= 0.9 ? 0.9 : least >= 0.5 ? 0.5 : 0;
  return {
    columns: [x, ...columns],
    lines: [{ name: "train", kind: "train", order: 0 }, { name: "test", kind: "test", order: 1 }],
    axis: { low, high: 1, ticks: low === 0.9 ? [0.9, 0.95, 1] : low === 0.5 ? [0.5, 0.75, 1] : [0, 0.5, 1], log: false, percent: true },
  };
}

/**
 * One line a layer, on a log axis.
 * @param {Shown} state
 * @param {"gradient_norm"|"mean_error"} what
 * @returns {Chart}
 */
export function layerChart({ samples, session }, what) {
  const layers = session.network.layers.map((_, at) => at);
  const { x, columns } = tableOf(samples, layers.map((at) => (/** @type {Sample} */ sample) => positive(sample[what]?.[at])));
  const { least, most } = rangeOf(columns);
  return {
    columns: [x, ...columns],
    lines: layers.map((at) => ({ name: String(at + 1), kind: "layer", order: at })),
    axis: { ...logAxis(least, most), log: true, percent: false },
  };
}

/**
 * What each line has at an update: its nearest value at or before it, or its first.
 * @param {Chart} chart
 * @param {number} update
 * @returns {(number|null)[]}
 */
export function readAt({ columns: [x, ...columns] }, update) {
  let [low, high] = [0, x.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((x[middle] ?? 0) <= update) low = middle;
    else high = middle - 1;
  }
  return columns.map((column) => {
    for (let at = low; at >= 0; at--) if (column[at] !== null && column[at] !== undefined) return column[at] ?? null;
    return column.find((value) => value !== null) ?? null;
  });
}

/** @param {Sample[]} samples ascending @param {number} update @returns {number} which is nearest; 0 where there is none */
export function nearestSample(samples, update) {
  let [low, high] = [0, Math.max(0, samples.length - 1)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.update ?? 0) < update) low = middle + 1;
    else high = middle;
  }
  const [before, here] = [samples[low - 1]?.update, samples[low]?.update ?? 0];
  return before !== undefined && Math.abs(update - before) <= Math.abs(here - update) ? low - 1 : low;
}
