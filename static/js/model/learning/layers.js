// Where the neurons of a network in training stand: columns from left to right, circles as large as the fullest column allows.
// A layer too long for one column takes several, and inputs too many to be read one by one stand as a picture.

import { gridOf, isTiled } from "../tiles.js";

/** @typedef {{layer: number, neuron: number, x: number, y: number, r: number}} Spot */
/** @typedef {{layer: number, x: number, spots: Spot[], tile: Tile|null}} Column */
/** @typedef {{x: number, y: number, width: number, height: number, columns: number, rows: number}} Tile */
/** @typedef {{columns: Column[], width: number, height: number, radius: number, lane: number}} Placed lane: how far down what skips a layer passes under it */

const LARGEST = 22;
const SMALLEST = 4;
/** A circle and the gap to the next, in radii. */
const PITCH = 2.6;
const ACROSS = 2.4;
/** At the right end the outputs' errors stand beside them. */
const MARGIN = { left: 8, right: 14 };
const HEADING = 44;
const FOOT = 10;
/** Under the network, where edges pass the layers they skip. */
const LANE = 28;
const TILE = 132;
const TILE_FOOT = 22;

/**
 * @param {number[]} sizes inputs first
 * @param {number} width
 * @param {number} height
 * @param {number} [named] room for the names of the outputs, at the right end
 * @param {boolean} [skips] whether edges pass layers that they skip
 * @returns {Placed}
 */
export function placeLayers(sizes, width, height, named = 0, skips = false) {
  const tiled = isTiled(sizes);
  const room = height - HEADING - FOOT - (skips ? LANE : 0);
  const counted = tiled ? sizes.slice(1) : sizes;
  const longest = Math.max(...counted);
  const radius = Math.max(SMALLEST, Math.min(LARGEST, room / longest / PITCH, width / sizes.length / 4.5));
  const most = Math.max(1, Math.floor(room / (radius * PITCH) + 1e-9));
  /** How far the circles of a layer reach to either side of its middle. @param {number} size */
  const reach = (size) => radius + ((Math.ceil(size / most) - 1) / 2) * radius * ACROSS;
  const middle = HEADING + room / 2;
  const tile = Math.min(TILE, width * 0.3, room - TILE_FOOT);
  const columns = sizes.map((size, layer) => {
    const first = layer === 0;
    if (first && tiled) {
      const grid = gridOf(size);
      const cell = tile / Math.max(grid.columns, grid.rows);
      const shape = { width: cell * grid.columns, height: cell * grid.rows };
      return { layer, x: tile / 2, spots: [], tile: { x: 0, y: middle - (shape.height + TILE_FOOT) / 2, ...shape, ...grid } };
    }
    const [start, end] = [tiled ? tile / 2 : MARGIN.left + reach(sizes[0] ?? 1), width - named - MARGIN.right - reach(sizes[sizes.length - 1] ?? 1)];
    const x = start + ((end - start) * layer) / (sizes.length - 1);
    return { layer, x, spots: spotsOf(size, layer, x, middle, radius, most, room), tile: null };
  });
  return { columns, width, height, radius, lane: height - FOOT - LANE / 2 };
}

/**
 * @param {number} size
 * @param {number} layer
 * @param {number} x
 * @param {number} middle
 * @param {number} r
 * @param {number} most neurons in a column
 * @param {number} room
 * @returns {Spot[]}
 */
function spotsOf(size, layer, x, middle, r, most, room) {
  const side = Math.ceil(size / most);
  const rows = Math.ceil(size / side);
  // Few neurons stand closer than the room would allow, so that they are seen as one layer.
  const pitch = Math.min(room / rows, Math.max(r * PITCH, Math.min(r * 4.2, room / rows)));
  return Array.from({ length: size }, (_, neuron) => ({
    layer, neuron, r,
    x: x + ((neuron % side) - (side - 1) / 2) * r * ACROSS,
    y: middle + (Math.floor(neuron / side) - (rows - 1) / 2) * pitch,
  }));
}

/**
 * Where an edge leaves a neuron of the layer before, or a picture.
 * @param {Column} column
 * @param {number} neuron
 */
export function leaving({ spots, tile }, neuron) {
  const spot = spots[neuron];
  if (spot) return { x: spot.x + spot.r, y: spot.y };
  if (!tile) return null;
  return { x: tile.x + tile.width, y: tile.y + ((Math.floor(neuron / tile.columns) + 0.5) / tile.rows) * tile.height };
}

/** @param {Placed} placed @param {number} x @param {number} y @returns {Spot|null} the neuron under a point */
export function spotAt({ columns }, x, y) {
  for (const { spots } of columns) {
    for (const spot of spots) if (Math.hypot(spot.x - x, spot.y - y) <= Math.max(spot.r + 2, 6)) return spot;
  }
  return null;
}
