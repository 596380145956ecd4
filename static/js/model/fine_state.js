// How the state moves at the granularities finer than an equation: the cursor stays on an equation step, the part moves within it.
// At every other granularity a step has one part, so the same functions serve all of them.

import { fineIndex, isFine, partCount, placeAt, stepCount, toldAs, withWindow } from "./fine.js";
import { standIn } from "./laboratory/stand_in.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Action} Action */

/** @type {State["told"]} */
export const NOTHING_TOLD = Object.freeze({ trace: null, granularity: "equation", windows: [] });

/**
 * @param {State} state
 * @param {number} index among all steps of the chosen granularity
 * @param {State["motion"]} [motion]
 * @returns {State}
 */
export function seekFine(state, index, motion = "jump") {
  const place = placeAt(state.trace, state.granularity, Math.round(index));
  if (place.cursor === state.cursor && place.part === state.part && motion === state.motion) return state;
  return { ...state, ...place, motion, home: null };
}

/** @param {State} state @param {1|-1} by @param {State["motion"]} motion @returns {State} */
export function stepBy(state, by, motion) {
  return seekFine(state, fineIndex(state) + by, motion);
}

/** @param {Pick<State, "trace"|"granularity"|"cursor"|"part">} state */
export function isLastStep(state) {
  return fineIndex(state) >= stepCount(state.trace, state.granularity) - 1;
}

/** @param {State} state @param {State["granularity"]} value @returns {State} the same equation, its first part */
export function chooseGranularity(state, value) {
  if (value === state.granularity || toldAs(value) !== state.trace.granularity) return state;
  return { ...state, granularity: value, part: 0, motion: "jump", playing: false };
}

/** @param {State} state @param {any} answer @returns {State} */
export function tellWindow(state, answer) {
  if (answer.trace !== standIn(state).trace || answer.granularity !== state.granularity) return state;
  return { ...state, told: withWindow(state.told, answer) };
}

/**
 * A new trace is told by equations; whoever reads finer goes on so, within the same step where it is still there.
 * @param {State} before
 * @param {State} after
 * @param {Action} action
 * @returns {State}
 */
export function keepFine(before, after, action) {
  if (after.trace === before.trace || action.type === "opened") return after;
  const asked = "granularity" in action ? action.granularity : undefined;
  const wanted = asked ?? before.granularity;
  const granularity = isFine(wanted) && after.trace.granularity === "equation" ? wanted : after.trace.granularity;
  const last = partCount(after.trace, granularity, after.cursor) - 1;
  const stays = (action.type === "edited" || action.type === "retold") && granularity === before.granularity && after.cursor === before.cursor;
  const part = action.type === "back" ? last : stays ? Math.min(before.part, last) : 0;
  return { ...after, granularity, part };
}
