// The costs of a run as they come in: appended where there is room, so that a frame costs what it brings, not what there was.
// An older history keeps reading what it read, for nothing before its end is ever written again.

/** @typedef {import("./learning.d.ts").History} History */
/** @typedef {{xs: Float64Array, ys: Float64Array, taken: number}} Room */

const ROOM = 4096;
/** Where a history lies; only the newest one in a room may write behind itself. @type {WeakMap<object, Room>} */
const rooms = new WeakMap();

/** @param {ArrayLike<number>} updates @param {ArrayLike<number>} costs @param {number} more @returns {Room} */
function roomWith(updates, costs, more) {
  const size = Math.max(ROOM, 2 * (updates.length + more));
  const room = { xs: new Float64Array(size), ys: new Float64Array(size), taken: updates.length };
  room.xs.set(updates);
  room.ys.set(costs);
  return room;
}

/** @param {Room} room @param {number} known @returns {History} */
function historyIn(room, known) {
  const history = { updates: room.xs.subarray(0, room.taken), costs: room.ys.subarray(0, room.taken), known };
  rooms.set(history, room);
  return history;
}

/** @returns {History} */
export const emptyHistory = () => historyIn(roomWith([], [], 0), 0);

/**
 * A history as the server keeps it, thinned; what it has no cost of is left out.
 * @param {{updates: number[], values: (number|null)[]}} costs
 * @param {number} known
 */
export function historyOf({ updates, values }, known) {
  const there = [...updates.keys()].filter((at) => typeof values[at] === "number");
  return historyIn(roomWith(there.map((at) => updates[at] ?? 0), there.map((at) => values[at] ?? 0), 0), known);
}

/** How many entries are of updates before `update`. @param {ArrayLike<number>} updates @param {number} update */
function countBefore(updates, update) {
  let [low, high] = [0, updates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((updates[middle] ?? 0) < update) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same without what lies from `update` on. @param {History} history @param {number} update @returns {History} */
export function cutAt(history, update) {
  if (update >= history.known) return history;
  const count = countBefore(history.updates, update);
  const [updates, costs] = [history.updates, history.costs].map((one) => Array.prototype.slice.call(one, 0, count));
  return historyIn(roomWith(/** @type {number[]} */ (updates), /** @type {number[]} */ (costs), 0), update);
}

/**
 * With the costs of updates `from` on; costs of the same updates that were known before are other ones now.
 * @param {History} history
 * @param {{from: number, values: (number|null)[]}} costs
 * @returns {History}
 */
export function withCosts(history, { from, values }) {
  const kept = cutAt(history, from);
  if (values.length === 0) return kept;
  const own = rooms.get(kept);
  const fits = own && own.taken === kept.updates.length && own.taken + values.length <= own.xs.length;
  const room = fits ? own : roomWith(kept.updates, kept.costs, values.length);
  values.forEach((value, at) => {
    if (value === null) return;
    room.xs[room.taken] = from + at;
    room.ys[room.taken] = value;
    room.taken += 1;
  });
  return historyIn(room, from + values.length);
}
