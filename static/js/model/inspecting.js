// What is asked about the selected number, what the server answered, and the way back along the numbers one came by.
// Where the answer is for another trace or another number, it is as if nothing had been answered.

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Problem} Problem */
/** @typedef {import("./types.d.ts").Inspection} Inspection */
/** @typedef {{trace: State["trace"]|null, ref: string|null, answer: Inspection|null, problem: Problem|null, trail: readonly string[]}} Inspecting */

/** More numbers than this are not kept on the way back. */
const LONGEST = 24;

/** @type {Inspecting} */
export const NOTHING_INSPECTED = Object.freeze({ trace: null, ref: null, answer: null, problem: null, trail: Object.freeze([]) });

/**
 * Another number instead of the one selected: that one is where the way back leads.
 * @param {State} state
 * @param {string|null} ref
 * @returns {State}
 */
export function select(state, ref) {
  if (ref === state.selected) return state;
  const { inspecting, selected } = state;
  const trail = ref === null ? [] : selected === null ? inspecting.trail : [...inspecting.trail, selected].slice(-LONGEST);
  return { ...state, selected: ref, problem: null, inspecting: { ...inspecting, trail } };
}

/**
 * Back to a number of the trail; what came after it is forgotten.
 * @param {State} state
 * @param {number} at
 * @returns {State}
 */
export function walkBack(state, at) {
  const { inspecting } = state;
  const ref = inspecting.trail[at];
  return ref === undefined ? state : { ...state, selected: ref, problem: null, inspecting: { ...inspecting, trail: inspecting.trail.slice(0, at) } };
}

/**
 * @param {State} state
 * @param {{trace: State["trace"], ref: string, answer: Inspection|null, problem: Problem|null}} told
 * @returns {State} unchanged where nobody waits for it any more
 */
export function tellInspection(state, { trace, ref, answer, problem }) {
  if (state.trace !== trace || state.selected !== ref) return state;
  return { ...state, inspecting: { ...state.inspecting, trace, ref, answer, problem } };
}

/**
 * What is known of the selected number.
 * @param {Pick<State, "inspecting"|"trace"|"selected">} state
 * @returns {{answer: Inspection|null, problem: Problem|null}}
 */
export function inspected({ inspecting, trace, selected }) {
  const fits = selected !== null && inspecting.trace === trace && inspecting.ref === selected;
  return fits ? inspecting : NOTHING_INSPECTED;
}

/**
 * The cone of the selected number, once it is known; the same object as long as it is the same cone.
 * @param {Pick<State, "inspecting"|"trace"|"selected">} state
 */
export function coneNow(state) {
  return inspected(state).answer?.cone ?? null;
}
