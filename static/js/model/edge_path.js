// The way of one edge from the end of one neuron to the start of another: straight, an S-curve, or through a lane under what it skips.
// Inputs that stand as a picture send their edges off at the height of their row of pixels.

import { addedLaneKey, bent, laneKey, lanePoint } from "./lanes.js";
import { pixelExit } from "./tiles.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./lanes.js").Lane} Lane */
/** @typedef {{from: Point, to: Point, curved: boolean, lane: Lane|null, bow?: number}} Way `bow` is how far its middle is bent up */

/**
 * @param {Way} way
 * @param {number} t 0 where the forward flow starts, 1 where it arrives
 * @returns {Point}
 */
export function wayPoint({ from, to, curved, lane, bow = 0 }, t) {
  if (lane) return lanePoint(from, to, lane, t);
  if (bow) return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t - 4 * bow * t * (1 - t) };
  return curved ? bent(from, to, t) : { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

/**
 * The way of the edge that stands in a column of a layer's weights.
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 * @returns {Way}
 */
export function edgeWay(layout, layer, row, column) {
  const source = layout.wiring.source(layer, column);
  return wayBetween(layout, source, { layer, row }, source.layer === 0 && layout.tile ? pixelExit(layout.tile, column) : null);
}

/**
 * @param {Layout} layout
 * @param {{layer: number, row: number}} source
 * @param {{layer: number, row: number}} target
 * @param {Point|null} [start] where it leaves, if not at the end of the neuron
 * @param {boolean} [isAdded] it has no weight
 * @returns {Way}
 */
export function wayBetween(layout, source, target, start = null, isAdded = false) {
  const end = /** @type {NeuronBox} */ (layout.neurons[target.layer]?.[target.row]);
  const begin = /** @type {NeuronBox} */ (layout.neurons[source.layer]?.[source.row]);
  const own = isAdded ? layout.lanes.get(addedLaneKey(source.layer, target.layer)) : null;
  const lane = own ?? layout.lanes.get(laneKey(source.layer, target.layer));
  return {
    from: start ?? { x: begin.x + begin.width, y: begin.y },
    to: { x: end.x, y: end.y },
    curved: layout.curved[target.layer] ?? false,
    lane: lane ? { ...lane, y: lane.y + source.row * lane.spread } : null,
  };
}

/**
 * A point of the edge from column k of a layer's weights to row j of this layer.
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 * @param {number} t 0 where the forward flow starts, 1 where it arrives
 * @returns {Point}
 */
export function edgePoint(layout, layer, row, column, t) {
  return wayPoint(edgeWay(layout, layer, row, column), t);
}

/**
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 * @returns {[Point, Point]}
 */
export function edgeEnds(layout, layer, row, column) {
  const { from, to } = edgeWay(layout, layer, row, column);
  return [from, to];
}
