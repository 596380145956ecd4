// Where on its way a product is read once it has travelled: near the end of an edge, and in a lane side by side,
// since all the ways of one connection lie there on top of one another.

import { edgeWay } from "./edge_path.js";
import { REST } from "./motion.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./lanes.js").Lane} Lane */

/** From one pulse to the next, where there is room; closer than the second they would not be told apart. */
const STEP = { most: 34, least: 14 };
/** The first one stands clear of the bend. */
const OFF_BEND = 12;

/**
 * How far apart so many stand in a lane.
 * @param {Lane} lane
 * @param {number} count
 * @returns {number|null} null where they have no room
 */
function stepIn({ left, right }, count) {
  const step = count > 1 ? Math.min(STEP.most, (right - left - 2 * OFF_BEND) / (count - 1)) : 0;
  return count > 1 && step < STEP.least ? null : step;
}

/**
 * The share of its way that a product has gone where it rests: in a lane one after the other, the first at its end.
 * @param {Layout} layout
 * @param {{layer: number, row: number, column: number}} edge
 * @param {boolean} back
 */
export function restOf(layout, { layer, row, column }, back) {
  const { from, to, lane } = edgeWay(layout, layer, row, column);
  if (!lane) return REST;
  const { sizes } = layout.wiring;
  const source = layout.wiring.source(layer, column);
  const [senders, takers] = [sizes[source.layer] ?? 1, sizes[layer] ?? 1];
  const step = stepIn(lane, senders * takers);
  if (step === null) return REST;
  return back
    ? shareOf(to, from, lane.left + OFF_BEND + (source.row * takers + row) * step)
    : shareOf(from, to, lane.right - OFF_BEND - (row * senders + source.row) * step);
}

/**
 * The same for what goes along without a weight: side by side in the middle of its lane.
 * @param {Layout} layout
 * @param {import("./scene_added.js").Added} way
 * @param {boolean} back
 * @returns {number|null} null where it is in no lane or has no place of its own there
 */
export function restAdded(layout, { layer, row, from, to, lane }, back) {
  const count = layout.wiring.sizes[layer] ?? 1;
  const step = lane && stepIn(lane, count);
  if (!lane || step === null) return null;
  const x = (lane.left + lane.right) / 2 + (row - (count - 1) / 2) * step;
  return back ? shareOf(to, from, x) : shareOf(from, to, x);
}

/** @param {Point} start @param {Point} end @param {number} x */
const shareOf = (start, end, x) => (x - start.x) / (end.x - start.x);
