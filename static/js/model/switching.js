// Switching the lens in the middle: the reader stays at the same point of the computation while words, order and grouping change.
// Where a series of switches began is remembered until the reader moves, so going on or back never drifts.

import { arrayRef, parseRef } from "./refs.js";
import { placeAfterRetelling } from "./timeline.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {Pick<Trace, "steps">} Told */
/** @typedef {{trace: Trace, cursor: number, at: Place}} Home where the switching began, and where it has led to */
/** @typedef {{trace: Trace, cursor: number}} Place */
/** @typedef {{more: string[], fewer: string[]}} Drawn words of what is drawn as computed that was not, and the other way round */

/**
 * The step of the new lens, and what to remember for the next switch.
 * @param {Home|null} home of the switch before this one
 * @param {Place} now
 * @param {Trace} after the same update told by the new lens
 * @returns {{cursor: number, home: Home}}
 */
export function switchLens(home, now, after) {
  const from = home && stands(home, now) ? home : now;
  const isBack = from.trace.textbook === after.textbook && from.trace.steps.length === after.steps.length;
  const cursor = isBack ? from.cursor : placeAfterRetelling(from.trace, from.cursor, after);
  return { cursor, home: { trace: from.trace, cursor: from.cursor, at: { trace: after, cursor } } };
}

/**
 * Whether the reader is still where the switch before led; then that switch began where this one does.
 * @param {Home} home
 * @param {Place} now
 */
export function stands({ at }, { trace, cursor }) {
  return at.trace === trace && at.cursor === cursor;
}

/**
 * Every array known at a place.
 * @param {Place} place
 */
function knownAt({ trace, cursor }) {
  return new Set(trace.steps.slice(0, cursor + 1).flatMap((step) => (step.writes ?? []).map(arrayRef)));
}

/** What a reader sees of an array, or nothing where the stage does not draw it. @param {string} ref */
function familyOf(ref) {
  const name = parseRef(ref)?.quantity ?? "";
  if (name.startsWith("updated_")) return "updated";
  if (name === "weight_gradient" || name === "bias_gradient") return "gradients";
  return name === "error" ? "errors" : "";
}

/**
 * What stands on the stage after a switch and did not before, as families of quantities.
 * @param {Place} before
 * @param {Place} after
 * @returns {Drawn}
 */
export function drawnOtherwise(before, after) {
  const [old, now] = [knownAt(before), knownAt(after)];
  const familiesOf = (/** @type {Set<string>} */ some, /** @type {Set<string>} */ others) => [...new Set([...some].filter((ref) => !others.has(ref)).map(familyOf))].filter(Boolean);
  return { more: familiesOf(now, old), fewer: familiesOf(old, now) };
}
