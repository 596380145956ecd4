// Where the keyboard is: in a text field, on something it presses, or on something its arrows choose in.
// A control keeps its keys only where Tab led to it: after a click Space and the arrows mean the page again.

import { cameByPointer } from "./modality.js";

const IS_OPEN = CSS.supports("selector(:open)") ? "select:open" : "select:focus";

/** @param {EventTarget|null} target @returns {import("./model/keys.js").Where} */
export function whereIs(target) {
  const element = target instanceof Element ? target : document.body;
  const field = element.closest("input, textarea, [contenteditable]");
  const press = element.matches("input[type=checkbox], input[type=radio]");
  const byTab = !cameByPointer();
  return {
    typing: Boolean(field) && !press,
    pressing: element.matches(IS_OPEN) || (byTab && (press || Boolean(element.closest("button, a[href], select, summary, [role=button], [role=img][tabindex]")))),
    choosing: element.matches(IS_OPEN) || Boolean(element.closest("dialog")) || (byTab && element.matches("input[type=radio], select")),
  };
}
