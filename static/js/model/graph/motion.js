// Motion of a step as a function of its share f: what is in flight, and how far each product has come.
// Only times and places along a way are made here; what travels comes from the step.

import { appearing, ease } from "../motion.js";

/** @typedef {import("../types.d.ts").Step} Step */

export const TIMES = Object.freeze({ forward: 520, backward: 640, sum: 450, coarse: 300, stagger: 80, finish: 160 });
const LONGEST_STAGGER = 480;

/** The edges whose products a step carries. @param {Step} step @param {import("./graph.d.ts").GraphTrace} trace */
export function carried(step, trace) {
  if ((step.members?.length ?? 1) > 1) return [];
  if (step.phase === "forward") return step.kind === "input" ? [] : trace.edges.filter(({ target }) => step.writes.includes(`value:${target}`));
  return trace.edges.filter(({ id }) => step.writes.includes(`local_gradient:${id}`) || step.writes.includes(`contribution:${id}`));
}

/** @param {number} count */
const staggerOf = (count) => (count > 1 ? Math.min(TIMES.stagger, LONGEST_STAGGER / (count - 1)) : 0);

/**
 * In milliseconds at speed 1; 0 where nothing moves.
 * @param {Step|undefined} step
 * @param {number} count of products in flight
 */
export function durationOf(step, count) {
  if (!step || step.kind === "input") return 0;
  if ((step.members?.length ?? 1) > 1) return TIMES.coarse;
  if (count === 0) return TIMES.sum;
  return (step.phase === "forward" ? TIMES.forward : TIMES.backward) + staggerOf(count) * (count - 1);
}

/**
 * @param {Step|undefined} step
 * @param {number} count of products in flight
 * @param {number} f
 * @returns {{travel: number[], finish: number}} how far each product is, and how far the result has grown
 */
export function progressOf(step, count, f) {
  if (!step || f >= 1) return { travel: Array.from({ length: count }, () => 1), finish: 1 };
  const whole = durationOf(step, count);
  if (count === 0) return { travel: [], finish: appearing(0.5 + f / 2) };
  const each = whole - staggerOf(count) * (count - 1) - TIMES.finish;
  const now = f * whole;
  return {
    travel: Array.from({ length: count }, (_, at) => ease(Math.min(1, Math.max(0, (now - at * staggerOf(count)) / each)))),
    finish: ease(Math.min(1, Math.max(0, (now - whole + TIMES.finish) / TIMES.finish))),
  };
}
