// The edges of the network as strokes, weakest first: colour and width say the weight, opacity whether it is in use.
// While an update is made, the old width stands behind the new one.

import { edgeWay } from "./edge_path.js";
import { fewInUse, inUseNow } from "./scene_part.js";
import { drawnEdges } from "./strongest.js";
import { OF_WEIGHTS } from "./refs.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./layout.js").Point} Point */
/**
 * @typedef {object} Stroke
 * @property {number} layer
 * @property {number} row
 * @property {number} column
 * @property {Point} from
 * @property {Point} to
 * @property {boolean} curved
 * @property {import("./lanes.js").Lane|null} lane through which it passes the layers it skips
 * @property {number} weight
 * @property {string} colour
 * @property {number} width
 * @property {number} opacity
 * @property {boolean} marked
 * @property {number} shadow width of the old weight behind, 0 for none
 */

const OPACITY = { used: 1, waiting: 0.5, past: 0.35 };
/** A dense layer is drawn finer and paler, or it would be a wall. */
const DENSE_OPACITY = { used: 0.6, waiting: 0.3, past: 0.2 };
const DENSE = 96;

/**
 * Whether the step works with the weights of a layer.
 * @param {View} view
 * @param {number} layer
 */
export function usedLayer(view, layer) {
  const touched = [...(view.step?.operands ?? []), ...(view.step?.writes ?? [])];
  return touched.some((ref) => {
    const [quantity = "", at] = ref.split(":");
    return Number(at) === layer && OF_WEIGHTS.includes(quantity);
  });
}

/**
 * @param {View} view
 * @returns {(layer: number, row: number, column: number) => boolean} edges that end at a neuron somebody points at
 */
export function attendedEdges(view) {
  const told = fewInUse(view) ? (/** @type {number} */ layer, /** @type {number} */ row, /** @type {number} */ column) => inUseNow(view, layer, row, column) : () => false;
  if (view.pointing.key === "|") return told;
  const ends = new Set(view.pointing.neurons.map(({ layer, row }) => `${layer}:${row}`));
  return (layer, row, column) => told(layer, row, column) || view.pointing.edge(layer, row, column) || ends.has(`${layer}:${row}`) || ends.has(sourceOf(view, layer, column));
}

/** The neuron an edge comes from, as layer and row. @param {View} view @param {number} layer @param {number} column */
function sourceOf({ layout: { wiring } }, layer, column) {
  const source = wiring.source(layer, column);
  return `${source.layer}:${source.row}`;
}

/**
 * All edges worth drawing, weakest first.
 * @param {View} view
 * @returns {Stroke[]}
 */
export function edgeStrokes(view) {
  const attended = attendedEdges(view);
  const styles = Array.from({ length: view.last + 1 }, (_, layer) => styleOf(view, layer));
  const strokes = drawnEdges(view).edges.map((edge) => {
    const style = /** @type {Style} */ (styles[edge.layer]);
    return strokeOf(view, edge, inUseNow(view, edge.layer, edge.row, edge.column) ? { ...style, opacity: OPACITY.used, dense: false }
      : attended(edge.layer, edge.row, edge.column) ? { ...style, opacity: OPACITY.used } : style);
  });
  return strokes.sort((one, other) => Math.abs(one.weight) - Math.abs(other.weight));
}

/** @typedef {{dense: boolean, opacity: number, rolling: import("./known.js").Knowledge}} Style of all edges of a layer */
/**
 * @param {View} view
 * @param {number} layer
 * @returns {Style}
 */
function styleOf(view, layer) {
  const dense = !view.wide && (view.sizes[layer] ?? 0) * (view.layout.wiring.widths[layer] ?? 0) > DENSE;
  const shades = dense ? DENSE_OPACITY : OPACITY;
  const opacity = usedLayer(view, layer) ? (view.part ? shades.waiting : shades.used) : view.known(`weighted_input:${layer}`) === "future" ? shades.waiting : shades.past;
  // Where a neuron is chosen out of many, its edges are the subject and the others stand back.
  const back = view.wide && view.pointing.neurons.length > 0 ? OPACITY.past : 1;
  return { dense, opacity: opacity * back, rolling: view.known(`updated_weights:${layer}`) };
}

/**
 * @param {View} view
 * @param {import("./strongest.js").Edge} edge
 * @param {Style} style
 * @returns {Stroke}
 */
function strokeOf(view, { layer, row, column, weight }, { dense, opacity, rolling: ofLayer }) {
  const rolling = ofLayer === "now" && view.part ? view.known(`updated_weights:${layer}:${row}:${column}`) : ofLayer;
  const next = rolling === "future" ? weight : (view.value(`updated_weights:${layer}:${row}:${column}`) ?? weight);
  const roll = rolling === "now" ? view.progress.roll : 1;
  const present = weight + (next - weight) * roll;
  const marked = isMarked(view, layer, row, column);
  // Beside a cone the other edges stand back.
  const share = view.cone && !marked ? OPACITY.past : 1;
  const { weight: most } = view.scales;
  return {
    layer, row, column, ...edgeWay(view.layout, layer, row, column),
    opacity: share * (present === 0 ? Math.max(opacity, dense ? DENSE_OPACITY.used : OPACITY.used) : opacity),
    weight: present,
    colour: present === 0 ? view.palette.tokens.line2 : view.palette.line(present / most),
    width: (1 + 6 * Math.min(1.4, Math.abs(present) / most)) * (dense ? 0.55 : 1),
    marked,
    shadow: rolling === "now" ? 1 + 6 * (Math.abs(weight) / most) : 0,
  };
}

/**
 * The edges that leave a selected neuron carry its influence on, so they are marked with it; where many neurons stand
 * they are too many for that.
 * @param {View} view
 * @param {number} layer
 * @param {number} row
 * @param {number} column
 */
function isMarked(view, layer, row, column) {
  if (view.pointing.edge(layer, row, column)) return true;
  if (view.cone) return !view.wide && view.cone.edge(layer, row, column);
  return !view.wide && view.selected !== null && /^(activation|weighted_input|error|activation_slope)/.test(view.selected) && view.selected.endsWith(`:${sourceOf(view, layer, column)}`);
}
