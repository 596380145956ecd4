// The experiment “Gradient check”: one derivative beside its central difference, at a step that a slider chooses, and then all of them.
// It asks the server for both precisions at once, so that moving the slider asks nothing.

import { ProblemError } from "../../api.js";
import { h, marked, say } from "../../dom.js";
import { bodyOf } from "../../model/calls.js";
import { formatNumber, formatTick } from "../../model/format.js";
import { cameByPointer } from "../../modality.js";
import { nameOf } from "../../model/laboratory/check_names.js";
import { call, checkable, checkedRef, curvesNow, initial, LISTED, numbersOfStep, PRECISIONS, read, reduce, STEPS, wholeNow, write } from "../../model/laboratory/check.js";
import { check as text } from "../../texts/en_lab_check.js";
import { createCurve } from "./check_curve.js";
import { createKeeper } from "../keep_focus.js";
import { answerOf, numbers, verdictOf, writeDefinition } from "./check_numbers.js";
import { drawWhole, verdictOfAll } from "./check_whole.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/check.js").Slice} Slice */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Asking} Asking */

const NAME = "check";
/** The step at which the server checks where it is told none. */
const USUAL_STEP = 1e-5;
/** As many figures are read aloud. */
const SAID = 4;

/** @param {State} state @returns {Slice} */
const sliceOf = (state) => state.lab?.[NAME];

/** @param {() => Promise<any>} ask @param {(problem: any) => void} refused @param {AbortSignal} signal */
async function heard(ask, refused, signal) {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProblemError) || signal.aborted) throw error;
    refused(error.problem);
    return null;
  }
}

/** @param {Asking} parts */
async function ask({ get, send, api, signal }) {
  const state = get();
  const { trace } = state;
  const ref = checkedRef(state);
  const body = bodyOf({ ...state, granularity: "equation" });
  const tell = (/** @type {any} */ action) => send({ type: "lab", to: NAME, action });
  const questions = curvesNow(state) ? [] : PRECISIONS.map((precision) => call(state, precision)).filter((one) => one !== null);
  if (questions.length > 0) {
    const both = () => Promise.all(questions.map((one) => api.question(one.path, one.body, signal)));
    const found = await heard(both, (problem) => tell({ type: "refused", refused: { trace, ref, problem } }), signal);
    if (found) tell({ type: "curves", curves: { trace, ref, answers: { float64: found[0], float32: found[1] } } });
  }
  if (wholeNow(state)) return;
  const { precision, wholeAt } = sliceOf(state);
  const step = wholeAt === null ? undefined : sliceOf(get()).curves?.answers.float64.points[wholeAt]?.step_size;
  const about = { trace, precision, wholeAt };
  const answer = await heard(() => api.question("gradient-checks", { ...body, precision, step_size: step }, signal), (problem) => tell({ type: "whole", whole: { ...about, answer: null, problem } }), signal);
  if (answer) tell({ type: "whole", whole: { ...about, answer, problem: null } });
}

/** @param {Dispatch} dispatch */
function createMenu(dispatch) {
  const menu = h("select", { class: "input", id: "check-number" });
  const follow = h("button", { type: "button", class: "button", onclick: () => dispatch({ type: "select", ref: null }) }, text.follow);
  menu.addEventListener("change", () => dispatch({ type: "select", ref: menu.value }));
  let shown = "";
  return {
    element: h("div", { class: "field" }, h("label", { class: "name", for: "check-number" }, text.number), h("div", { class: "field-row" }, menu, follow)),
    /** @param {State} state @param {string} ref */
    update(state, ref) {
      const own = numbersOfStep(state);
      const listed = own.slice(0, LISTED);
      const key = [state.trace.textbook, ...listed, ref].join();
      if (key !== shown) {
        const option = (/** @type {string} */ one) => h("option", { value: one }, nameOf(state.trace, one));
        const more = own.length > listed.length ? h("option", { disabled: true }, text.more(own.length - listed.length)) : null;
        menu.replaceChildren(
          ...(listed.includes(ref) || !ref ? [] : [h("optgroup", { label: text.ofSelection }, option(ref))]),
          h("optgroup", { label: text.ofStep }, ...listed.map(option), more),
        );
        shown = key;
      }
      menu.value = ref;
      const isFollowing = checkable(state.trace, state.selected) === null;
      if (isFollowing && document.activeElement === follow) menu.focus();
      follow.hidden = isFollowing;
    },
  };
}

/** @param {(action: any) => void} tell @param {() => void} rested the slider stands still again */
function createControls(tell, rested) {
  const slider = h("input", { type: "range", id: "check-step", min: 0, max: STEPS - 1, step: 1 });
  const said = h("output", { for: "check-step", class: "figures", "aria-live": "off" });
  slider.addEventListener("input", () => tell({ type: "at", value: STEPS - 1 - Number(slider.value) }));
  slider.addEventListener("change", rested);
  const radios = PRECISIONS.map((precision) => h("input", { type: "radio", name: "check-precision", value: precision, autocomplete: "off", onchange: () => tell({ type: "precision", value: precision }) }));
  const choice = h("span", { class: "segments", role: "radiogroup", "aria-label": text.precision },
    ...radios.map((radio, index) => h("label", {}, radio, text.precisions[PRECISIONS[index] ?? "float64"])));
  return {
    slider: h("div", { class: "step-slider" }, slider),
    head: h("div", { class: "step-head" }, h("label", { class: "label", for: "check-step" }, text.step), said, choice),
    /** @param {Slice} slice @param {number|undefined} step */
    update({ at, precision }, step) {
      slider.value = String(STEPS - 1 - at);
      said.textContent = step === undefined ? "" : formatTick(step);
      slider.setAttribute("aria-valuetext", step === undefined ? "" : text.stepIs(formatTick(step)));
      for (const radio of radios) radio.checked = radio.value === precision;
    },
  };
}

/** @param {Dispatch} dispatch */
function mount(dispatch) {
  const tell = (/** @type {any} */ action) => dispatch({ type: "lab", to: NAME, action });
  const menu = createMenu(dispatch);
  const controls = createControls(tell, () => { spoken = null; if (shown) speak(shown); });
  const curve = createCurve((at) => tell({ type: "at", value: at }));
  const definition = h("div", { class: "math definition" });
  const answered = h("div", { class: "answered" });
  const worked = h("div", { class: "worked-out" });
  const why = h("div", { class: "why" });
  const one = h("div", { class: "one" }, definition, answered, controls.head, h("h2", { class: "label" }, text.curve.title), curve.root, controls.slider, worked, h("h2", { class: "label" }, text.why), why);
  const status = h("p", { class: "quiet", role: "status" });
  const all = h("div", { class: "whole-network" });
  const again = h("button", { type: "button", class: "button", id: "check-all", onclick: () => tell({ type: "wholeAt", value: Number(again.dataset.at) }) });
  const wholeTitle = h("h2", { class: "title small", tabindex: -1 }, text.whole.title);
  const [said, saidOfAll] = [h("p", { class: "visually-hidden", role: "status" }), h("p", { class: "visually-hidden", role: "status" })];
  const root = h("div", { class: "lab-check" },
    h("h1", { class: "title first" }, text.title), menu.element, status, one, wholeTitle, again, all, said, saidOfAll);
  const kept = createKeeper(all);
  /** @type {unknown[]} */
  let drawn = [];
  /** What was said last is about. @type {unknown} */
  let spoken = null;
  /** @type {State|null} */
  let shown = null;

  /** Said of another number or precision, and of another h once the slider rests. @param {State} state */
  function speak(state) {
    const answer = curvesNow(state)?.answers[sliceOf(state).precision];
    const point = answer?.points[sliceOf(state).at];
    if (!answer || !point || spoken === answer) return;
    spoken = answer;
    const written = (/** @type {number|null} */ value) => formatNumber(value, SAID);
    say(said, text.said(nameOf(state.trace, answer.ref), formatTick(point.step_size), written(answer.backpropagated), written(point.numerical), written(point.absolute_error), point.verdict === "agree" ? "" : written(point.relative_error), verdictOf(answer, point)));
  }

  /** @param {State} state @param {Slice} slice */
  function updateOne(state, slice) {
    const curves = curvesNow(state);
    const ref = checkedRef(state);
    const refused = slice.refused?.trace === state.trace && slice.refused.ref === ref ? slice.refused.problem : null;
    status.className = refused ? "problem" : "quiet";
    say(status, !ref ? text.noNumber : refused ? refused.detail || refused.title : curves ? "" : text.asking);
    status.hidden = status.textContent === "";
    // While the next number is asked for, the controls stay, and so does the place of everything below.
    const isOver = !ref || refused !== null || (!curves && definition.dataset.tex === undefined);
    if (isOver && one.contains(document.activeElement)) menu.element.querySelector("select")?.focus();
    one.hidden = isOver;
    one.classList.toggle("asking", !curves);
    if (!curves) return;
    const answer = curves.answers[slice.precision];
    writeDefinition(definition, answer);
    controls.update(slice, answer.points[slice.at]?.step_size);
    curve.update(curves.answers, slice.precision, slice.at);
    answered.replaceChildren(...answerOf(answer, slice.at));
    worked.replaceChildren(...numbers(state, answer, slice.at).filter((node) => node !== null));
    why.replaceChildren(...answer.sentences.map((sentence) => h("p", {}, ...marked(sentence))));
    speak(state);
  }

  /** @param {State} state @param {Slice} slice */
  function updateAll(state, slice) {
    const whole = wholeNow(state);
    const step = curvesNow(state)?.answers[slice.precision].points[slice.at]?.step_size;
    const isDone = step === undefined || whole?.answer?.step_size === step || !whole?.answer;
    if (isDone && document.activeElement === again) wholeTitle.focus();
    again.hidden = isDone;
    again.dataset.at = String(slice.at);
    again.textContent = step === undefined ? "" : text.whole.again(formatTick(step));
    const key = [whole, slice.sort, slice.all, state.trace.textbook];
    if (key.every((part, index) => part === drawn[index])) return;
    if (whole?.answer && whole !== drawn[0]) say(saidOfAll, verdictOfAll(whole.answer));
    else if (!whole) say(saidOfAll, text.whole.asking);
    drawn = key;
    kept(() => all.replaceChildren(...contentOfAll(state, slice, whole)));
  }

  /** @param {State} state @param {Slice} slice @param {Slice["whole"]} whole */
  function contentOfAll(state, slice, whole) {
    if (!whole) return [h("p", { class: "quiet" }, text.whole.asking)];
    if (!whole.answer) return [h("p", { class: "problem", role: "alert" }, whole.problem?.detail || whole.problem?.title || "")];
    const does = {
      select(/** @type {string} */ ref) {
        dispatch({ type: "select", ref });
        // A click asks to see this number; the keyboard stays where it reads.
        if (cameByPointer()) root.scrollIntoView({ block: "start" });
      },
      sort: (/** @type {"error"|"order"} */ value) => tell({ type: "sort", value }),
      all: () => tell({ type: "all" }),
    };
    return drawWhole(state, whole.answer, { ...slice, usual: USUAL_STEP }, does).filter((node) => node !== null);
  }

  return {
    root,
    aside: h("p", { class: "says" }, text.intro),
    /** @param {State} state */
    update(state) {
      const slice = sliceOf(state);
      shown = state;
      menu.update(state, checkedRef(state));
      updateOne(state, slice);
      updateAll(state, slice);
    },
  };
}

/** @type {import("../../model/laboratory/experiment.d.ts").Experiment<Slice>} */
export const check = {
  name: NAME, initial, reduce, write, read, mount, ask, call,
  needs: (state) => [state.trace, checkedRef(state), sliceOf(state).precision, sliceOf(state).wholeAt],
};
