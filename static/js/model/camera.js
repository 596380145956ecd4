// Pan and zoom of the stage: where the drawing lies on the screen, and how it moves when somebody asks.
// On a phone the resting place frames the two layers the step reads and writes.

/** @typedef {{scale: number, x: number, y: number}} Camera */
/** @typedef {import("./layout.js").Layout} Layout */

const LEAST = 0.4;
const MOST = 6;
/** Smaller than this nobody reads it: then the stage shows the layers of the step instead of everything. */
const LEAST_FIT = 0.75;

/**
 * The camera that shows the network as it is meant to be seen.
 * @param {Layout} layout
 * @param {number} width of the stage
 * @param {number} scale of text on wide screens
 * @param {import("./types.d.ts").Step|undefined} step
 * @returns {Camera}
 */
export function fittingCamera(layout, width, scale, step) {
  if (layout.slotPitch) return { scale: 1, x: -framedColumn(layout, step) * layout.slotPitch, y: 0 };
  const fitted = Math.min(scale, Math.max(LEAST_FIT, width / layout.width));
  const spare = width - layout.width * fitted;
  return { scale: fitted, x: spare >= 0 ? spare / 2 : Math.min(0, Math.max(spare, width / 2 - middleOf(layout, step) * fitted)), y: ((scale - fitted) * layout.height) / 2 };
}

/**
 * Between the two columns of a step.
 * @param {Layout} layout
 * @param {import("./types.d.ts").Step|undefined} step
 */
function middleOf(layout, step) {
  const left = framedColumn(layout, step);
  return ((layout.stacks[left]?.x ?? 0) + (layout.stacks[left + 1]?.x ?? 0)) / 2;
}

/**
 * The left one of the two columns a phone shows.
 * @param {Layout} layout
 * @param {import("./types.d.ts").Step|undefined} step
 */
export function framedColumn(layout, step) {
  const last = layout.stacks.length - 2;
  if (!step) return 0;
  const { kind } = step;
  const layer = layout.wiring.depth[step.layer] ?? 0;
  if (kind === "cost" || kind === "cost_gradient") return last;
  if (kind === "output_error" || layer === 0) return Math.max(0, Math.min(layer, last - 1));
  if (kind === "error" || kind === "backpropagated_error") return Math.min(layer, last - 1);
  return Math.max(0, layer - 1);
}

/**
 * Zooms about a point that stays where it is.
 * @param {Camera} camera
 * @param {number} factor
 * @param {{x: number, y: number}} about
 * @returns {Camera}
 */
export function zoomed(camera, factor, about) {
  const scale = Math.min(MOST, Math.max(LEAST, camera.scale * factor));
  const real = scale / camera.scale;
  return { scale, x: about.x - (about.x - camera.x) * real, y: about.y - (about.y - camera.y) * real };
}

/**
 * @param {Camera} camera
 * @param {number} dx
 * @param {number} dy
 * @returns {Camera}
 */
export function panned(camera, dx, dy) {
  return { ...camera, x: camera.x + dx, y: camera.y + dy };
}
