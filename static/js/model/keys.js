// Which action a key asks for; a function of the key and of where the keyboard is.
// Typing in a field and the own keys of a control always come first.

/** @typedef {import("./types.d.ts").Action} Action */
/** @typedef {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean, repeat: boolean}} Key */
/** @typedef {{typing: boolean, pressing: boolean, choosing: boolean}} Where typing: a text field; pressing: a control Space works on; choosing: a control arrows work on */

const GRANULARITIES = /** @type {Record<string, import("./types.d.ts").Granularity>} */ ({ 1: "pass", 2: "layer", 3: "equation", 4: "neuron", 5: "term" });

/**
 * @param {Key} key
 * @param {Where} where
 * @param {{playing: boolean, example: number, rows: number, lens?: string, lenses?: string[], result?: string|null, trail?: number, granularities?: Record<string, any>}} now result: the number I selects; granularities: what the figures choose
 * @returns {Action|null}
 */
export function actionFor(key, where, now) {
  if (where.typing || key.altKey) return null;
  if (key.ctrlKey || key.metaKey) return key.key.toLowerCase() === "z" && !key.shiftKey ? { type: "undo" } : null;
  const moves = moveFor(key, where);
  if (moves) return moves;
  if (key.repeat) return null;
  if (key.key === "p" || key.key === "P") return { type: now.playing ? "pause" : "play" };
  const granularity = (now.granularities ?? GRANULARITIES)[key.key];
  if (granularity) return { type: "granularity", value: granularity };
  if (key.key === "l" || key.key === "L") return nextLens(now.lens ?? "", now.lenses ?? [], key.shiftKey ? -1 : 1);
  if ((key.key === "i" || key.key === "I") && now.result) return { type: "select", ref: now.result };
  if (key.key === "Backspace" && now.trail) return { type: "walkBack", at: now.trail - 1 };
  if (key.key === "[" && now.example > 0) return { type: "example", index: now.example - 1 };
  if (key.key === "]" && now.example < now.rows - 1) return { type: "example", index: now.example + 1 };
  return null;
}

/**
 * L goes through the texts in the order of the menu, with Shift the other way round.
 * @param {string} lens
 * @param {string[]} lenses
 * @param {1|-1} turn
 * @returns {Action|null}
 */
function nextLens(lens, lenses, turn) {
  const value = lenses[(lenses.indexOf(lens) + turn + lenses.length) % lenses.length];
  return value === undefined || value === lens ? null : { type: "textbook", value };
}

/** @param {Key} key @param {Where} where @returns {Action|null} */
function moveFor({ key, shiftKey, repeat }, { pressing, choosing }) {
  if (key === " ") return pressing || repeat ? null : { type: "next" };
  if (choosing) return null;
  switch (key) {
    case "ArrowRight": return shiftKey ? { type: "nextLayer" } : { type: "next", hold: repeat };
    case "ArrowLeft": return shiftKey ? { type: "backLayer" } : { type: "back", hold: repeat };
    case "Home": return { type: "first" };
    case "End": return { type: "last" };
    default: return null;
  }
}
