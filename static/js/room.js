// Wires the room of a network: state, clock, server and the views around the stage; the step page is this room and nothing else.
// The laboratory is the same room with experiments in it. The first trace is already in the page, so the first step is drawn unasked.

import { createApi } from "./api.js";
import { announce, byId, copyText, unmarked } from "./dom.js";
import { createEffects } from "./effects.js";
import { listenToKeys } from "./keyboard.js";
import { bodyOf } from "./model/calls.js";
import { fineIndex, partNow, stepCount } from "./model/fine.js";
import { resultNow, subjectOf } from "./model/inspect.js";
import { standIn } from "./model/laboratory/stand_in.js";
import { authorOfTrace, lensNames } from "./model/lens.js";
import { durationAt } from "./model/part_motion.js";
import { missingCurve } from "./model/plot.js";
import { initialState, reduce, requestOf, stepNow, whyItEnds } from "./model/state.js";
import { drawnOtherwise } from "./model/switching.js";
import { lensOf, readAddress } from "./model/url.js";
import { createPlayer } from "./player.js";
import { listenToPointer } from "./pointing.js";
import { addressOf, createAddress } from "./room_address.js";
import { createStore } from "./store.js";
import { page as text } from "./texts/en_page.js";
import { mountEditor } from "./views/editor.js";
import { mountExport } from "./views/export.js";
import { mountHandout, networkHead } from "./views/handout.js";
import { mountHeader } from "./views/header.js";
import { mountHelp } from "./views/help.js";
import { rememberLast } from "./views/last_place.js";
import { mountMatrices } from "./views/matrices.js";
import { mountPanel } from "./views/panel.js";
import { mountRoomControls } from "./views/room_controls.js";
import { mountStage } from "./views/stage.js";
import { mountTimeline } from "./views/timeline.js";

/** @typedef {import("./model/types.d.ts").State} State */
/** @typedef {import("./model/types.d.ts").Action} Action */
/** @typedef {import("./model/laboratory/experiment.d.ts").Laboratory} Laboratory */
/** @typedef {ReturnType<typeof build>} Room */

const OPENING = 800;
const THEME_KEY = "backscope-theme";
const html = document.documentElement;
let toldExample = 0;

/** @param {string} id */
function embedded(id) {
  return JSON.parse(byId(id, HTMLScriptElement).textContent ?? "null");
}

/** @param {Laboratory|null} laboratory @returns {State} */
function firstState(laboratory) {
  const trace = embedded("first-trace");
  const published = embedded("published");
  const own = published && { ...published, request: requestOf(trace) };
  const theme = /** @type {State["theme"]} */ (html.dataset.theme ?? "system");
  const state = initialState({ trace, published: own, catalogue: embedded("catalogue"), theme, notice: byId("status", HTMLElement).textContent ?? "" });
  return laboratory ? { ...state, lab: laboratory.initial(), tab: "experiment" } : state;
}

/** @param {Laboratory|null} laboratory */
function build(laboratory) {
  const store = createStore(laboratory ? laboratory.reduce(reduce) : reduce, firstState(laboratory));
  const api = createApi((value) => store.dispatch({ type: "connection", value }));
  const effects = createEffects({ get: store.get, send: (action) => store.dispatch(action), api });
  const address = createAddress({ get: store.get, laboratory: (state) => laboratory?.named(state) ?? null });
  /** A link that could not be opened stays in the address until the person does something: it may be all there is of a network. */
  const link = { isOpen: false, openings: 0 };

  /** @param {Action} action */
  function dispatch(action) {
    const before = store.get();
    if (action.type !== "point" && action.type !== "reducedMotion") link.isOpen = true;
    store.dispatch(action);
    void effects.after(action, before);
  }

  const bench = laboratory?.mount({ dispatch, api, get: store.get, send: (action) => store.dispatch(action) }) ?? null;
  const help = mountHelp(byId("help-dialog", HTMLDialogElement), store.get, dispatch);
  const editor = mountEditor(byId("editor", HTMLDialogElement), store.get, dispatch);
  const views = {
    stage: mountStage(byId("stage", HTMLElement), dispatch),
    matrices: mountMatrices(byId("matrices", HTMLElement), dispatch),
    panel: mountPanel(dispatch, location.origin, bench),
    timeline: mountTimeline(byId("track", HTMLElement), dispatch),
    controls: mountRoomControls(dispatch),
    header: mountHeader(dispatch, {
      share: (button) => { address.writeNow(store.get()); void copyText(button, location.href, text.copied, text.notCopied); },
      openEditor: editor.open, openHelp: help.open, retry: api.retry,
      // The same place on the other page: its experiment is that page's own matter.
      address: () => addressOf(store.get()),
    }),
    editor,
  };
  const player = createPlayer({
    duration: (_, index) => durationAt(store.get(), index),
    frame: (position) => views.stage.frame(position),
    finished: () => dispatch({ type: "next", auto: true }),
  });
  return { store, api, effects, address, link, dispatch, laboratory, bench, help, views, player };
}

/** @param {Room} room */
function mountDocuments({ store, api }) {
  mountHandout(store.get, networkHead);
  mountExport({
    write(type, whole) {
      const state = store.get();
      const window = whole ? {} : { window: { first: 0, count: fineIndex(state) + 1 } };
      return api.document("derivations", { ...bodyOf(state), ...window }, type);
    },
    name: () => `backscope-${store.get().textbook}`,
    step: () => fineIndex(store.get()) + 1,
  });
}

/** After a switch: whose words these are, and in one clause what is drawn otherwise than before. @param {State} state */
function switchedWords({ home, trace, cursor }) {
  if (!home || home.trace.textbook === trace.textbook) return "";
  const drawn = drawnOtherwise(home, { trace, cursor });
  return `${text.lens.switched(authorOfTrace(trace), text.lens.drawn(drawn))} `;
}

/** Which example is told, where that is another one. @param {State} state */
function exampleWords({ example, trace }) {
  const isOther = toldExample !== example;
  toldExample = example;
  return isOther && trace.costs.length > 1 ? `${text.exampleNow(example + 1, trace.costs.length)} ` : "";
}

/** @param {State} state */
function announceStep(state) {
  // An experiment that has no timeline shows no step.
  if (document.querySelector(".still-experiment")) return;
  const step = partNow(state) ?? stepNow(state);
  const reason = whyItEnds(state);
  const end = reason ? ` ${text.ending[reason]}.` : "";
  announce(`${switchedWords(state)}${exampleWords(state)}${state.part > 0 ? "" : `${unmarked(step.name)}. `}${unmarked(step.sentence)}${end}`);
}

/** @param {Room} room */
function watchPictures({ store, views, player, bench }) {
  const { stage, panel, matrices, timeline, controls, header, editor } = views;
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, s.example, s.digits, s.pointed, s.selected, s.inspecting, s.theme, s.lab?.twin, s.lab?.stage], (s) => stage.update(standIn(s)));
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part], (s) => {
    player.moveTo(s.trace.steps, fineIndex(s), s.motion === "animate" && !s.reducedMotion);
    html.dataset.step = String(fineIndex(s));
    html.dataset.steps = String(stepCount(s.trace, s.granularity));
  });
  // The bench comes before the panel that shows it.
  if (bench) store.watch((s) => [s], bench.update);
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, partNow(standIn(s)), s.example, s.digits, s.selected, s.tab, s.published, s.catalogue, s.problem, s.undo, s.asked, s.inspecting, s.lab?.chosen, s.lab?.stage], (s) => panel.update(standIn(s)));
  store.watch((s) => [s.pointed], (s) => panel.point(standIn(s)));
  store.watch((s) => [s.trace, s.cursor, s.example, s.digits, s.tab, s.theme, s.selected, s.lab?.stage], (s) => matrices.update(standIn(s)));
  store.watch((s) => [s.pointed], matrices.point);
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, s.busy, s.lab?.marks], timeline.update);
  store.watch((s) => [s.trace, s.cursor, s.part, s.history, s.playing, s.speed, s.granularity, s.update, s.session, s.lab?.stage], (s) => controls.update(standIn(s)));
  store.watch((s) => [s.trace, s.published, s.theme, s.connection, s.problem, s.textbook, s.session], header.update);
  store.watch((s) => [s.problem, s.trace], editor.update);
  store.watch((s) => [s.playing, s.speed], (s) => player.play(s.playing, s.speed));
  store.watch((s) => [s.theme], (s) => {
    html.dataset.theme = s.theme;
    try { localStorage.setItem(THEME_KEY, s.theme); } catch { /* Storage may be forbidden; the theme then lasts as long as the page. */ }
  });
}

/** @param {Room} room */
function watchCurves({ store, api }) {
  store.watch((s) => [s.trace, s.example], (s) => {
    const missing = missingCurve(s);
    if (missing) void api.curve(missing.name, missing.reach, s.trace.network.relu_slope_at_zero ?? 0).then((curve) => store.dispatch({ type: "curve", name: missing.name, curve: { low: -missing.reach, high: missing.reach, ...curve } }), () => undefined);
  });
}

/** What follows from the state once the page is open. @param {Room} room */
function watchRest({ store, effects, address, link }) {
  store.watch((s) => [s.trace, s.cursor, s.part, s.granularity, s.example, s.digits, s.selected, s.tab, s.update, s.published, s.playing, s.textbook, s.session, s.lab], () => { if (link.isOpen) address.keep(); });
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, s.example, s.lab?.stage], () => void effects.tellParts());
  store.watch((s) => [s.trace, s.selected, s.example], () => void effects.inspect());
  store.watch((s) => [s.trace, s.cursor, partNow(standIn(s)) ?? s.part, s.lab?.stage], (s) => announceStep(standIn(s)));
}

/** An address that names no example the server has is read as if it named none. @param {State} state */
function wantedAddress({ catalogue, published }) {
  const wanted = readAddress(location.search, location.hash);
  const examples = /** @type {{id: string, textbook: string}[]} */ (catalogue?.examples ?? []);
  const example = examples.find(({ id }) => id === wanted.example);
  return { ...wanted, example: example ? wanted.example : null, lens: lensOf(catalogue, example ?? published, wanted.lens) };
}

/** Whether the network of an address is there. @param {Room} room @param {import("./model/url.js").Address} wanted @returns {Promise<boolean>} */
async function openNetwork({ store, effects }, wanted) {
  const { published, granularity, textbook, example, cursor, busy } = store.get();
  if (wanted.damaged) {
    store.dispatch({ type: "problem", problem: { title: text.damaged, detail: text.damaged } });
    return false;
  }
  if (wanted.session) return effects.openSession(wanted.session.id, wanted);
  const same = (wanted.example ?? published?.id) === published?.id;
  // What is on its way is of another address, and comes no more once this one is asked for.
  if (busy || wanted.request || wanted.made > 0 || wanted.edits.length > 0 || !same || wanted.granularity !== granularity || wanted.lens !== textbook || wanted.row !== example) {
    return effects.open(wanted, published?.id ?? "");
  }
  if (wanted.step !== cursor) store.dispatch({ type: "seekFine", index: wanted.step });
  return true;
}

/** @param {Room} room @param {boolean} [isFirst] nobody watches yet */
async function openAddress(room, isFirst = false) {
  const { store, link, laboratory } = room;
  const wanted = wantedAddress(store.get());
  const choose = () => laboratory?.open(wanted, (action) => store.dispatch(action));
  const opening = ++link.openings;
  if (isFirst) choose();
  const isThere = await openNetwork(room, wanted);
  if (opening !== link.openings) return;
  // An experiment that met the network that is left would open one of its own.
  if (!isFirst) choose();
  if (isThere) finishOpening(room, wanted);
}

/** What a link says beside the trace. @param {Room} room @param {import("./model/url.js").Address} wanted */
function finishOpening({ store, link, address, laboratory }, wanted) {
  const { trace, granularity } = store.get();
  if (laboratory && granularity === "equation" && !/[#&]step=/.test(location.hash)) store.dispatch({ type: "seek", step: laboratory.opensAt(trace) });
  store.dispatch({ type: "digits", value: wanted.digits });
  store.dispatch({ type: "tab", value: /** @type {State["tab"]} */ (wanted.tab ?? (laboratory ? "experiment" : "equation")) });
  if (wanted.selected) store.dispatch({ type: "select", ref: wanted.selected });
  link.isOpen = true;
  address.keep();
}

/** What the keys are about. @param {State} state @returns {import("./keyboard.js").Now} */
function keysNow(state) {
  return { playing: state.playing, example: state.example, rows: state.trace.costs.length, lenses: lensNames(state.catalogue), result: resultNow(state), trail: state.inspecting.trail.length };
}

/** Wires what the browser itself tells the page. @param {Room} room */
function listen(room) {
  const { store, dispatch, address, help, views } = room;
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = () => dispatch({ type: "reducedMotion", value: reduced.matches });
  reduced.addEventListener("change", tell);
  tell();
  listenToKeys({ get: store.get, dispatch, openHelp: help.open, changePage: views.header.changePage, now: keysNow });
  listenToPointer(byId("stage", HTMLElement), (ref) => Boolean(subjectOf(store.get().trace, ref)), dispatch);
  addEventListener("pagehide", () => rememberLast("network", address.here()));
  addEventListener("popstate", () => {
    address.adopt();
    // Until what the address says is there, nothing else is written into it.
    room.link.isOpen = false;
    void openAddress(room);
  });
}

/** Opens the page: as the step page, or with the laboratory in it. @param {Laboratory|null} laboratory */
export async function openRoom(laboratory = null) {
  const room = build(laboratory);
  mountDocuments(room);
  listen(room);
  html.dataset.opening = "";
  const opening = openAddress(room, true).finally(() => { delete html.dataset.opening; });
  // What the link says comes at once where the server does; where it does not, the page is there to say so.
  await Promise.race([opening, new Promise((resolve) => { setTimeout(resolve, OPENING); })]);
  watchPictures(room);
  watchCurves(room);
  watchRest(room);
  Object.assign(window, {
    backscope: {
      state: room.store.get,
      /** @param {number} step */
      seek: (step) => room.dispatch({ type: "seekFine", index: step }),
      /** @param {string} id */
      example: (id) => room.dispatch({ type: "load", id }),
    },
  });
  html.dataset.ready = "";
}
