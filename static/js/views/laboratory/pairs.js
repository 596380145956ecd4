// Why cross-entropy: one network under two costs, column beside column, with one cursor for both.
// The room's own network is the pair's; where it shows nothing of a pair, Nielsen's saturated neuron is opened.

import { ProblemError } from "../../api.js";
import { h } from "../../dom.js";
import * as model from "../../model/laboratory/pairs.js";
import { pairs as text } from "../../texts/en_lab_pairs.js";
import { watchScrollers } from "../scrollers.js";
import { mountColumns } from "./pairs_columns.js";
import { mountControls } from "./pairs_controls.js";
import { mountCurves } from "./pairs_curves.js";
import { comparedTable } from "./pairs_numbers.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Asking} Asking */

let isAsking = false;

/** One question after the other, always the newest: so the columns follow a slider while it is dragged. @param {Asking} parts */
async function ask({ get, send, api }) {
  if (isAsking) return;
  isAsking = true;
  try {
    /** @type {unknown[]} */
    let asked = [];
    while (isOther(asked, model.needs(get())) && get().lab?.chosen === "pairs" && !get().busy) {
      asked = model.needs(get());
      const of = get().request;
      const body = model.bodyNow(get());
      if (body === null) return;
      const answer = await api.question("comparisons", body, new AbortController().signal).then((comparison) => ({ of, comparison, problem: null }), (error) => {
        if (error instanceof ProblemError) return { of, comparison: null, problem: error.problem };
        throw error;
      });
      send({ type: "lab", to: "pairs", action: { type: "told", answer } });
    }
  } finally {
    isAsking = false;
  }
}

/** @param {unknown[]} before @param {unknown[]} now */
function isOther(before, now) {
  return now.length !== before.length || now.some((one, at) => one !== before[at]);
}

/** What is said where no pair of costs fits, with two networks that one does. @param {Dispatch} dispatch */
function unfit(dispatch) {
  const button = (/** @type {string} */ id, /** @type {string} */ words) => h("button", { class: "button", type: "button", onclick: () => dispatch({ type: "load", id }) }, words);
  return h("div", { class: "pairs-unfit", hidden: true }, h("p", { class: "sentence" }, text.unfit), h("p", { class: "field-row" }, button("nielsen-neuron-saturated", text.openNeuron), button("softmax-saturated", text.openClasses)));
}

/** @param {Dispatch} dispatch */
function mount(dispatch) {
  const about = h("p", { class: "sentence" });
  const controls = mountControls(dispatch);
  const columns = mountColumns();
  const curves = mountCurves(dispatch);
  const numbers = h("section", { class: "pairs-compared" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const waiting = h("p", { class: "quiet" }, text.asking);
  const said = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  const other = unfit(dispatch);
  const title = h("h1", { class: "title", tabindex: -1 }, text.title);
  const told = h("div", { class: "pairs-told" }, columns.root, numbers, curves.root);
  const root = h("div", { class: "pairs" }, title, about, other, controls.root, problem, waiting, told, said);
  const watch = watchScrollers(told);
  let hasBegun = false;
  /** @type {unknown[]} */
  let drawn = [];
  /** @type {unknown[]} */
  let laid = [];

  /** @param {State} state */
  function begin(state) {
    hasBegun = true;
    if (model.wantsStart(state)) queueMicrotask(() => dispatch({ type: "load", id: /** @type {string} */ (model.STARTS[0]?.id) }));
  }

  return {
    root,
    enter() { hasBegun = false; },
    /** @param {State} state */
    update(state) {
      if (!hasBegun && !state.busy) begin(state);
      const mode = model.modeOf(state.trace);
      const answer = model.answerNow(state);
      const comparison = answer?.comparison ?? null;
      about.textContent = text.about[mode ?? "sigmoid"];
      if (mode !== null && other.contains(document.activeElement)) title.focus();
      other.hidden = mode !== null;
      controls.update(state, mode);
      const what = mode !== null && answer?.problem ? answer.problem.errors?.[0]?.detail || answer.problem.detail || answer.problem.title : "";
      problem.textContent = what;
      problem.hidden = what === "";
      waiting.hidden = mode === null || answer !== null;
      told.hidden = mode === null || comparison === null;
      if (told.hidden || comparison === null) return;
      columns.update(state, comparison);
      curves.update(state, comparison);
      writeNumbers(state, comparison);
      const lines = [comparison, state.digits, state.trace, state.cursor];
      if (isOther(laid, lines)) watch();
      laid = lines;
    },
  };

  /** @param {State} state @param {model.Comparison} comparison */
  function writeNumbers(state, comparison) {
    if (!isOther(drawn, [comparison, state.digits])) return;
    drawn = [comparison, state.digits];
    numbers.replaceChildren(...comparedTable(comparison, state.digits));
    // While a slider is dragged nothing is said: its last answer comes with the edit.
    if (state.lab?.pairs.draft?.trace !== state.trace) said.textContent = comparison.sentence;
  }
}

/** @type {import("../../model/laboratory/experiment.d.ts").Experiment<model.Pairs>} */
export const pairs = {
  name: "pairs",
  initial: model.initial,
  wide: true,
  starts: model.STARTS.map(({ id }) => id),
  reduce: model.reduce,
  write: model.write,
  read: model.read,
  needs: model.needs,
  ask,
  mount,
};
