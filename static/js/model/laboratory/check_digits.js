// Two numbers that nearly agree, written under one another: what they have in common is quiet, what tells them apart is not.
// A subtraction is written with all the figures its precision has, so that one sees how few the difference keeps.

import { exactText, formatNumber, MINUS } from "../format.js";

/** Figures that tell any two numbers of a precision apart. */
const FIGURES = { float64: 17, float32: 9 };
/** Where there is no quotient. */
const NONE = "–";
/** More places after the point would not be read. */
const MOST_PLACES = 24;

/** @typedef {{same: string, rest: string}} Split */

/** @param {string} text @param {number} length @returns {Split} */
const cut = (text, length) => ({ same: text.slice(0, length), rest: text.slice(length) });

/** @param {string} one @param {string} other */
function common(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** @param {number} value */
const exponentOf = (value) => (value === 0 ? 0 : Number(value.toExponential().split("e")[1]));

/** @param {number} value @param {number} places */
const fixed = (value, places) => value.toFixed(places).replace("-", MINUS);

/**
 * A subtraction in three rows; `figures` is how many the difference keeps.
 * @param {{above: number|null, below: number|null, difference: number|null}} point
 * @param {"float64"|"float32"} precision
 * @returns {{above: Split, below: Split, difference: Split, figures: number}}
 */
export function subtraction({ above, below, difference }, precision) {
  const figures = FIGURES[precision];
  const whole = [above, below, difference].map((value) => cut(formatNumber(value, figures), 0));
  const [top, bottom, rest] = /** @type {[Split, Split, Split]} */ (whole);
  if (above === null || below === null || difference === null) return { above: top, below: bottom, difference: rest, figures };
  const places = figures - 1 - exponentOf(Math.max(Math.abs(above), Math.abs(below)));
  if (places < 0 || places > MOST_PLACES) return { above: top, below: bottom, difference: rest, figures };
  const [a, b, d] = /** @type {[string, string, string]} */ ([above, below, difference].map((value) => fixed(value, places)));
  const length = common(a, b);
  const lead = /^[−0.]*/.exec(d)?.[0].length ?? 0;
  return { above: cut(a, length), below: cut(b, length), difference: cut(d, d.length > lead ? lead : 0), figures: Math.max(1, d.slice(lead).replace(/\D/g, "").length) };
}

/**
 * The difference quotient and what was backpropagated, parted where they part; the quotient has no more figures than the difference kept.
 * @param {number|null} numerical
 * @param {number} exact
 * @param {number} figures
 * @param {"float64"|"float32"} precision
 * @returns {{numerical: Split, exact: Split}}
 */
export function parting(numerical, exact, figures, precision) {
  const one = numerical === null ? NONE : formatNumber(numerical, figures);
  const other = formatNumber(exact, FIGURES[precision]);
  // What needs no power of ten and all figures is shortest as it is.
  const plain = other.includes("·") || precision === "float32" ? other : exactText(exact).replace("-", MINUS);
  const length = common(one, plain);
  const counts = /[1-9]/.test(one.slice(0, length));
  return { numerical: cut(one, counts ? length : 0), exact: cut(plain, counts ? length : 0) };
}
