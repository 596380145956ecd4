// Many inputs stand as one picture instead of a column: 784 as 28 × 28, in the order in which they are read.
// A second grid of the same shape is for the weights of one neuron, under it or, on a low stage, left of it, so that
// the two can be compared by eye.

/** @typedef {{columns: number, rows: number}} Grid */
/** @typedef {{x: number, y: number, cell: number} & Grid & {count: number}} Place left and upper end of a grid of square cells */
/**
 * @typedef {Place & {width: number, height: number, second: {x: number, y: number}}} Tile
 * `second` is the left and upper end of the grid for the weights
 */
/** @typedef {{top: number, bottom: number, middle: number, low: boolean, narrow: boolean}} Room a low one has both grids side by side */

/** More inputs than these are not read one by one. */
const MOST_INPUTS = 24;
const LARGEST = 200;
/** On a phone a column is no wider than a neuron. */
const LARGEST_NARROW = 120;
/** Two lines of words stand under each grid. */
export const CAPTION = 40;
const GAP = 20;

/** @param {number[]} sizes neurons a layer, inputs first */
export const isTiled = (sizes) => (sizes[0] ?? 0) > MOST_INPUTS;

/**
 * As near to a square as the number allows; the last row may be shorter.
 * @param {number} count
 * @returns {Grid}
 */
export function gridOf(count) {
  const columns = Math.ceil(Math.sqrt(count));
  return { columns, rows: Math.ceil(count / columns) };
}

/** @param {Grid} grid @param {Room} room */
function cellOf({ columns }, { top, bottom, low, narrow }) {
  const side = Math.min(narrow ? LARGEST_NARROW : LARGEST, low ? bottom - top - CAPTION : (bottom - top - 2 * CAPTION - GAP) / 2);
  return Math.max(1, Math.floor(side / columns));
}

/**
 * The column of the picture, as a row of neurons has it: only its width counts.
 * @param {number} count
 * @param {Room} room
 * @param {readonly import("./tiers.js").Tier[]} tiers
 */
export function tileRow(count, room, tiers) {
  const tier = /** @type {import("./tiers.js").Tier} */ (tiers[tiers.length - 1]);
  const grid = gridOf(count);
  const width = grid.columns * cellOf(grid, room);
  return { tier: { ...tier, inputWidth: room.low ? 2 * width + GAP : width }, pitch: Infinity, middle: room.middle };
}

/**
 * @param {number} count
 * @param {Room} room
 * @param {number} x left end
 * @returns {Tile}
 */
export function placeTile(count, room, x) {
  const grid = gridOf(count);
  const cell = cellOf(grid, room);
  const [width, height] = [grid.columns * cell, grid.rows * cell];
  const whole = room.low ? height + CAPTION : 2 * (height + CAPTION) + GAP;
  const y = Math.max(room.top, (room.top + room.bottom - whole) / 2);
  const left = room.low ? x + width + GAP : x;
  const second = room.low ? { x, y } : { x, y: y + height + CAPTION + GAP };
  return { ...grid, count, cell, x: left, y, width, height, second };
}

/**
 * Where the edges of an input leave the picture.
 * @param {Tile} tile
 * @param {number} index of the input
 */
export function pixelExit({ x, y, width, columns, cell }, index) {
  return { x: x + width, y: y + (Math.floor(index / columns) + 0.5) * cell };
}

/**
 * @param {Place} place
 * @param {{x: number, y: number}} point
 * @returns {number|null} the index of the cell under a point
 */
export function cellAt({ x, y, cell, columns, rows, count }, point) {
  const [column, row] = [Math.floor((point.x - x) / cell), Math.floor((point.y - y) / cell)];
  const index = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && row < rows && index < count ? index : null;
}

const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
});

/**
 * @param {number} count
 * @param {number} index
 * @param {string} key
 * @returns {number|null} the cell an arrow key leads to; null where it leads out of the grid
 */
export function cellBeside(count, index, key) {
  const { columns } = gridOf(count);
  const [right, down] = MOVES[key] ?? [0, 0];
  const column = (index % columns) + right;
  const next = index + right + down * columns;
  return column >= 0 && column < columns && next >= 0 && next < count && next !== index ? next : null;
}
