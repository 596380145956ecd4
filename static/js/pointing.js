// What the pointer is on: every symbol and number of the page carries a ref, and one listener turns it into "pointed at".
// The stage sees to its own drawing; a click on a number opens it in the inspector.

/** @param {EventTarget|null} target @param {Element} stage */
function refUnder(target, stage) {
  if (!(target instanceof Element) || stage.contains(target)) return undefined;
  const element = target.closest("[data-ref]");
  return element instanceof HTMLElement || element instanceof SVGElement ? element.dataset.ref ?? null : null;
}

/**
 * @param {Element} stage
 * @param {(ref: string) => boolean} opens whether there is more to say about it
 * @param {(action: any) => void} dispatch
 */
export function listenToPointer(stage, opens, dispatch) {
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
    if (ref && opens(ref)) dispatch({ type: "select", ref });
  });
}
