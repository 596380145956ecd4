// What a class looks like: a colour of the page and a shape, so that neither alone has to tell it.
// The first two have the signs of the decision boundary: blue below zero, orange above.

/** @typedef {"disc"|"ring"|"triangle"|"square"|"diamond"|"cross"} Shape */
/** @typedef {{colour: import("../palette.js").Token, shape: Shape, filled: boolean}} Mark */

/** @type {readonly Mark[]} */
export const MARKS = [
  { colour: "neg", shape: "ring", filled: false },
  { colour: "pos", shape: "disc", filled: true },
  { colour: "fwd", shape: "triangle", filled: true },
  { colour: "bwd", shape: "square", filled: false },
  { colour: "ink", shape: "diamond", filled: true },
  { colour: "muted", shape: "cross", filled: false },
  { colour: "pos", shape: "square", filled: false },
  { colour: "neg", shape: "diamond", filled: true },
  { colour: "fwd", shape: "ring", filled: false },
  { colour: "bwd", shape: "triangle", filled: true },
];

/** @param {number} number of the class, from 0 */
export function markOf(number) {
  return /** @type {Mark} */ (MARKS[number % MARKS.length]);
}

/** The corners of a mark around 0, 0; discs and rings have none. @type {Record<Shape, [number, number][]>} */
const CORNERS = {
  disc: [],
  ring: [],
  triangle: [[0, -1.15], [1.05, 0.75], [-1.05, 0.75]],
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  cross: [],
};

/**
 * The outline of a mark as the commands of a path, for a drawing as for an icon.
 * @param {Shape} shape
 * @param {number} x
 * @param {number} y
 * @param {number} size half its width
 */
export function outline(shape, x, y, size) {
  if (shape === "cross") return `M${x - size} ${y - size}L${x + size} ${y + size}M${x + size} ${y - size}L${x - size} ${y + size}`;
  const corners = CORNERS[shape];
  if (corners.length === 0) return `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
  return `${corners.map(([across, down], at) => `${at ? "L" : "M"}${x + across * size} ${y + down * size}`).join("")}Z`;
}
