// What was looked at last in this window: which experiment, where in the room of a network, which expression;
// so that the way to another page and back leads to it again. Storage may be forbidden; then the way back leads to the beginning.

/** @typedef {"experiment"|"network"|"expression"} Kind of an experiment its name, of the others an address on this server */

/** @param {Kind} kind @returns {string|null} */
export function lastOf(kind) {
  try { return sessionStorage.getItem(`backscope-${kind}`); } catch { return null; }
}

/** @param {Kind} kind @param {string} value */
export function rememberLast(kind, value) {
  try { sessionStorage.setItem(`backscope-${kind}`, value); } catch { /* see above */ }
}
