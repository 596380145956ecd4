// The page's state and the one function that changes it; every picture on the page follows from this state.
// What needs the server (a new trace) is asked for by effects.js and comes back here as an action with the answer.

import { placeAt } from "./fine.js";
import { chooseGranularity, isLastStep, keepFine, NOTHING_TOLD, seekFine, stepBy, tellWindow } from "./fine_state.js";
import { NOTHING_INSPECTED, select, tellInspection, walkBack } from "./inspecting.js";
import { NOTHING_ASKED, tellPanel, togglePanel } from "./asking.js";
import { stands, switchLens } from "./switching.js";
import { layerEdge, placeAfterRetelling } from "./timeline.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Action} Action */
/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").TraceRequest} TraceRequest */

const UNDO_DEPTH = 100;
const HISTORY_DEPTH = 200;

/** Plain gradient descent goes without saying. @param {NonNullable<Trace["optimizer"]>} optimizer */
function isPlain({ name, l1, l2 }) {
  return name === "gradient_descent" && !l1 && !l2;
}

/**
 * The request that gives this trace again, to the last bit; parameters that were drawn are asked for by their seed.
 * @param {Trace} trace
 * @returns {TraceRequest}
 */
export function requestOf(trace) {
  const { network, parameters, initialization, batch, learning_rate, freeze_biases, optimizer, optimizer_state: remembered } = trace;
  /** @type {TraceRequest} */
  const request = initialization ? { network, initialization, batch } : { network, parameters, batch };
  if (learning_rate !== null && learning_rate !== undefined) request.learning_rate = learning_rate;
  if (freeze_biases) request.freeze_biases = true;
  if (optimizer && !isPlain(optimizer)) request.optimizer = optimizer;
  if (remembered) request.optimizer_state = remembered;
  return request;
}

/**
 * @param {{trace: Trace, published?: any, catalogue?: any, theme?: State["theme"], notice?: string}} start
 * @returns {State}
 */
export function initialState({ trace, published = null, catalogue = null, theme = "system", notice = "" }) {
  return {
    request: requestOf(trace), trace, history: [], undo: [], update: 1, cursor: 0, part: 0, told: NOTHING_TOLD, motion: "jump",
    granularity: trace.granularity, textbook: trace.textbook, home: null, asked: NOTHING_ASKED, digits: 4, example: trace.example ?? 0, theme, speed: 1, playing: false,
    pointed: null, selected: null, inspecting: NOTHING_INSPECTED, tab: "equation", catalogue, published, problem: null, connection: null,
    busy: false, reducedMotion: false, notice, session: null, lab: null,
  };
}

/** @param {State} state */
export function stepNow(state) {
  return /** @type {import("./types.d.ts").Step} */ (state.trace.steps[state.cursor]);
}

/** @param {State} state */
export function isLast(state) {
  return isLastStep(state);
}

/**
 * Whether a next update exists: there are new parameters to go on with.
 * @param {State} state
 */
export function hasNextUpdate(state) {
  if (state.trace.diverged || isWatched(state)) return false;
  return state.trace.layers.slice(1).every((layer) => Boolean(layer.updated_weights));
}

/** Only who drives a session can take it on. @param {{session?: State["session"]}} state */
function isWatched({ session }) {
  return session?.may === "watch" && !session.own;
}

/**
 * Why nothing comes after the last step, if that is where one is; a trace that broke off says so itself.
 * @param {Pick<State, "trace"|"cursor"> & Partial<Pick<State, "granularity"|"part"|"session">>} state
 * @returns {"noRate"|"gradientsOnly"|"watched"|null}
 */
export function whyItEnds({ trace, cursor, part = 0, granularity = trace.granularity, session = null }) {
  const goesOn = trace.layers.slice(1).every((layer) => Boolean(layer.updated_weights));
  if (trace.diverged || !isLastStep({ trace, cursor, part, granularity })) return null;
  if (goesOn) return isWatched({ session }) ? "watched" : null;
  return trace.network.cost === "output" ? "gradientsOnly" : "noRate";
}

/** @type {WeakMap<object, string>} */
const fingerprints = new WeakMap();

/**
 * What decides the numbers, with the defaults filled in, as one text: two requests with the same text give the same trace.
 * @param {TraceRequest} request
 */
export function fingerprint(request) {
  const known = fingerprints.get(request);
  if (known !== undefined) return known;
  const { network, parameters, initialization, batch } = request;
  const text = JSON.stringify([
    network.inputs, network.layers.map(({ size, activation, sources, adds }) => [size, activation, sources ?? [], adds ?? []]), network.cost, network.bias ?? true,
    network.input_activation ?? "identity", network.relu_slope_at_zero ?? 0, parameters?.weights ?? initialization,
    parameters?.biases ?? null, batch.inputs, batch.targets ?? null, request.learning_rate ?? null, request.freeze_biases ?? false,
    request.optimizer ?? null, request.optimizer_state?.layers ?? null,
  ]);
  fingerprints.set(request, text);
  return text;
}

/**
 * Whether what is shown is the published example as it was published.
 * @param {Pick<State, "published"|"request">} state
 */
export function isAsPublished({ published, request }) {
  return published !== null && fingerprint(published.request) === fingerprint(request);
}

/** @param {import("./types.d.ts").Network} network */
function sizesOf({ inputs, layers }) {
  return [inputs, ...layers.map(({ size }) => size)].join();
}

/**
 * Whether the network shown has the shape of the published one, so that the printed numbers are about its like.
 * @param {Pick<State, "published"|"request">} state
 */
export function hasPublishedShape({ published, request }) {
  return published !== null && sizesOf(published.request.network) === sizesOf(request.network);
}

/**
 * @param {State} state
 * @param {number} step
 * @param {State["motion"]} motion
 * @returns {State}
 */
function seek(state, step, motion = "jump") {
  const cursor = Math.max(0, Math.min(state.trace.steps.length - 1, Math.round(step)));
  if (cursor === state.cursor && state.part === 0 && motion === state.motion) return state;
  return { ...state, cursor, part: 0, motion, home: null };
}

/**
 * @param {State} state
 * @param {Action & {type: "back"}} action
 * @returns {State}
 */
function back(state, action) {
  if (state.cursor + state.part > 0) return stepBy({ ...state, playing: false }, -1, action.hold ? "jump" : "animate");
  const past = state.history.at(-1);
  if (!past) return state.playing ? { ...state, playing: false } : state;
  return {
    ...state, request: past.request, trace: past.trace, history: state.history.slice(0, -1), update: state.update - 1,
    cursor: past.trace.steps.length - 1, motion: "jump", playing: false,
  };
}

/**
 * @param {State} state
 * @param {Action & {type: "next"}} action
 * @returns {State}
 */
function next(state, action) {
  const playing = state.playing && Boolean(action.auto) && !(isLast(state) && !hasNextUpdate(state));
  if (isLast(state)) return playing === state.playing ? state : { ...state, playing };
  return stepBy({ ...state, playing }, 1, action.hold ? "jump" : "animate");
}

/**
 * The update before the first one shown here, which the session has gone back to.
 * @param {State} state
 * @param {Action & {type: "earlier"}} action
 * @returns {State}
 */
function earlier(state, { request, trace, session }) {
  const told = { granularity: trace.granularity, textbook: trace.textbook, example: trace.example ?? 0 };
  return { ...state, ...told, request, trace, session, update: session.update + 1, cursor: trace.steps.length - 1, motion: "jump", playing: false, problem: null };
}

/**
 * Goes back to the place before the last edit.
 * @param {State} state
 * @returns {State}
 */
function undo(state) {
  const place = state.undo.at(-1);
  if (!place) return state;
  return {
    ...state, ...place, undo: state.undo.slice(0, -1), motion: "jump", playing: false, problem: null,
    example: Math.min(state.example, place.trace.costs.length - 1),
  };
}

/** @param {State} state */
function placeOf({ request, trace, cursor, update, history, published, session }) {
  return { request, trace, cursor, update, history, published, session };
}

/**
 * @param {State} state
 * @param {Action & {type: "opened"}} action
 * @returns {State}
 */
function opened(state, { request, trace, published, cursor = 0, update = 1, history = [], undo: before = [], granularity = trace.granularity, session = null }) {
  const tab = state.tab === "published" && !published ? "equation" : state.tab;
  return {
    ...state, session, request, trace, published, update, tab, history, undo: before, ...placeAt(trace, granularity, cursor), motion: "jump", playing: false,
    selected: null, inspecting: NOTHING_INSPECTED, pointed: null, problem: null, granularity, textbook: trace.textbook, home: null, example: trace.example ?? 0,
  };
}

/**
 * @param {State} state
 * @param {Action & {type: "edited"}} action
 * @returns {State}
 */
function edited(state, { request, trace }) {
  const steps = trace.steps.length === state.trace.steps.length ? state.cursor : placeAfterRetelling(state.trace, state.cursor, trace);
  return {
    ...state, request, trace, cursor: steps, motion: "jump", playing: false, problem: null,
    granularity: trace.granularity, textbook: trace.textbook, example: trace.example ?? 0,
    undo: [...state.undo, placeOf(state)].slice(-UNDO_DEPTH), session: state.session && { ...state.session, own: true },
  };
}

/**
 * The same update in other steps: finer or coarser, of another example, or in the words of another text.
 * @param {State} state
 * @param {Action & {type: "retold"}} action
 * @returns {State}
 */
function retold(state, { trace }) {
  const told = { ...state, trace, granularity: trace.granularity, textbook: trace.textbook, example: trace.example ?? 0, motion: /** @type {const} */ ("jump"), problem: null };
  if (trace.textbook !== state.trace.textbook) return { ...told, ...switchLens(state.home, state, trace) };
  const cursor = placeAfterRetelling(state.trace, state.cursor, trace);
  return { ...told, cursor, home: state.home && stands(state.home, state) ? { ...state.home, at: { trace, cursor } } : null };
}

/** @type {{[T in Action["type"]]?: (state: State, action: any) => State}} */
const CHANGES = {
  seek: (state, { step }) => seek({ ...state, playing: false }, step),
  next,
  back,
  first: (state) => seek({ ...state, playing: false }, 0),
  last: (state) => seekFine({ ...state, playing: false }, Infinity),
  seekFine: (state, { index }) => seekFine({ ...state, playing: false }, index),
  granularity: (state, { value }) => chooseGranularity(state, value),
  told: tellWindow,
  nextLayer: (state) => seek({ ...state, playing: false }, layerEdge(state.trace.steps, state.cursor, 1)),
  backLayer: (state) => seek({ ...state, playing: false }, layerEdge(state.trace.steps, state.cursor, -1)),
  play: (state) => (state.playing ? state : { ...state, playing: true }),
  pause: (state) => (state.playing ? { ...state, playing: false } : state),
  speed: (state, { value }) => ({ ...state, speed: value }),
  point: (state, { ref }) => (ref === state.pointed ? state : { ...state, pointed: ref }),
  select: (state, { ref }) => select(state, ref),
  walkBack: (state, { at }) => walkBack(state, at),
  inspected: tellInspection,
  digits: (state, { value }) => ({ ...state, digits: Math.max(1, Math.min(17, value)) }),
  // An experiment is about the selected number; the other tabs are about the step.
  tab: (state, { value }) => (value === "experiment" ? { ...state, tab: value } : { ...state, tab: value, selected: null, inspecting: NOTHING_INSPECTED }),
  theme: (state, { value }) => ({ ...state, theme: value }),
  reducedMotion: (state, { value }) => ({ ...state, reducedMotion: value }),
  panel: (state, { kind }) => togglePanel(state, kind),
  panelTold: tellPanel,
  busy: (state, { value }) => ({ ...state, busy: value }),
  connection: (state, { value }) => ({ ...state, connection: value }),
  problem: (state, { problem }) => ({ ...state, problem, playing: false }),
  curve: (state, { name, curve }) => ({
    ...state, catalogue: { ...state.catalogue, curves: { ...state.catalogue?.curves, [name]: curve } },
  }),
  undo,
  opened,
  edited,
  earlier,
  session: (state, { session }) => ({ ...state, session }),
  updated: (state, { request, trace, session = state.session }) => ({
    ...state, session, request, trace, cursor: 0, motion: "jump", update: state.update + 1, problem: null,
    history: [...state.history, { request: state.request, trace: state.trace }].slice(-HISTORY_DEPTH),
  }),
  retold,
};

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  const change = CHANGES[action.type];
  return change ? keepFine(state, change(state, action), action) : state;
}
