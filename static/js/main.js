// Wires the page together: state, clock, server and views; the only file that knows them all.
// The first trace is already in the page, so nothing has to be asked for before the first step is drawn.

import { createApi } from "./api.js";
import { byId, copyText, unmarked } from "./dom.js";
import { createEffects } from "./effects.js";
import { listenToKeys } from "./keyboard.js";
import { bodyOf } from "./model/calls.js";
import { fineIndex, partNow, stepCount } from "./model/fine.js";
import { durationAt } from "./model/part_motion.js";
import { missingCurve } from "./model/plot.js";
import { startOf } from "./model/retrace.js";
import { initialState, isAsPublished, reduce, requestOf, stepNow, whyItEnds } from "./model/state.js";
import { lensOf, readAddress, writeAddress } from "./model/url.js";
import { drawnOtherwise } from "./model/switching.js";
import { authorOfTrace } from "./model/lens.js";
import { createPlayer } from "./player.js";
import { listenToPointer } from "./pointing.js";
import { createStore } from "./store.js";
import { page as text } from "./texts/en_page.js";
import { mountControls } from "./views/controls.js";
import { mountEditor } from "./views/editor.js";
import { mountExport } from "./views/export.js";
import { mountHandout } from "./views/handout.js";
import { mountHeader } from "./views/header.js";
import { mountHelp } from "./views/help.js";
import { mountMatrices } from "./views/matrices.js";
import { mountPanel } from "./views/panel.js";
import { mountStage } from "./views/stage.js";
import { mountTimeline } from "./views/timeline.js";

/** @typedef {import("./model/types.d.ts").State} State */
/** @typedef {import("./model/types.d.ts").Action} Action */

const OPENING = 800;
const THEME_KEY = "backscope-theme";
const html = document.documentElement;

/** @param {string} id */
function embedded(id) {
  return JSON.parse(byId(id, HTMLScriptElement).textContent ?? "null");
}

/** @returns {State} */
function firstState() {
  const trace = embedded("first-trace");
  const published = embedded("published");
  const own = published && { ...published, request: requestOf(trace) };
  const theme = /** @type {State["theme"]} */ (html.dataset.theme ?? "system");
  return initialState({ trace, published: own, catalogue: embedded("catalogue"), theme, notice: byId("status", HTMLElement).textContent ?? "" });
}

const store = createStore(reduce, firstState());
const api = createApi((value) => store.dispatch({ type: "connection", value }));
const effects = createEffects({ get: store.get, send: (action) => store.dispatch(action), api });

/** A link that could not be opened stays in the address until the person does something: it may be all there is of a network. */
let addressIsOpen = false;

/** @param {Action} action */
function dispatch(action) {
  const before = store.get();
  if (action.type !== "point" && action.type !== "reducedMotion") addressIsOpen = true;
  store.dispatch(action);
  void effects.after(action, before);
}

const help = mountHelp(byId("help-dialog", HTMLDialogElement), store.get, dispatch);
const editor = mountEditor(byId("editor", HTMLDialogElement), store.get, dispatch);
const stageRoot = byId("stage", HTMLElement);
const views = {
  stage: mountStage(stageRoot, dispatch),
  matrices: mountMatrices(byId("matrices", HTMLElement), dispatch),
  panel: mountPanel(dispatch, location.origin),
  timeline: mountTimeline(byId("track", HTMLElement), dispatch),
  controls: mountControls(dispatch),
  header: mountHeader(dispatch, {
    share: (button) => { writeNow(store.get()); void copyText(button, location.href, text.copied, text.notCopied); },
    openEditor: editor.open, openHelp: help.open, retry: api.retry,
  }),
};
mountHandout(store.get);
mountExport({
  write(type, whole) {
    const state = store.get();
    const window = whole ? {} : { window: { first: 0, count: fineIndex(state) + 1 } };
    return api.document({ ...bodyOf(state), ...window }, type);
  },
  name: () => `backscope-${store.get().textbook}`,
  step: () => fineIndex(store.get()) + 1,
});
const player = createPlayer({
  duration: (_, index) => durationAt(store.get(), index),
  frame: (position) => views.stage.frame(position),
  finished: () => dispatch({ type: "next", auto: true }),
});

/** @param {State} state */
function address(state) {
  if (state.session && !state.session.own) return writeAddress(state, { changed: false });
  const start = startOf(state);
  return writeAddress(state, { start, changed: !isAsPublished({ published: state.published, request: start.request }) });
}

let opened = new URLSearchParams(location.search).get("example") ?? "";

/** A browser refuses too many changes of its address in a row, so a burst of steps writes it once, at its end. */
const ADDRESS_GAP = 250;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let addressTimer;
let addressWritten = 0;

function keepAddress() {
  // Nobody copies an address while steps play, and a long one takes its time to write.
  if (!addressIsOpen || store.get().playing) return;
  clearTimeout(addressTimer);
  const wait = Math.max(0, ADDRESS_GAP - (performance.now() - addressWritten));
  addressTimer = setTimeout(() => writeNow(store.get()), wait);
}

/** @param {State} state */
function writeNow(state) {
  clearTimeout(addressTimer);
  addressWritten = performance.now();
  const to = `${location.pathname}${address(state)}`;
  const example = state.published?.id ?? "";
  const isOther = opened !== "" && example !== opened;
  opened = example;
  if (isOther) history.pushState(null, "", to);
  else history.replaceState(null, "", to);
}

/** After a switch: whose words these are, and in one clause what is drawn otherwise than before. @param {State} state */
function switchedWords({ home, trace, cursor }) {
  if (!home || home.trace.textbook === trace.textbook) return "";
  const drawn = drawnOtherwise(home, { trace, cursor });
  return `${text.lens.switched(authorOfTrace(trace), text.lens.drawn(drawn))} `;
}

/** @param {State} state */
function announce(state) {
  const step = partNow(state) ?? stepNow(state);
  const reason = whyItEnds(state);
  const end = reason ? ` ${text.ending[reason]}.` : "";
  byId("announcer", HTMLElement).textContent = `${switchedWords(state)}${state.part > 0 ? "" : `${unmarked(step.name)}. `}${unmarked(step.sentence)}${end}`;
}

function watchAll() {
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, s.example, s.digits, s.pointed, s.selected, s.inspecting, s.theme], (s) => views.stage.update(s));
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part], (s) => {
    player.moveTo(s.trace.steps, fineIndex(s), s.motion === "animate" && !s.reducedMotion);
    html.dataset.step = String(fineIndex(s));
    html.dataset.steps = String(stepCount(s.trace, s.granularity));
  });
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, partNow(s), s.example, s.digits, s.selected, s.tab, s.published, s.catalogue, s.problem, s.undo, s.asked, s.inspecting], views.panel.update);
  store.watch((s) => [s.pointed], views.panel.point);
  store.watch((s) => [s.trace, s.cursor, s.example, s.digits, s.tab, s.theme, s.selected], views.matrices.update);
  store.watch((s) => [s.pointed], views.matrices.point);
  store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, s.busy], views.timeline.update);
  store.watch((s) => [s.trace, s.cursor, s.part, s.history, s.playing, s.speed, s.granularity, s.update, s.session], views.controls.update);
  store.watch((s) => [s.trace, s.published, s.theme, s.connection, s.problem, s.textbook, s.session], views.header.update);
  store.watch((s) => [s.problem, s.trace], editor.update);
  store.watch((s) => [s.playing, s.speed], (s) => player.play(s.playing, s.speed));
  store.watch((s) => [s.theme], (s) => {
    html.dataset.theme = s.theme;
    try { localStorage.setItem(THEME_KEY, s.theme); } catch { /* Storage may be forbidden; the theme then lasts as long as the page. */ }
  });
  store.watch((s) => [s.trace, s.example], (s) => {
    const missing = missingCurve(s);
    if (missing) void api.curve(missing.name, missing.reach, s.trace.network.relu_slope_at_zero ?? 0).then((curve) => store.dispatch({ type: "curve", name: missing.name, curve: { low: -missing.reach, high: missing.reach, ...curve } }), () => undefined);
  });
}

/** An address that names no example the server has is read as if it named none. */
function wantedAddress() {
  const wanted = readAddress(location.search, location.hash);
  const { catalogue, published } = store.get();
  const examples = /** @type {{id: string, textbook: string}[]} */ (catalogue?.examples ?? []);
  const example = examples.find(({ id }) => id === wanted.example);
  return { ...wanted, example: example ? wanted.example : null, lens: lensOf(catalogue, example ?? published, wanted.lens) };
}

async function openAddress() {
  const wanted = wantedAddress();
  const state = store.get();
  if (wanted.damaged) {
    store.dispatch({ type: "problem", problem: { title: text.damaged, detail: text.damaged } });
    return;
  }
  if (wanted.session) {
    addressIsOpen = await effects.openSession(wanted.session.id, wanted);
    if (!addressIsOpen) return;
    finishOpening(wanted);
    return;
  }
  const same = (wanted.example ?? state.published?.id) === state.published?.id;
  if (wanted.request || wanted.made > 0 || wanted.edits.length > 0 || !same || wanted.granularity !== state.granularity || wanted.lens !== state.textbook || wanted.row !== state.example) {
    addressIsOpen = await effects.open(wanted, state.published?.id ?? "");
    if (!addressIsOpen) return;
  } else if (wanted.step !== state.cursor) store.dispatch({ type: "seekFine", index: wanted.step });
  finishOpening(wanted);
}

/** What a link says beside the trace. @param {import("./model/url.js").Address} wanted */
function finishOpening(wanted) {
  store.dispatch({ type: "digits", value: wanted.digits });
  store.dispatch({ type: "tab", value: /** @type {State["tab"]} */ (wanted.tab) });
  if (wanted.selected) store.dispatch({ type: "select", ref: wanted.selected });
  addressIsOpen = true;
}

/** Wires what the browser itself tells the page. */
function listen() {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = () => dispatch({ type: "reducedMotion", value: reduced.matches });
  reduced.addEventListener("change", tell);
  tell();
  listenToKeys({ get: store.get, dispatch, openHelp: help.open });
  listenToPointer(stageRoot, store.get, dispatch);
  addEventListener("popstate", () => {
    opened = new URLSearchParams(location.search).get("example") ?? "";
    void openAddress();
  });
}

listen();
const opening = openAddress();
// What the link says comes at once where the server does; where it does not, the page is there to say so.
await Promise.race([opening, new Promise((resolve) => { setTimeout(resolve, OPENING); })]);
watchAll();
store.watch((s) => [s.trace, s.cursor, s.part, s.granularity, s.example, s.digits, s.selected, s.tab, s.update, s.published, s.playing, s.textbook, s.session], keepAddress);
store.watch((s) => [s.trace, s.granularity, s.cursor, s.part, s.example], () => void effects.tellParts());
store.watch((s) => [s.trace, s.selected, s.example], () => void effects.inspect());
store.watch((s) => [s.trace, s.cursor, partNow(s) ?? s.part], announce);
Object.assign(window, {
  backscope: {
    state: store.get,
    /** @param {number} step */
    seek: (step) => dispatch({ type: "seekFine", index: step }),
    /** @param {string} id */
    example: (id) => dispatch({ type: "load", id }),
  },
});
html.dataset.ready = "";
