// Number lines: where points and bars stand between two round ends, in shares of the line's length.
// The numbers are the server's; only their places are worked out here.

const ROUND = [1, 2, 5, 10];

/** The next round number that is no smaller: 1, 2 or 5 times a power of ten. @param {number} size */
export function roundUp(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = Number(`1e${Math.floor(Math.log10(size))}`);
  return /** @type {number} */ (ROUND.map((one) => Number((one * power).toPrecision(1))).find((one) => one >= size) ?? 10 * power);
}

/** @param {(number|null)[]} values @returns {number[]} */
function finite(values) {
  return values.filter((value) => value !== null && Number.isFinite(value)).map(Number);
}

/**
 * A line with 0 on it and round ends, so that it stands still while its points move a little.
 * @param {(number|null)[]} values that have to lie on it
 * @param {boolean} [isEven] with 0 in its middle
 */
export function lineOf(values, isEven = false) {
  const known = finite(values);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const end = roundUp(Math.max(-low, high));
  return { low: isEven || low < 0 ? -end : 0, high: isEven || high > 0 || low === 0 ? end : 0 };
}

/** How far along a line a value lies, from 0 to 1; null where it is nowhere. @param {{low: number, high: number}} line @param {number|null} value */
export function placeOn({ low, high }, value) {
  if (value === null || !Number.isFinite(value)) return null;
  return (value - low) / (high - low);
}

/**
 * Two bars on one line that has 0 in its middle: what was promised over what happened.
 * @param {{predicted: number|null, actual: number|null}} push
 */
export function barsOf({ predicted, actual }) {
  const line = lineOf([predicted, actual], true);
  const bar = (/** @type {"predicted"|"actual"} */ name, /** @type {number|null} */ value) => ({ name, value, end: placeOn(line, value) });
  return { ...line, zero: 0.5, bars: [bar("predicted", predicted), bar("actual", actual)] };
}

/** @typedef {import("./demon.js").Nudge} Nudge */

/**
 * The numbers of a chain, one line each, with what stands between a line and the next.
 * @param {Nudge} nudge
 */
export function chainLines({ ref, chain, told }) {
  // A bias comes in at the weighted input of its layer, a weight between two lines.
  const start = chain.findIndex((link) => link.ref === ref.replace("biases", "weighted_input"));
  return chain.map((link, at) => {
    const line = lineOf([link.before, link.after]);
    const symbols = told.chain_symbols[at];
    return {
      ref: link.ref, tex: symbols?.tex ?? "", ...line, zero: /** @type {number} */ (placeOn(line, 0)), isPushed: at === start,
      before: { value: link.before, place: placeOn(line, link.before) },
      after: { value: link.after, place: placeOn(line, link.after) }, moved: link.after !== link.before,
      next: link.to === "" ? null : { tex: symbols?.sensitivity ?? "", ref: link.sensitivity_ref, isPushed: link.sensitivity_ref === ref, before: link.sensitivity, after: link.sensitivity_after, moved: link.sensitivity !== link.sensitivity_after },
    };
  });
}
