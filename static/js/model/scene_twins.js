// A second number under the one that is shown: what a mistake made of it, or what a push did to it.
// Right over wrong, or old over new, with a sign before each, so that neither is told by its colour alone.

import { digitsApart, exactText, formatNumber } from "./format.js";
import { mark, px, quantity, words } from "./marks.js";
import { textWidth } from "./plates.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {{kind: "wrong"|"moved", ref: string, value: number|null, digits: number}} Second with so many digits that it is seen to differ */
/** @typedef {{x: number, first: number, second: number, size: number, anchor?: "start"|"middle"|"end", right?: boolean, room?: number}} PairPlace baselines of both lines; right: ✓ before the first; room: wider numbers are drawn narrower */

const SIGNS = { wrong: "✕", moved: "→" };
const RIGHT = "✓";
/** Room of a sign and the white behind it, in em. */
const SIGN = 1.1;
/** Half a wave of the underline. */
const WAVE = 2.5;
/** Smaller than this nobody reads a number: where it has no room, it is drawn narrower, down to this share of its width. */
const LEAST_SIZE = 11;
const LEAST_NARROWED = 0.8;
/** Where room is scarce the wide estimate of a text may be taken a little closer. */
const CLOSE = 0.95;

/**
 * The second number of a place, in the measure of the text; null where there is none, or the first is not shown yet.
 * @param {View} view
 * @param {string} ref
 * @returns {Second|null}
 */
export function secondOf({ twin, known, scale, value: first, digits }, ref) {
  if (!twin?.values.has(ref) || known(ref) === "future") return null;
  const value = twin.values.get(ref) ?? null;
  const told = value === null ? null : value * scale(ref);
  return { kind: twin.kind, ref, value: told, digits: digitsApart(first(ref), told, digits) };
}

/**
 * The room of a pair, sign and numbers.
 * @param {number|null} value
 * @param {Second} second
 * @param {number} digits
 * @param {number} size
 */
export function pairWidth(value, second, digits, size) {
  return SIGN * size + Math.max(textWidth(formatNumber(value, digits), size), textWidth(formatNumber(second.value, second.digits), size) * 1.04);
}

/**
 * The largest size up to `size` at which a pair fits, its numbers narrowed where else they were too small to read.
 * @param {number|null} value
 * @param {Second} second
 * @param {number} digits
 * @param {number} size
 * @param {number} room
 */
export function pairSize(value, second, digits, size, room) {
  const fits = (/** @type {number} */ width) => Math.floor((room / width) * 2) / 2;
  const whole = pairWidth(value, second, digits, 1);
  return Math.min(size, Math.max(fits(whole), Math.min(LEAST_SIZE, fits(SIGN + (whole - SIGN) * CLOSE * LEAST_NARROWED))));
}

/** A number that is wider than its room is drawn as wide as that. @param {Mark} number @param {number} width @param {number} room @returns {Mark} */
function narrowed(number, width, room) {
  if (width * CLOSE > room) Object.assign(number.attributes, { textLength: px(room), lengthAdjust: "spacingAndGlyphs" });
  return number;
}

/**
 * Two lines: the number of the trace, under it the second.
 * @param {View} view
 * @param {string} key of the first number, as it stands alone
 * @param {PairPlace} place
 * @param {{ref: string, value: number|null, scale?: number}} number
 * @param {Second} second
 * @param {import("./marks.js").TextStyle} [style] of the first number
 * @returns {Mark[]}
 */
export function pairMarks(view, key, place, number, second, style = {}) {
  const { size, anchor = "start", room = Infinity } = place;
  const width = Math.min(room, pairWidth(number.value, second, view.digits, size));
  const left = place.x - { start: 0, middle: width / 2, end: width }[anchor];
  const isWrong = second.kind === "wrong";
  // What moved away is past; what is right stays what it was.
  const first = isWrong ? style : { class: "stage-number stage-quiet" };
  const sign = place.right && isWrong ? [words(`${key}-right`, left, place.first, RIGHT, { class: "stage-twin-right", size })] : [];
  return [
    ...sign,
    narrowed(quantity(key, left + SIGN * size, place.first, { ...number, digits: view.digits }, { ...first, size, anchor: "start" }), textWidth(formatNumber(number.value, view.digits), size), room - SIGN * size),
    secondMark(`${key}-twin`, left, place.second, size, second, room),
  ];
}

/**
 * The second number alone, with its sign before it.
 * @param {string} key
 * @param {number} left
 * @param {number} baseline
 * @param {number} size
 * @param {Second} second
 * @param {number} [room]
 * @returns {Mark}
 */
export function secondMark(key, left, baseline, size, { kind, ref, value, digits }, room = Infinity) {
  const text = formatNumber(value, digits);
  const start = left + SIGN * size;
  const number = narrowed(words("number", start, baseline, text, { size, class: "stage-number stage-bold" }), textWidth(text, size) * 1.04, room - SIGN * size);
  number.attributes["data-twin"] = ref;
  number.attributes["data-value"] = exactText(value);
  const children = [words("sign", left, baseline, SIGNS[kind], { size, class: "stage-twin-sign" }), number];
  if (kind === "wrong") children.push(mark("wave", "path", { d: wave(start, baseline + 3.5, Math.min(textWidth(text, size) * 0.93, room - SIGN * size)), class: "stage-twin-wave" }));
  return mark(key, "g", { class: `stage-twin stage-twin-${kind}`, "data-point": ref }, children);
}

/** Room of the second number alone. @param {Second} second @param {number} size */
export function secondRoom({ value, digits }, size) {
  return SIGN * size + textWidth(formatNumber(value, digits), size) * 1.04;
}

/** A number for those who hear the page, with its second behind it. @param {View} view @param {string} ref */
export function saidWithSecond(view, ref) {
  const second = secondOf(view, ref);
  const first = formatNumber(view.value(ref), view.digits);
  return second ? `${first}, ${view.texts.twins[second.kind](formatNumber(second.value, second.digits))}` : first;
}

/** @param {number} left @param {number} y @param {number} width */
function wave(left, y, width) {
  return `M${px(left)} ${px(y)}q${WAVE / 2} -2 ${WAVE} 0${`t${WAVE} 0`.repeat(Math.max(1, Math.round(width / WAVE) - 1))}`;
}
