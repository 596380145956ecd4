// How large the cells of an arrangement are drawn, and which of its matrices become a picture without digits.
// As large as the room allows, in three steps; what is larger than a reader can read number by number is a heat map.

import { cellsOf } from "./matrices.js";
import { formatNumber } from "./format.js";
import { textWidth } from "./plates.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").Factor} Factor */
/** @typedef {{width: number, height: number, font: number}} CellSize */
/** @typedef {{heat: boolean, cell: CellSize, width: number, height: number}} Drawn size of one factor, brackets left out */

export const GAP = 2;
const SIZES = /** @type {CellSize[]} */ ([{ width: 88, height: 56, font: 16 }, { width: 64, height: 40, font: 14 }, { width: 44, height: 28, font: 12 }]);
/** More rows or columns than these are not read number by number. */
const MOST_ROWS = 16;
const MOST_COLUMNS = 12;
const PADDING = 10;
/** Brackets, the gap beside them, and a sign on average. */
const AROUND = 58;
/** Name above and shape below. */
const ABOVE_AND_BELOW = 128;
/** The words under a matrix need this much, however narrow it is. */
const LEAST_FOOT = 64;
const HEAT = { width: 640, height: 264, least: 120, cell: 24 };

/** @param {Factor} factor */
export const isHeat = ({ rows, columns }) => rows > MOST_ROWS || columns > MOST_COLUMNS;

/** @param {Trace} trace @param {number} example @param {Factor} factor @param {number} digits the longest number, in em */
function longest(trace, example, factor, digits) {
  const cells = cellsOf(trace, example, factor);
  let most = 1;
  for (let row = 0; row < factor.rows; row++) {
    for (let column = 0; column < factor.columns; column++) {
      if (!cells.structural(row, column)) most = Math.max(most, textWidth(formatNumber(cells.value(row, column), digits), 1));
    }
  }
  return most;
}

/**
 * @param {Factor} factor
 * @param {number} em
 * @param {CellSize} size
 * @returns {Drawn}
 */
function readable({ rows, columns }, em, size) {
  const cell = { ...size, width: Math.max(size.width, Math.ceil(em * size.font) + PADDING) };
  return { heat: false, cell, width: columns * (cell.width + GAP) - GAP, height: rows * (cell.height + GAP) - GAP };
}

/** What a row of these takes, its signs included. @param {Drawn[]} sizes */
export function widthOf(sizes) {
  return sizes.reduce((sum, { width }) => sum + Math.max(LEAST_FOOT, width) + AROUND, 0);
}

/** The width a picture has at most: a few columns are as wide as they are. @param {Factor} factor */
const natural = ({ columns }) => columns * HEAT.cell;

/**
 * @param {Factor} factor
 * @param {{width: number, height: number}} room
 * @returns {Drawn}
 */
function picture(factor, room) {
  const { rows, columns } = factor;
  const width = Math.min(natural(factor), Math.max(HEAT.least, room.width));
  const height = Math.min(rows * HEAT.cell, Math.max(HEAT.least, Math.min(HEAT.height, room.height - ABOVE_AND_BELOW)));
  return { heat: true, cell: { width: width / columns, height: height / rows, font: 0 }, width, height };
}

/**
 * @param {{trace: Trace, example: number, digits: number}} moment
 * @param {Factor[]} factors
 * @param {{width: number, height: number}} room
 * @returns {Drawn[]}
 */
export function sizesOf({ trace, example, digits }, factors, { width, height }) {
  const ems = factors.map((factor) => (isHeat(factor) ? 0 : longest(trace, example, factor, digits)));
  const narrow = factors.filter((factor) => isHeat(factor) && natural(factor) <= HEAT.least);
  const pictures = factors.filter(isHeat).length - narrow.length;
  const drawn = (/** @type {CellSize} */ size) => {
    const figures = factors.map((factor, at) => (isHeat(factor) ? null : readable(factor, ems[at] ?? 1, size)));
    const taken = figures.reduce((sum, one) => sum + (one ? Math.max(LEAST_FOOT, one.width) : 0), factors.length * AROUND + narrow.reduce((sum, factor) => sum + Math.max(LEAST_FOOT, natural(factor)), 0));
    const share = pictures > 0 ? Math.min(HEAT.width, (width - taken) / pictures) : 0;
    const all = factors.map((factor, at) => figures[at] ?? picture(factor, { width: share, height }));
    return { all, fits: widthOf(all) <= width && Math.max(0, ...all.filter(({ heat }) => !heat).map((one) => one.height)) + ABOVE_AND_BELOW <= height };
  };
  const tries = SIZES.map(drawn);
  return (tries.find(({ fits }) => fits) ?? tries[SIZES.length - 1])?.all ?? [];
}
