// The way from a derivative to its gradient check: the same place, in the laboratory.
// Its address is written for whoever is about to follow it, for a long one takes its time.

import { h } from "../dom.js";
import { checkable } from "../model/laboratory/check.js";
import { addressOf } from "../room_address.js";
import { page as text } from "../texts/en_page.js";

/** @typedef {import("../model/types.d.ts").State} State */

const CHECK = { experiment: "check", text: "" };

/**
 * @param {State} state
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 * @param {string|null} ref the number beside which it stands; null for whatever the step is about
 */
export function checkLink(state, dispatch, ref = null) {
  if (ref !== null && checkable(state.trace, ref) === null) return null;
  const link = h("a", { class: "check-link", id: "check-this", href: "/laboratory?experiment=check" }, text.checkThis);
  const aim = () => { link.href = `/laboratory${addressOf({ ...state, tab: "experiment" }, CHECK)}`; };
  for (const way of ["pointerenter", "pointerdown", "focus"]) link.addEventListener(way, aim);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (!state.lab) return aim();
    event.preventDefault();
    dispatch({ type: "experiment", value: CHECK.experiment });
  });
  return h("p", { class: "check-way" }, link);
}
