// Where the drawing of a graph lies on the screen at rest: all of it where it can be read, else the part the step is about.

/** @typedef {import("./layout.js").GraphLayout} GraphLayout */

/** Smaller than this nobody reads it. */
const LEAST = 0.74;
const MOST = 1.25;

/**
 * @param {GraphLayout} layout
 * @param {{width: number, height: number, foot: number}} stage foot is what the key takes of the height
 * @param {import("./graph.d.ts").GraphTrace} trace
 * @param {number} index of the step
 * @returns {import("../camera.js").Camera}
 */
export function graphCamera(layout, { width, height, foot }, trace, index) {
  const room = height - foot;
  const whole = wholeScale(layout, width, room);
  const scale = Math.max(LEAST, whole);
  const centre = scale > whole ? focusOf(layout, trace, index, { width: width / scale, height: room / scale }) : { x: layout.width / 2, y: layout.height / 2 };
  return { scale, x: within(width, layout.width * scale, centre.x * scale), y: within(room, layout.height * scale, centre.y * scale) };
}

/** @param {GraphLayout} layout @param {number} width @param {number} room */
function wholeScale(layout, width, room) {
  return Math.min(width / layout.width, room / layout.height, MOST);
}

/** All of the drawing, however small. @param {GraphLayout} layout @param {{width: number, height: number, foot: number}} stage */
export function wholeCamera(layout, { width, height, foot }) {
  const scale = wholeScale(layout, width, height - foot);
  return { scale, x: (width - layout.width * scale) / 2, y: (height - foot - layout.height * scale) / 2 };
}

/** The drawing is in the middle where it fits, else it fills the room. @param {number} room @param {number} size @param {number} centre */
function within(room, size, centre) {
  return size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, room / 2 - centre));
}

/**
 * The middle of the nodes that a step is about, or of the one it is about most where they do not fit together.
 * @param {GraphLayout} layout
 * @param {import("./graph.d.ts").GraphTrace} trace
 * @param {number} index
 * @param {{width: number, height: number}} room
 */
function focusOf(layout, trace, index, room) {
  const step = trace.steps[index];
  const ids = new Set((step?.writes ?? []).flatMap((ref) => {
    const [quantity, id] = ref.split(":");
    const edge = quantity === "value" || quantity === "gradient" ? undefined : trace.edges[Number(id)];
    return edge ? [edge.source, edge.target] : [Number(id)];
  }));
  if (step && step.kind !== "input") ids.add(step.layer);
  const boxes = layout.boxes.filter(({ id }) => ids.has(id));
  const main = layout.boxes[step?.layer ?? 0];
  const all = boxes.length > 0 ? boxes : layout.boxes;
  /** @param {number[]} values @param {number} most @param {number} otherwise */
  const middle = (values, most, otherwise) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high - low > most ? otherwise : (low + high) / 2;
  };
  return {
    x: middle(all.flatMap(({ x, width }) => [x, x + width]), room.width, (main?.x ?? 0) + (main?.width ?? 0) / 2),
    y: middle(all.flatMap(({ y, height }) => [y - 2 * height, y + height]), room.height, main?.y ?? 0),
  };
}
