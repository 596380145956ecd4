// A long run has millions of costs, and a frame may look at each new one once: blocks that are full are summed up for good.
// Of a block the places of its lowest and its highest value are remembered; what a buffer holds before its end never changes.

const BLOCK = 64;
/** Up to here every value is looked at, so that a pixel has its own extremes and not those of a block. */
const FEW = 12_000;

/** @typedef {{done: number, places: number[]}} Summary */
/** @type {WeakMap<ArrayBufferLike, Summary>} */
const summaries = new WeakMap();

/** @param {ArrayLike<number>} values @param {Summary} summary */
function sumUp(values, summary) {
  for (; summary.done + BLOCK <= values.length; summary.done += BLOCK) {
    let [low, high] = [summary.done, summary.done];
    for (let at = low + 1; at < summary.done + BLOCK; at++) {
      const value = values[at] ?? NaN;
      // A block may begin with what is no number.
      if (value < (values[low] ?? 0) || Number.isNaN(values[low])) low = at;
      if (value > (values[high] ?? 0) || Number.isNaN(values[high])) high = at;
    }
    summary.places.push(Math.min(low, high), Math.max(low, high));
  }
}

/**
 * The places worth looking at, ascending.
 * @param {ArrayLike<number>} values
 * @returns {{count: number, place: (at: number) => number}}
 */
export function condensed(values) {
  if (!ArrayBuffer.isView(values) || values.length <= FEW) return { count: values.length, place: (at) => at };
  const summary = summaries.get(values.buffer) ?? { done: 0, places: [] };
  summaries.set(values.buffer, summary);
  sumUp(values, summary);
  // An older view of the same buffer ends before the newest block does.
  const blocks = Math.floor(values.length / BLOCK);
  const [whole, rest] = [2 * blocks, values.length - blocks * BLOCK];
  return { count: whole + rest, place: (at) => (at < whole ? summary.places[at] ?? 0 : blocks * BLOCK + at - whole) };
}
