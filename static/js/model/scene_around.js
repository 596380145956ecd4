// What stands around a neuron, always in the same four places: error above left, arrivals above right,
// bias below left, slope below right. So inside reads forward, left to right, and on top backward, right to left.

import { standsForError } from "./error_name.js";
import { formatNumber } from "./format.js";
import { passing, phrase, quantity, rectangle } from "./marks.js";
import { boxOf, overlap, textWidth } from "./plates.js";
import { arrivedNumber } from "./scene_part.js";
import { biasItem } from "./scene_bias.js";
import { errorItem, TEXT_INSET } from "./scene_error.js";
import { pairMarks, pairWidth, secondMark, secondOf, secondRoom } from "./scene_twins.js";

/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./plates.js").Box} Box */
/** @typedef {import("./view.js").View} View */
/** @typedef {{marks: Mark[], box: Box}} Item something outside a neuron and the room it takes */

const BADGE_HEIGHT = 36;
/** How far a line over a neuron may reach past it, where pulses rest. */
const BEYOND = 12;
/** Size and baseline of σ′ under the neuron, by how the bias hangs beside it. */
const SLOPE = { drop: { size: 14, down: 20 }, short: { size: 13, down: 14 }, inline: { size: 12, down: 17 }, pointed: { size: 12, down: 15 } };
/** What the letters before σ′ take. */
const NAME = 22;
/** Two lines of σ′ in a short row: their baselines under the neuron, and what they leave to the bias edge. */
const PAIR = { size: 12, least: 10, first: 12, under: 25, clear: 30 };

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

/** What arrives: products, and beside them the errors of layers this one is added to. @param {View} view @param {number} layer */
function arrivedLetters(view, layer) {
  const products = view.letters("arrived");
  return view.layout.wiring.isAdded(layer) ? `${products} + ${view.letters("error").replace(/[\^_].*$/, "")}` : products;
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
  const second = arrived.moving ? null : secondOf(view, ref);
  const length = Math.max(second ? pairWidth(arrived.value, second, view.digits, 14) : textWidth(formatNumber(view.value(ref), view.digits), 15), 36);
  const top = box.y - box.height / 2;
  const start = box.x + (error ? TEXT_INSET + error.box.width - (knowledge === "now" ? TEXT_INSET : TEXT_INSET - 4) : 0) + 10;
  const right = Math.max(box.x + box.width + 16, start + length);
  if (right > box.x + box.width + 44) return null;
  const style = { class: knowledge === "now" ? "stage-number" : "stage-number stage-quiet", size: 15, anchor: /** @type {const} */ ("end") };
  // Two numbers fill the place; that they are sums is said by where they stand.
  if (second) {
    const place = { x: right, first: top - 33, second: top - 14, size: 14, anchor: /** @type {const} */ ("end") };
    return { marks: pairMarks(view, "arrived-value", place, { ref, value: arrived.value, scale: view.scale(ref) }, second, style), box: boxOf(right - length, top - 50, right, top - 8) };
  }
  const marks = [
    phrase("arrived-sum", right, top - 34, [{ text: arrivedLetters(view, box.layer), class: "stage-math stage-quiet", size: 14 }], { anchor: "end" }),
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
  const letters = arrivedLetters(view, box.layer);
  const second = moving ? null : secondOf(view, ref);
  const [x, y] = [box.x + 4, box.y - box.height / 2 - (second ? 40 : 38)];
  const both = second ? textWidth(formatNumber(value, view.digits), 1) + secondRoom(second, 1) : 0;
  const size = second ? Math.max(11.5, Math.min(13, Math.floor((2 * (box.width + BEYOND - 9)) / both) / 2)) : 13;
  const style = { class: view.known(ref) === "now" ? "stage-number" : "stage-number stage-quiet", size };
  const length = textWidth(formatNumber(value, view.digits), size);
  const name = Math.max(38, textWidth(letters, 13) + 6);
  // Where numbers fill the line, that they are sums is said by where they stand.
  const named = !second && x + name + length <= box.x + box.width + BEYOND;
  const before = named ? name : 0;
  const end = x + before + length;
  const area = boxOf(x, y - 12, end + (second ? 5 + secondRoom(second, size) : 0), y + 4);
  return {
    box: area,
    marks: [
      // Paper, where it reaches past its neuron and edges run behind it.
      ...(area.x + area.width / 2 > box.x + box.width ? [rectangle("arrived-paper", area, { class: "stage-plate" })] : []),
      phrase("arrived-sum", x, y, [{ text: named ? letters : "", class: "stage-math stage-quiet" }], { size: 13 }),
      moving
        ? passing("arrived-passing", x + before, y, value, view.digits, style)
        : quantity("arrived-value", x + before, y, { ref, value, digits: view.digits, scale: view.scale(ref) }, style),
      ...(second ? [secondMark("arrived-twin", end + 5, y, size, second)] : []),
    ],
  };
}

/**
 * In a short row both numbers of σ′ stand one over the other, right of the bias edge; what is new at the bias comes first.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {import("./scene_bias.js").BiasItem|null} bias
 * @param {{ref: string, value: number, second: import("./scene_twins.js").Second, style: string}} slope
 * @returns {Item|null}
 */
function slopePair(view, box, bias, { ref, value, second, style }) {
  const right = box.x + box.width - (hasBadge(view, box) ? 28 : 2);
  const room = right - box.x - PAIR.clear;
  const size = Math.max(PAIR.least, Math.min(PAIR.size, Math.floor((2 * room) / secondRoom(second, 1)) / 2));
  const letters = view.letters("activation_slope");
  const length = textWidth(formatNumber(value, view.digits), size);
  const named = length + textWidth(letters, size) + 7 <= room;
  const [first, under] = [box.y + box.height / 2 + PAIR.first, box.y + box.height / 2 + PAIR.under];
  const width = Math.max(secondRoom(second, size), length + (named ? textWidth(letters, size) + 7 : 0));
  const area = boxOf(right - width, first - 10, right, under + 5);
  if (bias && overlap(area, bias.number, 0)) return null;
  const number = { number: { ref, value, digits: view.digits }, class: style, size, gap: named ? 7 : 0 };
  return {
    box: area,
    marks: [
      secondMark("slope-twin", right - secondRoom(second, size), under, size, second),
      phrase("slope", right, first, [...(named ? [{ text: letters, class: "stage-math stage-quiet", size: size + 1 }] : []), number], { anchor: "end" }),
    ],
  };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {import("./scene_bias.js").BiasItem|null} bias
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
  const second = secondOf(view, ref);
  if (second && box.tier.bias === "short") return slopePair(view, box, bias, { ref, value, second, style: `stage-number${attended ? "" : " stage-quiet"}` });
  // Under the number where the bias hangs low enough, else before both.
  const under = second !== null && box.tier.bias === "drop";
  const aside = second && !under ? secondRoom(second, size) + 5 : 0;
  const left = right - aside - (under ? Math.max(length, secondRoom(second, size)) : length);
  // Between bias edge and badge a long number stands without its name.
  const named = left - NAME > box.x + PAIR.clear - 12;
  const area = boxOf(left - (named ? NAME : 0), y - 14, right, y + (under ? 22 : 4));
  // Two gradients of a bias in their frame reach up to where σ′ stands.
  if (bias && overlap(under ? area : boxOf(left, y - 10, right, y + 2), bias.number, 0)) return null;
  if (bias && box.tier.bias === "inline" && bias.box.x + bias.box.width / 2 > area.x - area.width / 2) return null;
  return {
    marks: [
      ...(second ? [secondMark("slope-twin", right - secondRoom(second, size), under ? y + 18 : y, size, second)] : []),
      phrase("slope", right - aside, y, [
        ...(named ? [{ text: view.letters("activation_slope"), class: "stage-math stage-quiet", size: size + 1 }] : []),
        { number: { ref, value, digits: view.digits }, class: `stage-number${attended ? "" : " stage-quiet"}`, size, gap: named ? 7 : 0 },
      ], { anchor: "end" }),
    ],
    box: area,
  };
}
