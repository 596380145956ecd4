// Two courses of learning on one paper: where their lines run, where they end, and where a printed number stands.
// Only places are worked out; the numbers are the server's.

import { fromZero } from "../learning/ticks.js";

/** @typedef {(number|null)[]} Values */
/** @typedef {{low: number, high: number, ticks: number[]}} Axis */
/** @typedef {{x: number, y: number}} Point */

export const SIZE = { width: 440, height: 190, left: 36, right: 104, top: 12, bottom: 26 };
/** Words at the ends of two lines stand at least so far apart. */
export const GAP = 16;

/** An output of sigmoid or softmax lies between 0 and 1. @type {Axis} */
export const SHARES = { low: 0, high: 1, ticks: [0, 0.5, 1] };

/** @param {Values[]} lines @returns {Axis} */
export function costAxis(lines) {
  const known = lines.flat().filter((value) => value !== null);
  return fromZero(known.length > 0 ? Math.max(...known) : 1);
}

/** @param {number} update @param {number} updates */
export function across(update, updates) {
  const wide = SIZE.width - SIZE.left - SIZE.right;
  return SIZE.left + (updates > 0 ? update / updates : 0) * wide;
}

/** @param {number} value @param {Axis} axis */
export function upward(value, { low, high }) {
  const tall = SIZE.height - SIZE.top - SIZE.bottom;
  return SIZE.height - SIZE.bottom - ((value - low) / (high - low)) * tall;
}

/** The line of one course; a number that is not finite leaves a gap. @param {Values} values @param {Axis} axis */
export function path(values, axis) {
  let isOpen = false;
  return values.map((value, update) => {
    const draws = isOpen ? "L" : "M";
    isOpen = value !== null;
    return value === null ? "" : `${draws}${round(across(update, values.length - 1))} ${round(upward(value, axis))}`;
  }).join("");
}

/** Heights of the words at the ends of two lines, moved apart where they would cover one another. @param {(number|null)[]} ends @param {Axis} axis */
export function wordsAt(ends, axis) {
  const places = ends.map((value) => upward(value ?? axis.low, axis));
  const [first = 0, second = 0] = places;
  const apart = (GAP - Math.abs(first - second)) / 2;
  if (apart <= 0) return places;
  const way = first <= second ? -1 : 1;
  const moved = [first + way * apart, second - way * apart];
  const low = Math.max(...moved) - (SIZE.height - SIZE.bottom);
  return low > 0 ? moved.map((place) => place - low) : moved;
}

/** @param {number} value */
function round(value) {
  return Number(value.toFixed(2));
}
