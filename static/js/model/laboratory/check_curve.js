// The V on paper: where each step h and each error stand on two axes that count powers of ten.
// Errors, branches and the best step are the server's; only their places are worked out here.

/** @typedef {Pick<import("../api-types.d.ts").components["schemas"]["GradientCurve"], "points"|"best"|"precision">} Curve */
/** @typedef {{x: number, y: number}} Spot */

export const SIZE = { width: 400, height: 224, left: 44, right: 8, top: 14, bottom: 26 };
const NARROWEST = -12;
const WIDEST = -1;
/** What is exactly right has no place on such an axis: it stands at the foot. */
const LEAST = -16;

/** @param {number} step */
export const across = (step) => SIZE.left + ((Math.log10(step) - NARROWEST) / (WIDEST - NARROWEST)) * (SIZE.width - SIZE.left - SIZE.right);

/** The step whose place lies nearest. @param {number} x @param {readonly {step_size: number}[]} points */
export function nearest(x, points) {
  const gaps = points.map(({ step_size: step }) => Math.abs(across(step) - x));
  return gaps.indexOf(Math.min(...gaps));
}

/** @param {Curve[]} curves @returns {{low: number, high: number}} powers of ten */
export function reach(curves) {
  const powers = curves.flatMap(({ points }) => points.map(({ absolute_error: error }) => error)).filter((error) => error !== null && error > 0).map((error) => Math.log10(Number(error)));
  if (powers.length === 0) return { low: LEAST, high: 0 };
  const low = Math.max(LEAST, Math.floor(Math.min(...powers)));
  return { low, high: Math.max(low + 2, Math.ceil(Math.max(...powers))) };
}

/** @param {{low: number, high: number}} axis @returns {(error: number) => number} */
export function upward({ low, high }) {
  const tall = SIZE.height - SIZE.top - SIZE.bottom;
  return (error) => SIZE.top + ((high - Math.max(low, error > 0 ? Math.log10(error) : low)) / (high - low)) * tall;
}

/** Powers of ten to write at the axis, about four of them. @param {{low: number, high: number}} axis */
export function powers({ low, high }) {
  const stride = Math.max(1, Math.ceil((high - low) / 5));
  return Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, index) => high - index * stride).reverse();
}

/**
 * The points that can be compared, in runs that kinks and vanished steps part.
 * @param {Curve} curve @param {(error: number) => number} up
 * @returns {Spot[][]}
 */
export function runs({ points }, up) {
  /** @type {Spot[][]} */
  const found = [[]];
  for (const { step_size: step, absolute_error: error, crossings } of points) {
    if (error === null || crossings > 0) found.push([]);
    else found.at(-1)?.push({ x: across(step), y: up(error) });
  }
  return found.filter((run) => run.length > 0);
}

/** What a name of a curve takes up, and how far it keeps from points. */
const NAME = { width: 46, height: 12, gap: 8 };

/** @typedef {Spot & {anchor: "start"|"end"}} Name where its baseline begins or ends */

/** @param {Name} name */
function frame({ x, y, anchor }) {
  const left = anchor === "end" ? x - NAME.width : x;
  return { left, right: left + NAME.width, top: y - NAME.height, bottom: y + 2 };
}

/** @param {Name} name @param {readonly Spot[]} spots */
function covered(name, spots) {
  const { left, right, top, bottom } = frame(name);
  return spots.filter(({ x, y }) => x > left - 3 && x < right + 3 && y > top - 3 && y < bottom + 3).length;
}

/**
 * A curve's name beside its narrowest step: the first place, of left, above and below, that is on the paper and over no point.
 * @param {Spot} end @param {readonly Spot[]} spots the points of every curve
 * @returns {Name}
 */
export function nameAt({ x, y }, spots) {
  /** @type {Name[]} */
  const all = [{ x: x - NAME.gap, y: y + 4, anchor: "end" }];
  for (let away = NAME.gap; away < SIZE.height; away += NAME.gap) all.push({ x, y: y - away, anchor: "start" }, { x, y: y + away + NAME.height - 2, anchor: "start" });
  const places = all.filter((place) => {
    const { left, right, top, bottom } = frame(place);
    return left >= SIZE.left && right <= SIZE.width - SIZE.right && top >= 0 && bottom <= SIZE.height - SIZE.bottom;
  });
  const hidden = places.map((place) => covered(place, spots));
  return /** @type {Name} */ (places[hidden.indexOf(Math.min(...hidden))] ?? all[0]);
}

/** @param {Spot[]} spots */
export const path = (spots) => spots.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/**
 * A branch as it would be alone, as far as it lies on the paper.
 * @param {Curve} curve @param {"truncation"|"round_off"} name @param {{low: number, high: number}} axis
 * @returns {Spot[]}
 */
export function branch({ points }, name, axis) {
  const up = upward(axis);
  const seen = points.filter((point) => {
    const value = point[name];
    return value !== null && value > 0 && Math.log10(value) >= axis.low && Math.log10(value) <= axis.high;
  });
  return seen.map((point) => ({ x: across(point.step_size), y: up(Number(point[name])) }));
}
