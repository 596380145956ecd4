// A node: what is given has the shape of an input; an operation has its sign at the left and its value at the right.
// What stands on top of it, its gradient, is in scene_gradient.js.

import { formatNumber } from "../format.js";
import { mark, px, quantity, symbolMark, words } from "../marks.js";
import { textWidth } from "../plates.js";
import { neuronPath } from "../scene_neuron.js";
import { isWord, symbolOf, textOf } from "./names.js";
import { gradientItem } from "./scene_gradient.js";

/** @typedef {import("./view.js").GraphView} GraphView */
/** @typedef {import("./layout.js").NodeBox} NodeBox */
/** @typedef {import("../marks.js").Mark} Mark */

const HALO = 6;
const LEAST_BESIDE = 13;

/** The same outline as a neuron's. @param {NodeBox} box */
function outlineOf(box) {
  const input = box.shape !== "operation";
  return { ...box, input, divider: input ? box.x : box.x + box.divide };
}

/** @param {NodeBox} box @param {"left"|"right"|"both"} side @param {number} [grow] */
function pathOf(box, side, grow = 0) {
  return neuronPath(/** @type {any} */ (outlineOf(box)), side, grow);
}

/** @param {GraphView} view @param {NodeBox} box */
function valueState(view, box) {
  const knowledge = view.known(`value:${box.id}`);
  const now = knowledge === "now";
  const arrives = now && view.step?.kind !== "input" && view.progress.finish < 0.5;
  return { shown: knowledge !== "future" && !arrives, now, share: now ? view.progress.finish : 1 };
}

/** Colours by the root of the share, so that small numbers beside large ones keep their sign. @param {number} share */
const rooted = (share) => Math.sign(share) * Math.sqrt(Math.abs(share));

/** @param {number} room @param {string} text @param {number} most */
const fitting = (room, text, most) => Math.max(11, Math.min(most, Math.floor(room / textWidth(text, 1))));

/** @param {string} key @param {number} x @param {number} y @param {string} name @param {string} quiet @param {number} room */
function nameMark(key, x, y, name, quiet, room) {
  const symbol = symbolOf(name);
  if (!isWord(name)) return symbolMark(key, x, y, symbol, { class: `graph-name ${quiet}`, size: 17, anchor: "middle" });
  return words(key, x, y, symbol.base, { class: `graph-name ${quiet}`, size: fitting(room, symbol.base, 15), anchor: "middle" });
}

/** @param {GraphView} view @param {NodeBox} box @returns {Mark[]} */
function contentOf(view, box) {
  const node = /** @type {import("./graph.d.ts").Node} */ (view.nodes[box.id]);
  const { shown, now } = valueState(view, box);
  const number = formatNumber(node.value, view.digits);
  const style = { class: `stage-number ${now ? "stage-bold" : "stage-quiet"}`, anchor: /** @type {const} */ ("middle") };
  const hooks = { ref: `value:${box.id}`, value: node.value, digits: view.digits };
  const written = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ room) => quantity("value", x, y, hooks, { ...style, size: fitting(room, number, 16) });
  if (box.shape === "constant") return [written(box.x + box.width / 2 - 2, box.y + 5.5, box.width - 16)];
  if (box.shape === "leaf") {
    const edge = box.x + box.width * 0.36;
    const beside = box.x + box.width - 14 - edge;
    // A long name or number takes the whole width: then one stands above the other.
    if (isWord(textOf(node)) || fitting(beside, number, 16) < LEAST_BESIDE) {
      const [x, room] = [box.x + box.width * 0.46, box.width - 26];
      const name = nameMark("name", x, box.y + (shown ? -5 : 5), textOf(node), "", room);
      return shown ? [name, written(x, box.y + 17, room)] : [name];
    }
    const name = nameMark("name", box.x + box.width * 0.22, box.y + 5.5, textOf(node), "", edge - box.x - 6);
    return shown ? [name, written(edge + beside / 2, box.y + 5.5, beside)] : [name];
  }
  const [left, right] = [box.x + box.divide / 2 + 2, box.x + box.divide + (box.width - box.divide) / 2 - 3];
  const sign = node.sign || node.operation;
  const signMark = words("sign", left, box.y + 8, sign, { class: "graph-sign", size: [...sign].length > 1 ? fitting(box.divide - 12, sign, 20) : 26, anchor: "middle" });
  const half = box.width - box.divide - 13;
  const name = nameMark("name", right, box.y + (shown ? -5 : 5), textOf(node), "graph-quiet", half);
  return shown ? [signMark, name, written(right, box.y + 19, half)] : [signMark, name];
}

/** @param {GraphView} view @param {NodeBox} box @returns {Mark[]} */
function bodyOf(view, box) {
  const node = /** @type {import("./graph.d.ts").Node} */ (view.nodes[box.id]);
  const { shown, now, share } = valueState(view, box);
  const fill = shown ? view.palette.half(rooted((node.value ?? 0) / view.scales.value) * share, now) : "none";
  const right = mark("right", "path", {
    d: pathOf(box, "right"), fill, "data-point": `value:${box.id}`,
    class: `stage-half${shown ? "" : " stage-future"}${now && shown ? " stage-now" : ""}`,
  });
  if (box.shape !== "operation") return [right];
  return [mark("left", "path", { d: pathOf(box, "left"), fill: "none", class: "stage-half", "data-point": `value:${box.id}` }), right];
}

/** @param {GraphView} view @param {NodeBox} box */
export function nodeLabel(view, box) {
  const node = /** @type {import("./graph.d.ts").Node} */ (view.nodes[box.id]);
  const { nodeWords } = view.texts;
  const parts = [];
  if (view.known(`value:${box.id}`) !== "future") parts.push(nodeWords.value(formatNumber(node.value, view.digits)));
  if (view.known(`gradient:${box.id}`) !== "future") parts.push(nodeWords.gradient(formatNumber(node.gradient, view.digits)));
  const made = node.operands.map((k) => textOf(/** @type {any} */ (view.nodes[k])));
  return `${nodeWords.name(textOf(node), node.operation, made)}: ${parts.join(", ") || nodeWords.notYet}`;
}

/** @param {GraphView} view @param {NodeBox} box @returns {Mark} */
export function nodeMark(view, box) {
  const lit = view.lit.nodes.has(box.id);
  const related = view.lit.related.has(box.id);
  /** @type {Mark[]} */
  const children = [];
  if (lit || related) children.push(mark("halo", "path", { d: pathOf(box, "both", HALO), class: `stage-halo${lit ? "" : " graph-related"}` }));
  children.push(
    mark("paper", "path", { d: pathOf(box, "both"), class: "stage-paper" }),
    ...bodyOf(view, box),
    ...contentOf(view, box),
    ...(gradientItem(view, box)?.marks ?? []),
    mark("focus", "path", { d: pathOf(box, "both", HALO + 3), class: "stage-focus" }),
  );
  return mark(`node:${box.id}`, "g", {
    class: "graph-node", role: "button", tabindex: "0", "aria-label": nodeLabel(view, box), "data-point": `value:${box.id}`, "data-node": box.id,
    "aria-pressed": String(view.selected === `value:${box.id}`),
  }, children);
}

/** The line out of the last node, to the name of what is differentiated. @param {GraphView} view @returns {Mark[]} */
export function outputMarks(view) {
  const box = view.layout.boxes[view.layout.output];
  if (!box) return [];
  const x = box.x + box.width;
  const known = view.known(`value:${box.id}`) !== "future";
  return [
    mark("output-wire", "path", { d: `M${px(x)} ${px(box.y)}h${view.layout.wire}`, class: `stage-wire${known ? "" : " stage-future"}` }),
    nameMark("output-name", x + view.layout.wire + 18, box.y + 6, textOf(/** @type {any} */ (view.nodes[box.id])), "", 40),
  ];
}
