// What is differentiated: an expression with the values of its inputs, or this network; and how often f is put into itself.
// What cannot be computed stays as it was typed, with the reason under it.

import { h, say as tellAloud } from "../../dom.js";
import { exactText } from "../../model/format.js";
import { typedNumber } from "../../model/graph/address.js";
import { MOST_NESTED, PRESETS, sliceOf } from "../../model/laboratory/ways.js";
import { ways as text } from "../../texts/en_lab_ways.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/ways.js").Ways} Ways */
/** @typedef {import("../../model/laboratory/ways.js").Source} Source */

/** @param {(action: any) => void} act */
function mountSources(act) {
  const inputs = /** @type {Source[]} */ (Object.keys(text.sources)).map((source) => h("input", { type: "radio", name: "ways-source", value: source, autocomplete: "off", onchange: () => act({ type: "source", value: source }) }));
  return {
    root: h("span", { class: "segments", role: "radiogroup", "aria-label": text.source }, ...inputs.map((input) => h("label", {}, input, text.sources[/** @type {Source} */ (input.value)]))),
    /** @param {Ways} slice */
    update({ source }) { for (const input of inputs) input.checked = input.value === source; },
  };
}

/** @param {(action: any) => void} act */
function mountNesting(act) {
  let nesting = 1;
  const less = h("button", { type: "button", class: "button square", "aria-label": text.less, onclick: () => act({ type: "nest", value: nesting - 1 }) }, "−");
  const more = h("button", { type: "button", class: "button square", "aria-label": text.more, onclick: () => act({ type: "nest", value: nesting + 1 }) }, "+");
  const count = h("output", { class: "ways-times" });
  return {
    root: h("div", { class: "ways-nesting", role: "group", "aria-label": text.nested }, h("span", { class: "name" }, text.nested), less, count, more),
    /** @param {Ways} slice */
    update(slice) {
      nesting = slice.nesting;
      count.textContent = text.times(nesting);
      less.setAttribute("aria-disabled", String(nesting <= 1));
      more.setAttribute("aria-disabled", String(nesting >= MOST_NESTED));
    },
  };
}

/** @param {(values: Ways["values"], wrong: string) => void} commit */
function mountValues(commit) {
  const root = h("div", { class: "ways-values" });
  /** @type {Map<string, HTMLInputElement>} */
  let inputs = new Map();

  function read() {
    /** @type {Map<string, number>} */
    const values = new Map();
    for (const [name, input] of inputs) {
      const value = typedNumber(input.value);
      input.setAttribute("aria-invalid", String(value === null));
      if (value === null) return commit({}, text.numberWanted(name));
      values.set(name, value);
    }
    return commit(Object.fromEntries(values), "");
  }
  return {
    root,
    isTyped: () => [...inputs.values()].some((input) => input.value !== input.dataset.shown),
    /** @param {Ways["values"]} values */
    update(values) {
      const names = Object.keys(values);
      if (names.join() !== [...inputs.keys()].join()) {
        inputs = new Map(names.map((name) => [name, h("input", { class: "input", type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", onchange: read })]));
        root.replaceChildren(...[...inputs].map(([name, input]) => h("label", {}, h("span", { class: "name" }, `${name} =`), input)));
      }
      for (const [name, input] of inputs) {
        const written = exactText(values[name]);
        if (input.dataset.shown !== written) { input.dataset.shown = written; input.value = written; input.removeAttribute("aria-invalid"); }
      }
    },
  };
}

/** @param {Dispatch} dispatch */
export function mountControls(dispatch) {
  const act = (/** @type {any} */ action) => dispatch({ type: "lab", to: "ways", action });
  /** @type {Ways|null} */
  let shown = null;
  const sources = mountSources(act);
  const nesting = mountNesting(act);
  const preset = h("select", { class: "input", autocomplete: "off", onchange: () => {
    const chosen = PRESETS.find(({ name }) => name === preset.value);
    if (chosen) act({ type: "expression", expression: chosen.expression, values: chosen.values });
  } }, ...PRESETS.map(({ name }) => h("option", { value: name }, text.presets[name])), h("option", { value: "" }, text.own));
  const field = h("textarea", { class: "input", id: "ways-expression", rows: 1, spellcheck: "false", autocomplete: "off", "aria-describedby": "ways-hint ways-problem" });
  const problem = h("div", { class: "ways-problem", id: "ways-problem", role: "alert" });
  const say = (/** @type {string} */ words, excerpt = "") => problem.replaceChildren(...(excerpt ? [h("pre", { "aria-hidden": "true" }, excerpt)] : []), ...(words ? [h("p", { class: "problem" }, words)] : []));
  const values = mountValues((found, wrong) => {
    say(wrong);
    if (!wrong && shown) act({ type: "expression", expression: shown.expression, values: found });
  });
  const commit = () => { if (shown && field.value !== shown.expression) act({ type: "expression", expression: field.value, values: shown.values }); };
  field.addEventListener("change", commit);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    commit();
  });
  const waiting = h("p", { class: "ways-waits", role: "status" });
  const [computes, newLine] = text.hint;
  const hint = h("div", { class: "ways-hint" },
    h("p", { id: "ways-hint" }, h("kbd", {}, "Enter"), ` ${computes} · `, h("kbd", {}, "Shift"), " ", h("kbd", {}, "Enter"), ` ${newLine}`), waiting,
    h("button", { type: "button", class: "button", onclick: () => commit() }, text.compute));
  const typed = h("div", { class: "ways-typed" }, h("label", { class: "ways-expression" }, h("span", { class: "name" }, text.expression), field), values.root, hint);
  const tell = () => {
    const waits = shown !== null && (field.value !== shown.expression || values.isTyped());
    typed.classList.toggle("waits", waits);
    tellAloud(waiting, waits ? text.notComputed : "");
  };
  typed.addEventListener("input", tell);
  typed.addEventListener("change", tell);
  const ofNetwork = h("p", { class: "says" }, text.ofNetwork);
  const begin = h("label", { class: "ways-preset" }, h("span", { class: "name" }, text.preset), preset);
  const root = h("div", { class: "ways-controls" }, h("div", { class: "ways-row" }, sources.root, begin, nesting.root), typed, ofNetwork, problem);

  return {
    root,
    /** @param {State} state */
    update(state) {
      const slice = sliceOf(state);
      if (slice !== shown) draw(slice);
    },
  };

  /** @param {Ways} slice */
  function draw(slice) {
    const isTyped = slice.source === "expression";
    sources.update(slice);
    nesting.update(slice);
    for (const part of [nesting.root, typed, begin]) part.hidden = !isTyped;
    ofNetwork.hidden = isTyped;
    preset.value = PRESETS.find(({ expression }) => expression === slice.expression)?.name ?? "";
    if (shown?.expression !== slice.expression) field.value = slice.expression;
    field.rows = Math.min(6, slice.expression.split("\n").length);
    values.update(slice.values);
    if (shown?.problem !== slice.problem) {
      const [error] = slice.problem?.errors ?? [];
      say(slice.problem ? error?.detail || slice.problem.detail || slice.problem.title : "", String(/** @type {any} */ (error)?.excerpt ?? ""));
      field.setAttribute("aria-invalid", String(slice.problem !== null));
    }
    shown = slice;
    tell();
  }
}
