// English texts of layers that skip or join, where a network is edited; other languages are tables of the same shape.
// The step page and the page of training say it alike.

export const wiring = {
  wired: "Layers skip or join", sources: "Reads", adds: "Adds",
  wiring: "By the numbers of the first column. Reads: layers joined one after the other; empty is the layer before. Adds: layers of the same size, added to z without weights.",
  /** @param {number} most */
  wiringProblem: (most) => (most > 1 ? `Name layers from 1 to ${most}, each once, such as 1, ${most}.` : "Before this layer there is only layer 1."),
};
