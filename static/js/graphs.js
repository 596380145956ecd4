// Wires the page of expressions: state, clock, server and views; the only file of that page that knows them all.
// The first graph is already in the page, so the first step is drawn unasked.

import { createApi } from "./api.js";
import { announce, byId, copyText } from "./dom.js";
import { createGraphEffects } from "./graph_effects.js";
import { listenToKeys } from "./keyboard.js";
import { readGraphAddress, writeGraphAddress } from "./model/graph/address.js";
import { bodyOfGraph } from "./model/graph/calls.js";
import { asTimeline } from "./model/graph/describe.js";
import { carried, durationOf } from "./model/graph/motion.js";
import { exampleOf, initialGraph, reduceGraph, stepOf } from "./model/graph/state.js";
import { createPlayer } from "./player.js";
import { listenToPointer } from "./pointing.js";
import { createStore } from "./store.js";
import { graph as texts } from "./texts/en_graph.js";
import { page as text } from "./texts/en_page.js";
import { mountControls } from "./views/controls.js";
import { mountExport } from "./views/export.js";
import { mountExpression } from "./views/graph/expression.js";
import { graphHead } from "./views/graph/handout.js";
import { mountGraphHeader } from "./views/graph/header.js";
import { mountGraphHelp } from "./views/graph/help.js";
import { mountGraphPanel } from "./views/graph/panel.js";
import { mountGraphStage } from "./views/graph/stage.js";
import { graphControls } from "./views/graph/controls.js";
import { FIRST_CHANGE } from "./views/graph/trial.js";
import { mountHandout } from "./views/handout.js";
import { lastOf, rememberLast } from "./views/last_place.js";
import { mountTimeline } from "./views/timeline.js";

/** @typedef {import("./model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("./model/graph/graph.d.ts").GraphAction} GraphAction */

const THEME_KEY = "backscope-theme";
const OPENING = 800;
/** A browser refuses too many changes of its address in a row. */
const ADDRESS_GAP = 250;
const html = document.documentElement;

/** @param {string} id */
const embedded = (id) => JSON.parse(byId(id, HTMLScriptElement).textContent ?? "null");

const store = createStore(reduceGraph, initialGraph({
  trace: embedded("first-graph"), catalogue: embedded("catalogue"), theme: /** @type {GraphState["theme"]} */ (html.dataset.theme ?? "system"), notice: byId("status", HTMLElement).textContent ?? "",
}));
const api = createApi((value) => store.dispatch({ type: "connection", value }));
const effects = createGraphEffects({ get: store.get, send: store.dispatch, api });
/** A link that could not be opened stays in the address until the person does something. */
const link = { isOpen: false, written: 0, timer: /** @type {ReturnType<typeof setTimeout>|undefined} */ (undefined), expression: "" };

/** @param {GraphAction} action */
function dispatch(action) {
  const before = store.get();
  if (action.type !== "point" && action.type !== "reducedMotion") link.isOpen = true;
  store.dispatch(action);
  void effects.after(action, before);
}

/** Another expression is a place to come back to; everything else changes the link of this one. */
function writeAddress() {
  const state = store.get();
  clearTimeout(link.timer);
  link.written = performance.now();
  const to = `${location.pathname}${writeGraphAddress(state)}`;
  const isOther = link.expression !== "" && link.expression !== state.trace.expression;
  link.expression = state.trace.expression;
  if (isOther) history.pushState(null, "", to);
  else history.replaceState(null, "", to);
}

function keepAddress() {
  if (!link.isOpen) return;
  clearTimeout(link.timer);
  if (store.get().playing) return;
  if (link.expression !== "" && link.expression !== store.get().trace.expression) return writeAddress();
  link.timer = setTimeout(writeAddress, Math.max(0, ADDRESS_GAP - (performance.now() - link.written)));
}

const help = mountGraphHelp(byId("help-dialog", HTMLDialogElement));
const stage = mountGraphStage(byId("stage", HTMLElement), dispatch);
const panel = mountGraphPanel({
  root: byId("panel", HTMLElement), scroll: byId("panel-scroll", HTMLElement),
  tabs: ["equation", "receipt", "check", "published", "call"].map((name) => byId(`tab-${name}`, HTMLButtonElement)),
}, dispatch, location.origin);
const expression = mountExpression({
  form: byId("expression-form", HTMLFormElement), field: byId("expression", HTMLTextAreaElement), values: byId("input-values", HTMLElement), problem: byId("expression-problem", HTMLElement), waiting: byId("expression-waits", HTMLElement),
}, dispatch);
const timeline = mountTimeline(byId("track", HTMLElement), dispatch);
const controls = mountControls(dispatch, graphControls);
const header = mountGraphHeader(dispatch, {
  share: (button) => { writeAddress(); void copyText(button, location.href, text.copied, text.notCopied); },
  openHelp: help.open, retry: api.retry,
});
const player = createPlayer({
  duration(_, index) {
    const { trace } = store.get();
    const step = trace.steps[index];
    return step ? durationOf(step, carried(step, trace).length) : 0;
  },
  frame: (position) => stage.frame(position),
  finished: () => dispatch({ type: "next", auto: true }),
});

function mountDocuments() {
  mountHandout(store.get, graphHead);
  mountExport({
    write(type, whole) {
      const state = store.get();
      const window = whole ? {} : { window: { first: 0, count: state.cursor + 1 } };
      return api.document("graphs/derivations", { ...bodyOfGraph(state.trace, state), ...window }, type);
    },
    name: () => `backscope-graph-${store.get().textbook}`,
    step: () => store.get().cursor + 1,
  });
}

let toldIn = store.get().trace.textbook;

/** Whose words these are, where that is somebody else. @param {GraphState} state */
function switchedWords({ trace: { textbook }, catalogue }) {
  const isOther = toldIn !== textbook;
  toldIn = textbook;
  const lens = catalogue.textbooks.find(({ name }) => name === textbook);
  return isOther && lens ? `${text.lens.switched(lens.author, "")} ` : "";
}

/** @param {GraphState} state */
function announceStep(state) {
  const step = stepOf(state);
  announce(`${switchedWords(state)}${step.name}. ${step.sentence}`);
}

/** A derivative is tried out as soon as it can be: once the way back is shown. @param {GraphState} state */
function tryDerivative(state) {
  const [name] = Object.keys(state.trace.values);
  if (name === undefined || state.trace.diverged || stepOf(state).phase !== "backward" || state.nudge?.answer || state.nudge?.problem) return;
  store.dispatch({ type: "nudge", name: state.nudge?.name ?? name, change: state.nudge?.change ?? FIRST_CHANGE });
  void effects.nudge();
}

function watch() {
  store.watch((s) => [s.trace, s.draft, s.problem], expression.update);
  store.watch((s) => [s.pointed], expression.point);
  store.watch((s) => [s.trace, s.cursor, s.digits, s.pointed, s.selected, s.theme], stage.update);
  store.watch((s) => [s.trace, s.cursor], (s) => {
    player.moveTo(s.trace.steps, s.cursor, s.motion === "animate" && !s.reducedMotion);
    html.dataset.step = String(s.cursor);
    html.dataset.steps = String(s.trace.steps.length);
  });
  store.watch((s) => [s.trace, s.cursor, s.digits, s.selected, s.tab, s.nudge, s.check], panel.update);
  store.watch((s) => [s.pointed], panel.point);
  store.watch((s) => [s.trace, s.cursor, s.busy], (s) => timeline.update(asTimeline(s)));
  store.watch((s) => [s.trace, s.cursor, s.playing, s.speed, s.granularity], controls.update);
  store.watch((s) => [s.trace, s.theme, s.connection, s.textbook, s.notice], header.update);
  store.watch((s) => [s.playing, s.speed], (s) => player.play(s.playing, s.speed));
  store.watch((s) => [s.trace, s.cursor], tryDerivative);
  store.watch((s) => [s.trace, s.tab, s.check.stepSize], (s) => { if (s.tab === "check" && !s.trace.diverged) void effects.check(); });
  store.watch((s) => [s.trace, s.tab, s.check.name], (s) => { if (s.tab === "check" && !s.trace.diverged && Object.keys(s.trace.values).length > 0) void effects.curve(); });
  store.watch((s) => [s.trace, s.cursor], announceStep);
  store.watch((s) => [s.trace, s.cursor, s.granularity, s.digits, s.selected, s.tab, s.playing, s.textbook], keepAddress);
  store.watch((s) => [s.theme], (s) => {
    html.dataset.theme = s.theme;
    try { localStorage.setItem(THEME_KEY, s.theme); } catch { /* Storage may be forbidden; the theme then lasts as long as the page. */ }
  });
}

/** Opens what the address asks for; a bad link is said, and the first example stays. */
async function openAddress() {
  const { trace, catalogue, textbook } = store.get();
  const wanted = readGraphAddress(location.search, location.hash);
  if (wanted.damaged) {
    store.dispatch({ type: "refused", problem: { title: texts.damaged, detail: texts.damaged } });
    return;
  }
  const example = catalogue.examples.find(({ id }) => id === wanted.example);
  const request = wanted.request ?? example?.request ?? { expression: trace.expression, values: trace.values };
  const lens = catalogue.textbooks.some(({ name }) => name === wanted.lens) ? wanted.lens ?? textbook : textbook;
  const same = JSON.stringify([request.expression, request.values, lens, wanted.granularity]) === JSON.stringify([trace.expression, trace.values, trace.textbook, store.get().granularity]);
  if (same) store.dispatch({ type: "seek", step: wanted.step });
  else {
    store.dispatch({ type: "typed", draft: { expression: request.expression, values: Object.fromEntries(Object.entries(request.values).map(([name, value]) => [name, String(value)])) } });
    if (!(await effects.open(wanted, request, lens))) return;
  }
  store.dispatch({ type: "digits", value: wanted.digits });
  store.dispatch({ type: "tab", value: wanted.tab === "published" && !exampleOf(store.get()) ? "equation" : wanted.tab });
  store.dispatch({ type: "select", ref: wanted.selected });
  link.expression = store.get().trace.expression;
  link.isOpen = true;
  keepAddress();
}

function listen() {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = () => store.dispatch({ type: "reducedMotion", value: reduced.matches });
  reduced.addEventListener("change", tell);
  tell();
  const lenses = store.get().catalogue.textbooks.map(({ name }) => name);
  const granularities = { 1: "pass", 2: "node", 3: "term" };
  listenToKeys({
    get: store.get, dispatch, openHelp: help.open, changePage: () => location.assign(lastOf("network") ?? "/laboratory"),
    now: ({ playing }) => ({ playing, example: 0, rows: 1, lenses, granularities }),
  });
  listenToPointer(byId("stage", HTMLElement), (ref) => /^(value|gradient|local_gradient|contribution):\d+$/.test(ref), dispatch);
  addEventListener("pagehide", () => rememberLast("expression", `${location.pathname}${writeGraphAddress(store.get())}`));
  addEventListener("popstate", () => {
    // What was still to be written is of the place that was left.
    clearTimeout(link.timer);
    link.isOpen = false;
    link.expression = "";
    void openAddress();
  });
}

mountDocuments();
listen();
// What the link says comes at once where the server does; where it does not, the page is there to say so.
html.dataset.opening = "";
const opening = openAddress().finally(() => { delete html.dataset.opening; });
await Promise.race([opening, new Promise((resolve) => { setTimeout(resolve, OPENING); })]);
watch();
Object.assign(window, {
  backscope: {
    state: store.get,
    /** @param {number} step */
    seek: (step) => dispatch({ type: "seek", step }),
    /** @param {string} id */
    example: (id) => dispatch({ type: "load", id }),
  },
});
html.dataset.ready = "";
