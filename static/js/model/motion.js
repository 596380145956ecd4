// Motion as a function of the share f (0 to 1) of one step, so that it runs both ways and can be scrubbed.
// Only times and places along a path are made here; what they carry comes from the step.

import { senderCount } from "./senders.js";

/** @typedef {import("./types.d.ts").Step} Step */
/**
 * @typedef {object} Progress shares from 0 to 1 of each part of the step's motion
 * @property {number[]} travel one for each sender: on its way along its edges
 * @property {number} bias the bias arriving, last
 * @property {number} slide weight labels sliding to the far end
 * @property {number} cross the pulse crossing the divider of a neuron
 * @property {number} wire the pulse on the wires to or from the cost
 * @property {number} meet activation and error meeting in the middle of an edge
 * @property {number} roll an old number turning into the new one
 * @property {number} finish the result growing
 */

export const TIMES = Object.freeze({
  weightedInput: 600, activation: 300, cost: 400, error: 700, gradient: 450, update: 500,
  stagger: 80, slide: 160, finish: 140, coarse: 300,
});
/** However many pulses follow each other, the last one starts after this. */
const LONGEST_STAGGER = 480;
/** The carried product is read where this share of the way is left. */
export const REST = 0.73;

/** @type {Progress} */
const DONE = Object.freeze({ travel: [], bias: 1, slide: 1, cross: 1, wire: 1, meet: 1, roll: 1, finish: 1 });

/** @param {number} value */
const clamp = (value) => Math.min(1, Math.max(0, value));

/**
 * cubic-bezier(.3, 0, .2, 1), solved by bisection: the curve is monotone.
 * @param {number} x
 */
export function ease(x) {
  if (x <= 0 || x >= 1) return clamp(x);
  let [low, high] = [0, 1];
  for (let round = 0; round < 24; round++) {
    const t = (low + high) / 2;
    if (3 * (1 - t) ** 2 * t * 0.3 + 3 * (1 - t) * t * t * 0.2 + t ** 3 < x) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return 3 * (1 - t) * t * t + t ** 3;
}

/** Where two pulses meet, what they make appears while they fade. */
const MEETING = 0.75;

/** @param {number} meet @returns {number} opacity */
export const appearing = (meet) => clamp((meet - MEETING) / (1 - MEETING));

/** @param {number} count */
function staggerOf(count) {
  return count > 1 ? Math.min(TIMES.stagger, LONGEST_STAGGER / (count - 1)) : 0;
}

/** What moves: where a text joins the way to its output in one step, the products travel all the same. @param {Step} step */
function movementOf(step) {
  return step.terms?.kind === "weighted_activation" ? "weighted_input" : step.kind;
}

/** @param {Step|undefined} step */
function isCoarse(step) {
  return (step?.members?.length ?? 1) > 1;
}

/**
 * How long the motion of a step takes, in milliseconds at speed 1.
 * @param {Step|undefined} step
 * @returns {number} 0 where nothing moves
 */
export function durationOf(step) {
  if (!step) return 0;
  if (isCoarse(step)) return TIMES.coarse;
  const pulses = staggerOf(senderCount(step)) * Math.max(0, senderCount(step) - 1);
  switch (movementOf(step)) {
    case "weighted_input": return TIMES.weightedInput + pulses + TIMES.stagger;
    case "activation": return TIMES.activation;
    case "cost": case "cost_gradient": return TIMES.cost;
    case "output_error": return TIMES.error;
    case "backpropagated_error": case "error": case "input_error": return TIMES.error + pulses;
    case "weight_gradient": case "bias_gradient": return TIMES.gradient;
    case "weight_update": case "bias_update": return TIMES.update;
    default: return 0;
  }
}

/**
 * @param {Step|undefined} step
 * @param {number} f share of the step's time, 1 at rest
 * @returns {Progress}
 */
export function progressOf(step, f) {
  const count = step ? senderCount(step) : 0;
  const still = { ...DONE, travel: Array.from({ length: count }, () => 1) };
  if (!step || f >= 1) return still;
  if (isCoarse(step)) return { ...still, finish: ease(f) };
  const now = f * durationOf(step);
  switch (movementOf(step)) {
    case "weighted_input": return {
      ...still,
      travel: travelling(count, now, TIMES.weightedInput),
      bias: ease((now - staggerOf(count) * Math.max(0, count - 1) - TIMES.stagger) / TIMES.weightedInput),
      finish: f,
    };
    case "activation": return { ...still, cross: ease(f) };
    case "cost": case "cost_gradient": return { ...still, wire: ease(f) };
    case "output_error": return { ...still, cross: ease(clamp(now / (TIMES.error - TIMES.finish))), finish: finishing(step, now) };
    case "backpropagated_error": case "error": case "input_error": return {
      ...still,
      slide: ease(clamp(now / TIMES.slide)),
      travel: travelling(count, now - TIMES.slide, TIMES.error - TIMES.slide - TIMES.finish),
      finish: finishing(step, now),
    };
    case "weight_gradient": case "bias_gradient": return { ...still, meet: ease(f) };
    default: return { ...still, roll: ease(f) };
  }
}

/**
 * @param {number} count
 * @param {number} now
 * @param {number} each
 */
function travelling(count, now, each) {
  return Array.from({ length: count }, (_, index) => ease(clamp((now - index * staggerOf(count)) / each)));
}

/** @param {Step} step @param {number} now */
function finishing(step, now) {
  return ease(clamp((now - durationOf(step) + TIMES.finish) / TIMES.finish));
}

/**
 * Takes a fractional position apart: which step moves, and how far it is.
 * @param {number} position
 * @param {number} count of steps
 * @returns {{index: number, f: number}}
 */
export function splitPosition(position, count) {
  const index = Math.min(Math.max(0, Math.ceil(position - 1e-9)), Math.max(0, count - 1));
  return { index, f: clamp(position - index + 1) };
}
