// What a scene would write over something else: text over text, over a neuron, over a pulse, a line or an edge, or cut off.
// It reads the finished marks alone, as somebody who looks at the picture, and knows nothing of how places are chosen.

import { wayPoint } from "../../static/js/model/edge_path.js";
import { overlap, textWidth } from "../../static/js/model/plates.js";

/** @typedef {import("../../static/js/model/marks.js").Mark} Mark */
/** @typedef {import("../../static/js/model/plates.js").Box} Box */
/** @typedef {import("../../static/js/model/scene.js").Scene} Scene */
/** @typedef {{mark: Mark, parents: Mark[], order: number}} Drawn */
/** @typedef {Drawn & {box: Box, said: string}} Text */

/** The height of figures over their line, in em. */
const RISE = 0.72;
/** Letters of the mathematical face are narrower than those of the interface. */
const MATH = 0.85;
/** Touching by less than this is not seen. */
const TOUCH = -0.75;
const PLATES = /stage-(plate|paper|half|bias|sheet)\b(?!-)/;

/** @param {Mark[]} marks @param {Mark[]} [parents] @returns {Omit<Drawn, "order">[]} */
function flat(marks, parents = []) {
  return marks.flatMap((mark) => (Number(mark.attributes.opacity ?? 1) === 0 ? [] : [{ mark, parents }, ...(mark.tag === "text" ? [] : flat(mark.children ?? [], [...parents, mark]))]));
}

/** @param {Mark} mark @returns {string} */
const saidBy = (mark) => (mark.text ?? "") + (mark.children ?? []).map(saidBy).join("");

/** @param {Mark} mark @param {number} size */
function widthOf({ text = "", attributes }, size) {
  const own = Number(attributes["font-size"] ?? size);
  return Number(attributes.dx ?? 0) + textWidth(text, own) * (/stage-(math|figures)/.test(String(attributes.class)) ? MATH : 0.95);
}

/** @param {Mark} mark @returns {Box} */
function boxOfText({ attributes, text, children = [] }) {
  const [x, y, size] = [Number(attributes.x), Number(attributes.y), Number(attributes["font-size"])];
  const width = text === undefined ? children.reduce((sum, child) => sum + widthOf(child, size), 0) : widthOf({ key: "", tag: "", text, attributes }, size);
  const left = x - { start: 0, middle: width / 2, end: width }[/** @type {"start"|"middle"|"end"} */ (attributes["text-anchor"])];
  return { x: left + width / 2, y: y - (RISE * size) / 2, width, height: RISE * size };
}

/** @param {Mark} mark @returns {Box} */
function boxOfRectangle({ attributes: { x, y, width, height } }) {
  return { x: Number(x) + Number(width) / 2, y: Number(y) + Number(height) / 2, width: Number(width), height: Number(height) };
}

/** @param {Drawn} drawn @returns {Mark|undefined} the neuron, plate or block it is part of */
const groupOf = ({ parents }) => parents.find(({ key }) => /^(neuron|open|cost|weight|term|gradient|update|output|summary|tile)/.test(key));

/** @param {Box} box @param {{x: number, y: number}} point @param {number} [reach] */
const holds = (box, { x, y }, reach = 0) => Math.abs(x - box.x) < box.width / 2 + reach && Math.abs(y - box.y) < box.height / 2 + reach;

/** @param {Box} outer @param {Box} inner */
const covers = (outer, inner) => Math.abs(outer.x - inner.x) <= (outer.width - inner.width) / 2 + 3 && Math.abs(outer.y - inner.y) <= (outer.height - inner.height) / 2 + 3;

/**
 * A neuron is round at its ends.
 * @param {import("../../static/js/model/layout.js").NeuronBox} box
 * @param {Box} text
 */
function overNeuron({ x, y, width, height, input }, text) {
  const middle = { x: x + width / 2, y, width, height };
  if (!overlap(middle, text, TOUCH)) return false;
  const [left, right] = [x + (input ? 0 : height / 2), x + width - height / 2];
  const nearest = { x: Math.max(left, Math.min(right, Math.max(text.x - text.width / 2, Math.min(text.x + text.width / 2, (left + right) / 2)))), y };
  const [dx, dy] = [Math.max(0, Math.abs(nearest.x - text.x) - text.width / 2), Math.max(0, Math.abs(nearest.y - text.y) - text.height / 2)];
  return Math.hypot(dx, dy) < height / 2 - 0.75;
}

/**
 * Everything that is written over something, in words.
 * @param {Scene} scene
 * @returns {string[]}
 */
export function overlapsIn({ marks, pulses, strokes, added, view }) {
  const drawn = flat(marks).map((one, order) => ({ ...one, order }));
  const sheets = drawn.filter(({ mark }) => mark.attributes.class === "stage-sheet").map(({ mark }) => boxOfRectangle(mark));
  const isOpen = (/** @type {Drawn} */ one) => one.parents.some(({ key }) => key.startsWith("open:"));
  const hidden = (/** @type {Drawn} */ one, /** @type {Box} */ box) => !isOpen(one) && sheets.some((sheet) => overlap(sheet, box, 0));
  /** @type {Text[]} */
  const written = drawn.filter(({ mark }) => mark.tag === "text" && saidBy(mark).trim()).map((one) => ({ ...one, box: boxOfText(one.mark), said: saidBy(one.mark) }));
  const shown = written.filter((one) => !hidden(one, one.box));
  const plates = drawn.filter(({ mark }) => mark.tag === "rect" && PLATES.test(String(mark.attributes.class))).map((one) => ({ ...one, box: boxOfRectangle(one.mark) }));
  /** @type {string[]} */
  const found = [];
  for (const [at, one] of shown.entries()) {
    const where = `“${one.said}” (${groupOf(one)?.key ?? one.mark.key})`;
    const own = groupOf(one);
    for (const other of shown.slice(at + 1)) if (overlap(one.box, other.box, TOUCH)) found.push(`${where} and “${other.said}” (${groupOf(other)?.key ?? other.mark.key})`);
    for (const plate of plates) {
      if (plate.order > one.order && overlap(plate.box, one.box, TOUCH) && !(isOpen(plate) && !isOpen(one))) found.push(`${where} under ${String(plate.mark.attributes.class)} of ${groupOf(plate)?.key}`);
    }
    for (const neuron of view.layout.neurons.flat()) {
      if (own?.key !== `neuron:${neuron.layer}:${neuron.row}` && !isOpen(one) && overNeuron(neuron, one.box)) found.push(`${where} over neuron ${neuron.layer}:${neuron.row}`);
    }
    for (const { x, y, radius } of pulses) {
      const away = { x: Math.max(0, Math.abs(x - one.box.x) - one.box.width / 2), y: Math.max(0, Math.abs(y - one.box.y) - one.box.height / 2) };
      if (Math.hypot(away.x, away.y) < radius - 1) found.push(`${where} under a pulse at ${Math.round(x)}, ${Math.round(y)}`);
    }
    const onPlate = plates.some((plate) => plate.order < one.order && covers(plate.box, one.box));
    if (!onPlate && own?.key.startsWith("neuron") && view.layout.neurons.flat().some((neuron) => holds({ x: neuron.x + neuron.width / 2, y: neuron.y, width: neuron.width, height: neuron.height }, one.box))) continue;
    if (!onPlate) {
      for (const stroke of [...strokes, ...added]) {
        const crossing = Array.from({ length: 101 }, (_, step) => wayPoint(stroke, step / 100)).some((point) => holds(one.box, point, -0.5));
        if (crossing) found.push(`${where} on the edge ${stroke.layer}:${stroke.row}:${"column" in stroke ? stroke.column : "added"}`);
      }
      for (const { mark, parents } of drawn) {
        if (!/stage-(bias-edge|arrow|twin-wave)/.test(String(mark.attributes.class))) continue;
        const [x = 0, from = 0, to = 0] = (String(mark.attributes.d).match(/-?[\d.]+/g) ?? []).map(Number);
        if (mark.attributes.class === "stage-bias-edge" && holds({ ...one.box, y: (from + to) / 2, height: Math.abs(to - from) }, { x, y: (from + to) / 2 }) && Math.min(to, one.box.y + one.box.height / 2) > Math.max(from, one.box.y - one.box.height / 2)) found.push(`${where} on the bias edge of ${parents.at(-1)?.key}`);
      }
    }
    const wide = view.layout.slotPitch ? Infinity : Math.max(view.layout.width, ...view.layout.columns.map(({ right }) => right));
    if (one.box.x - one.box.width / 2 < 0 || one.box.x + one.box.width / 2 > wide + 24 || one.box.y - one.box.height / 2 < 0 || one.box.y + one.box.height / 2 > view.layout.height) found.push(`${where} off the stage`);
  }
  return found;
}
