// The motion of one part of a step: one product on its way, the bias, the sum, the slope; all else moves as its whole step does.
// Positions in time only, so that it runs both ways like every other motion.

import { isFine, partAt, placeAt } from "./fine.js";
import { durationOf, ease, progressOf, TIMES } from "./motion.js";
import { toldSenders } from "./senders.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./fine.js").PartNow} PartNow */
/** @typedef {import("./motion.js").Progress} Progress */

const OWN = /** @type {Record<string, number>} */ ({ product: TIMES.gradient, added: TIMES.gradient, bias: TIMES.activation, sum: TIMES.activation, slope: TIMES.activation });

/**
 * How long the motion takes that leads to an index, in milliseconds at speed 1.
 * @param {Pick<State, "trace"|"granularity">} state
 * @param {number} index among all steps of the chosen granularity
 */
export function durationAt({ trace, granularity }, index) {
  if (!isFine(granularity)) return durationOf(trace.steps[index]);
  const { cursor, part } = placeAt(trace, granularity, index);
  return OWN[partAt(trace, granularity, cursor, part)?.beat.kind ?? ""] ?? durationOf(trace.steps[cursor]);
}

/**
 * @param {Step|undefined} step
 * @param {PartNow|null} now
 * @param {number} f share of the time, 1 at rest
 * @returns {Progress}
 */
export function progressOfPart(step, now, f) {
  if (!now || !(now.beat.kind in OWN)) return progressOf(step, f);
  const share = ease(f);
  const { arrived, next } = toldSenders(now);
  const whole = progressOf(step, 1);
  const still = { ...whole, travel: whole.travel.map((_, sender) => (sender < arrived ? 1 : next && sender === arrived ? share : 0)) };
  switch (now.beat.kind) {
    case "product": return { ...still, bias: 0 };
    case "added": return still;
    case "bias": return { ...still, bias: share };
    default: return { ...still, cross: share, finish: share };
  }
}
