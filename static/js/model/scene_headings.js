// The words over the columns: what the layer is, and its number as the text counts.
// They follow their column sideways and stay at the top however the drawing is moved.

import { mark, words } from "./marks.js";
import { textWidth } from "./plates.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./marks.js").Mark} Mark */

const WIDE = { name: 40, number: 59 };
const PHONE = { name: 22, number: 0 };
/** Columns closer than this leave out the second line. */
const LEAST_ROOM = 70;
/** More neurons than these are counted for the reader. */
const COUNTED_BY_EYE = 12;
/** What an error takes above its neuron. */
const ABOVE = { tall: 56, line: 32 };
/** A drawing that was moved passes under the headings. */
const PAPER = { width: 4000, height: 66 };

/**
 * @param {View} view
 * @param {import("./camera.js").Camera} camera
 * @param {number} fitted scale of the text
 * @param {number} width of the stage on the screen
 * @returns {Mark[]}
 */
export function headingMarks(view, camera, fitted, width) {
  const { headings, layer: layerWords, costs } = view.texts;
  const at = view.layout.phone ? PHONE : WIDE;
  const { stacks: columns } = view.layout;
  const apart = Math.min(...columns.slice(1).map((column, index) => (column.x - (columns[index]?.x ?? 0)) * camera.scale));
  const moved = camera.scale !== fitted || camera.y !== 0;
  const paper = moved ? [mark("paper", "rect", { x: 0, y: 0, width: PAPER.width, height: view.layout.phone ? PHONE.name + 8 : PAPER.height, class: "stage-paper" })] : [];
  return paper.concat(columns.flatMap((column) => {
    if (column.kind === "cost" && !view.letters("cost")) return [];
    if (column.kind === "input" && isCovered(view, (at.number || at.name) + 4)) return [];
    const [left, right] = [column.left, column.right].map((x) => (x * camera.scale + camera.x) / fitted);
    const half = textWidth(headings[column.kind], 14) / 2 + 4;
    const below = column.kind === "cost" ? (costs[view.trace.network.cost] ?? view.trace.network.cost) : subtitleOf(view, column.layers, layerWords);
    const x = insideOf((left + right) / 2, Math.max(half, at.number ? textWidth(below, 12) / 2 : 0), width / fitted, moved);
    if (x < left - half || x > right + half) return [];
    const lines = [words("name", x, at.name, headings[column.kind], { class: "stage-heading", size: 14, anchor: "middle" })];
    if (at.number && apart > LEAST_ROOM) lines.push(words("number", x, at.number, below, { class: "stage-quiet", size: 12, anchor: "middle" }));
    return [mark(`heading:${column.layer}`, "g", {}, lines)];
  }));
}

/**
 * In texts that go back to the input its errors stand where the words would be.
 * @param {View} view
 * @param {number} bottom of the words
 */
function isCovered(view, bottom) {
  const first = view.layout.neurons[0]?.[0];
  if (!first || view.known("error:0") === "future") return false;
  const room = first.tier.error === "tall" ? ABOVE.tall : first.tier.error === "bar" ? 0 : ABOVE.line;
  return first.y - first.height / 2 - room < bottom;
}

/**
 * The layer's number, and how many stand in it where nobody would count them; of layers over one another their numbers.
 * @param {View} view
 * @param {number[]} layers
 * @param {(number: string) => string} words
 */
function subtitleOf(view, layers, words) {
  const [layer = 0] = layers;
  if (layers.length > 1) return view.texts.layers(layers.map(view.upper));
  const name = words(view.upper(layer));
  const count = view.sizes[layer] ?? 0;
  if (count <= COUNTED_BY_EYE) return name;
  return `${name}, ${layer === 0 ? view.texts.inputCount(count) : view.texts.neuronCount(count)}`;
}

/**
 * A heading of a column that is partly out of sight stands at the edge of the stage instead of being cut.
 * @param {number} x
 * @param {number} half
 * @param {number} width
 * @param {boolean} moved
 */
function insideOf(x, half, width, moved) {
  return moved ? Math.min(width - half, Math.max(half, x)) : x;
}
