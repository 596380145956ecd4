// Listens to the keyboard for the whole page and hands on what the keys ask for.
// Escape closes what is open, then lets go of the selection.

import { actionFor } from "./model/keys.js";

/** @typedef {import("./model/types.d.ts").State} State */

/** @param {EventTarget|null} target */
function whereIs(target) {
  const element = target instanceof Element ? target : document.body;
  const field = element.closest("input, textarea, [contenteditable]");
  const radio = element.matches("input[type=radio]");
  const press = element.matches("input[type=checkbox], input[type=radio]");
  return {
    typing: Boolean(field) && !press,
    pressing: press || Boolean(element.closest("button, a[href], select, summary, [role=button], [role=img][tabindex]")),
    choosing: radio || Boolean(element.closest("select, dialog")),
  };
}

/**
 * @param {{get: () => State, dispatch: import("./model/types.d.ts").Dispatch, openHelp: () => void}} parts
 */
export function listenToKeys({ get, dispatch, openHelp }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
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
    const action = actionFor(event, where, { playing: state.playing, example: state.example, rows: state.trace.costs.length });
    if (!action) return;
    event.preventDefault();
    dispatch(action);
  });
}
