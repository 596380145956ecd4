// Classic mistakes: a switch for each, what the one that is on does to this update, and the exercise of finding one.
// Which mistakes have room, the wrong numbers and what finds them are asked of the server one after the other.

import { ProblemError } from "../../api.js";
import { h, say } from "../../dom.js";
import { bodyOf } from "../../model/calls.js";
import * as model from "../../model/laboratory/mistakes.js";
import { nextRequest } from "../../model/retrace.js";
import { mistakes as text } from "../../texts/en_lab_mistakes.js";
import { createKeeper } from "../keep_focus.js";
import { drawSeed, mountExercise } from "./mistakes_exercise.js";
import { equationsOf, foundOf, printedOf, saidOf, stepLink, tableOf, trainingOf } from "./mistakes_told.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Asking} Asking */
/** @typedef {import("../../model/laboratory/mistakes.js").Action} Action */

/** @param {State} state */
const body = (state) => bodyOf({ ...state, granularity: state.trace.granularity });

/** @param {State} state */
function call(state) {
  const { chosen, exercise } = model.sliceOf(state);
  if (exercise || !chosen) return null;
  return { path: "mistakes", body: { ...body(state), mistake: chosen } };
}

/** @param {Asking} parts */
async function ask({ get, send, api, signal }) {
  const state = get();
  const { trace } = state;
  const { chosen, exercise, rooms } = model.sliceOf(state);
  const tell = (/** @type {Action} */ action) => send({ type: "lab", to: "mistakes", action });
  const refused = (/** @type {unknown} */ error) => {
    if (!(error instanceof ProblemError)) throw error;
    return error.problem;
  };
  const askRooms = async () => {
    if (rooms?.trace !== trace) tell({ type: "rooms", trace, list: await api.question("mistakes/rooms", body(state), signal) });
  };
  if (exercise) {
    await askRooms().then(() => askExercise(state, exercise, { api, signal }, tell)).catch((error) => { if (!signal.aborted) tell({ type: "failed", of: trace, problem: refused(error) }); });
    return;
  }
  try {
    await askRooms();
    const asked = call(state);
    if (!asked || !model.roomNow(get())?.has_room) return;
    const known = model.answerNow(get());
    const turn = known?.turn ?? await api.question(asked.path, asked.body, signal);
    const later = known?.later ?? await laterOf(state, turn, { api, signal });
    tell({ type: "told", answer: { trace, turn, later, check: null, problem: null } });
    const check = await api.question("mistakes/checks", { ...body(state), mistake: chosen }, signal);
    tell({ type: "told", answer: { trace, turn, later, check, problem: null } });
  } catch (error) {
    if (signal.aborted) return;
    const { turn, later } = model.answerNow(get()) ?? { turn: null, later: null };
    tell({ type: "told", answer: { trace, turn, later, check: null, problem: refused(error) } });
  }
}

/** The right update in which the mistake shows, where it takes more than one. @param {State} state @param {model.Turn} turn @param {Pick<Asking, "api"|"signal">} server */
async function laterOf(state, { update }, { api, signal }) {
  /** @type {{request: State["request"], trace: State["trace"], asked: {path: string, body: object}}|null} */
  let found = null;
  for (let made = 1; made < update; made++) {
    const request = nextRequest(found ?? state);
    const asked = { path: "traces", body: body({ ...state, request }) };
    found = { request, asked, trace: await api.question(asked.path, asked.body, signal) };
  }
  return found && { trace: found.trace, ahead: update - 1, asked: found.asked };
}

/** @param {State} state @param {model.Exercise} exercise @param {Pick<Asking, "api"|"signal">} server @param {(action: Action) => void} tell */
async function askExercise(state, { seed, of, guess, verdict, check }, { api, signal }, tell) {
  const { trace } = state;
  if (of !== trace || (guess !== null && !verdict)) {
    const asked = { path: "mistakes/exercises", body: { ...body(state), seed } };
    const answer = await api.question(asked.path, { ...asked.body, ...(guess === null ? {} : { guess }) }, signal);
    tell({ type: "set", of: trace, answer, standing: { trace: answer.trace, ahead: 0, asked } });
  }
  if (check === "asked") tell({ type: "checked", check: await api.question("mistakes/checks", { ...body(state), seed }, signal) });
}

/** The switches, which stand in the list of experiments. @param {(action: Action) => void} send */
function mountSwitches(send) {
  const root = h("ul", { class: "mistake-switches", "aria-label": text.list });
  /** @type {unknown} */
  let drawn = null;
  return {
    root,
    /** @param {State} state */
    update(state) {
      const { rooms, chosen, exercise } = model.sliceOf(state);
      if (rooms && rooms.list !== drawn) {
        drawn = rooms.list;
        root.replaceChildren(...rooms.list.map(({ name, title, needs, has_room: hasRoom }) => h("li", {},
          h("button", { type: "button", role: "switch", "data-mistake": name, disabled: !hasRoom, onclick: () => send({ type: "choose", name }) },
            h("span", { class: "mistake-switch", "aria-hidden": "true" }), h("span", {}, title, hasRoom ? null : h("span", { class: "mistake-needs" }, text.needs(needs)))))));
      }
      for (const button of root.querySelectorAll("button")) button.setAttribute("aria-checked", String(!exercise && button.dataset.mistake === chosen && !button.disabled));
    },
  };
}

/** The same as a menu, where there is no room for the list. @param {(action: Action) => void} send */
function mountMenu(send) {
  const select = h("select", { class: "input", autocomplete: "off" });
  select.addEventListener("change", () => send({ type: "choose", name: select.value }));
  /** @type {unknown} */
  let drawn = null;
  return {
    root: h("label", { class: "mistake-menu" }, text.menu, select),
    /** @param {State} state */
    update(state) {
      const { rooms, chosen } = model.sliceOf(state);
      if (rooms && rooms.list !== drawn) {
        drawn = rooms.list;
        select.replaceChildren(h("option", { value: "" }, text.none), ...rooms.list.map(({ name, title, needs, has_room: hasRoom }) => h("option", { value: name, disabled: !hasRoom }, hasRoom ? title : `${title} (${text.needs(needs)})`)));
      }
      select.value = model.roomNow(state)?.has_room ? chosen : "";
    },
  };
}

/** @param {Dispatch} dispatch */
function mount(dispatch) {
  const send = (/** @type {Action} */ action) => dispatch({ type: "lab", to: "mistakes", action });
  const begin = h("button", { type: "button", class: "button", onclick: () => { send({ type: "begin", seed: drawSeed() }); exercise.enter(); } }, text.find);
  const [switches, menu, exercise] = [mountSwitches(send), mountMenu(send), mountExercise(dispatch, () => begin.focus())];
  const told = h("div", { class: "mistake-told", "aria-live": "off" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const find = h("div", { class: "block mistake-find" }, h("h2", { class: "label" }, text.findAbout), begin);
  const free = h("div", {}, menu.root, problem, told, find);
  const said = h("p", { class: "visually-hidden", role: "status" });
  const root = h("div", { class: "mistakes" }, free, exercise.root, said);
  const kept = createKeeper(told);
  let all = false;
  /** @type {unknown[]} */
  let drawn = [];

  /** @param {State} state @param {model.Answer} answer */
  function parts(state, { turn, check }) {
    if (!turn) return [];
    const { told: of } = turn;
    const more = h("button", { type: "button", class: "link", id: "mistake-all", onclick: () => { all = !all; drawn = []; draw(state); } }, all ? text.few : text.all(of.numbers.length));
    return [
      h("p", { class: "mistake-status" }, h("b", {}, `✕ ${text.on}`), of.first_step === null ? null : h("span", { class: "quiet" }, `${text.first} `, stepLink(state, of.first_step, dispatch))),
      h("h1", { class: "title" }, of.title), h("p", { class: "sentence" }, of.words),
      turn.first ? null : h("p", { class: "note" }, text.noDifference),
      turn.first && model.comesOutTheSame(turn) ? h("p", { class: "note" }, text.same) : null,
      turn.update > 1 ? h("p", { class: "note" }, text.second) : null,
      ...equationsOf(state, turn), tableOf(state, turn, all), of.numbers.length > model.numbersOf(turn, false).length ? more : null, printedOf(turn),
      h("div", { class: "block" }, h("h2", { class: "label" }, text.training), trainingOf(state, turn)),
      h("div", { class: "block" }, h("h2", { class: "label" }, text.found), ...foundOf(state, check)),
      of.source ? h("p", { class: "quiet" }, `${text.source} ${of.source}.`) : null,
    ].filter((node) => node !== null);
  }

  /** @param {State} state */
  function draw(state) {
    const [answer, room] = [model.answerNow(state), model.roomNow(state)];
    const now = [answer, room, state.digits, model.sliceOf(state).chosen];
    if (now.every((one, at) => one === drawn[at])) return;
    drawn = now;
    problem.hidden = !answer?.problem;
    problem.textContent = answer?.problem?.errors?.[0]?.detail ?? answer?.problem?.detail ?? "";
    const intro = [h("h1", { class: "title" }, room?.title ?? text.title), h("p", { class: "sentence" }, room && !room.has_room ? text.needs(room.needs) : text.about)];
    const isWaiting = room?.has_room && !answer;
    kept(() => told.replaceChildren(...(answer?.turn ? parts(state, answer) : [...intro, ...(isWaiting ? [h("p", { class: "quiet" }, text.asking)] : [])])));
    if (answer?.turn) say(said, saidOf(state, answer.turn));
    else if (!model.sliceOf(state).chosen) say(said, text.none);
    // Whoever comes back from the exercise stands below what has just grown.
    if (document.activeElement === begin) begin.scrollIntoView({ block: "nearest" });
  }

  /** @type {number|null|undefined} */
  let begun;

  /** Who begins an exercise, another one, or leaves it, reads from its title on. @param {number|null} seed */
  function fromTheTop(seed) {
    if (begun !== undefined && seed !== begun) for (let one = root.parentElement; one; one = one.parentElement) if (one.scrollTop > 0) one.scrollTop = 0;
    begun = seed;
  }

  return {
    root,
    aside: switches.root,
    /** @param {State} state */
    update(state) {
      const slice = model.sliceOf(state);
      fromTheTop(slice.exercise?.seed ?? null);
      switches.update(state);
      menu.update(state);
      free.hidden = slice.exercise !== null;
      exercise.update(state, slice.exercise);
      if (!slice.exercise) draw(state);
      else say(said, "");
    },
  };
}

/** @type {import("../../model/laboratory/experiment.d.ts").Experiment<model.Mistakes>} */
export const mistakes = {
  name: "mistakes",
  initial: model.initial,
  reduce: model.reduce,
  write: model.write,
  read: model.read,
  needs: (state) => {
    const { chosen, exercise } = model.sliceOf(state);
    return [state.trace, chosen, exercise?.seed, exercise?.guess, exercise?.verdict === null, exercise?.check === "asked"];
  },
  ask,
  call,
  mount,
  twin: model.twin,
  marks: model.marks,
  stage: model.stage,
};
