// The way of one edge, straight or an S-curve, from the end of one neuron to the start of another.
// Inputs that stand as a picture send their edges off at the height of their row of pixels.

import { pixelExit } from "./tiles.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./layout.js").Point} Point */

/**
 * A point of the edge from column k of the layer before to row j of this layer.
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 * @param {number} t 0 where the forward flow starts, 1 where it arrives
 * @returns {Point}
 */
export function edgePoint(layout, layer, row, column, t) {
  const [from, to] = edgeEnds(layout, layer, row, column);
  if (!layout.curved[layer]) return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  const bend = (to.x - from.x) * 0.5;
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3];
  return { x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x, y: (a + b) * from.y + (c + d) * to.y };
}

/**
 * @param {Layout} layout
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 * @returns {[Point, Point]}
 */
export function edgeEnds(layout, layer, row, column) {
  const target = /** @type {NeuronBox} */ (layout.neurons[layer]?.[row]);
  const end = { x: target.x, y: target.y };
  if (layer === 1 && layout.tile) return [pixelExit(layout.tile, column), end];
  const source = /** @type {NeuronBox} */ (layout.neurons[layer - 1]?.[column]);
  return [{ x: source.x + source.width, y: source.y }, end];
}
