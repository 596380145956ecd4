// Panels: what a reader has asked further at a step, and what came back. Moving on closes them, for they are about that step.
// A panel is open from the question on; until it is told it has no content.

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Panel} Panel */
/** @typedef {import("./types.d.ts").Problem} Problem */
/** @typedef {{panel?: Panel, problem?: Problem}} Answer both are missing while it is asked for */
/** @typedef {{trace: State["trace"]|null, cursor: number, open: Record<string, Answer>}} Asked */

/** @type {Asked} */
export const NOTHING_ASKED = Object.freeze({ trace: null, cursor: 0, open: Object.freeze({}) });

/**
 * What is open at the step where the reader is.
 * @param {Pick<State, "asked"|"trace"|"cursor">} state
 * @returns {Asked["open"]}
 */
export function openPanels({ asked, trace, cursor }) {
  return asked.trace === trace && asked.cursor === cursor ? asked.open : NOTHING_ASKED.open;
}

/**
 * @param {State} state
 * @param {string} kind
 * @returns {State} the panel opened, or closed where it was open
 */
export function togglePanel(state, kind) {
  const { [kind]: was, ...others } = openPanels(state);
  return { ...state, asked: { trace: state.trace, cursor: state.cursor, open: was ? others : { ...others, [kind]: {} } } };
}

/**
 * @param {State} state
 * @param {{trace: State["trace"], cursor: number, kind: string, answer: Answer}} told
 * @returns {State} unchanged where nobody waits for it any more
 */
export function tellPanel(state, { trace, cursor, kind, answer }) {
  const { asked } = state;
  if (asked.trace !== trace || asked.cursor !== cursor || !(kind in asked.open)) return state;
  return { ...state, asked: { ...asked, open: { ...asked.open, [kind]: answer } } };
}

/**
 * The step a panel is asked at, counted by equations; of a coarse step it is the last equation it joins.
 * @param {Pick<State, "trace"|"cursor">} state
 */
export function stepAsked({ trace, cursor }) {
  return trace.steps[cursor]?.members?.at(-1) ?? cursor;
}
