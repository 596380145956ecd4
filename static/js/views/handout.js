// The hand-out: the whole derivation on white paper, made when somebody prints and thrown away after.
// Every step of the trace in the words of the chosen text, whatever the cursor and the tab.

import { byId, h, marked } from "../dom.js";
import { authorOfTrace } from "../model/lens.js";
import { segments } from "../model/tex.js";
import { page as text } from "../texts/en_page.js";
import { equation } from "./equation.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Step} Step */
/** @typedef {import("../model/types.d.ts").Line} Line */

const words = text.handout;

/** @param {Line} line @param {number} digits @param {string} place */
function lineOf(line, digits, place) {
  const heading = [line.title, line.place].filter(Boolean).join(", ");
  return h("div", { class: "handout-line" },
    heading ? h("h4", {}, ...marked(heading)) : null,
    line.symbols.length > 0 ? equation(segments(line.symbols), "numbers", digits, `${place}s`) : null,
    line.numbers.length > 0 ? equation(segments(line.numbers), "numbers", digits, `${place}n`) : null);
}

/** @param {Step} step @param {number} digits */
function passage(step, digits) {
  const notes = [step.note, ...step.remarks.map((remark) => remark.text)].filter(Boolean).map((note) => h("p", { class: "handout-note" }, ...marked(note)));
  const errata = step.errata.map(({ place, printed, holds }) => h("p", { class: "handout-note" }, h("b", {}, text.erratum(place)), " ", ...marked(text.printedHolds(printed, holds))));
  return h("article", { "data-phase": step.phase },
    h("h3", {}, h("span", {}, `${step.index + 1}. `, ...marked(step.name)), h("span", { class: "handout-place" }, ...marked(step.place))),
    h("p", {}, ...marked(step.sentence)),
    ...step.lines.map((line, index) => lineOf(line, digits, `h${step.index}.${index}`)),
    ...notes, ...errata);
}

/** Steps of one phase after the other, under one heading. @param {Step[]} steps */
function phases(steps) {
  /** @type {Step[][]} */
  const groups = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0]?.phase === step.phase) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** What stands over the hand-out of a network. @param {State} state @returns {Node[]} */
export function networkHead({ trace }) {
  const { network } = trace;
  const sizes = [network.inputs, ...network.layers.map(({ size }) => size)].join("-");
  const about = words.about(network.layers.map(({ activation }) => activation), network.cost.replaceAll("_", " "), trace.learning_rate ?? null, trace.costs.length, (trace.example ?? 0) + 1);
  return [h("h1", {}, words.title(sizes, authorOfTrace(trace))), h("p", {}, about)];
}

/** @param {Step[]} steps @param {number} digits @param {Node[]} head */
function contents(steps, digits, head) {
  return [
    h("header", {}, ...head),
    ...phases(steps).map((group) => h("section", { "data-phase": /** @type {Step} */ (group[0]).phase },
      h("h2", {}, text.phases[/** @type {Step} */ (group[0]).phase]), ...group.map((step) => passage(step, digits)))),
  ];
}

/**
 * @template {{trace: {steps: Step[]}, digits: number}} S
 * @param {() => S} get
 * @param {(state: S) => Node[]} headOf
 */
export function mountHandout(get, headOf) {
  const root = byId("handout", HTMLElement);
  addEventListener("beforeprint", () => { const state = get(); root.replaceChildren(...contents(state.trace.steps, state.digits, headOf(state))); });
  addEventListener("afterprint", () => root.replaceChildren());
}
