// Ink is now, also where a crowded layer has no room for its new numbers: a bracket where its edges end, and how many they are.
// One such mark for the weights of a layer and one for its biases, each only where nothing else stands in ink.

import { biasBox } from "./layout.js";
import { appearing } from "./motion.js";
import { mark, phrase, px, rectangle } from "./marks.js";
import { Occupied, textWidth } from "./plates.js";
import { gradientNow, keptNow } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./plates.js").Box} Box */
/** @typedef {"gradient"|"update"|"velocity"|"moment"|"square"} What what is new, as texts name it */
/** @typedef {{kind: What, of: "weight"|"bias", layer: number, count: number, short: boolean, box: Box}} Summary */

const SIZE = 14;
const HEIGHT = 26;
const SQUARE = { text: "■", width: 16 };
const BRACKET = { aside: 7, clearOfBars: 36, hook: 5, over: 6 };
const TOP = { wide: 84, phone: 48 };
const FOOT = 62;

/**
 * @param {View} view
 * @param {"weight"|"bias"} of
 * @param {number} layer
 * @returns {What|null} what is new of them at this step
 */
function newOf(view, of, layer) {
  if (gradientNow(view, of, layer)) return "gradient";
  const kept = keptNow(view, of, layer);
  if (kept) return /** @type {What} */ (kept.split("_")[1]);
  const frozen = of === "bias" && view.trace.freeze_biases;
  return !frozen && view.known(`updated_${of === "bias" ? "biases" : "weights"}:${layer}`) === "now" ? "update" : null;
}

/**
 * @param {View} view
 * @param {Map<string, Box>} placed labels that have a place when nothing is pointed at
 * @param {Box[]} obstacles
 * @returns {Summary[]}
 */
export function summariesOf(view, placed, obstacles) {
  const occupied = new Occupied([...obstacles, ...placed.values()]);
  const written = layersWith(placed);
  /** @type {Summary[]} */
  const summaries = [];
  for (let layer = 1; layer <= view.last; layer++) {
    const weights = newOf(view, "weight", layer);
    const rows = view.sizes[layer] ?? 0;
    if (weights && !written.has(`${labelOf(weights)}:${layer}`)) summaries.push(ofWeights(view, weights, layer, rows * (view.layout.wiring.widths[layer] ?? 0), occupied));
    const biases = newOf(view, "bias", layer);
    const [box] = view.layout.neurons[layer] ?? [];
    if (biases && box && !biasBox(box) && view.trace.network.bias !== false) summaries.push(ofBiases(view, biases, layer, rows, occupied));
  }
  return summaries;
}

/** Everything but a gradient is a change, old to new. @param {What} what */
const labelOf = (what) => (what === "gradient" ? "gradient" : "update");

/** @param {Map<string, Box>} placed @returns {Set<string>} kinds of labels and their layers */
const layersWith = (placed) => new Set([...placed.keys()].map((key) => key.split(":").slice(0, 2).join(":")));

/** @param {View} view @param {number[]} layers @returns {[number, number]} upper and lower end of all their neurons */
function extentOf(view, layers) {
  const boxes = layers.flatMap((layer) => view.layout.neurons[layer] ?? []);
  return [Math.min(...boxes.map((box) => box.y - box.height / 2)), Math.max(...boxes.map((box) => box.y + box.height / 2))];
}

/** @param {View} view @param {Pick<Summary, "kind"|"of"|"count"|"short">} summary */
function widthOf(view, summary) {
  return textWidth(wordsOf(view, summary), SIZE) * 1.06 + (summary.kind === "gradient" ? SQUARE.width : 0) + 14;
}

/** @param {View} view @param {Pick<Summary, "kind"|"of"|"count"|"short">} summary */
function wordsOf({ texts }, { kind, of, count, short }) {
  return short ? texts.summary.short[kind](count) : texts.summary[of][kind](count);
}

/**
 * @param {View} view
 * @param {Summary["kind"]} kind
 * @param {number} layer
 * @param {number} count
 * @param {Occupied} occupied
 * @returns {Summary}
 */
function ofWeights(view, kind, layer, count, occupied) {
  const before = view.layout.wiring.sources[layer]?.[0]?.layer ?? 0;
  const [left, right] = [view.layout.columns[before]?.right ?? 0, (view.layout.columns[layer]?.left ?? 0) - BRACKET.aside - BRACKET.hook];
  const whole = /** @type {const} */ ({ kind, of: "weight", layer, count, short: false });
  const summary = widthOf(view, whole) > right - left - 8 ? { ...whole, short: true } : whole;
  return { ...summary, box: place(view, widthOf(view, summary), (left + right) / 2, extentOf(view, [before, layer]), occupied) };
}

/**
 * @param {View} view
 * @param {Summary["kind"]} kind
 * @param {number} layer
 * @param {number} count
 * @param {Occupied} occupied
 * @returns {Summary}
 */
function ofBiases(view, kind, layer, count, occupied) {
  const summary = /** @type {const} */ ({ kind, of: "bias", layer, count, short: false });
  const [top, bottom] = extentOf(view, [layer]);
  const x = view.layout.columns[layer]?.x ?? 0;
  const foot = view.layout.height - (view.layout.phone ? 0 : FOOT);
  const under = [summary, { ...summary, short: true }].map((one) => (
    { ...one, box: { x, y: Math.min(bottom + HEIGHT / 2 + 4, foot - HEIGHT / 2), width: widthOf(view, one), height: HEIGHT } }));
  return under.find(({ box }) => occupied.isFree(box)) ?? { ...summary, box: place(view, widthOf(view, summary), x, [top, bottom], occupied) };
}

/**
 * Over the edges, under them, or on their middle.
 * @param {View} view
 * @param {number} width
 * @param {number} x
 * @param {[number, number]} extent
 * @param {Occupied} occupied
 * @returns {Box}
 */
function place(view, width, x, [top, bottom], occupied) {
  const { phone, height } = view.layout;
  const [least, most] = [phone ? TOP.phone : TOP.wide, height - (phone ? 0 : FOOT) - HEIGHT / 2];
  const free = [top - HEIGHT / 2 + 4, bottom + HEIGHT / 2 + 4].filter((y) => y >= least && y <= most)
    .map((y) => ({ x, y, width, height: HEIGHT })).find((box) => occupied.isFree(box));
  return free ?? { x, y: (top + bottom) / 2, width, height: HEIGHT };
}

/**
 * Where a pointed-at neuron shows its own numbers, the count gives way to them.
 * @param {View} view
 * @param {Summary[]} summaries
 * @param {Map<string, Box>} placed labels that are shown
 * @returns {Mark[]}
 */
export function summaryMarks(view, summaries, placed) {
  const written = layersWith(placed);
  return summaries.map((summary) => {
    const { kind, of, layer, box } = summary;
    const opacity = kind === "gradient" ? px(appearing(view.progress.meet)) : 1;
    const text = { text: wordsOf(view, summary), class: "stage-bold" };
    const square = { text: SQUARE.text, class: "stage-gradient-square" };
    const pieces = kind === "gradient" ? [square, { ...text, gap: 5 }] : [text];
    const bracket = of === "weight" ? [bracketMark(view, layer)] : [];
    const told = of === "weight" && written.has(`${labelOf(kind)}:${layer}`);
    return mark(`summary:${of}:${layer}`, "g", { class: "stage-summary", opacity }, told ? bracket : [
      ...bracket,
      rectangle("plate", box, { rx: 6, class: "stage-plate stage-now" }),
      phrase("words", box.x, box.y + SIZE * 0.36, pieces, { size: SIZE, anchor: "middle" }),
    ]);
  });
}

/**
 * Where the edges of a layer arrive.
 * @param {View} view
 * @param {number} layer
 */
function bracketMark(view, layer) {
  const boxes = view.layout.neurons[layer] ?? [];
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  const x = px((first?.x ?? 0) - (first?.tier.error === "bar" ? BRACKET.clearOfBars : BRACKET.aside));
  const { top, bottom } = { top: px((first?.y ?? 0) - BRACKET.over), bottom: px((last?.y ?? 0) + BRACKET.over) };
  return mark("bracket", "path", { d: `M${x - BRACKET.hook} ${top}H${x}V${bottom}H${x - BRACKET.hook}`, class: "stage-bracket" });
}
