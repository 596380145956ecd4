// What the page shows where there is no session to show: why, and what can be done.
// Charts and controls make way for it.

import { byId, h } from "../../dom.js";
import { FIRST_PRESET } from "../../model/learning/recipe.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */

/** @param {HTMLElement} root @param {{dispatch: import("../../model/learning/learning.d.ts").LearningDispatch, again: () => void}} does */
export function mountNoSession(root, { dispatch, again }) {
  const others = [byId("charts-grid", HTMLElement), byId("recipe-row", HTMLElement), root.ownerDocument.querySelector(".run")];
  /** @type {unknown} */
  let shown;

  /** @param {Learning} state */
  function draw({ ended, presets }) {
    if (!ended) return;
    const words = text.ended;
    const isGone = ended.status === 404;
    const first = presets?.find(({ name }) => name === FIRST_PRESET);
    root.replaceChildren(
      h("h2", {}, ended.status === 404 || ended.status === 410 ? words.title : ended.title),
      h("p", { role: "alert" }, isGone ? words.forgotten : ended.status === 410 ? words.damaged : ended.detail),
      h("p", { class: "controls" },
        h("button", { class: "button primary", type: "button", onclick: () => first && dispatch({ type: "anew", recipe: first.recipe, preset: first.name }) }, words.fresh),
        isGone ? null : h("button", { class: "button", type: "button", onclick: again }, words.again),
        h("a", { class: "button", href: "/" }, words.steps)));
  }

  return {
    /** @param {Learning} state */
    update(state) {
      if (state.ended === shown) return;
      shown = state.ended;
      root.hidden = state.ended === null;
      for (const other of others) other?.toggleAttribute("hidden", state.ended !== null);
      draw(state);
    },
  };
}
