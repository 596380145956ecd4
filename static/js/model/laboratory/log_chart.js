// A chart of costs on paper: axes that count powers of ten, or plain steps, and where the server's numbers stand on them.
// Lines that rise by the same factor for the same factor are straight there; only places are worked out here.

/** @typedef {{low: number, high: number, isLog: boolean}} Axis in powers of ten where it is logarithmic */
/** @typedef {{x: number, y: number}} Spot */

export const SIZE = { width: 520, height: 312, left: 56, right: 116, top: 32, bottom: 42 };
/** Between the names at the ends of two lines. */
const APART = 19;

/** The axis that reaches over these numbers; what is 0 or less has no place on a logarithmic one. @param {number[]} values @param {boolean} isLog @returns {Axis} */
export function axisOf(values, isLog) {
  const known = isLog ? values.filter((value) => value > 0).map((value) => Math.log10(value)) : values;
  if (known.length === 0) return { low: 0, high: 1, isLog };
  const low = isLog ? Math.floor(Math.min(...known)) : Math.min(...known);
  const high = isLog ? Math.ceil(Math.max(...known)) : Math.max(...known);
  return { low, high: Math.max(high, low + 1), isLog };
}

/** @param {Axis} axis @param {number} value */
const share = ({ low, high, isLog }, value) => ((isLog ? Math.log10(value) : value) - low) / (high - low);

/** @param {Axis} axis @param {number} value */
export const across = (axis, value) => SIZE.left + share(axis, value) * (SIZE.width - SIZE.left - SIZE.right);

/** @param {Axis} axis @param {number} value */
export const upward = (axis, value) => SIZE.height - SIZE.bottom - share(axis, value) * (SIZE.height - SIZE.top - SIZE.bottom);

/** The numbers written at an axis, about six of them. @param {Axis} axis @returns {number[]} */
export function ticksOf({ low, high, isLog }) {
  const stride = Math.max(1, Math.ceil((high - low) / 6));
  const places = Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, index) => low + index * stride);
  return isLog ? places.map((power) => 10 ** power) : places;
}

/** @param {Spot[]} spots */
export const path = (spots) => spots.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Heights for the names at the ends of lines, so that none lies over another. @param {number[]} heights @returns {number[]} in the same order */
export function spread(heights) {
  const order = heights.map((y, at) => ({ y, at })).sort((one, other) => one.y - other.y);
  const found = [...heights];
  let last = -Infinity;
  for (const { y, at } of order) {
    last = Math.max(y, last + APART);
    found[at] = last;
  }
  return found;
}
