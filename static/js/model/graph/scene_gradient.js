// On top of a node stands its gradient: a signed arrow, ∂f/∂node and the number, in ink while it is new.
// Where a value is used several times the products wait there as they come, and the last one makes the sum;
// a sum that would reach the next node is left to the panel, and its result or what is awaited stands alone.

import { formatNumber } from "../format.js";
import { phrase, rectangle } from "../marks.js";
import { textWidth } from "../plates.js";
import { arrowMark } from "../scene_error.js";
import { isWord, shortened, symbolOf, textOf } from "./names.js";

/** @typedef {import("./view.js").GraphView} GraphView */
/** @typedef {import("./layout.js").NodeBox} NodeBox */
/** @typedef {import("../marks.js").Mark} Mark */
/** @typedef {Parameters<typeof phrase>[3]} Pieces */
/** @typedef {{marks: Mark[], area: import("../plates.js").Box}} Item */

const TALL = { foot: 6, height: 47, inset: 14, text: 30, padding: 10, least: 90, gap: 10, size: 16, base: 15, arrow: { range: 30, size: 1, air: 14 } };
const LOW = { ...TALL, height: 32, gap: 7, size: 15, base: 12, arrow: { range: 16, size: 0.75, air: 10 } };
const BOLDER = 1.08;
/** Nodes lower than this have the smaller tag. */
const LOW_NODE = 60;
/** What is too long by a little is set smaller. */
const SHRUNK = [1, 0.9, 0.8];
/** Between a tag and the next node. */
const AIR = 6;
/** More terms than these are not written out on the stage. */
const MOST_TERMS = 4;
const LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/**
 * The gradient on top, and how much room it takes; null where nothing has come back yet.
 * @param {GraphView} view
 * @param {NodeBox} box
 * @returns {Item|null}
 */
export function gradientItem(view, box) {
  const knowledge = view.known(`gradient:${box.id}`);
  if (knowledge === "future") return waiting(view, box);
  const now = knowledge === "now";
  if (now && view.progress.finish === 0) return waiting(view, box);
  const style = styleOf(box);
  const gradient = view.nodes[box.id]?.gradient ?? null;
  const terms = now && (view.step?.members?.length ?? 1) <= 1 ? termsOf(view, box.id, view.arrivals(box.id)) : [];
  /** @type {Pieces} */
  const result = [{
    number: { ref: `gradient:${box.id}`, value: gradient, digits: view.digits }, class: `stage-number${now ? " stage-bold" : ""}`, size: style.size, fill: view.palette.sign(gradient ?? 0),
  }];
  const item = tag(view, box, terms.length > 0 ? [[...terms, { text: " = ", class: "stage-quiet", size: style.size }, ...result], result] : [result], now);
  const top = box.y - box.height / 2;
  const { range, size, air } = style.arrow;
  item.marks.push(arrowMark({ palette: view.palette, scales: view.scales }, box.x + style.inset, top - (now ? style.foot + air / 2 : style.foot), gradient ?? 0, {
    least: 10, range, most: now ? style.height - air : style.height - 4, size, grown: now ? view.progress.finish : 1,
  }));
  return item;
}

/** The products that have come back and wait for the others. @param {GraphView} view @param {NodeBox} box @returns {Item|null} */
function waiting(view, box) {
  const here = view.arrivals(box.id).filter((id) => view.known(`contribution:${id}`) === "past" || (view.known(`contribution:${id}`) === "now" && view.progress.finish > 0));
  const terms = termsOf(view, box.id, here);
  if (terms.length === 0) return null;
  const more = { class: "stage-quiet", size: styleOf(box).size };
  return tag(view, box, [[...terms, { text: " + …", ...more }], [{ text: "…", ...more }]], here.some((id) => view.known(`contribution:${id}`) === "now"));
}

/** @param {NodeBox} box */
const styleOf = (box) => (box.height < LOW_NODE ? LOW : TALL);

/**
 * The terms of a sum, each in the colour of its sign; nothing where one product is all there is.
 * @param {GraphView} view
 * @param {number} node
 * @param {number[]} arrived edges in the order in which they come back
 * @returns {Pieces}
 */
function termsOf(view, node, arrived) {
  if (view.arrivals(node).length < 2 || arrived.length === 0 || arrived.length > MOST_TERMS) return [];
  const { size } = styleOf(/** @type {NodeBox} */ (view.layout.boxes[node]));
  return arrived.flatMap((id, at) => {
    const value = view.edges[id]?.contribution ?? null;
    const [open, close] = at > 0 && (value ?? 0) < 0 ? ["(", ")"] : ["", ""];
    return [
      ...(at > 0 || open ? [{ text: `${at > 0 ? " + " : ""}${open}`, class: "stage-quiet", size }] : []),
      { number: { ref: `contribution:${id}`, value, digits: view.digits }, class: "stage-number", size, fill: view.palette.sign(value ?? 0) },
      ...(close ? [{ text: close, class: "stage-quiet", size }] : []),
    ];
  });
}

/** How far a tag may reach: to the next node to the right that stands, with its own tag, at this height. @param {GraphView} view @param {NodeBox} box */
function roomOf(view, box) {
  const { foot, height } = styleOf(box);
  const tall = box.height / 2 + foot + height;
  const beside = view.layout.boxes.filter((other) => other.x > box.x + box.width && other.y - tall < box.y - box.height / 2 - foot && other.y + other.height / 2 > box.y - tall);
  return Math.min(...beside.map(({ x }) => x)) - box.x - AIR;
}

/**
 * The first of several ways to write it that fits, a little smaller if need be.
 * @param {GraphView} view @param {NodeBox} box @param {Pieces[]} choices from the longest to the shortest @param {boolean} now
 */
function fitting(view, box, choices, now) {
  const style = styleOf(box);
  const room = roomOf(view, box);
  const names = namePieces(view, box.id);
  const sized = choices.flatMap((numbers) => SHRUNK.map((shrunk) => {
    const size = style.size * shrunk;
    const name = names.reduce((sum, { text, wide }) => sum + textWidth(text, size - 1) * wide, 0);
    const length = numbers.reduce((sum, { text, number }) => sum + textWidth(text ?? formatNumber(number?.value, view.digits), size), 0) * (now ? BOLDER : 1);
    return { size, names, numbers: numbers.map((one) => ({ ...one, size })), width: Math.max(style.least, style.text + name + style.gap + length + style.padding) };
  }));
  return /** @type {typeof sized[number]} */ (sized.find(({ width }) => width <= room) ?? sized.at(-1));
}

/** @param {GraphView} view @param {NodeBox} box @param {Pieces[]} choices @param {boolean} now @returns {Item} */
function tag(view, box, choices, now) {
  const style = styleOf(box);
  const top = box.y - box.height / 2;
  const { size, names, numbers, width } = fitting(view, box, choices, now);
  const area = { x: box.x + width / 2, y: top - style.foot - style.height / 2, width, height: style.height };
  const baseline = now ? area.y + size * 0.36 : top - style.base;
  const [first, ...rest] = numbers;
  const marks = [phrase("gradient", box.x + style.text, baseline, [
    ...names.map(({ text, face }) => ({ text, class: face, size: size - 1 })), { ...first, gap: style.gap }, ...rest,
  ], { class: "stage-error-symbol", size: size - 1 })];
  if (now) marks.unshift(rectangle("tag", area, { rx: 6, class: "graph-tag", "data-point": `gradient:${box.id}` }));
  return { marks, area };
}

/** ∂f/∂x in pieces, each in its face. @param {GraphView} view @param {number} id */
function namePieces(view, id) {
  const one = (/** @type {number} */ at) => textOf(/** @type {any} */ (view.nodes[at]));
  return [view.trace.output, id].flatMap((at, place) => {
    const { base, lower = "" } = symbolOf(one(at));
    const word = isWord(one(at));
    const figures = [...lower].map((figure) => LOWERED[Number(figure)] ?? figure).join("");
    return [
      { text: `${place > 0 ? "/" : ""}∂`, face: "stage-math", wide: 1 },
      { text: word ? shortened(base) : base, face: word ? "" : "stage-math", wide: word ? 1 : 0.9 },
      ...(figures ? [{ text: figures, face: "", wide: 0.7 }] : []),
    ];
  });
}
