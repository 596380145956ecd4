// The orthogonal wires from the outputs to the cost block: out to the right, round a 20 px bend, into the block.
// Each is a few corners; from them come the drawn path and the place of a pulse on it.

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Point} Point */

const BEND = 20;

/**
 * The corners of the wire of output `row`.
 * @param {Layout} layout
 * @param {number} row
 * @returns {Point[]}
 */
export function wireCorners(layout, row) {
  const outputs = layout.neurons[layout.neurons.length - 1];
  const neuron = outputs?.[row];
  if (!neuron) return [];
  const { cost } = layout;
  const start = { x: neuron.x + neuron.width, y: neuron.y };
  const away = neuron.y - cost.y;
  const reach = cost.height / 2;
  if (Math.abs(away) <= reach - 6) return [start, { x: cost.x - cost.width / 2, y: neuron.y }];
  return [start, { x: cost.x, y: neuron.y }, { x: cost.x, y: cost.y + Math.sign(away) * reach }];
}

/**
 * @param {Layout} layout
 * @param {number} row
 * @returns {string} an SVG path
 */
export function wirePath(layout, row) {
  const [start, corner, end] = wireCorners(layout, row);
  if (!start || !corner) return "";
  if (!end) return `M${start.x} ${start.y}H${corner.x}`;
  const down = Math.sign(end.y - corner.y);
  const bend = Math.min(BEND, Math.abs(end.y - corner.y), Math.abs(corner.x - start.x));
  const sweep = down > 0 ? 1 : 0;
  return `M${start.x} ${start.y}H${corner.x - bend}A${bend} ${bend} 0 0 ${sweep} ${corner.x} ${corner.y + down * bend}V${end.y}`;
}

/**
 * A point on the wire, 0 at the output, 1 at the block.
 * @param {Layout} layout
 * @param {number} row
 * @param {number} t
 * @returns {Point & {angle: number}} angle of travel towards the block
 */
export function wirePoint(layout, row, t) {
  const corners = wireCorners(layout, row);
  const lengths = corners.slice(1).map((corner, at) => distance(/** @type {Point} */ (corners[at]), corner));
  let left = t * lengths.reduce((sum, length) => sum + length, 0);
  for (const [at, length] of lengths.entries()) {
    const from = /** @type {Point} */ (corners[at]);
    const to = /** @type {Point} */ (corners[at + 1]);
    if (left <= length || at === lengths.length - 1) {
      const share = length ? Math.min(1, left / length) : 0;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, angle: Math.atan2(to.y - from.y, to.x - from.x) };
    }
    left -= length;
  }
  return { x: 0, y: 0, angle: 0 };
}

/** @param {Point} from @param {Point} to */
function distance(from, to) {
  return Math.hypot(to.x - from.x, to.y - from.y);
}
