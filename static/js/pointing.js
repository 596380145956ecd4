// What the pointer is on: every symbol and number of the page carries a ref, and one listener turns it into "pointed at".
// The stage sees to its own drawing; a click on a number opens it in the inspector.

import { subjectOf } from "./model/inspect.js";

/** @typedef {import("./model/types.d.ts").State} State */

/** @param {EventTarget|null} target @param {Element} stage */
function refUnder(target, stage) {
  if (!(target instanceof Element) || stage.contains(target)) return undefined;
  const element = target.closest("[data-ref]");
  return element instanceof HTMLElement || element instanceof SVGElement ? element.dataset.ref ?? null : null;
}

/**
 * @param {Element} stage
 * @param {() => State} get
 * @param {import("./model/types.d.ts").Dispatch} dispatch
 */
export function listenToPointer(stage, get, dispatch) {
  const point = (/** @type {Event} */ event) => {
    const ref = refUnder(event.target, stage);
    if (ref !== undefined) dispatch({ type: "point", ref });
  };
  document.addEventListener("pointerover", point);
  document.addEventListener("focusin", point);
  document.documentElement.addEventListener("pointerleave", () => dispatch({ type: "point", ref: null }));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element) || event.target.closest("a, button, input, dialog")) return;
    const ref = refUnder(event.target, stage);
    if (ref && subjectOf(get().trace, ref)) dispatch({ type: "select", ref });
  });
}
