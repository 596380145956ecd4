// The bias: a square with a 1 in it and a dashed edge of its own up to the neuron, one per neuron, so no line crosses.
// Its number changes with the step: the bias, its gradient, or old and new.

import { formatNumber } from "./format.js";
import { biasBox } from "./layout.js";
import { appearing } from "./motion.js";
import { mark, px, quantity, rectangle, words } from "./marks.js";
import { boxOf, textWidth } from "./plates.js";
import { numberPlate } from "./scene_plates.js";
import { isBiasNow } from "./scene_part.js";
import { pairMarks, pairWidth, secondOf } from "./scene_twins.js";
import { OF_BIASES } from "./refs.js";
import { changePlate, gradientNow, keptNow } from "./view.js";

/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./layout.js").BiasBox} BiasBox */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./scene_around.js").Item} Item */
/** @typedef {Item & {number: import("./plates.js").Box}} BiasItem the number alone, too */

/** How much lower the number stands where two lines hang beside it, and half the height of a line. */
const LOWERED = { drop: 23, short: 9, inline: 0, pointed: 0 };
const LINE = 8;
const USED = 1;
const UNUSED = 0.5;
/** A plate in the ink outline is taller than a number and must clear σ′ above it. */
const PLATE_DOWN = { drop: 11, short: 5, inline: 0, pointed: 0 };
const PLATE_HEIGHT = { drop: 26, short: 22, inline: 20, pointed: 20 };
/** Half of what the outline adds to a number's width, and the white between it and the square. */
const PLATE_ASIDE = 9 + 4;

/**
 * Whether this step works with the biases of a layer.
 * @param {View} view
 * @param {number} layer
 * @param {number} row
 */
function inUse(view, layer, row) {
  if (view.part) return isBiasNow(view, layer, row);
  const touched = [...(view.step?.operands ?? []), ...(view.step?.writes ?? [])];
  return touched.some((ref) => OF_BIASES.some((quantity) => ref === `${quantity}:${layer}`));
}

/**
 * Two lines of σ′ hang as deep as the number of the bias, which then stands lower.
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {BiasBox|null}
 */
function placeOf(view, box) {
  const place = biasBox(box);
  const pair = view.backward && secondOf(view, `activation_slope:${box.layer}:${box.row}`);
  return place && pair ? { ...place, labelY: place.labelY + LOWERED[box.tier.bias] } : place;
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {BiasItem|null}
 */
export function biasItem(view, box) {
  const place = placeOf(view, box);
  const ref = `biases:${box.layer}:${box.row}`;
  const value = view.value(ref);
  const givesWay = box.tier.bias === "inline" && view.step?.phase === "backward" && !view.pointing.bias(box.layer, box.row);
  if (!place || value === null || view.trace.network.bias === false || givesWay) return null;
  const label = biasLabel(view, box, place, ref, value);
  const marked = view.pointing.bias(box.layer, box.row);
  const used = inUse(view, box.layer, box.row) || marked;
  const width = 1 + 4 * (Math.abs(value) / view.scales.weight);
  const end = place.y - place.size / 2;
  const marks = [
    mark("bias-edge", "path", {
      d: `M${px(place.x)} ${px(place.top)}V${px(end)}`, class: "stage-bias-edge", stroke: view.palette.line(value / view.scales.weight),
      "stroke-width": px(Math.min(width, place.size - 6)), opacity: used ? USED : UNUSED,
    }),
    squareMark(view, place, ref, marked),
    ...label.marks,
  ];
  const left = place.x - place.size / 2;
  const right = Math.max(label.box.x + label.box.width / 2, place.x + place.size / 2);
  const [top, bottom] = [place.top, Math.max(place.y + place.size / 2, place.labelY + (place.labelY > place.y ? LINE : 13))];
  return { marks, number: label.box, box: { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top } };
}

/**
 * @param {View} view
 * @param {BiasBox} place
 * @param {string} ref
 * @param {boolean} marked
 */
function squareMark(view, place, ref, marked) {
  const frozen = view.trace.freeze_biases;
  const half = place.size / 2;
  const children = [
    rectangle("square", { x: place.x, y: place.y, width: place.size, height: place.size }, { rx: 3, class: `stage-bias${marked ? " stage-marked" : ""}` }),
    words("one", place.x, place.y + 4.2, "1", { class: "stage-one", size: 12, anchor: "middle" }),
  ];
  if (frozen) {
    const [x, y] = [px(place.x - half), px(place.y - half)];
    children.splice(1, 0, mark("hatch", "path", {
      class: "stage-hatch", d: `M${x} ${y + half}L${x + half} ${y}M${x} ${y + 2 * half}L${x + 2 * half} ${y}M${x + half} ${y + 2 * half}L${x + 2 * half} ${y + half}`,
    }));
    children.push(mark("title", "title", {}, view.texts.frozen));
  }
  return mark("bias-square", "g", { "data-point": ref, class: "stage-bias-group" }, children);
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {BiasBox} place
 * @param {string} ref
 * @param {number} value
 * @returns {{marks: import("./marks.js").Mark[], box: import("./plates.js").Box}}
 */
function biasLabel(view, box, place, ref, value) {
  const size = box.tier.bias === "inline" ? 12 : 14;
  const ofLayer = gradientNow(view, "bias", box.layer);
  const written = ofLayer ? view.known(`${ofLayer}:${box.layer}:${box.row}`) : "future";
  const gradient = written === "future" ? null : ofLayer;
  const updatedRef = `updated_biases:${box.layer}:${box.row}`;
  const knowledge = view.trace.freeze_biases ? "future" : view.known(updatedRef);
  const kept = keptNow(view, "bias", box.layer);
  const keeps = kept !== null && view.known(`updated_${kept}:${box.layer}:${box.row}`) !== "future";
  const framed = written === "now" || knowledge === "now" || keeps;
  const beside = place.x + (box.tier.bias === "drop" ? 3 : place.size / 2) + PLATE_ASIDE;
  const down = place.labelY > place.top + 40 ? 3 : PLATE_DOWN[box.tier.bias];
  const at = {
    x: framed ? Math.max(place.labelX, beside) : place.labelX, y: place.labelY + (framed ? down : 0),
    size, anchor: /** @type {const} */ ("start"), height: PLATE_HEIGHT[box.tier.bias],
  };
  if (gradient) {
    const gradientRef = `${gradient}:${box.layer}:${box.row}`;
    return plateOf(view, "bias-gradient", at, { kind: "gradient", ref: gradientRef, value: view.value(gradientRef), now: written === "now", opacity: written === "now" ? appearing(view.progress.meet) : 1, second: secondOf(view, gradientRef) });
  }
  if (keeps || knowledge !== "future") {
    const change = changePlate(view, keeps ? kept : "biases", `${box.layer}:${box.row}`);
    return plateOf(view, "bias-update", at, { ...change, second: secondOf(view, change.ref) });
  }
  const used = inUse(view, box.layer, box.row) || view.pointing.bias(box.layer, box.row);
  const second = secondOf(view, ref);
  if (second) return secondLabel(view, place, size, { ref, value }, second);
  return {
    marks: [quantity("bias-value", place.labelX, place.labelY + size * 0.36, { ref, value, digits: view.digits }, { class: `stage-number${used ? "" : " stage-quiet"}`, size })],
    box: boxOf(place.labelX - 2, place.labelY - LINE, place.labelX + textWidth(formatNumber(value, view.digits), size), place.labelY + LINE),
  };
}

/**
 * @param {View} view
 * @param {string} key
 * @param {import("./scene_plates.js").PlatePlace} at
 * @param {import("./scene_plates.js").PlateContent} content
 */
function plateOf(view, key, at, content) {
  const { marks, right } = numberPlate(view, key, at, content);
  const half = (at.height + (content.second ? 2 * LINE : 0)) / 2;
  return { marks, box: boxOf(at.x - PLATE_ASIDE + 4, at.y - half, right, at.y + half) };
}

/**
 * @param {View} view
 * @param {BiasBox} place
 * @param {number} size
 * @param {{ref: string, value: number}} number
 * @param {import("./scene_twins.js").Second} second
 */
function secondLabel(view, place, size, number, second) {
  const at = { x: place.labelX, first: place.labelY + size * 0.36 - 8, second: place.labelY + size * 0.36 + 9, size };
  const right = place.labelX + pairWidth(number.value, second, view.digits, size);
  return { marks: pairMarks(view, "bias-value", at, number, second, { class: "stage-number" }), box: boxOf(place.labelX, at.first - size, right, at.second + 6) };
}
