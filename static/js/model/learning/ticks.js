// Where an axis has its ticks and how far it goes, and labels set apart so that none covers another.
// Ends move in steps, not with every update, so that a growing curve does not make its paper swim.

const NICE = [1, 2, 5, 10];

/** @param {number} raw @returns {number} the next of 1, 2 and 5 times a power of ten */
export function niceAbove(raw) {
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const found = NICE.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10;
  return Number((found * power).toPrecision(6));
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} most ticks at most, about
 * @returns {number[]} from low to high, on round numbers
 */
export function linearTicks(low, high, most) {
  const step = niceAbove((high - low) / Math.max(1, most));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** @param {number} most the largest value @returns {{low: number, high: number, ticks: number[]}} from 0 to just above */
export function fromZero(most) {
  const step = niceAbove((most > 0 ? most : 1) / 3);
  const high = step * Math.max(1, Math.ceil((most > 0 ? most : 1) / step - 1e-9));
  return { low: 0, high: Number(high.toPrecision(12)), ticks: linearTicks(0, high, 3) };
}

/** The least a log axis spans, as a factor. */
const LEAST_SPAN = 10;

/**
 * @param {number} least
 * @param {number} most
 * @returns {{low: number, high: number, ticks: number[]}} between powers of ten, or between 1, 3 and 10 where little is spanned
 */
export function logAxis(least, most) {
  if (!(least > 0) || !(most > 0)) return { low: 0.1, high: 1, ticks: [0.1, 1] };
  const marks = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
    for (const digit of [1, 3]) marks.push(Number(`${digit}e${power}`));
  }
  const low = marks.filter((mark) => mark <= least).pop() ?? least;
  let high = marks.find((mark) => mark >= most) ?? most;
  if (high / low < LEAST_SPAN) high = low * LEAST_SPAN;
  const inside = [...new Set([...marks, high])].filter((mark) => mark >= low && mark <= high * (1 + 1e-9)).sort((a, b) => a - b);
  const tens = inside.filter((mark) => String(mark.toExponential()).startsWith("1e"));
  const ticks = inside.length <= 4 ? inside : tens;
  const stride = Math.ceil(ticks.length / 4);
  return { low, high, ticks: ticks.filter((_, at) => at % stride === 0) };
}

/**
 * Labels at these heights moved as little as keeps them this far apart, in their order.
 * @param {number[]} wanted
 * @param {number} gap
 * @param {number} low
 * @param {number} high
 * @returns {number[]}
 */
export function setApart(wanted, gap, low, high) {
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let least = low;
  for (const at of order) {
    placed[at] = Math.max(least, placed[at] ?? 0);
    least = /** @type {number} */ (placed[at]) + gap;
  }
  let most = high;
  for (const at of order.reverse()) {
    placed[at] = Math.min(most, placed[at] ?? 0);
    most = /** @type {number} */ (placed[at]) - gap;
  }
  return placed;
}
