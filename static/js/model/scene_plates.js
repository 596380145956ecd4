// Plates: small sheets that carry a number on an edge or beside a bias square.
// One of four kinds: a weight, a carried product, a gradient, or an update from old to new.

import { formatNumber } from "./format.js";
import { mark, passing, phrase, px, quantity, rectangle, words } from "./marks.js";
import { textWidth } from "./plates.js";
import { secondMark, secondRoom } from "./scene_twins.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./marks.js").Mark} Mark */
/**
 * @typedef {object} PlateContent
 * @property {"weight"|"term"|"gradient"|"update"} kind
 * @property {string} ref
 * @property {number|null} value
 * @property {boolean} [now] stands in the ink outline
 * @property {boolean} [attended] in use or pointed at: in ink instead of muted
 * @property {boolean} [marked]
 * @property {number|null} [old]
 * @property {string} [oldRef]
 * @property {number} [roll] 0 shows the old number, 1 the new one
 * @property {number} [opacity]
 * @property {boolean} [compact] the number alone
 * @property {import("./scene_twins.js").Second|null} [second] stands under the number
 */
/** @typedef {{x: number, y: number, size: number, height: number, anchor: "start"|"middle"}} PlatePlace */

const ARROW = "→";
const SQUARE = "■";
const SQUARE_WIDTH = 10;
/** What a second number adds to the height of a plate. */
const SECOND_LINE = 18;

/**
 * The parts of a plate's text and their widths.
 * @param {PlateContent} content
 * @param {number} digits
 * @param {number} size
 */
function widths(content, digits, size) {
  const number = textWidth(formatNumber(content.value, digits), size) * (content.kind === "weight" ? 1 : 1.04);
  const least = content.second ? secondRoom(content.second, size) : 0;
  if (content.compact) return { number, old: 0, between: 0, before: 0, total: Math.max(number, least) };
  const old = content.kind === "update" ? textWidth(formatNumber(content.old, digits), size) : 0;
  const between = content.kind === "update" ? size * 0.95 + 12 : 0;
  const before = content.kind === "gradient" ? SQUARE_WIDTH + 7 : 0;
  return { number, old, between, before, total: Math.max(number + old + between + before, least) };
}

/**
 * The room a plate takes, for the overlap test.
 * @param {PlateContent} content
 * @param {number} digits
 * @param {number} size
 * @returns {{width: number, height: number}}
 */
export function plateSize(content, digits, size) {
  // Where columns are close, a pair needs the room that the frame leaves.
  const padding = content.kind === "term" || (content.compact && content.second) ? 4 : content.now ? (content.compact ? 12 : 18) : 10;
  const height = (content.now ? size * 1.9 : size * 1.45) + (content.second ? SECOND_LINE : 0);
  return { width: widths(content, digits, size).total + padding, height };
}

/**
 * @param {View} view
 * @param {string} key
 * @param {PlatePlace} place
 * @param {PlateContent} content
 * @returns {{marks: Mark[], right: number}}
 */
export function numberPlate(view, key, place, content) {
  const { size } = place;
  const parts = widths(content, view.digits, size);
  const frame = plateSize(content, view.digits, size);
  const left = place.anchor === "start" ? place.x : place.x - parts.total / 2;
  const baseline = place.y + size * 0.36;
  const box = { x: left + parts.total / 2, y: place.y, width: frame.width, height: content.now ? place.height + (content.second ? SECOND_LINE : 0) : frame.height };
  const second = content.second ? [secondMark("second", left + (parts.total - secondRoom(content.second, size)) / 2, baseline + SECOND_LINE / 2 - 1, size, content.second)] : [];
  const marks = [rectangle("plate", box, { rx: content.now ? 6 : 3, class: plateClass(content) }), ...textOf(view, content, left, baseline - (second.length ? SECOND_LINE / 2 : 0), size, parts), ...second];
  const group = mark(key, "g", { class: "stage-label", opacity: content.opacity === undefined ? null : px(content.opacity), "data-point": content.kind === "term" ? null : content.ref }, marks);
  return { marks: [group], right: box.x + box.width / 2 };
}

/** @param {PlateContent} content */
function plateClass(content) {
  if (content.marked) return `stage-plate stage-marked${content.now ? " stage-now" : ""}`;
  return content.now ? "stage-plate stage-now" : "stage-plate";
}

/**
 * @param {View} view
 * @param {PlateContent} content
 * @param {number} left
 * @param {number} baseline
 * @param {number} size
 * @param {ReturnType<typeof widths>} parts
 * @returns {Mark[]}
 */
function textOf(view, content, left, baseline, size, parts) {
  const number = { ref: content.ref, value: content.value, digits: view.digits };
  const tint = content.marked ? undefined : view.palette.sign(content.value ?? 0);
  if (content.kind === "weight") {
    const quiet = content.attended || content.marked ? "" : " stage-quiet";
    return [quantity("value", left + parts.total / 2, baseline, number, { class: `stage-number${quiet}${content.marked ? " stage-bold" : ""}`, size, anchor: "middle" })];
  }
  if (content.kind === "term") {
    const text = words("value", left + parts.number / 2, baseline, formatNumber(content.value, view.digits), { class: "stage-number stage-bold", size, anchor: "middle", fill: tint });
    text.attributes["data-term"] = content.ref;
    return [text];
  }
  const middle = left + parts.total / 2;
  if (content.compact) {
    const fill = content.kind === "gradient" ? tint : undefined;
    const rolling = content.kind === "update" && (content.roll ?? 1) < 1;
    const style = { class: `stage-number${content.now ? " stage-bold" : " stage-quiet"}`, size, anchor: /** @type {const} */ ("middle"), fill };
    if (rolling) return [passing("passing", middle, baseline, between(content), view.digits, style)];
    return [quantity("value", middle, baseline, number, style)];
  }
  if (content.kind === "gradient") {
    return [phrase("value", middle, baseline, [
      { text: SQUARE, class: "stage-gradient-square", size },
      { number, class: `stage-number${content.now ? " stage-bold" : ""}`, fill: tint, gap: 6 },
    ], { size, anchor: "middle" })];
  }
  return [updateText(view, content, middle, baseline, size)];
}

/** @param {PlateContent} content */
function between({ old, value, roll }) {
  return (old ?? 0) + ((value ?? 0) - (old ?? 0)) * (roll ?? 1);
}

/**
 * While it rolls the new number stands for nothing yet, so it has no ref.
 * @param {View} view
 * @param {PlateContent} content
 * @param {number} middle
 * @param {number} baseline
 * @param {number} size
 * @returns {Mark}
 */
function updateText(view, content, middle, baseline, size) {
  const roll = content.roll ?? 1;
  const style = `stage-number${content.now ? " stage-heavy" : " stage-quiet"}`;
  const rolling = { text: formatNumber(between(content), view.digits), class: style, gap: 6 };
  const { digits } = view;
  return phrase(roll < 1 ? "rolling" : "update", middle, baseline, [
    { number: { ref: content.oldRef ?? "", value: content.old ?? null, digits }, class: "stage-number stage-quiet" },
    { text: ARROW, class: "stage-quiet", size: size - 2, gap: 6 },
    roll < 1 ? rolling : { number: { ref: content.ref, value: content.value, digits }, class: style, gap: 6 },
  ], { size, anchor: "middle" });
}
