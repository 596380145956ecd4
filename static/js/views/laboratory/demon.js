// The demon: one number pushed by a slider, what its derivative promised beside what the cost does, and the gap as the push is halved.
// The server computes every number; the slider sends one question at a time, always the newest, so that dragging stays live.

import { ProblemError } from "../../api.js";
import { h, say, unmarked } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import * as model from "../../model/laboratory/demon.js";
import { demon as text } from "../../texts/en_lab_demon.js";
import { mountChooser } from "./demon_chooser.js";
import { answerOf } from "./demon_told.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Asking} Asking */

let isAsking = false;

/** One question after the other: a slider moves faster than answers come, and one in two of them would be thrown away. @param {Asking} parts */
async function ask({ get, send, api }) {
  if (isAsking) return;
  isAsking = true;
  try {
    for (let asked = null; asked !== get().lab?.demon.change || model.answerNow(get()) === null;) {
      const state = get();
      if (state.lab?.chosen !== "demon") return;
      const { trace } = state;
      const { change } = state.lab.demon;
      const ref = model.refOf(model.chosenTarget(state));
      asked = change;
      const { path, body } = model.call(state);
      const answer = await api.question(path, body, new AbortController().signal).then((nudge) => ({ nudge, problem: null }), (error) => {
        if (error instanceof ProblemError) return { nudge: null, problem: error.problem };
        throw error;
      });
      send({ type: "lab", to: "demon", action: { type: "told", answer: { trace, ref, ...answer } } });
    }
  } finally {
    isAsking = false;
  }
}

/** @param {State} state */
function announced(state) {
  const answer = model.answerNow(state);
  const first = answer?.nudge?.pushes[0];
  if (!answer?.nudge || !first) return "";
  const shown = (/** @type {number|null} */ value) => formatNumber(value, state.digits);
  return text.said(unmarked(answer.nudge.told.name), shown(first.change), shown(first.predicted), shown(first.actual));
}

/** @param {Dispatch} dispatch */
function mount(dispatch) {
  const chooser = mountChooser(dispatch);
  const problem = h("p", { class: "problem", id: "demon-problem", role: "alert", hidden: true });
  const told = h("div", { class: "demon-told" });
  const said = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  const open = (/** @type {Event} */ event) => { event.preventDefault(); dispatch({ type: "load", id: "nielsen-chain" }); };
  const link = h("p", { class: "says demon-link" }, h("a", { href: "/laboratory?example=nielsen-chain&experiment=demon", onclick: open }, text.chainLink), ` ${text.chainWhy}`);
  const root = h("div", { class: "demon" }, h("h1", { class: "title" }, text.title), h("p", { class: "sentence" }, text.about), ...chooser.roots, problem, told, link, said);
  /** @type {unknown[]} */
  let drawn = [];
  let settled = 0;
  let spokenOf = "";

  return {
    root,
    /** @param {State} state */
    update(state) {
      chooser.update(state);
      const slice = state.lab?.demon;
      const answer = model.answerNow(state);
      const what = answer?.problem ? answer.problem.errors?.[0]?.detail || answer.problem.detail || answer.problem.title : "";
      // The pointer before it says which field of the body was wrong: of use to programs only.
      problem.textContent = what.replace(/^\/[\w/]+: /, "");
      problem.hidden = what === "";
      const now = [answer, state.digits];
      if (now.every((one, at) => one === drawn[at]) && drawn.length > 0) return announce();
      drawn = now;
      const nudge = answer?.nudge ?? null;
      told.replaceChildren(...(nudge ? answerOf(state, nudge) : [h("p", { class: "quiet" }, answer ? "" : text.asking)]));
      link.hidden = !nudge || nudge.chain.length > 0;
      announce();

      /** Said when the push has come to rest or another number is pushed, and the answer is here. */
      function announce() {
        if (!answer?.nudge || answer.nudge.pushes[0]?.change !== slice.change || (slice.settled === settled && answer.ref === spokenOf)) return;
        [settled, spokenOf] = [slice.settled, answer.ref];
        say(said, announced(state));
      }
    },
  };
}

/** @type {import("../../model/laboratory/experiment.d.ts").Experiment<model.Demon>} */
export const demon = {
  name: "demon",
  initial: model.initial,
  reduce: model.reduce,
  write: model.write,
  read: model.read,
  needs: (state) => [state.trace, model.refOf(model.chosenTarget(state)), state.lab?.demon.change],
  ask,
  call: model.call,
  mount,
  twin: model.twin,
};
