// One field of a setting: a number to type with ready values beside it, or a choice.
// It hands on what is typed as text; what that means is for the model.

import { h } from "../../dom.js";
import { recipe as text } from "../../texts/en_recipe.js";

/** @typedef {import("../../model/learning/settings.js").Field} Field */

/**
 * @param {Field} field
 * @param {Record<string, string>} draft
 * @param {(value: string, isChoice: boolean) => void} onInput
 */
export function settingField(field, draft, onInput) {
  const { key, kind, options, placeholder, hint, quick } = field;
  const value = draft[key] ?? "";
  const name = h("span", { class: "name" }, text.fields[key] ?? key);
  const foot = hint ? h("span", { class: "hint" }, hint) : null;
  if (kind === "choice") {
    const select = h("select", { class: "input", name: key, autocomplete: "off" }, ...(options ?? []).map(([one, words]) => h("option", { value: one }, words)));
    select.value = value;
    select.addEventListener("change", () => onInput(select.value, true));
    return h("label", { class: "field" }, name, select, foot);
  }
  const input = h("input", { class: "input", name: key, inputmode: kind === "whole" ? "numeric" : "decimal", autocomplete: "off", placeholder, value });
  input.addEventListener("input", () => onInput(input.value, false));
  const label = h("label", { class: "field" }, name, input, foot);
  if (!quick) return label;
  const ready = quick.map(([one, words]) => h("button", {
    // No submit button of its own: Enter in the field takes the first one of a form.
    class: "button", type: "button", onclick: () => { input.value = one; onInput(one, false); input.form?.requestSubmit(); },
  }, words));
  return h("div", {}, label, h("div", { class: "choices" }, ...ready));
}
