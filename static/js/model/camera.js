// Pan and zoom of the stage: where the drawing lies on the screen, and how it moves when somebody asks.
// On a phone the resting place frames the two layers the step reads and writes.

/** @typedef {{scale: number, x: number, y: number}} Camera */
/** @typedef {import("./layout.js").Layout} Layout */

const LEAST = 0.4;
const MOST = 6;
/** Smaller than this nobody reads it: then the stage shows the layers of the step instead of everything. */
const LEAST_FIT = 0.75;

/** White that is kept beside a column at the end of the stage. */
const ASIDE = 12;

/**
 * The camera that shows the network as it is meant to be seen.
 * @param {Layout} layout
 * @param {number} width of the stage
 * @param {number} scale of text on wide screens
 * @param {import("./types.d.ts").Step|undefined} step
 * @param {boolean} [drawsCost] a text may have none; then the drawing ends with the output
 * @returns {Camera}
 */
export function fittingCamera(layout, width, scale, step, drawsCost = true) {
  if (layout.slotPitch) return { scale: 1, x: -framedColumn(layout, step) * layout.slotPitch, y: 0 };
  const shown = drawsCost ? layout.stacks : layout.stacks.slice(0, -1);
  const whole = drawsCost ? layout.width : Math.max(width / scale, (shown.at(-1)?.right ?? 0) + 2 * ASIDE);
  const fitted = Math.min(scale, Math.max(LEAST_FIT, width / whole));
  const y = ((scale - fitted) * layout.height) / 2;
  const spare = width - whole * fitted;
  return { scale: fitted, x: spare >= 0 ? spare / 2 : -fitted * leftEdge(layout, shown, whole, width / fitted, step), y };
}

/**
 * Where the stage begins when it cannot show everything: about the columns of the step, cutting through as few others as can be.
 * @param {Layout} layout
 * @param {Layout["stacks"]} shown
 * @param {number} whole
 * @param {number} visible
 * @param {import("./types.d.ts").Step|undefined} step
 */
function leftEdge(layout, shown, whole, visible, step) {
  const inside = (/** @type {number} */ edge) => Math.min(whole - visible, Math.max(0, edge));
  const wanted = inside(middleOf(layout, step) - visible / 2);
  const cuts = (/** @type {number} */ edge) => shown.filter(({ left, right }) => [edge, edge + visible].some((end) => left < end && right > end)).length;
  const first = framedColumn(layout, step);
  const needed = shown.slice(first, first + 2);
  const shows = (/** @type {number} */ edge) => needed.every(({ left, right }) => left >= edge && right <= edge + visible);
  const edges = shown.flatMap(({ left, right }) => [left - ASIDE, right + ASIDE, left - ASIDE - visible, right + ASIDE - visible]).map(inside).filter(shows);
  return [wanted, ...edges].sort((one, other) => cuts(one) - cuts(other) || Math.abs(one - wanted) - Math.abs(other - wanted))[0] ?? wanted;
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
