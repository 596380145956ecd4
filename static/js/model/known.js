// What the reader may see at a cursor: a quantity exists from the step that writes it, and only there it is "now".
// Parameters, inputs and targets are given from the start, so they are always there.

import { writtenBy } from "./fine.js";
import { arrayRef, KEPT, parseRef } from "./refs.js";

/** @typedef {"given"|"future"|"now"|"past"} Knowledge */
/** @typedef {import("./types.d.ts").Step} Step */

const GIVEN = new Set(["weights", "biases", "target", "learning_rate", ...["weight", "bias"].flatMap((of) => KEPT.map((kept) => `${of}_${kept}`))]);

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
 * @param {import("./fine.js").PartNow|null} [part] within the step, where it is told in parts: then each number has its own time
 * @returns {Knowledge}
 */
export function known(steps, cursor, ref, part = null) {
  const array = arrayRef(ref);
  const written = firstWriteOf(steps).get(array);
  if (written !== undefined && written === cursor) {
    const when = part && (ref !== array || !array.includes(":")) ? whenWritten(part, ref) : "now";
    if (when !== "future" || !isInput(parseRef(array)?.quantity ?? "", parseRef(array)?.layer ?? null, written)) return when;
  }
  const parsed = parseRef(array);
  if (parsed && (GIVEN.has(parsed.quantity) || isInput(parsed.quantity, parsed.layer, written))) return "given";
  if (written === undefined) return "future";
  return written < cursor ? "past" : "future";
}

/** @param {import("./fine.js").PartNow} part @param {string} ref @returns {Knowledge} */
function whenWritten({ plan, index }, ref) {
  const by = writtenBy(plan, ref);
  if (by === null || by === index) return "now";
  return by < index ? "past" : "future";
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
