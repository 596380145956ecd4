// What stage, column, matrices, controls and announcer show: the trace of the page, or the one that an experiment puts in its place.
// All of them show the same one, or the numbers of one would give away those of the other.

/** @typedef {import("../types.d.ts").State} State */

/** Of a trace in the place of the page’s own nothing is inspected: the server would answer of the other. @param {State} state @returns {State} */
export function standIn(state) {
  const standing = state.lab?.stage;
  return standing ? { ...state, trace: standing.trace, update: state.update + standing.ahead, selected: null } : state;
}
