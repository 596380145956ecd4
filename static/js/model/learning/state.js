// The state of the page of training and what happens to it: a session that is opened, frames that come in, wishes of the person.
// It is pure: what an action asks of the server is in effects_train.js.

import { cutAt, emptyHistory, historyOf, withCosts } from "./costs.js";

/** @typedef {import("./learning.d.ts").Learning} Learning */
/** @typedef {import("./learning.d.ts").LearningAction} LearningAction */
/** @typedef {import("./learning.d.ts").LiveFrame} LiveFrame */
/** @typedef {import("./frames.d.ts").Sample} Sample */

/** Samples beyond these are thinned to half: a chart has fewer pixels. */
const MOST_SAMPLES = 3000;

/** Updates a second to begin with: at full speed a small network has learned before anybody has seen it. */
const SPEED = 100;

/** @param {Partial<Learning>} given @returns {Learning} */
export function initialLearning(given) {
  return {
    link: null, session: null, read: -1, history: emptyHistory(), samples: [], frame: null, data: null,
    connection: null, server: null, problem: null, ended: null, notice: "", digits: 4, theme: "system",
    textbook: "nielsen", offset: offsetOf(given.catalogue, given.textbook ?? "nielsen"), trace: null, neuron: null, histograms: false,
    catalogue: null, presets: null, preset: null, earlier: [], busy: false, wanted: null, speed: SPEED,
    visible: { network: true, plane: true, curves: true }, ...given,
  };
}

/** What the text adds to the number of a layer. @param {any} catalogue @param {string} textbook @returns {number} */
function offsetOf(catalogue, textbook) {
  return catalogue?.textbooks?.find((/** @type {{name: string}} */ one) => one.name === textbook)?.offset ?? 0;
}

/** Whether this page may drive its session. @param {Pick<Learning, "session">} state */
export const drives = ({ session }) => session?.may === "drive";

/** @param {Pick<Learning, "session">} state */
export const isRunning = ({ session }) => session?.status === "running";

/**
 * With the samples of a frame: in order, one an update, none of what a change has undone.
 * @param {Sample[]} samples
 * @param {Sample[]} added
 * @param {number} reached
 */
export function withSamples(samples, added, reached) {
  const last = samples.at(-1);
  const isBehind = last !== undefined && last.update > reached;
  if (added.length === 0 && !isBehind) return samples;
  const kept = isBehind ? samples.filter(({ update }) => update <= reached) : samples;
  const end = kept.at(-1)?.update ?? -1;
  if (added.every(({ update }, at) => update > (at === 0 ? end : added[at - 1]?.update ?? 0))) return thinned([...kept, ...added]);
  const by = new Map([...kept, ...added].map((sample) => [sample.update, sample]));
  return thinned([...by.values()].sort((a, b) => a.update - b.update));
}

/** @param {Sample[]} samples */
function thinned(samples) {
  return samples.length <= MOST_SAMPLES ? samples : samples.filter((_, at) => at % 2 === 0 || at === samples.length - 1);
}

/** @param {Learning} state @param {Extract<LearningAction, {type: "opened"}>} action @returns {Learning} */
function opened(state, { link, session, history, data, preset, replaces }) {
  const left = replaces && state.link && state.session ? [{ link: state.link, title: state.session.data?.words ?? "" }] : [];
  return {
    ...state, link, session, read: session.revision, data, preset,
    history: historyOf(history.costs, session.reached), samples: history.samples,
    frame: null, trace: null, neuron: null, problem: null, ended: null, wanted: null,
    earlier: [...state.earlier, ...left],
  };
}

/** Frames say how far a session is; what it is made of is in its document. @param {Learning} state @param {LiveFrame} frame @returns {Learning} */
function withFrame(state, frame) {
  const { session } = state;
  if (!session) return state;
  const { status, reason, update, reached, epoch, row, diverged, revision } = frame;
  const isOld = revision < session.revision;
  return {
    ...state, frame,
    history: withCosts(cutAt(state.history, Math.min(frame.costs.from, reached)), frame.costs),
    samples: withSamples(state.samples, frame.samples ?? [], reached),
    session: isOld ? session : { ...session, status, reason, update, reached, epoch, row: row ?? 0, diverged, revision },
    trace: status === "running" && !isOld ? null : state.trace,
    wanted: state.wanted === update ? null : state.wanted,
  };
}

/**
 * What a session is made of comes from its newest document; how far it is, from whatever is newer, that or a frame.
 * @param {Learning} state
 * @param {import("../types.d.ts").SessionDocument} found
 * @returns {Learning}
 */
function withSession(state, found) {
  const now = state.session;
  if (!now || found.revision < state.read) return state;
  const { status, reason, update, reached, epoch, row, diverged, revision } = now.revision > found.revision ? now : found;
  const session = { ...found, status, reason, update, reached, epoch, row, diverged, revision };
  return {
    ...state, session, read: found.revision, problem: null,
    trace: status === "running" ? null : state.trace,
    speed: found.status === "running" ? /** @type {any} */ (found).speed ?? null : state.speed,
  };
}

/** Actions that set one field to their value. @type {Partial<Record<LearningAction["type"], keyof Learning>>} */
const FIELDS = {
  connection: "connection", server: "server", notice: "notice", presets: "presets", theme: "theme", neuron: "neuron",
  histograms: "histograms", speed: "speed", busy: "busy", wanted: "wanted",
};

/** @param {Learning} state @param {LearningAction} action @returns {Learning} */
export function reduceLearning(state, action) {
  const field = FIELDS[action.type];
  if (field && "value" in action) return Object.is(state[field], action.value) ? state : { ...state, [field]: action.value };
  switch (action.type) {
    case "opened": return opened(state, action);
    case "back": return { ...state, earlier: state.earlier.filter(({ link }) => link.id !== action.link.id) };
    case "session": return withSession(state, action.session);
    case "frame": return withFrame(state, action.frame);
    case "trace": return { ...state, trace: action.trace };
    case "problem": return { ...state, problem: action.problem };
    case "ended": return { ...state, ended: action.problem, connection: null, busy: false };
    case "textbook": return { ...state, textbook: action.value, offset: offsetOf(state.catalogue, action.value), trace: null };
    case "visible": return { ...state, visible: { ...state.visible, [action.part]: action.value } };
    case "to": return { ...state, wanted: action.update };
    default: return state;
  }
}
