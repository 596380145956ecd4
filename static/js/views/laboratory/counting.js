// The experiment “Counting the work”: operations of this network's passes, and how they grow with width and depth, counted and measured.
// The server counts its own program and measures itself; the page only draws.

import { ProblemError } from "../../api.js";
import { h } from "../../dom.js";
import * as model from "../../model/laboratory/counting.js";
import { counting as text } from "../../texts/en_lab_counting.js";
import { chartsOf, countsOf, equationsOf, ratiosOf, seriesTable } from "./counting_told.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Asking} Asking */

/** @param {Asking} parts */
async function ask({ get, send, api, signal }) {
  const state = get();
  const about = model.aboutOf(state);
  if (model.sliceOf(state).about === about) return;
  const tell = (/** @type {any} */ action) => send({ type: "lab", to: "counting", action: { about, ...action } });
  const { path, body } = model.call(state);
  try {
    tell({ type: "told", answer: await api.question(path, body, signal) });
  } catch (error) {
    if (!(error instanceof ProblemError) || signal.aborted) throw error;
    tell({ type: "refused", problem: error.problem });
  }
}

/** @param {Dispatch} dispatch */
function mount(dispatch) {
  const act = (/** @type {any} */ action) => dispatch({ type: "lab", to: "counting", action });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const waiting = h("p", { class: "quiet" }, text.asking);
  const now = h("section", { class: "counting-part", "aria-labelledby": "counting-now" });
  const inputs = /** @type {model.Series[]} */ (Object.keys(text.series)).map((series) => h("input", { type: "radio", name: "counting-series", value: series, autocomplete: "off", onchange: () => act({ type: "series", value: series }) }));
  const choice = h("div", { class: "counting-choice" }, h("span", { class: "segments", role: "radiogroup", "aria-label": text.seriesLabel }, ...inputs.map((input) => h("label", {}, input, text.series[/** @type {model.Series} */ (input.value)]))));
  const charts = h("div");
  const grow = h("section", { class: "counting-part", "aria-labelledby": "counting-grow" }, h("h2", { class: "title small", id: "counting-grow" }, text.grow), h("p", { class: "says" }, text.growSays), choice, charts);
  const root = h("div", { class: "counting" }, h("h1", { class: "title" }, text.title), h("p", { class: "sentence" }, text.about), problem, waiting, now, grow);
  /** @type {unknown[]} */
  let drawn = [];
  return {
    root,
    /** @param {State} state */
    update(state) {
      const { answer, series, problem: wrong } = model.sliceOf(state);
      problem.textContent = wrong ? wrong.errors?.[0]?.detail || wrong.detail || wrong.title : "";
      problem.hidden = wrong === null;
      waiting.hidden = answer !== null || wrong !== null;
      now.hidden = grow.hidden = answer === null;
      const { textbook } = state.trace;
      if (answer === null || (drawn[0] === answer && drawn[1] === series && drawn[2] === textbook)) return;
      if (drawn[0] !== answer || drawn[2] !== textbook) now.replaceChildren(h("h2", { class: "title small", id: "counting-now" }, text.counts), ...countsOf(answer), ratiosOf(answer), equationsOf(answer, state.trace));
      drawn = [answer, series, textbook];
      for (const input of inputs) input.checked = input.value === series;
      charts.replaceChildren(...chartsOf(answer[series], answer.parameters), seriesTable(answer[series]));
    },
  };
}

/** @type {import("../../model/laboratory/experiment.d.ts").Experiment<model.Counting>} */
export const counting = {
  name: "counting",
  initial: model.initial,
  wide: true,
  still: true,
  reduce: model.reduce,
  write: model.write,
  read: model.read,
  needs: (state) => [model.aboutOf(state)],
  ask,
  call: model.call,
  mount,
};
