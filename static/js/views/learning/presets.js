// The presets: recipes worth watching, in their groups, each with what to watch for.
// Choosing one makes a new session.

import { h } from "../../dom.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */
/** @typedef {import("../../model/learning/learning.d.ts").Preset} Preset */

/** @param {HTMLDialogElement} dialog @param {() => Learning} get @param {import("../../model/learning/learning.d.ts").LearningDispatch} dispatch */
export function mountPresets(dialog, get, dispatch) {
  const words = text.presets;
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  /** @param {Preset} preset */
  function choose(preset) {
    dialog.close();
    dispatch({ type: "anew", recipe: preset.recipe, preset: preset.name });
  }

  /** @param {Preset} preset @param {Preset[]} all @param {string|null} now */
  function entry(preset, all, now) {
    const twin = all.find(({ name }) => name === preset.twin);
    return h("li", {}, h("button", {
      class: "preset", type: "button", "data-preset": preset.name, "aria-current": preset.name === now ? "true" : null, onclick: () => choose(preset),
    }, h("b", {}, preset.title), h("span", {}, preset.words), twin ? h("span", {}, words.twin(twin.title)) : null));
  }

  return {
    open() {
      const { presets, preset: now } = get();
      const all = presets ?? [];
      const groups = [...new Set(all.map(({ group }) => group))];
      dialog.replaceChildren(
        h("div", { class: "dialog-head" }, h("h2", { id: "presets-title" }, words.title), h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, text.close)),
        h("div", { class: "dialog-body" }, h("p", { class: "quiet-text" }, words.intro),
          ...groups.map((group) => h("section", {}, h("h3", {}, words.groups[group] ?? group), h("ul", { class: "preset-list" }, ...all.filter((one) => one.group === group).map((one) => entry(one, all, now)))))));
      dialog.showModal();
    },
  };
}
