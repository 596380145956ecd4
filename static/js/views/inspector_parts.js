// The parts of the inspector that the server answers: product, paths, links there and back, the batch opened, the cone, the trail.
// A number that the steps have not come to yet is a step to go to, here as everywhere.

import { h, marked } from "../dom.js";
import { formatNumber } from "../model/format.js";
import { inLine, knowledge, writerOf } from "../model/inspect.js";
import { segments } from "../model/tex.js";
import { page as text } from "../texts/en_page.js";
import { equation, symbol, writeNumber } from "./equation.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../model/types.d.ts").Inspection} Inspection */
/** @typedef {import("../model/types.d.ts").Line} Line */
/** @typedef {Inspection["shown"]} Shown */

const words = text.inspector;

/** @param {string} title @param {(Node|null)[]} content */
function block(title, ...content) {
  return h("div", { class: "block" }, h("h2", { class: "label" }, title), ...content);
}

/** @param {number} step @param {Dispatch} dispatch */
export function stepLink(step, dispatch) {
  const go = (/** @type {Event} */ event) => { event.preventDefault(); dispatch({ type: "seek", step }); };
  return h("a", { class: "later", href: `#step=${step}`, onclick: go }, words.atStep(step + 1));
}

/** @param {State} state @param {Inspection} answer @param {Dispatch} dispatch */
export function product(state, { kind, product: line, paths }, dispatch) {
  const gradient = paths?.gradient.ref;
  if (!line || !gradient) return null;
  const later = knowledge(state, gradient);
  const title = kind === "neuron" || kind === "input" ? words.errorProduct : kind === "bias" ? words.gradientError : words.gradientProduct;
  if (later !== null) return block(title, h("p", { class: "says" }, stepLink(later, dispatch)));
  const told = /** @type {Line} */ (line);
  return block(title, equation(segments(told.symbols), "numbers", state.digits, `i${kind}s`), equation(segments(told.numbers), "numbers", state.digits, `i${kind}n`));
}

/** @param {number} value @param {number} digits */
function signed(value, digits) {
  return h("span", { class: value < 0 ? "negative" : "positive" }, formatNumber(value, digits));
}

/**
 * Factors as plain numbers, so that a path fits its row; a negative one stands in brackets.
 * @param {readonly unknown[]} pieces @param {number} digits
 */
function factors(pieces, digits) {
  return pieces.flatMap((piece) => {
    if (typeof piece === "string") return [" · "];
    const { value, ref = "", scale } = /** @type {import("../model/types.d.ts").NumberPiece} */ (piece);
    const number = h("span");
    writeNumber(number, { value, ref, scale }, digits);
    return value !== null && value < 0 ? ["(", number, ")"] : [number];
  });
}

/** @param {State} state @param {Inspection} answer */
export function paths(state, { paths: found }) {
  if (!found || knowledge(state, found.gradient.ref) !== null) return null;
  const { digits } = state;
  const rows = found.strongest.map(({ words: through, line, product: value }) => h("tr", {},
    h("th", { scope: "row" }, through), h("td", { class: "factors" }, ...factors(line.numbers, digits)), h("td", {}, signed(value, digits))));
  if (found.number !== String(found.strongest.length)) {
    rows.push(h("tr", {}, h("th", { scope: "row", colspan: 2 }, words.otherPaths), h("td", {}, signed(found.remainder, digits))));
  }
  rows.push(h("tr", {}, h("th", { scope: "row", colspan: 2 }, words.sum), h("td", {}, signed(found.sum, digits))));
  const title = words.pathCount(found.number, state.trace.network.cost === "output");
  return block(title,
    h("div", { class: "table-scroll tall", role: "group", tabindex: 0, "aria-label": title }, h("table", { class: "paths" }, h("tbody", {}, ...rows))));
}

/** @param {State} state @param {Shown} shown @param {Dispatch} dispatch */
function linked(state, { ref, tex, words: name, value, scale }, dispatch) {
  const later = knowledge(state, ref);
  const writer = writerOf(state.trace, ref);
  const number = h("span");
  if (later === null) writeNumber(number, { value, ref, scale }, state.digits);
  const button = h("button", { type: "button", class: "linked", id: `go-${ref}`, title: name, onclick: () => dispatch({ type: "select", ref }) }, symbol(inLine(tex), name), later === null ? number : null);
  return h("li", {}, button, later !== null ? stepLink(later, dispatch) : writer !== null && writer !== state.cursor ? stepLink(writer, dispatch) : null);
}

/** @param {State} state @param {"sources"|"targets"} side @param {Inspection} answer @param {Dispatch} dispatch */
export function links(state, side, answer, dispatch) {
  const { numbers, total } = answer[side];
  if (total === 0) return block(words[side], h("p", { class: "says" }, side === "sources" ? words.given : words.readByNone));
  const more = total - numbers.length;
  return block(words[side], h("ul", { class: "links" }, ...numbers.map((one) => linked(state, one, dispatch)), more > 0 ? h("li", { class: "says" }, words.smaller(more)) : null));
}

/** @param {State} state @param {Inspection} answer @param {Dispatch} dispatch */
export function examples(state, { examples: batch }, dispatch) {
  if (!batch || knowledge(state, batch.ref) !== null) return null;
  const { digits } = state;
  const rows = batch.rows.map(({ example, stepped, cost, value }) => h("tr", { class: stepped ? "stepped" : "" },
    h("th", { scope: "row" }, h("button", { type: "button", id: `example-${example}`, "aria-pressed": String(stepped), onclick: () => dispatch({ type: "example", index: example }) }, words.example(example + 1))),
    h("td", {}, cost === null ? "" : formatNumber(cost, digits)), h("td", {}, formatNumber(value, digits))));
  if (batch.mean) rows.push(h("tr", { class: "mean" }, h("th", { scope: "row" }, words.mean), h("td"), h("td", {}, formatNumber(batch.mean.value, digits))));
  const head = h("tr", {}, h("td"), h("th", { scope: "col" }, words.costOf), h("th", { scope: "col" }, batch.words));
  return block(words.batch, h("div", { class: "table-scroll", role: "group", tabindex: 0, "aria-label": words.batch }, h("table", { class: "batch-opened" }, h("thead", {}, head), h("tbody", {}, ...rows))));
}

/** @param {Inspection} answer */
export function reasons({ reasons: found }) {
  return found.map(({ kind, text: said }) => h("p", { class: "note", "data-reason": kind }, ...marked(said)));
}

/** @param {Inspection} answer */
export function cone({ touches }) {
  return block(words.changes, h("p", { class: "says" }, ...marked(touches)));
}

/** @param {State} state @param {(ref: string) => string} nameOf @param {Dispatch} dispatch */
export function trail({ inspecting }, nameOf, dispatch) {
  const { trail: refs } = inspecting;
  if (refs.length === 0) return null;
  const first = Math.max(0, refs.length - 3);
  const buttons = refs.slice(first).map((ref, at) => h("li", {}, h("button", { type: "button", id: `trail-${first + at}`, onclick: () => dispatch({ type: "walkBack", at: first + at }) }, nameOf(ref))));
  return h("nav", { class: "trail", "aria-label": words.trail }, h("ol", {}, ...buttons));
}
