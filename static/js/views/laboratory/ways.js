// The experiment “Three ways to a derivative”: one expression, or this network, and its gradient by formula, by difference and node by node.
// The two quick ways are asked first, so that the page is there while SymPy still derives.

import { ProblemError } from "../../api.js";
import { h, say } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import * as model from "../../model/laboratory/ways.js";
import { ways as text } from "../../texts/en_lab_ways.js";
import { mountColumns } from "./ways_columns.js";
import { mountControls } from "./ways_controls.js";
import { derivativesTable, growthOf } from "./ways_tables.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Asking} Asking */

/** Milliseconds a slider rests before its question is asked. */
const SETTLED = 40;

/** @param {Asking} parts */
async function ask({ get, send, api, signal }) {
  const tell = (/** @type {any} */ action) => send({ type: "lab", to: "ways", action });
  const { path, body } = model.call(get());
  const about = model.aboutOf(get());
  const { about: before, missing, isWhole } = model.sliceOf(get());
  try {
    await new Promise((resolve) => { setTimeout(resolve, SETTLED); });
    if (signal.aborted) return;
    if (about !== before || !isWhole || missing) tell({ type: "told", about, answer: await api.question(path, { ...body, symbolic: false }, signal), isWhole: missing !== "" });
    if (!missing) tell({ type: "told", about, answer: await api.question(path, { ...body, symbolic: true }, signal), isWhole: true });
  } catch (error) {
    if (!(error instanceof ProblemError) || signal.aborted) throw error;
    if (/** @type {any} */ (error.problem).type === "not-installed") tell({ type: "missing", detail: error.problem.detail });
    else tell({ type: "refused", problem: error.problem });
  }
}

/** @param {Dispatch} dispatch */
function mount(dispatch) {
  const controls = mountControls(dispatch);
  const columns = mountColumns(dispatch);
  const waiting = h("p", { class: "quiet" }, text.asking);
  const table = h("section", { class: "ways-table" });
  const growth = h("section", { class: "ways-growth" });
  const said = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  const stale = h("p", { class: "ways-stale", hidden: true });
  const told = h("div", { class: "ways-told" }, columns.root, table, growth);
  const root = h("div", { class: "ways" }, h("h1", { class: "title" }, text.title), h("p", { class: "sentence" }, text.about), controls.root, waiting, stale, told, said);
  /** @type {unknown[]} */
  let drawn = [];
  return {
    root,
    /** @param {State} state */
    update(state) {
      const slice = model.sliceOf(state);
      const { answer, by, isWhole, missing } = slice;
      controls.update(state);
      waiting.hidden = answer !== null || slice.problem !== null;
      told.hidden = answer === null;
      const isStale = answer !== null && slice.about !== model.aboutOf(state);
      root.classList.toggle("stale", isStale);
      stale.hidden = !isStale || slice.problem === null;
      stale.textContent = answer ? text.stale(answer.expression) : "";
      const now = [answer, by, isWhole, missing, state.digits, slice.step, isStale];
      if (answer === null || (now.length === drawn.length && now.every((one, at) => one === drawn[at]))) return;
      drawn = now;
      columns.update(state);
      table.replaceChildren(...derivativesTable(answer, state.digits));
      growth.hidden = answer.growth.length < 2;
      growth.replaceChildren(...growthOf(answer, isWhole, missing));
      const one = model.chosenOf(slice);
      const shown = (/** @type {number|null} */ value) => (value === null ? text.unknown : formatNumber(value, state.digits));
      // An answer to the question before is none to this one.
      if (one && !isStale) say(said, !isWhole ? text.deriving : text.said(one.name, shown(one.symbolic), shown(one.numerical), one.numerical_error === null ? text.unknown : formatNumber(one.numerical_error, 2), shown(one.automatic)));
    },
  };
}

/** @type {import("../../model/laboratory/experiment.d.ts").Experiment<model.Ways>} */
export const ways = {
  name: "ways",
  initial: model.initial,
  wide: true,
  still: true,
  reduce: model.reduce,
  write: model.write,
  read: model.read,
  needs: model.needs,
  ask,
  call: model.call,
  mount,
};
