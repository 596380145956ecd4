// Which action a key asks for on the page of training; a function of the key and of where the keyboard is.
// Typing in a field and the own keys of a control come first.

/** @typedef {import("./learning.d.ts").LearningAction} LearningAction */
/** @typedef {import("../keys.js").Key} Key */
/** @typedef {import("../keys.js").Where} Where */

/**
 * @param {Key} key
 * @param {Where} where
 * @param {{drives: boolean, reached: number, lens: string, lenses: string[], earlier: number}} now
 * @returns {LearningAction|null}
 */
export function trainActionFor(key, where, now) {
  if (where.typing || key.altKey) return null;
  if (key.ctrlKey || key.metaKey) return key.key.toLowerCase() === "z" && !key.shiftKey && now.earlier > 0 ? { type: "undo" } : null;
  const name = key.key.length === 1 ? key.key.toLowerCase() : key.key;
  if (name === "f" && !key.repeat) return { type: "does", what: "freeze" };
  if (name === "l" && !key.repeat) return lens(now, key.shiftKey ? -1 : 1);
  return now.drives ? drivingAction(name, key, where, now) : null;
}

/** @param {string} name @param {Key} key @param {Where} where @param {{reached: number}} now @returns {LearningAction|null} */
function drivingAction(name, { shiftKey, repeat }, { pressing, choosing }, { reached }) {
  if (name === "p" && !repeat) return { type: "does", what: "start" };
  if (name === " ") return pressing || repeat ? null : { type: "does", what: "start" };
  if (choosing) return null;
  switch (name) {
    case "ArrowRight": return { type: "does", what: shiftKey ? "epoch" : "one" };
    case "ArrowLeft": return { type: "does", what: shiftKey ? "epochBack" : "back" };
    case "Home": return { type: "does", what: "rewind" };
    case "End": return { type: "to", update: reached };
    default: return null;
  }
}

/** @param {{lens: string, lenses: string[]}} now @param {1|-1} turn @returns {LearningAction|null} */
function lens({ lens: name, lenses }, turn) {
  const value = lenses[(lenses.indexOf(name) + turn + lenses.length) % lenses.length];
  return value === undefined || value === name ? null : { type: "textbook", value };
}
