// Points drawn by hand on the square from −1 to 1: added, erased, taken back, and turned into examples or a table.
// Every change gives a new list and keeps the one before; nothing is changed in place.

/** @typedef {{x: number, y: number, class: number}} Point class counts from 0 */
/** @typedef {{points: Point[], past: Point[][]}} Drawing */

export const CLASSES = 6;
export const MOST_POINTS = 2000;
const KEPT = 100;
/** Points of a stroke lie at least so far apart, and an eraser reaches so far. */
export const SPACING = 0.045;
export const REACH = 0.07;

/** A spray: five places around the one pointed at, turned from one to the next so that a stroke does not repeat itself. */
const SPRAY = [
  [[0, 0], [0.05, 0.02], [-0.03, 0.05], [-0.05, -0.03], [0.02, -0.06]],
  [[0.01, 0.01], [0.03, 0.06], [-0.06, 0.02], [-0.02, -0.05], [0.06, -0.03]],
  [[-0.01, 0.02], [0.06, 0], [0, 0.07], [-0.06, -0.01], [0, -0.05]],
];

/** @returns {Drawing} */
export const emptyDrawing = () => ({ points: [], past: [] });

/** @param {number} value */
export const inside = (value) => Math.max(-1, Math.min(1, value));

/** Two digits after the point are finer than a finger. @param {number} value */
const rounded = (value) => Math.round(inside(value) * 1000) / 1000;

/** @param {Drawing} drawing @param {Point[]} points @returns {Drawing} */
function changed(drawing, points) {
  return { points, past: [...drawing.past, drawing.points].slice(-KEPT) };
}

/** The beginning of a stroke: what one undo takes back is all that follows. @param {Drawing} drawing */
export const begun = (drawing) => changed(drawing, drawing.points);

/** @param {Drawing} drawing @param {Point[]} points @returns {Drawing} */
const within = (drawing, points) => ({ ...drawing, points });

/**
 * The points that a tool leaves at a place.
 * @param {"pen"|"spray"} tool
 * @param {Point} at
 * @param {number} turn how many were left before
 * @returns {Point[]}
 */
export function strokeAt(tool, at, turn) {
  const places = tool === "spray" ? SPRAY[turn % SPRAY.length] ?? [] : [[0, 0]];
  return places.map(([across = 0, up = 0]) => ({ x: rounded(at.x + across), y: rounded(at.y + up), class: at.class }));
}

/** @param {Drawing} drawing @param {Point[]} points */
export function added(drawing, points) {
  return within(drawing, [...drawing.points, ...points].slice(0, MOST_POINTS));
}

/** @param {{x: number, y: number}} one @param {{x: number, y: number}} other @param {number} reach */
export const isNear = (one, other, reach) => Math.hypot(one.x - other.x, one.y - other.y) < reach;

/** @param {Drawing} drawing @param {{x: number, y: number}} at */
export function erased(drawing, at) {
  const left = drawing.points.filter((point) => !isNear(point, at, REACH));
  return left.length === drawing.points.length ? drawing : within(drawing, left);
}

/** @param {Drawing} drawing */
export const cleared = (drawing) => (drawing.points.length === 0 ? drawing : changed(drawing, []));

/** One stroke less; a stroke that left nothing is passed over. @param {Drawing} drawing @returns {Drawing} */
export function undone(drawing) {
  const past = [...drawing.past];
  let before = past.pop();
  while (before && before === drawing.points) before = past.pop();
  return before ? { points: before, past } : { points: drawing.points, past };
}

/** @param {Drawing} drawing */
export const canUndo = (drawing) => drawing.past.some((points) => points !== drawing.points);

/** How many points each class has. @param {Drawing} drawing */
export function counts({ points }) {
  return Array.from({ length: CLASSES }, (_, at) => points.filter((point) => point.class === at).length);
}

/** Class names keep the numbers of their keys, even where one between was not drawn. @param {Drawing} drawing */
export function examplesOf(drawing) {
  const used = counts(drawing).flatMap((count, at) => (count > 0 ? [at] : []));
  return {
    input_names: ["x₁", "x₂"],
    inputs: drawing.points.map(({ x, y }) => [x, y]),
    classes: drawing.points.map((point) => used.indexOf(point.class)),
    class_names: used.map((at) => String(at + 1)),
  };
}

/**
 * The drawing that these examples are, to go on drawing; null where they are none. Its names are numbers of classes.
 * @param {import("./data_recipe.js").Examples} examples
 * @returns {Drawing|null}
 */
export function drawingOf({ inputs, classes, class_names = [] }) {
  const numbers = class_names.map((name) => (/^[1-6]$/.test(name) ? Number(name) - 1 : -1));
  const fits = classes && inputs.length <= MOST_POINTS && !numbers.includes(-1) && inputs.every((row) => row.length === 2 && row.every((value) => Math.abs(value) <= 1));
  return fits ? { points: inputs.map(([x = 0, y = 0], at) => ({ x, y, class: numbers[classes[at] ?? 0] ?? 0 })), past: [] } : null;
}

/** @param {Drawing} drawing @returns {import("./data_table.js").Grid} */
export function gridOf({ points }) {
  return { names: ["x₁", "x₂", "class"], rows: points.map((point) => [String(point.x), String(point.y), String(point.class + 1)]) };
}

/**
 * Where a place of the drawing lies in the square, −1 … 1 with y upwards.
 * @param {number} left
 * @param {number} top
 * @param {number} side
 */
export function placeAt(left, top, side) {
  return { x: inside((left / side) * 2 - 1), y: inside(1 - (top / side) * 2) };
}
