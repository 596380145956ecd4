// The right end of the stage: wires from the outputs, targets and ∂C/∂a beside them, and the block of the cost.
// With cost "output" there is nothing to compare with, so wires and block stand alone.

import { formatNumber } from "./format.js";
import { mark, phrase, quantity, rectangle, symbolMark } from "./marks.js";
import { boxOf, overlap, textWidth } from "./plates.js";
import { biasItem } from "./scene_bias.js";
import { pairMarks, pairSize, saidWithSecond, secondMark, secondOf, secondRoom } from "./scene_twins.js";
import { wirePath } from "./wires.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./scene_around.js").Item} Item */

const RADIUS = 8;
const LINE = 20;
/** Rows closer than this write only the number of the target, on the wire. */
const ROOM_FOR_WORDS = 62;
const ROOM_FOR_NUMBERS = 17;
/** A number that would come nearer to the block than this stands over it, its middle this far away. */
const CLEAR_OF_BLOCK = 8;
const OVER_BLOCK = 16;
const BEYOND_BLOCK = 20;

/**
 * The cost that is shown: of the example alone, where the steps speak of that one.
 * @param {View} view
 */
function costRef(view) {
  return view.known("cost") === "future" && view.known("costs") !== "future" ? "costs" : "cost";
}

/** A text that differentiates the output itself draws no cost behind it. @param {View} view */
export function drawsCost(view) {
  return view.letters("cost") !== "";
}

/**
 * @param {View} view
 * @returns {Mark[]}
 */
export function wireMarks(view) {
  if (!drawsCost(view)) return [];
  const known = view.known(costRef(view)) !== "future";
  const outputs = view.layout.neurons[view.last] ?? [];
  const influence = selectedReaches(view);
  return outputs.flatMap((box) => {
    const d = wirePath(view.layout, box.row);
    const marked = view.pointing.wire(box.row) || influence(box.row);
    const wire = mark(`wire:${box.row}`, "path", { d, class: `stage-wire${known ? "" : " stage-future"}${marked ? " stage-wire-marked" : ""}` });
    return marked ? [mark(`wire-halo:${box.row}`, "path", { d, class: "stage-wire-halo" }), wire] : [wire];
  });
}

/**
 * The wires a selected neuron reaches: all from the layer before the output, its own from the output.
 * @param {View} view
 * @returns {(row: number) => boolean}
 */
function selectedReaches(view) {
  if (view.cone) return view.wide ? () => false : view.cone.wire;
  const [quantity = "", layer, row] = (view.selected ?? "").split(":");
  if (!/^(activation|weighted_input|error)$/.test(quantity)) return () => false;
  if (view.wide && Number(layer) !== view.last) return () => false;
  if (Number(layer) === view.last) return (output) => output === Number(row);
  return () => Number(layer) === view.last - 1;
}

/**
 * @param {View} view
 * @returns {Mark}
 */
export function costMark(view) {
  const ref = costRef(view);
  const knowledge = view.known(ref);
  const shown = knowledge !== "future" && !(knowledge === "now" && view.progress.wire < 0.7);
  const now = knowledge === "now" && shown;
  const { cost } = view.layout;
  const value = view.value(ref);
  const marked = view.pointing.cost;
  const fill = shown ? view.palette.half(Math.min(1, Math.abs(value ?? 0)), now) : "none";
  const children = [
    rectangle("paper", cost, { rx: RADIUS, class: marked ? "stage-paper stage-halo" : "stage-paper" }),
    rectangle("block", cost, { rx: RADIUS, fill, class: `stage-half${shown ? "" : " stage-future"}${now ? " stage-now" : ""}` }),
    ...(shown ? filledCost(view, ref, value, now || marked) : [symbolMark("ghost", cost.x, cost.y + 8, { base: view.letters("cost") }, { class: "stage-ghost", size: 24, anchor: "middle" })]),
    rectangle("focus", { ...cost, width: cost.width + 12, height: cost.height + 12 }, { rx: RADIUS + 6, class: "stage-focus" }),
  ];
  const said = shown ? saidWithSecond(view, ref) : view.texts.quantities.notYet;
  return mark("cost", "g", {
    class: "stage-neuron", role: "button", tabindex: "-1", "aria-label": `${view.texts.quantities.cost}: ${said}`,
    "aria-pressed": String(view.selected === ref), "data-point": ref, "data-layer": view.last + 1, "data-row": 0,
  }, children);
}

/**
 * @param {View} view
 * @param {string} ref
 * @param {number|null} value
 * @param {boolean} attended
 * @returns {Mark[]}
 */
function filledCost(view, ref, value, attended) {
  const { cost } = view.layout;
  const bold = view.known(ref) === "now" ? " stage-bold" : "";
  const second = secondOf(view, ref);
  if (second) {
    const place = { x: cost.x, first: cost.y + 6, second: cost.y + 27, size: pairSize(value, second, view.digits, 15, cost.width - 6), anchor: /** @type {const} */ ("middle") };
    return [
      symbolMark("symbol", cost.x, cost.y - 17, { base: view.letters("cost") }, { class: "stage-symbol", size: 16, anchor: "middle" }),
      ...pairMarks(view, "value", place, { ref, value }, second, { class: `stage-number${attended ? "" : " stage-quiet"}${bold}` }),
    ];
  }
  return [
    symbolMark("symbol", cost.x, cost.y - 9, { base: view.letters("cost") }, { class: "stage-symbol", size: 18, anchor: "middle" }),
    quantity("value", cost.x, cost.y + 17, { ref, value, digits: view.digits }, {
      class: `stage-number${attended ? "" : " stage-quiet"}${bold}`, size: textWidth(formatNumber(value, view.digits), 16) > cost.width - 8 ? 13 : 16, anchor: "middle",
    }),
  ];
}

/**
 * Target and a − y of one output.
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {Item[]}
 */
export function outputItems(view, box) {
  const pitch = view.layout.columns[view.last]?.pitch ?? 0;
  const single = (view.sizes[view.last] ?? 1) === 1;
  const attended = view.pointing.neuron(view.last, box.row) || view.pointing.target(box.row);
  if (!single && pitch < ROOM_FOR_NUMBERS && !attended) return [];
  const tight = !single && pitch < ROOM_FOR_WORDS;
  const upper = box.y <= view.layout.cost.y + 1 || tight;
  if (!drawsCost(view)) return [];
  if (view.frame && box.x + box.width + 40 > view.frame.right) return [];
  const target = view.value(`target:${view.last}:${box.row}`);
  const derivative = gradientItem(view, box, tight, upper, attended);
  // What a step writes at the bias may reach as far as the derivative, which is past by then.
  const bias = biasItem(view, box);
  const slope = derivative && bias && overlap(derivative.box, bias.box) ? null : derivative;
  const items = slope ? [slope] : [];
  if (target !== null && !(tight && slope)) items.unshift(targetItem(view, box, target, tight, upper));
  return items;
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number} value
 * @param {boolean} tight
 * @param {boolean} upper
 * @returns {Item}
 */
function targetItem(view, box, value, tight, upper) {
  const ref = `target:${view.last}:${box.row}`;
  const size = tight ? 12 : 14;
  const left = box.x + box.width + (tight ? 8 : 14);
  const { cost } = view.layout;
  // Before the block a long number leaves no room for the word.
  const room = Math.abs(box.y - cost.y) < cost.height / 2 + LINE ? cost.x - cost.width / 2 - CLEAR_OF_BLOCK - left : Infinity;
  const isLong = textWidth(`${view.texts.target} ${formatNumber(value, view.digits)}`, size) > room;
  const word = tight || isLong ? view.letters("target") : view.texts.target;
  const y = tight ? box.y : box.y + (upper ? -19 : 21);
  const before = tight ? 11 : textWidth(`${word} `, size) * 0.94;
  const length = before + textWidth(formatNumber(value, view.digits), size);
  const second = secondOf(view, ref);
  const area = boxOf(left - 3, y - 9, left + length + (second ? secondRoom(second, size) + 4 : 0) + 3, y + 9);
  const marked = view.pointing.target(box.row);
  const attended = marked || view.known(costRef(view)) === "now" || view.step?.kind === "cost_gradient";
  const name = tight || isLong ? { text: word, class: "stage-math stage-quiet", size: size + 1 } : { text: word, class: "stage-quiet" };
  const number = { number: { ref, value, digits: view.digits }, class: `stage-number${attended ? "" : " stage-quiet"}`, gap: 5 };
  return {
    box: area,
    marks: [
      rectangle("paper", area, { rx: 3, class: `stage-plate${marked ? " stage-marked" : ""}`, "data-point": ref }),
      phrase("words", left, y + size * 0.36, [name, number], { size }),
      ...(second ? [secondMark("target-twin", left + length + 4, y + size * 0.36, size, second)] : []),
    ],
  };
}

/**
 * Beyond the target as seen from the wire; over the block where the number would reach into it.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number} right end of the number
 * @param {boolean} upper
 * @param {boolean} now
 */
function gradientHeight({ layout: { cost } }, box, right, upper, now) {
  const y = box.y + (upper ? -19 - LINE : 21 + LINE) + (now ? (upper ? -5 : 5) : 0);
  const [top, bottom] = [cost.y - cost.height / 2 - OVER_BLOCK, cost.y + cost.height / 2 + OVER_BLOCK];
  if (right < cost.x - cost.width / 2 - CLEAR_OF_BLOCK || y < top || y > bottom) return y;
  return upper ? top : bottom;
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {boolean} tight
 * @param {boolean} upper
 * @param {boolean} attended
 * @returns {Item|null}
 */
function gradientItem(view, box, tight, upper, attended) {
  const ref = `activation_gradient:${view.last}:${box.row}`;
  const knowledge = view.known(ref);
  const arriving = knowledge === "now" && view.progress.wire < 0.8;
  const value = view.value(ref);
  if (!view.backward || knowledge === "future" || arriving || (tight && !attended && knowledge !== "now") || value === null) return null;
  const size = tight ? 12 : 14;
  const left = box.x + box.width + (tight ? 10 : 14);
  const name = view.letters("activation_gradient");
  const word = { text: name, class: "stage-math stage-quiet" };
  const now = knowledge === "now";
  const second = secondOf(view, ref);
  const own = textWidth(formatNumber(value, view.digits), size) * 1.05;
  const wide = 6 + textWidth(name, 14) * 0.94;
  const after = 5 + (second ? secondRoom(second, size) + 4 : 0);
  // Where two numbers fill the way to the end of the stage they stand without their name.
  const named = !tight && left + wide + own + after <= (view.layout.columns.at(-1)?.right ?? 0) + BEYOND_BLOCK;
  const length = (named ? wide : 0) + own;
  const right = left + length + after;
  const y = tight ? box.y : gradientHeight(view, box, right, upper, now);
  const area = boxOf(left - 5, y - 11, right, y + 11);
  const fill = now ? view.palette.sign(value) : undefined;
  const number = { number: { ref, value, digits: view.digits, scale: view.scale(ref) }, class: `stage-number${now ? " stage-bold" : " stage-quiet"}`, fill, gap: named ? 6 : 0 };
  return {
    box: area,
    marks: [
      rectangle("paper", area, { rx: 5, class: now ? "stage-plate stage-now" : "stage-plate" }),
      phrase("words", left, y + size * 0.36, named ? [word, number] : [number], { size }),
      ...(second ? [secondMark("gradient-twin", left + length + 4, y + size * 0.36, size, second)] : []),
    ],
  };
}
