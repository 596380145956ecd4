// The single fields of the Data panel: a name above a menu, a box or a slider, with room for a problem under it.
// A field is built once; set() puts a value into it without calling back.

import { h } from "../../dom.js";

/** @param {string} name @param {HTMLElement} control @param {string} [hint] */
export function labelled(name, control, hint) {
  return h("label", { class: "field" }, h("span", { class: "name" }, name, hint ? h("span", { class: "hint" }, ` ${hint}`) : null), control);
}

/**
 * @param {string} name
 * @param {Record<string, string>|[string, string][]} options value → words
 * @param {(value: string) => void} change
 */
export function menu(name, options, change) {
  const entries = Array.isArray(options) ? options : Object.entries(options);
  const control = h("select", { class: "input", onchange: () => change(control.value) }, ...entries.map(([value, words]) => h("option", { value }, words)));
  return {
    element: labelled(name, control),
    control,
    /** @param {string} value */
    set: (value) => { control.value = value; },
    /** The words of one option. @param {string} value @param {string} words */
    say: (value, words) => { for (const option of control.options) if (option.value === value && option.text !== words) option.text = words; },
  };
}

/**
 * @param {string} name
 * @param {(value: string) => void} change
 * @param {string} [hint]
 */
export function box(name, change, hint) {
  const control = h("input", { class: "input", inputmode: "numeric", autocomplete: "off", spellcheck: "false", oninput: () => change(control.value) });
  const complaint = h("p", { class: "problem", hidden: true });
  const element = h("div", {}, labelled(name, control, hint), complaint);
  return {
    element,
    control,
    /** @param {string} value */
    set: (value) => { if (control.value !== value) control.value = value; },
    /** @param {string} words empty for none */
    complain: (words) => {
      complaint.hidden = words === "";
      complaint.textContent = words;
      if (words) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    },
  };
}

/**
 * @param {string} name
 * @param {{low: number, high: number, step: number}} range
 * @param {(value: number) => void} change
 */
export function slider(name, { low, high, step }, change) {
  const shown = h("output", { class: "shown" });
  const control = h("input", { type: "range", class: "range", min: low, max: high, step, oninput: () => { shown.textContent = control.value; change(Number(control.value)); } });
  return {
    element: h("label", { class: "field" }, h("span", { class: "name" }, name, " ", shown), control),
    control,
    /** @param {number} value */
    set: (value) => { control.value = String(value); shown.textContent = control.value; },
  };
}
