// Steps finer than an equation: which part of which equation stands where, by arithmetic on the plans that came with the trace.
// A plan is runs of like units, a unit a few beats; nothing has to be told to know what a part writes.

import { arrayRef, parseRef } from "./refs.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").Granularity} Granularity */
/** @typedef {import("./types.d.ts").Plan} Plan */
/** @typedef {Plan["runs"][number]} Run */
/** @typedef {Run["beats"][number]} Beat */
/**
 * @typedef {object} PartNow
 * @property {Plan} plan
 * @property {number} index within its equation step
 * @property {Run} run
 * @property {Beat} beat
 * @property {readonly Beat[]} [ways] the beats of its run that go along connections, as they are told term by term: where ways meet there are several
 * @property {number} at which of its beat it is
 * @property {number} row
 * @property {number|null} column
 */
/** @typedef {"neuron"|"term"} Fine */

/** @param {string} granularity @returns {granularity is Fine} */
export function isFine(granularity) {
  return granularity === "neuron" || granularity === "term";
}

/** What the server is asked to tell: finer steps are told in windows beside it. @param {Granularity} granularity */
export function toldAs(granularity) {
  return isFine(granularity) ? "equation" : granularity;
}

/** @type {WeakMap<Trace, Map<string, number[]>>} */
const startsOfTrace = new WeakMap();

/**
 * The fine index at which each equation step begins, and at last their number.
 * @param {Trace} trace
 * @param {Fine} granularity
 */
function starts(trace, granularity) {
  let byName = startsOfTrace.get(trace);
  if (!byName) startsOfTrace.set(trace, (byName = new Map()));
  let found = byName.get(granularity);
  if (!found) {
    found = [0];
    for (const { count } of trace.parts?.[granularity] ?? []) found.push((found.at(-1) ?? 0) + count);
    byName.set(granularity, found);
  }
  return found;
}

/**
 * How many steps there are at a granularity.
 * @param {Trace} trace
 * @param {Granularity} granularity
 */
export function stepCount(trace, granularity) {
  return isFine(granularity) ? starts(trace, granularity).at(-1) ?? 0 : trace.steps.length;
}

/**
 * How many parts one step of the trace has.
 * @param {Trace} trace
 * @param {Granularity} granularity
 * @param {number} cursor
 */
export function partCount(trace, granularity, cursor) {
  return isFine(granularity) ? trace.parts?.[granularity][cursor]?.count ?? 1 : 1;
}

/**
 * The index among all steps of the chosen granularity.
 * @param {Pick<State, "trace"|"granularity"|"cursor"|"part">} state
 */
export function fineIndex({ trace, granularity, cursor, part }) {
  return isFine(granularity) ? (starts(trace, granularity)[cursor] ?? 0) + part : cursor;
}

/**
 * Where an index among all steps of a granularity stands.
 * @param {Trace} trace
 * @param {Granularity} granularity
 * @param {number} index
 * @returns {{cursor: number, part: number}}
 */
export function placeAt(trace, granularity, index) {
  const wanted = Math.max(0, Math.min(stepCount(trace, granularity) - 1, index));
  if (!isFine(granularity)) return { cursor: wanted, part: 0 };
  const first = starts(trace, granularity);
  let [low, high] = [0, first.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((first[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return { cursor: low, part: wanted - (first[low] ?? 0) };
}

/** @param {Run} run */
const eachOf = ({ beats }) => beats.reduce((sum, { count }) => sum + count, 0);

/** @param {Run} run */
const unitsOf = ({ rows, columns }) => rows * Math.max(1, columns);

/**
 * @param {Trace} trace
 * @param {Granularity} granularity
 * @param {number} cursor
 * @param {number} part
 * @returns {PartNow|null} null at a granularity that is not fine
 */
export function partAt(trace, granularity, cursor, part) {
  const plan = isFine(granularity) ? trace.parts?.[granularity][cursor] : undefined;
  if (!plan) return null;
  let left = part;
  for (const [order, run] of plan.runs.entries()) {
    const each = eachOf(run);
    const count = unitsOf(run) * each;
    const ways = (trace.parts?.term?.[cursor]?.runs[order] ?? run).beats.filter(({ edges, along }) => edges || along.length);
    const found = left < count ? within(plan, part, run, Math.floor(left / each), left % each) : null;
    if (found) return { ...found, ways };
    left -= count;
  }
  return null;
}

/**
 * @param {Plan} plan
 * @param {number} index
 * @param {Run} run
 * @param {number} unit
 * @param {number} left
 * @returns {PartNow|null}
 */
function within(plan, index, run, unit, left) {
  const [row, column] = run.columns ? [Math.floor(unit / run.columns), unit % run.columns] : [unit, null];
  let at = left;
  for (const beat of run.beats) {
    if (at < beat.count) return { plan, index, run, beat, at, row, column };
    at -= beat.count;
  }
  return null;
}

/**
 * The part of a plan that writes a number.
 * @param {Plan} plan
 * @param {string} ref
 * @returns {number|null} null where none does
 */
export function writtenBy(plan, ref) {
  const array = arrayRef(ref);
  const { row, column } = parseRef(ref) ?? { row: null, column: null };
  let before = 0;
  for (const run of plan.runs) {
    const each = eachOf(run);
    let end = 0;
    for (const beat of run.beats) {
      end += beat.count;
      if (!beat.writes.includes(array)) continue;
      const unit = run.columns ? (row ?? 0) * run.columns + (column ?? 0) : row ?? 0;
      return before + Math.min(unit, unitsOf(run) - 1) * each + end - 1;
    }
    before += unitsOf(run) * each;
  }
  return null;
}

/**
 * Whether the part at hand goes along an edge; of a neuron's sum, all its edges.
 * @param {PartNow} now
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 */
export function goesAlong(now, layer, row, column) {
  const { run, beat } = now;
  const ways = beat.edges && beat.kind !== "neuron" ? [beat] : now.ways ?? run.beats;
  const along = ways.find(({ edges }) => edges === `weights:${layer}`);
  if (!along) return false;
  const [own, other] = along.turned ? [column - (along.first ?? 0), row] : [row, column];
  if (own !== now.row) return false;
  if (run.columns) return other === now.column;
  return beat.kind === "product" ? other === now.at : !["bias", "added", "slope"].includes(beat.kind);
}

/**
 * The told part under the cursor, if its window is here.
 * @param {Pick<State, "trace"|"granularity"|"cursor"|"part"|"told">} state
 * @returns {Step|null}
 */
export function partNow(state) {
  const { trace, granularity, told } = state;
  if (!isFine(granularity) || told.trace !== trace || told.granularity !== granularity) return null;
  const index = fineIndex(state);
  for (const { first, steps } of told.windows) {
    const step = steps[index - first];
    if (index >= first && step) return step;
  }
  return null;
}

/** A trace of fewer parts than this is told at once and kept. */
const TOLD_AT_ONCE = 1500;
const WINDOW = 200;
const KEPT = 12;

/**
 * The window that an index lies in.
 * @param {Trace} trace
 * @param {Fine} granularity
 * @param {number} index
 * @returns {{first: number, count: number}}
 */
export function windowOf(trace, granularity, index) {
  const every = stepCount(trace, granularity);
  return every <= TOLD_AT_ONCE ? { first: 0, count: every } : { first: Math.floor(index / WINDOW) * WINDOW, count: WINDOW };
}

/**
 * What has to be asked for next: the window under the cursor, else the one after it.
 * @param {Pick<State, "trace"|"granularity"|"cursor"|"part"|"told">} state
 * @returns {{first: number, count: number}|null}
 */
export function missingWindow(state) {
  const { trace, granularity, told } = state;
  if (!isFine(granularity)) return null;
  const here = windowOf(trace, granularity, fineIndex(state));
  const after = windowOf(trace, granularity, Math.min(here.first + here.count, stepCount(trace, granularity) - 1));
  const known = told.trace === trace && told.granularity === granularity ? told.windows : [];
  return [here, after].find(({ first }) => !known.some((one) => one.first === first)) ?? null;
}

/**
 * @param {State["told"]} told
 * @param {{trace: Trace, granularity: Fine, first: number, steps: Step[]}} answer
 * @returns {State["told"]} the oldest windows give way
 */
export function withWindow(told, { trace, granularity, first, steps }) {
  const windows = told.trace === trace && told.granularity === granularity ? told.windows : [];
  return { trace, granularity, windows: [...windows.filter((one) => one.first !== first), { first, steps }].slice(-KEPT) };
}
