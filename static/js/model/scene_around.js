// What stands around a neuron, always in the same four places: error above left, arrivals above right,
// bias below left, slope below right. So inside reads forward, left to right, and on top backward, right to left.

import { standsForError } from "./error_name.js";
import { formatNumber } from "./format.js";
import { passing, phrase, quantity } from "./marks.js";
import { boxOf, textWidth } from "./plates.js";
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
/** Size and baseline of σ′ under the neuron, by how the bias hangs beside it. */
const SLOPE = { drop: { size: 14, down: 20 }, short: { size: 13, down: 14 }, inline: { size: 12, down: 17 }, pointed: { size: 12, down: 15 } };

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
  const [x, y] = [box.x + 4, box.y - box.height / 2 - 38];
  const letters = arrivedLetters(view, box.layer);
  const style = { class: view.known(ref) === "now" ? "stage-number" : "stage-number stage-quiet", size: 13 };
  const second = moving ? null : secondOf(view, ref);
  // Two numbers fill the line; that they are sums is said by where they stand.
  const before = second ? 0 : Math.max(38, textWidth(letters, 13) + 6);
  const end = x + before + textWidth(formatNumber(value, view.digits), 13);
  return {
    box: boxOf(x, y - 12, end + (second ? 5 + secondRoom(second, 13) : 0), y + 4),
    marks: [
      phrase("arrived-sum", x, y, [{ text: second ? "" : letters, class: "stage-math stage-quiet" }], { size: 13 }),
      moving
        ? passing("arrived-passing", x + before, y, value, view.digits, style)
        : quantity("arrived-value", x + before, y, { ref, value, digits: view.digits, scale: view.scale(ref) }, style),
      ...(second ? [secondMark("arrived-twin", end + 5, y, 13, second)] : []),
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
  const second = secondOf(view, ref);
  // Under the number where the bias hangs low enough, else before both.
  const under = second !== null && box.tier.bias === "drop";
  const aside = second && !under ? secondRoom(second, size) + 5 : 0;
  const left = right - aside - (under ? Math.max(length, secondRoom(second, size)) : length);
  const area = boxOf(left - 22, y - 14, right, y + (under ? 22 : 4));
  if (bias && box.tier.bias === "inline" && bias.box.x + bias.box.width / 2 > area.x - area.width / 2) return null;
  return {
    marks: [
      ...(second ? [secondMark("slope-twin", right - secondRoom(second, size), under ? y + 18 : y, size, second)] : []),
      phrase("slope", right - aside, y, [
        { text: view.letters("activation_slope"), class: "stage-math stage-quiet", size: size + 1 },
        { number: { ref, value, digits: view.digits }, class: `stage-number${attended ? "" : " stage-quiet"}`, size, gap: 7 },
      ], { anchor: "end" }),
    ],
    box: area,
  };
}
