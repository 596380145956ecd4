// Listens to the keyboard for the whole page and hands on what the keys ask for.
// Escape closes what is open, then lets go of the selection.

import { whereIs } from "./focus.js";
import { actionFor } from "./model/keys.js";

/** @typedef {Parameters<typeof actionFor>[2]} Now */

/**
 * @template {{selected: string|null, busy: boolean, textbook: string}} S
 * @param {{get: () => S, dispatch: (action: any) => void, openHelp: () => void, changePage: () => void, now: (state: S) => Now}} parts now is what the keys are about
 */
export function listenToKeys({ get, dispatch, openHelp, changePage, now }) {
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
    const about = now(state);
    if (!state.busy) [wanted, wantedLens] = [about.example, state.textbook];
    const action = actionFor(event, where, { ...about, example: wanted, lens: wantedLens });
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
