// What stands between the recipe and the charts: a run that broke off and what to do about it, or the way back to the session before.
// A refusal of the server that concerns no control of its own stands in the header.

import { h } from "../../dom.js";
import { drives } from "../../model/learning/state.js";
import { stepAddress } from "../../model/learning/train_address.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */

/** @param {HTMLElement} root @param {import("../../model/learning/learning.d.ts").LearningDispatch} dispatch */
export function mountBanner(root, dispatch) {
  let shown = "";

  /** @param {string} words @param {() => void} act */
  const button = (words, act) => h("button", { class: "button", type: "button", onclick: act }, words);

  /** @param {Learning} state */
  function diverged(state) {
    const { session, link, textbook, trace } = state;
    if (session?.status !== "diverged" || !session.diverged || !link) return null;
    const step = trace?.diverged?.step ?? 0;
    return h("div", { class: "banner diverged", role: "alert" },
      h("p", {}, session.diverged.sentence),
      h("a", { class: "button", href: stepAddress(link, textbook, step) }, text.diverged.step),
      ...(drives(state) ? [
        button(text.diverged.back, () => dispatch({ type: "does", what: "back" })),
        button(text.diverged.halve, () => dispatch({ type: "does", what: "halve" })),
      ] : []));
  }

  return {
    /** @param {Learning} state */
    update(state) {
      const { session, trace, earlier, ended, link, textbook } = state;
      const key = JSON.stringify([session?.status === "diverged" && session.diverged, trace?.diverged?.step, earlier.length, link, textbook, Boolean(ended)]);
      if (key === shown) return;
      shown = key;
      const before = earlier.at(-1);
      const back = before && !ended ? h("div", { class: "banner" }, h("p", {}, text.newSession), button(`${text.undo}${before.title ? ` (${before.title})` : ""}`, () => dispatch({ type: "undo" }))) : null;
      root.replaceChildren(...[ended ? null : diverged(state), back].filter((one) => one !== null));
    },
  };
}
