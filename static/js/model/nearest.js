// Which edge is under the pointer: the nearest one among those drawn, if it is near enough.
// Curved edges are taken as a few straight pieces.

import { edgePoint } from "./edge_path.js";

/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./scene_edges.js").Stroke} Stroke */

const PIECES = 10;
const PIECES_OF_LANE = 40;

/**
 * @param {Point} point
 * @param {Point} from
 * @param {Point} to
 */
export function distanceToSegment(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const t = length ? Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length)) : 0;
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}

/**
 * @param {import("./layout.js").Layout} layout
 * @param {readonly Stroke[]} strokes
 * @param {Point} point
 * @param {number} reach
 * @returns {Stroke|null}
 */
export function nearestEdge(layout, strokes, point, reach) {
  /** @type {Stroke|null} */
  let nearest = null;
  let least = reach;
  for (const stroke of strokes) {
    const room = reach + stroke.width / 2;
    if (point.x < stroke.from.x || point.x > stroke.to.x) continue;
    const lowest = Math.max(stroke.from.y, stroke.to.y, stroke.lane?.y ?? -Infinity);
    if (point.y < Math.min(stroke.from.y, stroke.to.y) - room || point.y > lowest + room) continue;
    const distance = stroke.curved || stroke.lane ? distanceToCurve(layout, stroke, point) : distanceToSegment(point, stroke.from, stroke.to);
    if (distance - stroke.width / 2 > least) continue;
    least = distance - stroke.width / 2;
    nearest = stroke;
  }
  return nearest;
}

/**
 * @param {import("./layout.js").Layout} layout
 * @param {Stroke} stroke
 * @param {Point} point
 */
function distanceToCurve(layout, { layer, row, column, lane }, point) {
  let least = Infinity;
  const pieces = lane ? PIECES_OF_LANE : PIECES;
  let from = edgePoint(layout, layer, row, column, 0);
  for (let piece = 1; piece <= pieces; piece++) {
    const to = edgePoint(layout, layer, row, column, piece / pieces);
    least = Math.min(least, distanceToSegment(point, from, to));
    from = to;
  }
  return least;
}
