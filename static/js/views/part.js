// The explanation of one part of a step: its own sentence and equation, and beneath it, quieter, the equation of the whole step.
// While its window is on the way the whole step stands there alone, so that nothing jumps when the part arrives.

import { h } from "../dom.js";
import { isFine, partCount, partNow } from "../model/fine.js";
import { segments } from "../model/tex.js";
import { page as text } from "../texts/en_page.js";
import { equation } from "./equation.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Step} Step */

/** Labels that say no more than the subject itself. */
const BARE = /^(one (neuron|input|entry|bias)|the cost)/;

/** Whom the part is about, and what it does there. @param {Step} told */
function nameOf({ kind, part }) {
  if (!part) return "";
  const weight = part.column !== null && kind.startsWith("weight_");
  const subject = kind === "cost" ? text.part.cost : kind === "input" ? text.part.input(part.row + 1)
    : weight ? text.part.weight((part.column ?? 0) + 1, part.row + 1) : text.part.neuron(part.row + 1);
  return BARE.test(part.label) && !kind.startsWith("bias_") ? subject : `${subject}, ${part.label}`;
}

/**
 * What the part is called: where it stands, and its own label.
 * @param {State} state
 * @param {Step|null} told
 */
function labelOf({ trace, granularity, cursor, part }, told) {
  const place = text.part.place(granularity, part + 1, partCount(trace, granularity, cursor));
  const own = told ? nameOf(told) : "";
  return h("p", { class: "part-label" }, h("b", {}, own || place), own ? ` · ${place}` : "");
}

/** Larger matrices than this are left to the granularity that is about them. */
const MOST_CELLS = 8;

/** @param {import("../model/types.d.ts").Line} line */
function isSmall({ numbers }) {
  return numbers.every((piece) => typeof piece === "string" || !("matrix" in piece) || piece.matrix.length * (piece.matrix[0]?.length ?? 0) <= MOST_CELLS);
}

/** The whole step as it was drawn last: it stays while its parts go by. @type {{step: Step|null, digits: number, node: Node|null}} */
let drawn = { step: null, digits: 0, node: null };

/** @param {Step} step @param {number} digits */
function whole(step, digits) {
  if (drawn.step !== step || drawn.digits !== digits) drawn = { step, digits, node: drawWhole(step, digits) };
  return drawn.node;
}

/** @param {Step} step @param {number} digits */
function drawWhole(step, digits) {
  const [line] = step.lines;
  if (!line) return null;
  return h("div", { class: "block whole" },
    h("h2", { class: "label" }, text.part.whole),
    line.symbols.length > 0 ? equation(segments(line.symbols), "numbers", digits, "ws") : null,
    line.numbers.length > 0 && isSmall(line) ? equation(segments(line.numbers), "numbers", digits, "wn") : null);
}

/**
 * @param {State} state
 * @param {Step} step the whole one
 * @param {(step: Step, digits: number) => (Node|null)[]} equations
 * @returns {{label: Node, sentence: string, lines: (Node|null)[]}|null} null where steps are not told in parts
 */
export function explainPart(state, step, equations) {
  if (!isFine(state.granularity)) return null;
  const told = partNow(state);
  return {
    label: labelOf(state, told),
    sentence: told?.sentence ?? step.sentence,
    lines: [...(told ? equations(told, state.digits) : []), whole(step, state.digits)],
  };
}
