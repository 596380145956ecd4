// What stands around a neuron, always in the same four places: error above left, arrivals above right,
// bias below left, slope below right. So inside reads forward, left to right, and on top backward, right to left.

import { errorSymbol, fittingSymbol, standsForError } from "./error_name.js";
import { formatNumber } from "./format.js";
import { mark, passing, phrase, px, quantity, rectangle, symbolMark, symbolWidth } from "./marks.js";
import { textWidth } from "./plates.js";
import { arrivedNumber } from "./scene_part.js";
import { biasItem } from "./scene_bias.js";

/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./plates.js").Box} Box */
/** @typedef {import("./view.js").View} View */
/** @typedef {{marks: Mark[], box: Box}} Item something outside a neuron and the room it takes */

const TAG = { width: 110, height: 47, foot: 6 };
const ARROW = { inset: 14, shaft: 3.5, head: 13, headLength: 10, least: 10, range: 40 };
const TEXT_INSET = 28;
/** How much wider a number is in the weight of what is now. */
const BOLDER = 1.1;
const BADGE_HEIGHT = 36;
/** Size and baseline of σ′ under the neuron, by how the bias hangs beside it. */
const SLOPE = { drop: { size: 14, down: 20 }, short: { size: 13, down: 14 }, inline: { size: 12, down: 17 }, pointed: { size: 12, down: 15 } };

/**
 * @param {number} left
 * @param {number} top
 * @param {number} right
 * @param {number} bottom
 * @returns {Box}
 */
export function boxOf(left, top, right, bottom) {
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {Item[]}
 */
export function itemsAround(view, box) {
  const error = errorItem(view, box);
  const bias = biasItem(view, box);
  const items = [error, arrivedItem(view, box, error), bias, slopeItem(view, box, bias)];
  return items.filter((item) => item !== null);
}

/**
 * Saturated and dead neurons carry a badge, where there is room for one.
 * @param {View} view
 * @param {NeuronBox} box
 */
export function hasBadge(view, box) {
  return isFlat(view, box) && box.tier.height >= BADGE_HEIGHT;
}

/**
 * Saturated or dead, as the steps so far remark.
 * @param {View} view
 * @param {NeuronBox} box
 */
export function isFlat(view, box) {
  const ref = `activation:${box.layer}:${box.row}`;
  const kind = view.remarks.get(ref);
  return (kind === "saturated" || kind === "dead") && view.known(ref) !== "future";
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 */
export function aroundMarks(view, box) {
  return itemsAround(view, box).flatMap((item) => item.marks);
}

/** @param {View} view @param {boolean} now */
const grownOf = (view, now) => (now ? view.progress.finish : 1);

/**
 * The arrow: up for +, down for −, its length the root of its share of the largest error.
 * @param {View} view
 * @param {number} x
 * @param {number} foot
 * @param {number} value
 * @param {{least: number, range: number, most: number, size: number, grown: number}} measure
 */
function arrowMark(view, x, foot, value, measure) {
  const share = Math.sqrt(Math.min(1, Math.abs(value) / view.scales.error)) * measure.grown;
  const length = Math.min(measure.most, measure.least + measure.range * share);
  const [head, width, shaft] = [ARROW.headLength * measure.size, (ARROW.head / 2) * measure.size, (ARROW.shaft / 2) * Math.max(0.85, measure.size)];
  const [tip, tail] = value < 0 ? [foot, foot - length] : [foot - length, foot];
  const neck = tip + (value < 0 ? -head : head);
  const path = `M${px(x - shaft)} ${px(tail)}V${px(neck)}H${px(x - width)}L${px(x)} ${px(tip)}L${px(x + width)} ${px(neck)}H${px(x + shaft)}V${px(tail)}Z`;
  return value === 0 ? mark("arrow", "path", { d: `M${x - 5} ${foot - 2}h10`, stroke: view.palette.tokens.muted, "stroke-width": 2, fill: "none" })
    : mark("arrow", "path", { d: path, fill: view.palette.sign(value), class: "stage-arrow" });
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {Item|null}
 */
function errorItem(view, box) {
  const ref = standsForError(view, box) ? `activation_gradient:${box.layer}:${box.row}` : `error:${box.layer}:${box.row}`;
  const knowledge = view.known(ref);
  if (knowledge === "future" || (knowledge === "now" && view.progress.finish === 0)) return null;
  const value = view.value(ref);
  if (value === null && view.trace.layers[box.layer]?.error === undefined) return null;
  const now = knowledge === "now";
  if (box.tier.error === "bar") return barItem(view, box, value ?? 0, now);
  return box.tier.error === "tall" ? tallError(view, box, ref, value, now) : lineError(view, box, ref, value, now);
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {string} ref
 * @param {number|null} value
 * @param {boolean} now
 * @returns {Item}
 */
function tallError(view, box, ref, value, now) {
  const top = box.y - box.height / 2;
  const x = box.x + TEXT_INSET;
  const length = textWidth(formatNumber(value, view.digits), 16);
  const symbol = errorSymbol(view, box);
  const tagWidth = Math.max(TAG.width, TEXT_INSET + Math.max(length * BOLDER, symbolWidth(symbol, 16)) + 10);
  const area = boxOf(box.x, top - TAG.foot - TAG.height, box.x + tagWidth, top - TAG.foot);
  const measure = { least: ARROW.least, range: ARROW.range, most: now ? 33 : 50, size: 1, grown: grownOf(view, now) };
  const marks = [
    arrowMark(view, box.x + ARROW.inset, top - (now ? 14 : 6), value ?? 0, measure),
    symbolMark("error-symbol", x, top - 34, symbol, { class: "stage-error-symbol", size: 16 }),
    quantity("error-value", x, top - 15, { ref, value, digits: view.digits, scale: view.scale(ref) }, {
      class: `stage-number${now ? " stage-bold" : ""}`, size: 16, fill: view.palette.sign(value ?? 0),
    }),
  ];
  if (now) marks.unshift(rectangle("tag", area, { rx: 6, class: "stage-plate stage-now", "data-point": ref }));
  return { marks, box: now ? area : boxOf(box.x + 4, top - 56, x + length, top - 4) };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {string} ref
 * @param {number|null} value
 * @param {boolean} now
 * @returns {Item}
 */
function lineError(view, box, ref, value, now) {
  const top = box.y - box.height / 2;
  const height = Math.min(28, box.tier.above - 4);
  const size = height >= 26 ? 15 : height >= 20 ? 13 : 12;
  const middle = top - 3 - height / 2;
  const x = box.x + 23;
  const length = textWidth(formatNumber(value, view.digits), size) * (now ? BOLDER : 1);
  const symbol = fittingSymbol(view, box, 29 + textWidth(formatNumber(value, view.digits), size) * (now ? BOLDER : 1), size);
  const width = 23 + length + (symbol.base ? 12 + symbolWidth(symbol, size) : 6);
  const area = boxOf(box.x, middle - height / 2, box.x + width, middle + height / 2);
  const scale = height / 30;
  const measure = { least: 14 * scale, range: 9 * scale, most: height - 7, size: Math.min(0.8, scale + 0.1), grown: grownOf(view, now) };
  const foot = middle + (height - 7) / 2;
  const marks = [
    arrowMark(view, box.x + 13, foot, value ?? 0, measure),
    quantity("error-value", x, middle + size * 0.36, { ref, value, digits: view.digits, scale: view.scale(ref) }, {
      class: `stage-number${now ? " stage-bold" : ""}`, size, fill: view.palette.sign(value ?? 0),
    }),
    symbolMark("error-symbol", x + length + 4, middle + size * 0.36, symbol, { class: "stage-error-symbol", size: size + 1 }),
  ];
  if (now) marks.unshift(rectangle("tag", area, { rx: 5, class: "stage-plate stage-now", "data-point": ref }));
  return { marks, box: area };
}

/**
 * In wide layers a bar at the left: upper half for +, lower half for −, so that shape tells the sign too.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number} value
 * @param {boolean} now
 * @returns {Item}
 */
function barItem(view, box, value, now) {
  const share = Math.sqrt(Math.min(1, Math.abs(value) / view.scales.error)) * grownOf(view, now);
  const length = 2 + 24 * share;
  const thick = Math.min(6, box.height / 2);
  const bar = boxOf(box.x - 5 - length, box.y - (value < 0 ? 0 : thick), box.x - 5, box.y + (value < 0 ? thick : 0));
  const marks = [
    rectangle("bar-paper", boxOf(box.x - 7 - length, box.y - thick - 1, box.x - 2, box.y + thick + 1), { class: "stage-paper" }),
    rectangle("bar", bar, { fill: view.palette.sign(value), class: now && box.height >= 12 ? "stage-bar stage-bar-now" : "stage-bar" }),
    mark("bar-foot", "path", { d: `M${px(box.x - 4)} ${px(box.y - thick - 1)}v${px(2 * thick + 2)}`, class: "stage-bar-foot" }),
  ];
  return { marks, box: boxOf(box.x - 34, box.y - thick - 1, box.x, box.y + thick + 1) };
}

/**
 * Σ w·δ where the triangles arrive: the sum before the slope scales it.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Item|null} error
 * @returns {Item|null}
 */
function arrivedItem(view, box, error) {
  const ref = `activation_gradient:${box.layer}:${box.row}`;
  if (!view.backward || box.input || box.layer === view.last || box.tier.arrived === "none" || standsForError(view, box)) return null;
  const knowledge = view.known(ref);
  const arrived = arrivedNumber(view, box, ref, knowledge);
  if (!arrived) return null;
  if (box.tier.arrived === "over") return arrivedOver(view, box, ref, arrived);
  const length = Math.max(textWidth(formatNumber(view.value(ref), view.digits), 15), 36);
  const top = box.y - box.height / 2;
  const start = box.x + (error ? TEXT_INSET + error.box.width - (knowledge === "now" ? TEXT_INSET : TEXT_INSET - 4) : 0) + 10;
  const right = Math.max(box.x + box.width + 16, start + length);
  if (right > box.x + box.width + 44) return null;
  const style = { class: knowledge === "now" ? "stage-number" : "stage-number stage-quiet", size: 15, anchor: /** @type {const} */ ("end") };
  const marks = [
    phrase("arrived-sum", right, top - 34, [{ text: view.letters("arrived"), class: "stage-math stage-quiet", size: 14 }], { anchor: "end" }),
    arrived.moving
      ? passing("arrived-passing", right, top - 15, arrived.value, view.digits, style)
      : quantity("arrived-value", right, top - 15, { ref, value: arrived.value, digits: view.digits, scale: view.scale(ref) }, style),
  ];
  return { marks, box: boxOf(right - length, top - 50, right, top - 8) };
}

/**
 * Where there is more height than width it stands on a line over the error.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {string} ref
 * @param {{value: any, moving: boolean}} arrived
 * @returns {Item}
 */
function arrivedOver(view, box, ref, { value, moving }) {
  const [x, y] = [box.x + 4, box.y - box.height / 2 - 38];
  const before = 38;
  const style = { class: view.known(ref) === "now" ? "stage-number" : "stage-number stage-quiet", size: 13 };
  return {
    box: boxOf(x, y - 12, x + before + textWidth(formatNumber(value, view.digits), 13), y + 4),
    marks: [
      phrase("arrived-sum", x, y, [{ text: view.letters("arrived"), class: "stage-math stage-quiet" }], { size: 13 }),
      moving
        ? passing("arrived-passing", x + before, y, value, view.digits, style)
        : quantity("arrived-value", x + before, y, { ref, value, digits: view.digits, scale: view.scale(ref) }, style),
    ],
  };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Item|null} bias
 * @returns {Item|null}
 */
function slopeItem(view, box, bias) {
  const ref = `activation_slope:${box.layer}:${box.row}`;
  const knowledge = view.known(ref);
  const value = view.value(ref);
  if (!view.backward || !box.tier.slope || box.input || knowledge === "future" || value === null) return null;
  const attended = knowledge === "now" || view.pointing.neuron(box.layer, box.row);
  const { size, down } = SLOPE[box.tier.bias];
  const y = box.y + box.height / 2 + down;
  const length = textWidth(formatNumber(value, view.digits), size);
  const right = box.x + box.width - (hasBadge(view, box) ? 28 : box.tier.bias === "inline" ? 2 : 8);
  const area = boxOf(right - length - 22, y - 14, right, y + 4);
  if (bias && box.tier.bias === "inline" && bias.box.x + bias.box.width / 2 > area.x - area.width / 2) return null;
  return {
    marks: [
      phrase("slope", right, y, [
        { text: view.letters("activation_slope"), class: "stage-math stage-quiet", size: size + 1 },
        { number: { ref, value, digits: view.digits }, class: `stage-number${attended ? "" : " stage-quiet"}`, size, gap: 7 },
      ], { anchor: "end" }),
    ],
    box: area,
  };
}
