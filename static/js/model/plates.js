// Labels never collide: every label has a list of places it may take, and gets the first one that is free.
// The order of the list decides who wins, so the same picture always drops the same labels.

/** @typedef {{x: number, y: number, width: number, height: number}} Box centre and size */
/**
 * @typedef {object} Label
 * @property {string} key
 * @property {string} group labels that are shown together or not at all
 * @property {number} width
 * @property {number} height
 * @property {{x: number, y: number}[]} places best first
 */

const CLEARANCE = 2;
const CELL = 96;

/**
 * @param {number} left
 * @param {number} top
 * @param {number} right
 * @param {number} bottom
 * @returns {Box}
 */
export function boxOf(left, top, right, bottom) {
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** @type {Map<string, Box>} */
export const NO_PLACE = new Map();

/** @type {Record<string, number>} */
const ADVANCE = { "−": 0.84, ".": 0.32, "·": 0.34, " ": 0.28, ",": 0.3, "→": 0.95, "⁻": 0.45, "′": 0.3, i: 0.28, l: 0.28, t: 0.38, r: 0.4 };

/**
 * The width of a text in the interface face, on the wide side (faces differ by 8 %).
 * @param {string} text
 * @param {number} size in pixels
 */
export function textWidth(text, size) {
  let em = 0;
  for (const sign of text) em += ADVANCE[sign] ?? (/[⁰¹²³⁴⁵⁶⁷⁸⁹]/.test(sign) ? 0.42 : 0.63);
  return em * size;
}

/**
 * @param {Box} one
 * @param {Box} other
 * @param {number} [clearance]
 */
export function overlap(one, other, clearance = CLEARANCE) {
  return (
    Math.abs(one.x - other.x) * 2 < one.width + other.width + 2 * clearance &&
    Math.abs(one.y - other.y) * 2 < one.height + other.height + 2 * clearance
  );
}

/** A grid of boxes, so that a label is only compared with its neighbours. */
export class Occupied {
  /** @param {Iterable<Box>} [boxes] */
  constructor(boxes = []) {
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
    for (const box of boxes) this.add(box);
  }

  /** @param {Box} box */
  *cellsOf(box) {
    const [left, right] = [box.x - box.width / 2 - CLEARANCE, box.x + box.width / 2 + CLEARANCE];
    const [top, bottom] = [box.y - box.height / 2 - CLEARANCE, box.y + box.height / 2 + CLEARANCE];
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) yield `${column}:${row}`;
    }
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of this.cellsOf(box)) {
      const list = this.cells.get(cell);
      if (list) list.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  /** @param {Box} box */
  isFree(box) {
    for (const cell of this.cellsOf(box)) {
      if (this.cells.get(cell)?.some((other) => overlap(box, other))) return false;
    }
    return true;
  }
}

/**
 * @param {Label} label
 * @param {Occupied} occupied
 * @returns {Box|null}
 */
function firstFree(label, occupied) {
  for (const place of label.places) {
    const box = { ...place, width: label.width, height: label.height };
    if (occupied.isFree(box)) return box;
  }
  return null;
}

/**
 * Places labels in their order around what is already there. A group that does not fit whole is dropped whole:
 * numbers on some edges and not on others would read as a statement about those edges. Where the important groups
 * leave no room for the rest, the other order is tried too, and the one that shows more is taken.
 * @param {readonly Label[]} labels
 * @param {Iterable<Box>} obstacles
 * @returns {Map<string, Box>} only labels that have a place
 */
export function placeLabels(labels, obstacles) {
  const around = [...obstacles];
  const groups = [...groupBy(labels).values()];
  const placed = placeInOrder(groups, around);
  if (placed.size === labels.length) return placed;
  const other = placeInOrder(groups.reverse(), around);
  return other.size > placed.size ? other : placed;
}

/**
 * @param {Label[][]} groups
 * @param {Box[]} obstacles
 */
function placeInOrder(groups, obstacles) {
  const occupied = new Occupied(obstacles);
  /** @type {Map<string, Box>} */
  const placed = new Map();
  for (const members of groups) {
    const tentative = placeGroup(members, occupied);
    if (tentative.size < members.length) continue;
    for (const [key, box] of tentative) {
      placed.set(key, box);
      occupied.add(box);
    }
  }
  return placed;
}

/**
 * @param {readonly Label[]} members
 * @param {Occupied} occupied
 */
function placeGroup(members, occupied) {
  const own = new Occupied();
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  for (const label of members) {
    const places = label.places.filter((place) => own.isFree({ ...place, width: label.width, height: label.height }));
    const box = firstFree({ ...label, places }, occupied);
    if (!box) continue;
    boxes.set(label.key, box);
    own.add(box);
  }
  return boxes;
}

/** @param {readonly Label[]} labels */
function groupBy(labels) {
  /** @type {Map<string, Label[]>} */
  const groups = new Map();
  for (const label of labels) {
    const list = groups.get(label.group);
    if (list) list.push(label);
    else groups.set(label.group, [label]);
  }
  return groups;
}

/**
 * Adds the labels somebody points at: they take their best place among themselves and hide what lay there.
 * @param {Map<string, Box>} placed changed in place
 * @param {readonly Label[]} pointed
 * @param {Iterable<Box>} obstacles
 */
export function placePointed(placed, pointed, obstacles) {
  const occupied = new Occupied(obstacles);
  for (const label of pointed) {
    const settled = placed.get(label.key);
    if (settled && occupied.isFree(settled)) {
      occupied.add(settled);
      continue;
    }
    placed.delete(label.key);
    const box = firstFree(label, occupied);
    if (!box) continue;
    for (const [key, other] of placed) if (overlap(box, other) && !pointed.some((one) => one.key === key)) placed.delete(key);
    placed.set(label.key, box);
    occupied.add(box);
  }
}
