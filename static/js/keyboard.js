// Listens to the keyboard for the whole page and hands on what the keys ask for.
// Escape closes what is open, then lets go of the selection.

import { whereIs } from "./focus.js";
import { resultNow } from "./model/inspect.js";
import { actionFor } from "./model/keys.js";
import { lensNames } from "./model/lens.js";

/** @typedef {import("./model/types.d.ts").State} State */

/**
 * @param {{get: () => State, dispatch: import("./model/types.d.ts").Dispatch, openHelp: () => void, changePage: () => void}} parts
 */
export function listenToKeys({ get, dispatch, openHelp, changePage }) {
  /** The example asked for last: its trace may still be on its way when the next key comes. */
  let wanted = 0;
  let wantedLens = "";
  let stepped = false;

  /** @param {KeyboardEvent} event */
  function act(event) {
    const state = get();
    const where = whereIs(event.target);
    if (event.key === "Escape") {
      if (state.selected && !document.querySelector("[popover]:popover-open")) dispatch({ type: "select", ref: null });
      return;
    }
    if (event.key === "?" && !where.typing) {
      openHelp();
      event.preventDefault();
      return;
    }
    if (/^g$/i.test(event.key) && !where.typing && !event.ctrlKey && !event.metaKey && !event.altKey) return changePage();
    if (!state.busy) [wanted, wantedLens] = [state.example, state.textbook];
    const lenses = lensNames(state.catalogue);
    const action = actionFor(event, where, { playing: state.playing, example: wanted, rows: state.trace.costs.length, lens: wantedLens, lenses, result: resultNow(state), trail: state.inspecting.trail.length });
    if (!action) return;
    event.preventDefault();
    stepped = event.key === " ";
    if (action.type === "example") wanted = action.index;
    if (action.type === "textbook") wantedLens = action.value;
    dispatch(action);
    // What the keyboard asked for is where it goes on.
    if (action.type === "select" || action.type === "walkBack") /** @type {HTMLElement|null} */ (document.querySelector(".inspector .back"))?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !document.querySelector("dialog[open]")) act(event);
  });
  // Some browsers press a button when Space is let go, whatever became of the key before.
  document.addEventListener("keyup", (event) => {
    if (event.key !== " " || !stepped) return;
    stepped = false;
    event.preventDefault();
  });
}
