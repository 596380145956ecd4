// Two columns, a cost each: the step under the cursor, the error factor by factor, and the ways on to training and stepping.
// What cancels is struck through in the equation itself, as the server wrote it.

import { h, marked } from "../../dom.js";
import { linesAt, sameStep } from "../../model/laboratory/pairs.js";
import { isAsPublished, requestOf, stepNow } from "../../model/state.js";
import { segments } from "../../model/tex.js";
import { writeAddress } from "../../model/url.js";
import { pairs as text } from "../../texts/en_lab_pairs.js";
import { equation } from "../equation.js";
import { overline } from "../explanation.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Trace} Trace */
/** @typedef {import("../../model/types.d.ts").Line} Line */
/** @typedef {import("../../model/laboratory/pairs.js").Comparison} Comparison */
/** @typedef {Comparison["sides"][number]} Side */

/** The published neuron as a recipe to train, under either cost. @type {Record<string, string>} */
const PRESETS = { quadratic: "slow_quadratic", binary_cross_entropy: "slow_cross_entropy" };

/** @param {Line} line @param {number} digits @param {string} place */
function equations(line, digits, place) {
  return [
    line.symbols.length > 0 ? equation(segments(line.symbols), "symbols", digits, `${place}s`) : null,
    line.numbers.length > 0 ? equation(segments(line.numbers), "numbers", digits, `${place}n`) : null,
  ];
}

/** @param {State} state @param {Trace} trace @param {string} place */
function stepOf(state, trace, place) {
  const step = sameStep(trace, stepNow(state));
  if (!step) return [h("h3", { class: "label" }, text.stepNow), h("p", { class: "quiet" }, text.noStep)];
  return [overline(step, trace), h("h3", { class: "pair-name" }, ...marked(step.name)), ...step.lines.slice(0, Math.max(1, step.members?.length ?? 1)).flatMap((line, at) => equations(line, state.digits, `${place}.${at}`))];
}

/** The network under this cost, on the step page. @param {State} state @param {Trace} trace */
function stepAddress(state, trace) {
  const request = requestOf(trace);
  const place = { ...state, request, trace, history: [], undo: [], update: 1, session: null, selected: null, tab: /** @type {const} */ ("equation") };
  return `/${writeAddress(place, { changed: !isAsPublished({ published: state.published, request }) })}`;
}

/** @param {number} side */
function mountSide(side) {
  const name = h("h2", { class: "title small", id: `pair-${side}` });
  const words = h("p", { class: "says" });
  const step = h("div", { class: "pair-step" });
  const lines = Array.from({ length: 4 }, () => h("div", { class: "pair-line" }));
  const sentence = h("p", { class: "pair-sentence" });
  const toStep = h("a", {}, text.step);
  const toTrain = h("a", {}, text.train);
  const root = h("section", { class: "pair-side", "aria-labelledby": `pair-${side}` }, h("div", {}, name, words), step, ...lines, sentence, h("p", { class: "pair-links" }, toStep, toTrain));
  /** @type {unknown[]} */
  let told = [];
  /** @type {unknown[]} */
  let stepped = [];
  return {
    root,
    /** @param {State} state @param {Side} one @param {Trace} trace */
    update(state, one, trace) {
      const at = stepNow(state);
      if (told[0] !== one || told[1] !== state.digits) {
        told = [one, state.digits];
        name.textContent = text.costs[/** @type {keyof typeof text.costs} */ (one.cost)];
        words.textContent = one.words;
        lines.forEach((root, index) => {
          const line = /** @type {Line|undefined} */ (one.lines[index]);
          root.replaceChildren(...(line ? [h("h3", { class: "label" }, line.title ?? ""), ...equations(line, state.digits, `pair${side}.${index}`)].filter((node) => node !== null) : []));
        });
        sentence.textContent = one.sentence;
      }
      if (stepped[0] !== trace || stepped[1] !== at || stepped[2] !== state.digits) {
        stepped = [trace, at, state.digits];
        step.replaceChildren(...stepOf(state, trace, `pair${side}.step`).filter((node) => node !== null));
      }
      const now = linesAt(at, trace);
      lines.forEach((root, index) => { root.classList.toggle("now", now.includes(index)); });
      toStep.href = stepAddress(state, trace);
      toTrain.hidden = !(one.cost in PRESETS) || trace.network.layers.at(-1)?.activation !== "sigmoid";
      toTrain.href = `/train?preset=${PRESETS[one.cost] ?? ""}`;
    },
  };
}

export function mountColumns() {
  const sides = [mountSide(0), mountSide(1)];
  const root = h("div", { class: "pair-columns" }, ...sides.map((side) => side.root));
  return {
    root,
    /** @param {State} state @param {Comparison} comparison */
    update(state, comparison) {
      sides.forEach((side, at) => {
        const one = comparison.sides[at];
        const trace = /** @type {Trace|undefined} */ (/** @type {unknown} */ (comparison.traces[at]));
        if (one && trace) side.update(state, one, trace);
      });
    },
  };
}
