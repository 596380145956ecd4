// What the reader may see at a cursor: a quantity exists from the step that writes it, and only there it is "now".
// Parameters, inputs and targets are given from the start, so they are always there.

import { arrayRef, parseRef } from "./refs.js";

/** @typedef {"given"|"future"|"now"|"past"} Knowledge */
/** @typedef {import("./types.d.ts").Step} Step */

const GIVEN = new Set(["weights", "biases", "target", "learning_rate"]);

/** @type {WeakMap<readonly Step[], Map<string, number>>} */
const firstWrites = new WeakMap();

/**
 * The index of the first step that writes each array.
 * @param {readonly Step[]} steps
 */
function firstWriteOf(steps) {
  let index = firstWrites.get(steps);
  if (!index) {
    index = new Map();
    for (const [at, step] of steps.entries()) {
      for (const ref of step.writes ?? []) if (!index.has(arrayRef(ref))) index.set(arrayRef(ref), at);
    }
    firstWrites.set(steps, index);
  }
  return index;
}

/**
 * @param {readonly Step[]} steps
 * @param {number} cursor
 * @param {string} ref an array or one number of it
 * @returns {Knowledge}
 */
export function known(steps, cursor, ref) {
  const array = arrayRef(ref);
  const written = firstWriteOf(steps).get(array);
  if (written !== undefined && written === cursor) return "now";
  const parsed = parseRef(array);
  if (parsed && (GIVEN.has(parsed.quantity) || isInput(parsed.quantity, parsed.layer, written))) return "given";
  if (written === undefined) return "future";
  return written < cursor ? "past" : "future";
}

/**
 * The example itself stands at the input before any step, unless the input is activated by a step of its own.
 * @param {string} quantity
 * @param {number|null} layer
 * @param {number|undefined} written
 */
function isInput(quantity, layer, written) {
  if (layer !== 0) return false;
  return quantity === "weighted_input" || (quantity === "activation" && (written === undefined || written === 0));
}

/**
 * Whether a quantity may be shown.
 * @param {readonly Step[]} steps
 * @param {number} cursor
 * @param {string} ref
 */
export function isKnown(steps, cursor, ref) {
  return known(steps, cursor, ref) !== "future";
}
