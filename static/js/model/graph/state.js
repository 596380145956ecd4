// The state of the page of expressions and the one function that changes it; every picture follows from this state.
// What needs the server is asked for by graph_effects.js and comes back here as an action with the answer.

import { placeAfterRetelling } from "../timeline.js";
import { typedNumber } from "./address.js";

/** @typedef {import("./graph.d.ts").GraphState} GraphState */
/** @typedef {import("./graph.d.ts").GraphAction} GraphAction */
/** @typedef {import("./graph.d.ts").GraphTrace} GraphTrace */
/** @typedef {import("./graph.d.ts").GraphExample} GraphExample */

const NO_CHECK = Object.freeze({ stepSize: 1e-5, name: "", answer: null, curve: null, problem: null });

/** @param {{trace: GraphTrace, catalogue: GraphState["catalogue"], theme?: GraphState["theme"], notice?: string}} start @returns {GraphState} */
export function initialGraph({ trace, catalogue, theme = "system", notice = "" }) {
  return {
    trace, cursor: 0, motion: "jump", granularity: "node", textbook: trace.textbook, digits: 4, theme, speed: 1, playing: false, pointed: null, selected: null,
    tab: "equation", catalogue, draft: null, problem: null, nudge: null, check: NO_CHECK, connection: null, busy: false, notice, reducedMotion: false,
  };
}

/** @param {GraphState} state */
export const lastStep = ({ trace }) => trace.steps.length - 1;

/** @param {GraphState} state */
export function stepOf(state) {
  return /** @type {import("../types.d.ts").Step} */ (state.trace.steps[state.cursor]);
}

/** Whether something was typed that the graph on the stage does not say yet. @param {GraphState} state */
export function isTyped({ draft, trace }) {
  if (draft === null) return false;
  return draft.expression !== trace.expression || Object.entries(draft.values).some(([name, text]) => Object.hasOwn(trace.values, name) && typedNumber(text) !== trace.values[name]);
}

/** The example that is drawn as its author has it, if it is one. @param {GraphState} state @returns {GraphExample|null} */
export function exampleOf({ trace, catalogue }) {
  const names = Object.keys(trace.values);
  return catalogue.examples.find(({ request }) => request.expression === trace.expression && names.length === Object.keys(request.values).length && names.every((name) => request.values[name] === trace.values[name])) ?? null;
}

/** @param {GraphState} state @param {number} step @param {GraphState["motion"]} [motion] @returns {GraphState} */
function seek(state, step, motion = "jump") {
  const cursor = Math.max(0, Math.min(lastStep(state), Math.round(step)));
  return { ...state, cursor, motion, playing: false };
}

/** @param {GraphState} state @param {GraphAction & {type: "next"}} action @returns {GraphState} */
function next(state, { hold, auto }) {
  if (state.cursor < lastStep(state)) return { ...state, cursor: state.cursor + 1, motion: hold ? "jump" : "animate", playing: state.playing && Boolean(auto) };
  // Playing ends at the end; whoever presses the button there starts again.
  if (auto) return { ...state, playing: false };
  return hold ? state : seek(state, 0);
}

/** The first step of the pass before or after. @param {GraphState} state @param {1|-1} turn */
function passEdge({ trace: { steps }, cursor }, turn) {
  const group = (/** @type {number} */ at) => steps[at]?.group;
  let at = cursor;
  if (turn > 0) {
    while (at < steps.length && group(at) === group(cursor)) at += 1;
    return at;
  }
  at = Math.max(0, at - 1);
  while (at > 0 && group(at - 1) === group(at)) at -= 1;
  return at;
}

/** A graph of other numbers keeps the step; one of other nodes begins anew. @param {GraphState} state @param {GraphAction & {type: "computed"}} action @returns {GraphState} */
function computed(state, { trace, cursor, granularity = state.granularity, draft = state.draft }) {
  const same = trace.nodes.length === state.trace.nodes.length && trace.nodes.every(({ operation, symbol }, at) => operation === state.trace.nodes[at]?.operation && symbol === state.trace.nodes[at]?.symbol);
  const kept = same ? Math.min(state.cursor, trace.steps.length - 1) : 0;
  const names = trace.nodes.filter(({ operation }) => operation === "input").map(({ name }) => name);
  return {
    ...state, trace, granularity, textbook: trace.textbook, cursor: Math.max(0, Math.min(trace.steps.length - 1, cursor ?? kept)), motion: "jump", playing: false,
    // What was typed while the server answered stays.
    draft: state.draft === draft ? null : state.draft, problem: null, notice: "", pointed: null, selected: same ? state.selected : null,
    nudge: state.nudge && names.includes(state.nudge.name) ? { ...state.nudge, answer: null, problem: null } : null,
    check: { ...state.check, name: names.includes(state.check.name) ? state.check.name : "", answer: null, curve: null, problem: null }, tab: state.tab === "published" && !exampleOf({ ...state, trace }) ? "equation" : state.tab,
  };
}

/** @param {GraphState} state @param {GraphAction & {type: "retold"}} action @returns {GraphState} */
function retold(state, { trace, granularity }) {
  const cursor = state.trace.steps.length === trace.steps.length && granularity === state.granularity ? state.cursor : placeAfterRetelling(/** @type {any} */ (state.trace), state.cursor, /** @type {any} */ (trace));
  return { ...state, trace, granularity, textbook: trace.textbook, cursor, motion: "jump", playing: false };
}

/** @type {{[T in GraphAction["type"]]?: (state: GraphState, action: any) => GraphState}} */
const CHANGES = {
  next,
  back: (state, { hold }) => (state.cursor === 0 ? { ...state, playing: false } : { ...state, cursor: state.cursor - 1, motion: hold ? "jump" : "animate", playing: false }),
  first: (state) => seek(state, 0),
  last: (state) => seek(state, Infinity),
  seek: (state, { step }) => seek(state, step),
  seekFine: (state, { index }) => seek(state, index),
  nextLayer: (state) => seek(state, passEdge(state, 1)),
  backLayer: (state) => seek(state, passEdge(state, -1)),
  play: (state) => (state.cursor === lastStep(state) ? { ...state, cursor: 0, motion: "jump", playing: true } : { ...state, playing: true }),
  pause: (state) => ({ ...state, playing: false }),
  speed: (state, { value }) => ({ ...state, speed: value }),
  point: (state, { ref }) => (ref === state.pointed ? state : { ...state, pointed: ref }),
  select: (state, { ref }) => (ref === state.selected ? state : { ...state, selected: ref }),
  digits: (state, { value }) => ({ ...state, digits: Math.max(1, Math.min(17, value)) }),
  tab: (state, { value }) => ({ ...state, tab: value, selected: null }),
  theme: (state, { value }) => ({ ...state, theme: value }),
  reducedMotion: (state, { value }) => ({ ...state, reducedMotion: value }),
  busy: (state, { value }) => ({ ...state, busy: value }),
  connection: (state, { value }) => ({ ...state, connection: value }),
  typed: (state, { draft }) => ({ ...state, draft }),
  compute: (state, { draft }) => ({ ...state, draft, playing: false }),
  computed,
  retold,
  refused: (state, { problem }) => ({ ...state, problem, playing: false }),
  nudge: (state, { name, change }) => ({ ...state, nudge: { name, change, answer: null, problem: null } }),
  nudged: (state, { trace, answer, problem }) => (trace === state.trace && state.nudge ? { ...state, nudge: { ...state.nudge, answer, problem } } : state),
  stepSize: (state, { value }) => ({ ...state, check: { ...state.check, stepSize: value } }),
  checkName: (state, { value }) => ({ ...state, check: { ...state.check, name: value } }),
  curved: (state, { trace, curve, problem }) => (trace === state.trace ? { ...state, check: { ...state.check, curve, problem } } : state),
  checked: (state, { trace, answer, problem }) => (trace === state.trace ? { ...state, check: { ...state.check, answer, problem } } : state),
};

/** @param {GraphState} state @param {GraphAction} action @returns {GraphState} */
export function reduceGraph(state, action) {
  return CHANGES[action.type]?.(state, action) ?? state;
}
