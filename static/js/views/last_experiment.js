// Which experiment was looked at last in this window, so that the way to the step page and back leads to it again.
// Storage may be forbidden; then the way back leads to the first one.

const KEY = "backscope-experiment";

/** @returns {string|null} */
export function lastExperiment() {
  try { return sessionStorage.getItem(KEY); } catch { return null; }
}

/** @param {string} name */
export function rememberExperiment(name) {
  try { sessionStorage.setItem(KEY, name); } catch { /* see above */ }
}
