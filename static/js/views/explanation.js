// The explanation of the step under the cursor: what it is, one sentence, the equation in symbols and with numbers, the curve,
// what the text has to say about it, and where its numbers come from and go to.

import { glyph, h, marked } from "../dom.js";
import { fineIndex } from "../model/fine.js";
import { authorOfTrace, letters, shownLayer } from "../model/lens.js";
import { plotOf } from "../model/plot.js";
import { stepNow, whyItEnds } from "../model/state.js";
import { drawnOtherwise } from "../model/switching.js";
import { resultFirst, segments, withoutName } from "../model/tex.js";
import { page as text } from "../texts/en_page.js";
import { asking } from "./asking.js";
import { checkLink } from "./check_link.js";
import { equation } from "./equation.js";
import { explainPart } from "./part.js";
import { drawPlot } from "./plot.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Step} Step */
/** @typedef {import("../model/types.d.ts").Line} Line */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */

/** @param {Step} step @param {import("../model/types.d.ts").Trace} trace */
export function overline(step, trace) {
  const place = [authorOfTrace(trace), step.place].filter(Boolean).join(", ");
  return h("div", { class: "overline", "data-phase": step.phase },
    h("span", { class: "phase" }, glyph(step.phase), step.phase === "cost" && !letters(trace, "cost") ? text.outputPhase : text.phases[step.phase]),
    h("span", { class: "place" }, ...marked(place)));
}

/** @param {Step} step @param {State} state @param {ReturnType<typeof explainPart>} part */
function head(step, { trace }, part) {
  return [
    overline(step, trace),
    h("h1", { class: "title" }, ...marked(step.name)),
    step.in_text ? null : h("div", {}, h("span", { class: "badge" }, step.phase === "cost" ? text.costNotInText : text.notInText)),
    part?.label ?? null,
    h("p", { class: "sentence" }, ...marked(part?.sentence ?? step.sentence)),
  ];
}

/** @param {Line} line @param {number} digits */
function mainLine(line, digits) {
  const parts = [];
  if (line.symbols.length > 0) parts.push(h("div", { class: "block" }, h("h2", { class: "label main" }, text.inSymbols), equation(segments(line.symbols), "symbols", digits, "0")));
  if (line.numbers.length > 0) parts.push(h("div", { class: "block close" }, h("h2", { class: "label main" }, text.withNumbers), equation(resultFirst(line.numbers), "numbers", digits, "0")));
  return parts;
}

/** @param {Line} line @param {number} digits @param {number} index */
function furtherLine(line, digits, index) {
  return h("div", { class: "block close" },
    line.title ? h("h2", { class: "label" }, ...marked(line.title)) : null,
    line.symbols.length > 0 ? equation(segments(line.symbols), "numbers", digits, `${index}s`) : null,
    line.numbers.length > 0 ? equation(line.symbols.length > 0 ? withoutName(line.numbers) : segments(line.numbers), "numbers", digits, `${index}n`) : null);
}

/** At a coarse granularity every member has its own equation. @param {Step} step @param {number} digits */
export function equations(step, digits) {
  const [first, ...rest] = step.lines;
  if (!first) return [];
  if ((step.members?.length ?? 1) <= 1) return [...mainLine(first, digits), ...rest.map((line, index) => furtherLine(line, digits, index + 1))];
  return step.lines.map((line, index) => furtherLine(line, digits, index));
}

/** @param {Step} step */
export function notes(step) {
  const parts = [];
  if (step.note) parts.push(h("p", { class: "note" }, ...(step.in_text ? [h("b", {}, text.inThisText), " "] : []), ...marked(step.note)));
  for (const remark of step.remarks) parts.push(h("p", { class: "note" }, ...marked(remark.text)));
  for (const { place, printed, holds } of step.errata) {
    parts.push(h("details", { class: "note erratum" }, h("summary", {}, ...marked(text.erratum(place))), ...marked(text.printedHolds(printed, holds))));
  }
  return parts;
}

/** After a switch: what the order of this text draws that the one before did not, or not yet. @param {State} state */
function switched({ home, trace, cursor }) {
  if (!home || home.trace.textbook === trace.textbook) return null;
  const clause = text.lens.drawn(drawnOtherwise(home, { trace, cursor }));
  return clause ? h("p", { class: "note" }, text.lens.switched(authorOfTrace(trace), clause)) : null;
}

/** The end of a trace says why: it broke off, or nothing was to be updated. @param {State} state */
function ending({ trace, cursor, granularity, part }) {
  const reason = whyItEnds({ trace, cursor, granularity, part });
  if (reason) return h("p", { class: "note end" }, text.ending[reason], ".");
  const broken = trace.diverged;
  if (!broken || cursor !== trace.steps.length - 1) return null;
  return h("p", { class: "problem" }, text.diverged(broken.quantity.replaceAll("_", " "), shownLayer(trace, broken.layer)));
}

/** @param {Step} step @param {number} digits */
export function derivation(step, digits) {
  if (step.derivation.length === 0) return null;
  const lines = step.derivation.flatMap((line, index) => [
    line.place || line.title ? h("p", { class: "at" }, ...marked([line.place, line.title].filter(Boolean).join(" "))) : null,
    equation(segments(line.symbols), "numbers", digits, `d${index}`),
  ]);
  return h("details", { class: "fold" }, h("summary", {}, text.derivation), ...lines);
}

/**
 * @param {State} state
 * @param {import("../model/types.d.ts").Link[]} links
 * @param {(action: any) => void} dispatch
 * @param {(step: number) => string} words
 */
export function routes({ trace, granularity }, links, dispatch, words) {
  /** @type {Node[]} */
  const parts = [];
  links.forEach((link, index) => {
    if (index > 0) parts.push(document.createTextNode(", "));
    const target = link.step === null ? undefined : trace.steps[link.step];
    if (!target) {
      parts.push(h("span", { "data-ref": link.ref }, link.text));
      return;
    }
    const go = (/** @type {Event} */ event) => { event.preventDefault(); dispatch({ type: "seek", step: target.index }); };
    const where = words(target.index + 1);
    parts.push(h("a", { href: `#step=${fineIndex({ trace, granularity, cursor: target.index, part: 0 })}`, "data-ref": link.ref, onclick: go }, link.text));
    parts.push(document.createTextNode(` ${target.tag ? where.replace(/step \d+$/, target.tag) : where}`));
  });
  return parts;
}

/** What is said of the whole step stays while its parts go by. @type {{key: unknown[], nodes: (Node|null)[]}} */
let ofStep = { key: [], nodes: [] };

/**
 * @param {State} state
 * @param {Step} step
 * @param {Dispatch} dispatch
 */
function aboutStep(state, step, dispatch) {
  const key = [step, state.digits, state.granularity, state.asked, state.lab?.stage];
  if (key.some((value, index) => value !== ofStep.key[index])) {
    const used = routes(state, step.used_by, dispatch, text.inStep);
    ofStep = { key, nodes: [
      ...notes(step),
      derivation(step, state.digits),
      // The server would answer of the trace that is in the page, not of the one in its place.
      state.lab?.stage ? null : asking(state, dispatch),
      h("dl", { class: "routes" },
        ...(step.reads.length > 0 ? [h("dt", {}, text.reads), h("dd", {}, ...routes(state, step.reads, dispatch, text.fromStep))] : []),
        h("dt", {}, text.usedBy), h("dd", {}, ...(used.length > 0 ? used : [step.phase === "update" ? text.ends : state.trace.freeze_biases && step.kind.includes("bias_gradient") ? text.frozen : text.nothing]))),
    ] };
  }
  return ofStep.nodes;
}

/**
 * The panel of the Equation tab.
 * @param {State} state
 * @param {Dispatch} dispatch
 * @returns {(Node|null)[]}
 */
export function explain(state, dispatch) {
  const step = stepNow(state);
  const plot = plotOf(state);
  const part = explainPart(state, step, equations);
  return [
    ...head(step, state, part),
    switched(state),
    ending(state),
    ...(part ? part.lines : equations(step, state.digits)),
    !state.lab?.stage && (step.phase === "gradient" || step.phase === "backward") ? checkLink(state, dispatch) : null,
    plot ? h("div", { class: "block plot-block" }, plot.backward ? null : h("h2", { class: "label" }, text.curve), drawPlot(plot)) : null,
    ...aboutStep(state, step, dispatch),
  ];
}
