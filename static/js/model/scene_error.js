// The error over a neuron: an arrow that says its sign and size, with its number in a tag, on a line, or as a bar where many stand.
// With a second number beside it (a mistake's, or what a push made) both stand one over the other in the same place.

import { errorLeft, errorSymbol, fittingSymbol, standsForError } from "./error_name.js";
import { formatNumber } from "./format.js";
import { mark, px, quantity, rectangle, symbolMark, symbolWidth, words } from "./marks.js";
import { boxOf, textWidth } from "./plates.js";
import { pairMarks, pairSize, pairWidth, secondMark, secondOf, secondRoom } from "./scene_twins.js";

/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./scene_around.js").Item} Item */
/** @typedef {{ref: string, value: number|null, now: boolean, second: import("./scene_twins.js").Second|null}} Shown */

const TAG = { width: 110, height: 47, foot: 6, pair: 49 };
const ARROW = { inset: 14, shaft: 3.5, head: 13, headLength: 10, least: 10, range: 40 };
/** Where the text of a tag begins, right of the arrow. */
export const TEXT_INSET = 28;
/** How much wider a number is in the weight of what is now. */
const BOLDER = 1.1;
/** A line of one number, and of two over one another. */
const [LINE, PAIR_LINE] = [28, 30];
/** Two lines in a frame: so many of their size and this rest, from line to line, and under the second where its wave is. */
const TWO_LINES = { size: 1.62, rest: 7.75, pitch: 0.9, under: 6.5 };

/** @param {View} view @param {boolean} now */
const grownOf = (view, now) => (now ? view.progress.finish : 1);

/**
 * The arrow: up for +, down for −, its length the root of its share of the largest error.
 * @param {{palette: import("./palette.js").Palette, scales: {error: number}}} view
 * @param {number} x
 * @param {number} foot
 * @param {number} value
 * @param {{least: number, range: number, most: number, size: number, grown: number}} measure
 */
export function arrowMark(view, x, foot, value, measure) {
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
export function errorItem(view, box) {
  const ref = standsForError(view, box) ? `activation_gradient:${box.layer}:${box.row}` : `error:${box.layer}:${box.row}`;
  const knowledge = view.known(ref);
  if (knowledge === "future" || (knowledge === "now" && view.progress.finish === 0)) return null;
  const value = view.value(ref);
  if (value === null && view.trace.layers[box.layer]?.error === undefined) return null;
  const shown = { ref, value, now: knowledge === "now", second: secondOf(view, ref) };
  if (box.tier.error === "bar") return barItem(view, box, shown);
  return box.tier.error === "tall" ? tallError(view, box, shown) : lineError(view, box, shown);
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Shown} shown
 * @returns {Item}
 */
function tallError(view, box, shown) {
  const { ref, value, now, second } = shown;
  const top = box.y - box.height / 2;
  const length = textWidth(formatNumber(value, view.digits), 16);
  const symbol = errorSymbol(view, box);
  const tagWidth = Math.max(TAG.width, TEXT_INSET + Math.max(length * BOLDER, symbolWidth(symbol, 16)) + 10);
  const left = errorLeft(box, tagWidth);
  const x = left + TEXT_INSET;
  const measure = { least: ARROW.least, range: ARROW.range, most: now ? 33 : 50, size: 1, grown: grownOf(view, now) };
  const arrow = arrowMark(view, left + ARROW.inset, top - (now ? 14 : 6), value ?? 0, measure);
  const style = { class: `stage-number${now ? " stage-bold" : ""}`, size: 16, fill: view.palette.sign(value ?? 0) };
  if (second) {
    const before = symbolWidth(symbol, 16) + 6;
    const right = x + before + pairWidth(value, second, view.digits, 16) + 8;
    const area = boxOf(left, top - TAG.foot - TAG.pair, right, top - TAG.foot);
    const marks = [
      arrow,
      symbolMark("error-symbol", x, top - 35, symbol, { class: "stage-error-symbol", size: 16 }),
      ...pairMarks(view, "error-value", { x: x + before, first: top - 35, second: top - 15, size: 16, right: true }, { ref, value, scale: view.scale(ref) }, second, style),
    ];
    return tagged(marks, area, now, ref, 6);
  }
  const area = boxOf(left, top - TAG.foot - TAG.height, left + tagWidth, top - TAG.foot);
  const marks = [
    arrow,
    symbolMark("error-symbol", x, top - 34, symbol, { class: "stage-error-symbol", size: 16 }),
    quantity("error-value", x, top - 15, { ref, value, digits: view.digits, scale: view.scale(ref) }, style),
  ];
  const item = tagged(marks, area, now, ref, 6);
  if (now) return item;
  const tight = boxOf(left + 4, top - 56, x + length, top - 4);
  return { marks: [...overEdges(box, boxOf(x - 2, top - 50, x + length + 2, top - 10)), ...item.marks], box: tight };
}

/**
 * In the ink outline while it is now.
 * @param {Mark[]} marks
 * @param {import("./plates.js").Box} area
 * @param {boolean} now
 * @param {string} ref
 * @param {number} rx
 * @returns {Item}
 */
function tagged(marks, area, now, ref, rx) {
  const frame = rectangle("tag", area, { rx, class: "stage-plate stage-now", "data-point": ref });
  return { marks: now ? [frame, ...marks] : marks, box: area };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Shown} shown
 * @returns {Item}
 */
function lineError(view, box, shown) {
  const { ref, value, now } = shown;
  const top = box.y - box.height / 2;
  const height = shown.second ? Math.min(PAIR_LINE, box.tier.above - 3) : Math.min(LINE, box.tier.above - 4);
  const middle = top - 3 - height / 2;
  const scale = height / 30;
  const measure = { least: 14 * scale, range: 9 * scale, most: height - 7, size: Math.min(0.8, scale + 0.1), grown: grownOf(view, now) };
  const arrowAt = (/** @type {number} */ start) => arrowMark(view, start + 13, middle + (height - 7) / 2, value ?? 0, measure);
  if (shown.second) return linePair(view, box, { ...shown, second: shown.second }, { middle, height, arrow: arrowAt(box.x) });
  const isShort = box.input && 31 + textWidth(formatNumber(value, view.digits), 13) > box.x + box.width;
  const size = isShort || height < 20 ? 12 : box.input || height < 26 ? 13 : 15;
  const length = textWidth(formatNumber(value, view.digits), size) * (now ? BOLDER : 1);
  const symbol = fittingSymbol(view, box, (now ? 35 : 27) + length, size);
  const width = 23 + length + (symbol.base ? 12 + symbolWidth(symbol, size) : 6);
  const left = errorLeft(box, width);
  const x = left + 23;
  const area = boxOf(left, middle - height / 2, left + width, middle + height / 2);
  const marks = [
    arrowAt(left),
    quantity("error-value", x, middle + size * 0.36, { ref, value, digits: view.digits, scale: view.scale(ref) }, {
      class: `stage-number${now ? " stage-bold" : ""}`, size, fill: view.palette.sign(value ?? 0),
    }),
    symbolMark("error-symbol", x + length + 4, middle + size * 0.36, symbol, { class: "stage-error-symbol", size: size + 1 }),
  ];
  const item = tagged(marks, area, now, ref, 5);
  return now ? item : { ...item, marks: [...overEdges(box, boxOf(x - 2, middle - height / 2 + 2, left + width - 2, middle + height / 2 - 2)), ...item.marks] };
}

/**
 * Paper behind what reaches past its neuron, where edges run: always so over the short inputs.
 * @param {NeuronBox} box
 * @param {import("./plates.js").Box} text
 * @returns {Mark[]}
 */
function overEdges(box, text) {
  return text.x + text.width / 2 > box.x + box.width - (box.input ? box.height / 2 : 0) ? [rectangle("paper", text, { class: "stage-plate" })] : [];
}

/**
 * One above the other or one behind the other, whichever can be read from farther away; the name gives way.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Shown & {second: import("./scene_twins.js").Second}} shown
 * @param {{middle: number, height: number, arrow: Mark}} line
 * @returns {Item}
 */
function linePair(view, box, { ref, value, now, second }, { middle, height, arrow }) {
  const x = box.x + 23;
  const style = { class: `stage-number${now ? " stage-bold" : ""}`, fill: view.palette.sign(value ?? 0) };
  const number = { ref, value, scale: view.scale(ref) };
  const room = box.width + 12 - 23;
  const single = Math.min(12, Math.floor((room / (textWidth(formatNumber(value, view.digits), 1) + 0.4 + secondRoom(second, 1))) * 2) / 2);
  const size = Math.min(pairSize(value, second, view.digits, 12.5, box.width - 10), Math.floor(((height - TWO_LINES.rest) / TWO_LINES.size) * 2) / 2);
  if (size >= single) {
    const width = Math.min(box.width - 10, pairWidth(value, second, view.digits, size));
    const area = boxOf(box.x, middle - height / 2, x + width + 6, middle + height / 2);
    const under = middle + height / 2 - TWO_LINES.under;
    return tagged([arrow, ...pairMarks(view, "error-value", { x, first: under - size * TWO_LINES.pitch, second: under, size, room: width }, number, second, style)], area, now, ref, 5);
  }
  const between = x + textWidth(formatNumber(value, view.digits), single) * (now ? BOLDER : 1) + 4;
  const area = boxOf(box.x, middle - height / 2, between + secondRoom(second, single) + 4, middle + height / 2);
  return tagged([
    arrow,
    quantity("error-value", x, middle + single * 0.36, { ...number, digits: view.digits }, { ...style, size: single }),
    secondMark("error-value-twin", between, middle + single * 0.36, single, second),
  ], area, now, ref, 5);
}

/**
 * In wide layers a bar at the left: upper half for +, lower half for −, so that shape tells the sign too.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Shown} shown
 * @returns {Item}
 */
function barItem(view, box, { value: found, now, second }) {
  const value = found ?? 0;
  const share = Math.sqrt(Math.min(1, Math.abs(value) / view.scales.error)) * grownOf(view, now);
  const length = 2 + 24 * share;
  const thick = Math.min(6, box.height / 2);
  const bar = boxOf(box.x - 5 - length, box.y - (value < 0 ? 0 : thick), box.x - 5, box.y + (value < 0 ? thick : 0));
  const marks = [
    rectangle("bar-paper", boxOf(box.x - 7 - length, box.y - thick - 1, box.x - 2, box.y + thick + 1), { class: "stage-paper" }),
    rectangle("bar", bar, { fill: view.palette.sign(value), class: now && box.height >= 12 ? "stage-bar stage-bar-now" : "stage-bar" }),
    mark("bar-foot", "path", { d: `M${px(box.x - 4)} ${px(box.y - thick - 1)}v${px(2 * thick + 2)}`, class: "stage-bar-foot" }),
  ];
  if (second?.kind === "wrong" && box.height >= 12) marks.push(words("bar-wrong", box.x - 9 - length, box.y + 4, "✕", { class: "stage-bad", size: 11, anchor: "end" }));
  return { marks, box: boxOf(box.x - 34, box.y - thick - 1, box.x, box.y + thick + 1) };
}
