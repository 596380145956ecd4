// The recipe as a sentence: every setting is a word that opens its control in place.
// The words keep their elements while they change, so that the keyboard stays where it is.

import { h } from "../../dom.js";
import { drives } from "../../model/learning/state.js";
import { sentenceOf } from "../../model/learning/sentence.js";
import { recipe as text } from "../../texts/en_recipe.js";
import { mountSetting } from "./setting.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */
/** @typedef {import("../../model/learning/learning.d.ts").LearningDispatch} Dispatch */

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} popover
 * @param {{get: () => Learning, dispatch: Dispatch, openData: () => void}} page
 */
export function mountRecipe(root, popover, { get, dispatch, openData }) {
  const setting = mountSetting(popover, { get, dispatch });
  /** @type {HTMLElement[]} */
  let words = [];
  let shape = "";
  let shown = "";

  /** @param {string} id */
  function word(id) {
    if (!drives(get())) return h("span", { class: "word" });
    const button = h("button", { class: "word", type: "button", "data-opens": id, "aria-haspopup": "dialog", "aria-expanded": "false", title: text.titles[id] });
    if (id === "data") button.addEventListener("click", openData);
    else setting.opensAt(button, id);
    return button;
  }

  /** @param {(string|[string, string])[][]} sentence */
  function build(sentence) {
    words = [];
    root.replaceChildren(...sentence.map((part, at) => h("span", at === 0 ? {} : { class: "less" }, ...part.map((piece) => {
      if (typeof piece === "string") return piece;
      const element = word(piece[0]);
      words.push(element);
      return element;
    }))));
  }

  return {
    /** @param {Learning} state */
    update(state) {
      setting.update(state);
      if (!state.session) return;
      const sentence = sentenceOf(state.session);
      const key = JSON.stringify(sentence);
      const nextShape = JSON.stringify([drives(state), sentence.map((part) => part.map((piece) => (typeof piece === "string" ? piece : piece[0])))]);
      if (key === shown && nextShape === shape) return;
      shown = key;
      if (nextShape !== shape) build(sentence);
      shape = nextShape;
      const said = sentence.flat().filter((piece) => typeof piece !== "string");
      words.forEach((element, at) => { element.textContent = said[at]?.[1] ?? ""; });
    },
  };
}
