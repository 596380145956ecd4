// Wires the page of training together: state, stream, server and views; the only file of that page that knows them all.
// Frames change the state as they come; the screen is drawn once a frame of its own, and only then is the newest one acknowledged.

import { createApi, ProblemError } from "./api.js";
import { byId, copyText } from "./dom.js";
import { createTrainEffects } from "./effects_train.js";
import { whereIs } from "./focus.js";
import { otherWords } from "./model/attached.js";
import { momentOf, sayingOf } from "./model/learning/saying.js";
import { drives, initialLearning, reduceLearning } from "./model/learning/state.js";
import { trainAddress, watchAddress, wishesOf } from "./model/learning/train_address.js";
import { trainActionFor } from "./model/learning/train_keys.js";
import { recipeOn } from "./model/learning/recipe.js";
import { seenWants } from "./model/learning/seen.js";
import { createFrames } from "./player.js";
import { createStore } from "./store.js";
import { createStream } from "./stream.js";
import { train as text } from "./texts/en_train.js";
import { mountBanner } from "./views/learning/banner.js";
import { mountCurves } from "./views/learning/curves.js";
import { mountData } from "./views/learning/data.js";
import { mountHistograms } from "./views/learning/histograms.js";
import { mountNetwork } from "./views/learning/network.js";
import { mountNoSession } from "./views/learning/no_session.js";
import { mountPlane } from "./views/learning/plane.js";
import { mountPresets } from "./views/learning/presets.js";
import { mountRecipe } from "./views/learning/recipe.js";
import { mountRunControls } from "./views/learning/run_controls.js";
import { mountTrack } from "./views/learning/run_track.js";
import { mountTrainCalls } from "./views/learning/train_calls.js";
import { mountTrainHeader } from "./views/learning/train_header.js";
import { mountTrainHelp } from "./views/learning/train_help.js";
import { mountWedge } from "./views/learning/wedge.js";

/** @typedef {import("./model/learning/learning.d.ts").Learning} Learning */
/** @typedef {import("./model/learning/learning.d.ts").LearningAction} Action */

const THEME_KEY = "backscope-theme";
/** Milliseconds between two finished epochs that are said aloud. */
const QUIET = 5000;
/** Milliseconds a session rests before its update is traced: whoever drags along the rail passes many. */
const SETTLED = 120;
const NOTICE = 6000;
/** Milliseconds after which a page that is not alone looks whether a running session was changed elsewhere. */
const LOOK_AGAIN = 3000;
const html = document.documentElement;
const grid = byId("charts-grid", HTMLElement);

const catalogue = JSON.parse(byId("catalogue", HTMLScriptElement).textContent ?? "null");
const store = createStore(reduceLearning, initialLearning({
  catalogue, presets: catalogue.presets, theme: /** @type {Learning["theme"]} */ (html.dataset.theme ?? "system"), textbook: byId("textbook", HTMLSelectElement).value,
}));
const api = createApi((value) => store.dispatch({ type: "server", value }));
const stream = createStream({
  frame: (frame) => store.dispatch({ type: "frame", frame }),
  connection: (value) => store.dispatch({ type: "connection", value }),
  ended: (status, detail) => effects.end({ title: detail, detail, status }),
  known: () => store.get().history.known,
});
const effects = createTrainEffects({ get: store.get, send: store.dispatch, api, stream, leave: (address) => location.assign(address) });

/** @param {Action} action */
function dispatch(action) {
  store.dispatch(action);
  return effects.after(action);
}

const presets = mountPresets(byId("presets-dialog", HTMLDialogElement), store.get, dispatch);
const calls = mountTrainCalls(byId("calls-dialog", HTMLDialogElement), store.get, location.origin);
const help = mountTrainHelp(byId("help-dialog", HTMLDialogElement));
const data = mountData(byId("data", HTMLDialogElement), { get: store.get, api, onUse: useData });
const track = mountTrack(byId("run-track", HTMLElement), dispatch);
const views = [
  mountTrainHeader(dispatch, {
    share, openPresets: presets.open, openData: data.open, openCalls: calls.open, openHelp: help.open,
    retry: () => { api.retry(); stream.retry(); },
  }),
  mountRecipe(byId("recipe", HTMLElement), byId("setting", HTMLElement), { get: store.get, dispatch, openData: data.open }),
  mountBanner(byId("banner", HTMLElement), dispatch),
  mountNoSession(byId("no-session", HTMLElement), { dispatch, again: () => { void openAddress(); } }),
  track,
  mountWedge(byId("wedge", HTMLElement), track.headAt),
  mountRunControls(byId("run", HTMLElement), dispatch),
  data,
];
const charts = [
  mountNetwork(byId("network", HTMLElement), dispatch),
  mountPlane(byId("plane", HTMLElement)),
  mountCurves(byId("curves", HTMLElement)),
  mountHistograms(byId("histograms", HTMLElement), dispatch),
];

/** @param {HTMLElement} button */
function share(button) {
  const { session } = store.get();
  if (session) void copyText(button, watchAddress(session.watch, location.origin), text.copied, text.notCopied);
}

/** Other data make another session; what the server says against it is for the panel to show. @param {object} chosen @param {unknown} _ @param {any} fitted */
async function useData(chosen, _, fitted) {
  const { session } = store.get();
  const recipe = session ? recipeOn(session, chosen, fitted) : { network: fitted.network, data: chosen };
  const problem = await effects.create(recipe);
  if (problem) throw new ProblemError(problem);
  if (fitted.said) store.dispatch({ type: "notice", value: `${text.newSession} ${fitted.said}` });
}

const draw = createFrames(() => {
  const state = store.get();
  for (const view of views) view.update(state);
  if (state.session) for (const chart of charts) chart.update(/** @type {any} */ (state));
  // Charts of nothing are headings without words and pictures without a name.
  grid.classList.toggle("waits", !state.session);
  if (state.frame) html.dataset.update = String(state.frame.update);
  stream.drawn();
});

/** @type {ReturnType<typeof setTimeout>|undefined} */
let settled;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let noticed;
let saidAt = -QUIET;
/** @type {import("./model/learning/saying.js").Moment|null} */
let before = null;

/** @param {Learning} state */
function announce(state) {
  const said = sayingOf(before, state, performance.now() - saidAt >= QUIET);
  if (!before || said || state.session?.status !== before.status) before = momentOf(state);
  if (!said) return;
  saidAt = performance.now();
  byId("announcer", HTMLElement).textContent = said;
}

function watchAll() {
  store.watch((s) => [s], draw);
  store.watch((s) => [s.link, s.textbook], ({ link }) => {
    if (!link) return;
    const address = trainAddress(link, otherWords(store.get()));
    if (location.href === location.origin + address) return;
    // Another session is a place to come back to, other words are not.
    if (location.hash === new URL(address, location.origin).hash) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  });
  store.watch((s) => [s.session?.revision, s.session?.status, s.session?.update, s.textbook, s.link], () => {
    clearTimeout(settled);
    settled = setTimeout(() => { void effects.trace(); void effects.catchUp(); }, SETTLED);
  });
  store.watch((s) => [s.session, s.frame, s.visible, s.neuron, s.histograms], (s) => { if (s.session) stream.want(seenWants(s)); });
  store.watch((s) => [s.session?.status, s.session?.epoch], announce);
  store.watch((s) => [s.notice], ({ notice }) => {
    clearTimeout(noticed);
    if (notice) noticed = setTimeout(() => store.dispatch({ type: "notice", value: "" }), NOTICE);
  });
  store.watch((s) => [s.theme], ({ theme }) => {
    html.dataset.theme = theme;
    try { localStorage.setItem(THEME_KEY, theme); } catch { /* Storage may be forbidden; the theme then lasts as long as the page. */ }
  });
}

/** Which charts can be seen: what cannot is not asked for. */
function watchSight() {
  const parts = /** @type {const} */ ({ network: "network", plane: "plane", curves: "curves" });
  for (const [id, part] of Object.entries(parts)) {
    new IntersectionObserver((entries) => {
      store.dispatch({ type: "visible", part, value: entries.at(-1)?.isIntersecting ?? true });
    }).observe(byId(id, HTMLElement));
  }
}

function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]") || event.target instanceof Element && event.target.closest("[popover]")) return;
    const where = whereIs(event.target);
    if (event.key === "?" && !where.typing) { help.open(); event.preventDefault(); return; }
    const { session, textbook, earlier } = store.get();
    const lenses = catalogue.textbooks.map((/** @type {{name: string}} */ one) => one.name);
    const action = trainActionFor(event, where, { drives: drives(store.get()), reached: session?.reached ?? 0, lens: textbook, lenses, earlier: earlier.length });
    if (!action) return;
    event.preventDefault();
    void dispatch(action);
  });
  addEventListener("popstate", () => { void openAddress(); });
  // A page that comes back from the browser's store has lost its stream.
  addEventListener("pageshow", (event) => { if (event.persisted) void openAddress(); });
}

async function openAddress() {
  const wanted = wishesOf(location.search, location.hash);
  if (wanted.link && wanted.link.id === store.get().link?.id && !store.get().ended) { stream.open(wanted.link.id); return; }
  await effects.begin(wanted);
}

listen();
await openAddress();
watchAll();
watchSight();
setInterval(() => { if (!document.hidden) void effects.catchUp(); }, LOOK_AGAIN);
Object.assign(window, { backscope: { state: store.get } });
html.dataset.ready = "";
