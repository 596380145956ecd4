// Where a field over a grid crosses a level, as lines: marching squares, with the pieces joined so that a dashed line stays dashed.
// Places are in cells of the grid, from 0 to its size − 1.

/** @typedef {number[]} Line x and y by turns */

/** Which sides of a square the line joins, by which of its corners lie above: upper left 1, upper right 2, lower right 4, lower left 8. */
const TOP = 0, RIGHT = 1, BOTTOM = 2, LEFT = 3;
/** @type {readonly (readonly number[])[]} */
const SIDES = [
  [], [LEFT, TOP], [TOP, RIGHT], [LEFT, RIGHT], [RIGHT, BOTTOM], [], [TOP, BOTTOM], [LEFT, BOTTOM],
  [BOTTOM, LEFT], [TOP, BOTTOM], [], [RIGHT, BOTTOM], [LEFT, RIGHT], [TOP, RIGHT], [LEFT, TOP], [],
];
/** The two squares whose opposite corners lie above: which way they are joined says their middle. */
const SADDLES = /** @type {Record<number, {joined: number[], apart: number[]}>} */ ({
  5: { joined: [TOP, RIGHT, BOTTOM, LEFT], apart: [LEFT, TOP, RIGHT, BOTTOM] },
  10: { joined: [LEFT, TOP, RIGHT, BOTTOM], apart: [TOP, RIGHT, BOTTOM, LEFT] },
});

/** An even answer still belongs to a class. */
const LEAST_LEAD = 0.5;

/**
 * @param {ArrayLike<number>} values row by row
 * @param {number} columns
 * @param {number} rows
 * @param {number} [level]
 * @returns {Line[]}
 */
export function contoursOf(values, columns, rows, level = 0) {
  /** @param {number} column @param {number} row */
  const over = (column, row) => (values[row * columns + column] ?? 0) - level;
  /** @type {Map<number, number[]>} the one or two neighbours of each crossing */
  const beside = new Map();
  /** @param {number} one @param {number} other */
  const join = (one, other) => {
    for (const [from, to] of [[one, other], [other, one]]) {
      const known = beside.get(/** @type {number} */ (from));
      if (known) known.push(/** @type {number} */ (to));
      else beside.set(/** @type {number} */ (from), [/** @type {number} */ (to)]);
    }
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [over(column, row), over(column + 1, row), over(column + 1, row + 1), over(column, row + 1)];
      const which = corners.reduce((sum, corner, at) => sum + (corner > 0 ? 1 << at : 0), 0);
      const saddle = SADDLES[which];
      const sides = saddle ? (corners.reduce((sum, corner) => sum + corner, 0) > 0 ? saddle.joined : saddle.apart) : SIDES[which] ?? [];
      const at = row * columns + column;
      // Each side by the crossing it may have: even numbers lie across, odd ones down.
      const names = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1];
      for (let k = 0; k + 1 < sides.length; k += 2) join(names[sides[k] ?? 0] ?? 0, names[sides[k + 1] ?? 0] ?? 0);
    }
  }
  return walk(beside, (name) => placeOf(name, columns, over));
}

/**
 * @param {number} name
 * @param {number} columns
 * @param {(column: number, row: number) => number} over
 * @returns {[number, number]}
 */
function placeOf(name, columns, over) {
  const at = name >> 1;
  const [column, row] = [at % columns, Math.floor(at / columns)];
  const down = name & 1;
  const [from, to] = [over(column, row), over(column + 1 - down, row + down)];
  const share = from === to ? 0.5 : from / (from - to);
  return down ? [column, row + share] : [column + share, row];
}

/**
 * @param {Map<number, number[]>} beside
 * @param {(name: number) => [number, number]} place
 * @returns {Line[]}
 */
function walk(beside, place) {
  /** @type {Line[]} */
  const lines = [];
  const seen = new Set();
  /** @param {number} start */
  const follow = (start) => {
    const line = [...place(start)];
    seen.add(start);
    /** @type {number|undefined} */
    let here = start;
    while (here !== undefined) {
      /** @type {number|undefined} */
      const next = beside.get(here)?.find((name) => !seen.has(name));
      if (next === undefined) {
        if (line.length > 4 && beside.get(here)?.includes(start)) line.push(...place(start));
        break;
      }
      line.push(...place(next));
      seen.add(next);
      here = next;
    }
    lines.push(line);
  };
  for (const [name, neighbours] of beside) if (neighbours.length === 1 && !seen.has(name)) follow(name);
  for (const name of beside.keys()) if (!seen.has(name)) follow(name);
  return lines;
}

/**
 * The borders between the regions of more than two classes. How far an answer is ahead says how near the border runs.
 * @param {ArrayLike<number>} classes
 * @param {ArrayLike<number>} leads levels, 0 where two classes are even
 * @param {number} columns
 * @param {number} rows
 * @returns {Line[]}
 */
export function bordersOf(classes, leads, columns, rows) {
  const every = [...new Set(Array.from(classes))].sort((a, b) => a - b);
  // The last class is what the others leave.
  return every.slice(0, -1).flatMap((one) => {
    const signed = Float32Array.from({ length: classes.length }, (_, at) => (classes[at] === one ? 1 : -1) * Math.max(LEAST_LEAD, leads[at] ?? 0));
    return contoursOf(signed, columns, rows);
  });
}
