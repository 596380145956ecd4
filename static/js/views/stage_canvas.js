// The two canvases under and over the network: edges, painted when something about them changes, and pulses, every frame.
// Behind the functions a WebGL layer could stand; nothing outside knows how a stroke is made.

/** @typedef {import("../model/scene_edges.js").Stroke} Stroke */
/** @typedef {import("../model/scene_added.js").Added} Added */
/** @typedef {import("../model/scene_pulses.js").Pulse} Pulse */
/** @typedef {import("../model/scene_tiles.js").Picture} Picture */
/** @typedef {import("../model/palette.js").Palette} Palette */
/** @typedef {{scale: number, x: number, y: number}} Camera */

const MARKER_WIDTH = 18;
const RIM = 2;
const SHADOW_EXTRA = 3;
const ADDED_WIDTH = 2;
const ADDED_DASH = [6, 4];
/** Cells of this size have lines between them. */
const LINED_FROM = 12;

/**
 * @param {HTMLCanvasElement} canvas
 */
export function createSurface(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let [width, height, ratio] = [0, 0, 1];
  let empty = true;
  return {
    context,
    /** @param {number} newWidth @param {number} newHeight */
    resize(newWidth, newHeight) {
      const newRatio = globalThis.devicePixelRatio || 1;
      if (newWidth === width && newHeight === height && newRatio === ratio) return false;
      [width, height, ratio] = [newWidth, newHeight, newRatio];
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      empty = true;
      return true;
    },
    /** @param {Camera} camera */
    begin({ scale, x, y }) {
      if (!empty) {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.width, canvas.height);
      }
      context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
      context.globalAlpha = 1;
      empty = false;
    },
    /** Leaves a blank canvas blank, at no cost. */
    clear() {
      if (empty) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      empty = true;
    },
  };
}

/** @typedef {ReturnType<typeof createSurface>} Surface */

/**
 * An S-curve, level at both ends.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../model/layout.js").Point} from
 * @param {import("../model/layout.js").Point} to
 */
function bend(context, from, to) {
  const half = (to.x - from.x) * 0.5;
  context.bezierCurveTo(from.x + half, from.y, to.x - half, to.y, to.x, to.y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../model/edge_path.js").Way} way
 */
function trace(context, { from, to, curved, lane, bow = 0 }) {
  context.beginPath();
  context.moveTo(from.x, from.y);
  if (lane) {
    bend(context, from, { x: lane.left, y: lane.y });
    context.lineTo(lane.right, lane.y);
    bend(context, { x: lane.right, y: lane.y }, to);
  } else if (bow) {
    context.quadraticCurveTo((from.x + to.x) / 2, (from.y + to.y) / 2 - 2 * bow, to.x, to.y);
  } else if (curved) {
    bend(context, from, to);
  } else {
    context.lineTo(to.x, to.y);
  }
  context.stroke();
}

/**
 * @param {Surface} surface
 * @param {Camera} camera
 * @param {Stroke[]} strokes weakest first
 * @param {Palette} palette
 * @param {Added[]} added marked under the edges as well, though painted over them
 */
export function paintEdges(surface, camera, strokes, palette, added) {
  surface.begin(camera);
  const { context } = surface;
  context.lineCap = "butt";
  for (const way of [...strokes, ...added]) {
    if (!way.marked) continue;
    context.strokeStyle = palette.tokens.mark;
    context.lineWidth = MARKER_WIDTH;
    trace(context, way);
  }
  for (const stroke of strokes) {
    if (stroke.shadow > 0) {
      context.globalAlpha = 1;
      context.strokeStyle = palette.tokens.line2;
      context.lineWidth = stroke.shadow + SHADOW_EXTRA;
      trace(context, stroke);
    }
    context.globalAlpha = stroke.opacity;
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width;
    trace(context, stroke);
  }
}

/**
 * Connections without weights, on the canvas of the edges.
 * @param {Surface} surface
 * @param {Added[]} added
 */
export function paintAdded({ context }, added) {
  context.lineWidth = ADDED_WIDTH;
  context.setLineDash(ADDED_DASH);
  for (const way of added) {
    context.globalAlpha = way.opacity;
    context.strokeStyle = way.colour;
    trace(context, way);
  }
  context.setLineDash([]);
}

/** @type {WeakMap<readonly unknown[], {palette: Palette, scale: number, canvas: HTMLCanvasElement}>} */
const painted = new WeakMap();

/**
 * One pixel a cell; enlarging it is the canvas's own work, without seams between cells.
 * @param {Picture} picture
 * @param {Palette} palette
 */
function cellsOf({ values, columns, rows, scale }, palette) {
  const known = painted.get(values);
  if (known?.palette === palette && known.scale === scale) return known.canvas;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  for (const [index, value] of values.entries()) {
    context.fillStyle = palette.ramp((value ?? 0) / scale);
    context.fillRect(index % columns, Math.floor(index / columns), 1, 1);
  }
  painted.set(values, { palette, scale, canvas });
  return canvas;
}

/**
 * On the canvas of the edges, which begins a new picture before.
 * @param {Surface} surface
 * @param {Picture[]} pictures
 * @param {Palette} palette
 */
export function paintPictures({ context }, pictures, palette) {
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = false;
  for (const picture of pictures) {
    const { x, y, cell, columns, rows } = picture;
    context.drawImage(cellsOf(picture, palette), x, y, columns * cell, rows * cell);
    if (cell < LINED_FROM) continue;
    context.fillStyle = palette.tokens.bg;
    for (let column = 1; column < columns; column++) context.fillRect(x + column * cell - 0.5, y, 1, rows * cell);
    for (let row = 1; row < rows; row++) context.fillRect(x, y + row * cell - 0.5, columns * cell, 1);
  }
}

/**
 * @param {Surface} surface
 * @param {Camera} camera
 * @param {Pulse[]} pulses
 * @param {Palette} palette
 */
export function paintPulses(surface, camera, pulses, palette) {
  if (!pulses.length) {
    surface.clear();
    return;
  }
  surface.begin(camera);
  const { context } = surface;
  context.lineWidth = RIM * 2;
  context.lineJoin = "round";
  context.strokeStyle = palette.tokens.bg;
  for (const pulse of pulses) {
    context.globalAlpha = pulse.opacity;
    context.fillStyle = pulse.shape === "circle" ? palette.tokens.fwd : palette.tokens.bwd;
    outline(context, pulse);
    context.stroke();
    context.fill();
  }
}

/**
 * A triangle is longer than wide, so that its direction is plain at any angle.
 * @param {CanvasRenderingContext2D} context
 * @param {Pulse} pulse
 */
function outline(context, { shape, x, y, radius, angle }) {
  context.beginPath();
  if (shape === "circle") {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const [forward, across] = [[Math.cos(angle), Math.sin(angle)], [-Math.sin(angle), Math.cos(angle)]];
  const [tip, back, half] = [1 * radius, -0.75 * radius, 0.8 * radius];
  /** @param {number} along @param {number} aside */
  const corner = (along, aside) => [x + along * (forward[0] ?? 0) + aside * (across[0] ?? 0), y + along * (forward[1] ?? 0) + aside * (across[1] ?? 0)];
  for (const [at, [along = 0, aside = 0]] of [[tip, 0], [back, half], [back, -half]].entries()) {
    const [cornerX = 0, cornerY = 0] = corner(along, aside);
    if (at === 0) context.moveTo(cornerX, cornerY);
    else context.lineTo(cornerX, cornerY);
  }
  context.closePath();
}
