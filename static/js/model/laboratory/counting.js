// The cost of knowing a gradient: which series is looked at, and what the server counted and measured for this network.
// A network is asked for once; its example and its numbers cost the same.

import { bodyOf } from "../calls.js";

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Problem} Problem */
/** @typedef {import("../api-types.d.ts").components["schemas"]["KnowingAnswer"]} Answer */
/** @typedef {"by_width"|"by_depth"} Series */
/** @typedef {{series: Series, about: string, answer: Answer|null, problem: Problem|null}} Counting `about` is the network that was answered for */
/** @typedef {Answer["by_width"][number]} Row */
/** @typedef {"forward"|"backward"|"numerical"} Way */

/** @type {Counting} */
export const initial = { series: "by_width", about: "", answer: null, problem: null };
/** @type {Way[]} */
export const WAYS = ["forward", "backward", "numerical"];

/** @param {State} state @returns {Counting} */
export const sliceOf = (state) => /** @type {Counting} */ (state.lab?.counting);

/**
 * @param {Counting} slice
 * @param {{type: "series", value: Series}|{type: "told", about: string, answer: Answer}|{type: "refused", about: string, problem: Problem}} action
 * @returns {Counting}
 */
export function reduce(slice, action) {
  switch (action.type) {
    case "series": return { ...slice, series: action.value };
    case "told": return { ...slice, about: action.about, answer: action.answer, problem: null };
    case "refused": return { ...slice, about: action.about, answer: null, problem: action.problem };
    default: return slice;
  }
}

/** @param {Counting} slice */
export const write = ({ series }) => (series === initial.series ? "" : "depth");

/** @param {string} text @returns {Partial<Counting>} */
export const read = (text) => (text === "depth" ? { series: "by_depth" } : {});

/** @param {State} state */
export const call = (state) => ({ path: "operation-counts", body: bodyOf({ ...state, granularity: "equation" }) });

/** @param {State} state */
export const aboutOf = (state) => JSON.stringify(state.trace.network);

/** @param {Row[]} rows @param {Way} way @param {boolean} isTimed @returns {{x: number, y: number}[]} */
export function pointsOf(rows, way, isTimed) {
  const name = /** @type {keyof Row} */ (isTimed ? `${way}_seconds` : way);
  return rows.map((row) => ({ x: row.parameters, y: Number(row[name]) }));
}

/** @type {[number, string][]} */
const UNITS = [[1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"]];

/** A time in the unit in which it is a number one can say. @param {number} seconds */
export function timeIn(seconds) {
  const [size, unit] = UNITS.find(([one]) => seconds >= one) ?? [1e-9, "ns"];
  return `${Number((seconds / size).toPrecision(2))} ${unit}`;
}
