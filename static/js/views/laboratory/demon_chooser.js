// The demon's controls: which number is pushed, and how far, by a slider and as a typed number.
// They are built once and live as long as the page, so that a drag or a typed text is never lost to a new picture.

import { h, say as tellAloud } from "../../dom.js";
import { readNumber } from "../../model/edit.js";
import { exactText, formatNumber } from "../../model/format.js";
import * as model from "../../model/laboratory/demon.js";
import { shownLayer } from "../../model/lens.js";
import { demon as text } from "../../texts/en_lab_demon.js";
import { symbol } from "../equation.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/demon.js").Target} Target */

const FARTHEST = 1e6;

/** @param {HTMLSelectElement} select @param {[string|number, string|number][]} options value and words @param {string|number} chosen */
function fill(select, options, chosen) {
  const key = options.map(([value, words]) => `${value}=${words}`).join();
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...options.map(([value, words]) => h("option", { value }, String(words))));
  }
  select.value = String(chosen);
}

/** @param {number} count @param {number} first @param {number} [offset] @returns {[number, number][]} */
const counted = (count, first, offset = 1) => Array.from({ length: Math.max(0, count) }, (_, at) => [at + first, at + first + offset]);

/** @param {string} name */
function menu(name) {
  const select = h("select", { class: "input", autocomplete: "off" });
  const words = h("span", { class: "name" });
  return { select, words, root: h("label", { class: `demon-${name}` }, words, select) };
}

/** The menus that name a number. @param {Dispatch} dispatch */
function mountMenus(dispatch) {
  const [kind, layer, row, column] = [menu("kind"), menu("layer"), menu("row"), menu("column")];
  const root = h("fieldset", { class: "demon-target" }, h("legend", { class: "label" }, text.chooser), kind.root, layer.root, row.root, column.root);
  kind.words.classList.add("visually-hidden");
  kind.words.textContent = text.chooser;
  /** @type {State|null} */
  let shown = null;
  root.addEventListener("change", () => {
    if (!shown) return;
    const wish = /** @type {Target} */ ({ kind: kind.select.value, layer: Number(layer.select.value || 1), row: Number(row.select.value), column: Number(column.select.value || 0) });
    dispatch({ type: "select", ref: model.refOf(model.nearestTarget(shown.trace, wish)) });
  });
  return {
    root,
    /** @param {State} state @param {Target} target */
    update(state, target) {
      shown = state;
      const { trace } = state;
      const isInput = target.kind === "input";
      const isWeight = target.kind === "weight";
      const kinds = /** @type {[string, string][]} */ (Object.entries(text.kinds).filter(([name]) => name !== "bias" || trace.layers[1]?.biases));
      fill(kind.select, kinds, target.kind);
      layer.root.hidden = isInput;
      column.root.hidden = !isWeight;
      layer.words.textContent = isWeight ? text.into : text.layer;
      row.words.textContent = isInput ? text.input : isWeight ? text.to : text.neuron;
      column.words.textContent = text.from;
      if (!isInput) fill(layer.select, counted(trace.layers.length - 1, 1, shownLayer(trace, 0)), target.layer);
      fill(row.select, counted(model.sizeOf(trace, target.layer), 0), target.row);
      if (isWeight) fill(column.select, counted(model.widthOf(trace, target.layer), 0), target.column);
    },
  };
}

/** The slider, the field beside it and how far the slider reaches. @param {Dispatch} dispatch */
function mountPush(dispatch) {
  const send = (/** @type {object} */ action) => dispatch({ type: "lab", to: "demon", action });
  const name = h("span", { class: "demon-delta" });
  const slider = h("input", { class: "range", type: "range", id: "demon-slider", "aria-label": text.by, autocomplete: "off" });
  const field = h("input", { class: "input", id: "demon-change", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": text.exact });
  const reach = h("select", { class: "input", "aria-label": text.reach, autocomplete: "off" }, ...model.REACHES.map((one) => h("option", { value: one }, text.upTo(formatNumber(one)))));
  const problem = h("p", { class: "problem", id: "demon-typed", role: "alert", hidden: true });
  const root = h("div", { class: "demon-push" }, name, slider, field, reach, problem);
  let typed = false;
  const say = (/** @type {string} */ what) => {
    tellAloud(problem, what);
    problem.hidden = what === "";
    field.setAttribute("aria-invalid", String(what !== ""));
    if (what) field.setAttribute("aria-describedby", problem.id);
    else field.removeAttribute("aria-describedby");
  };
  const push = (/** @type {number} */ change) => send({ type: "push", change });
  slider.addEventListener("input", () => { typed = false; say(""); push(Number(slider.value)); });
  slider.addEventListener("change", () => send({ type: "settle" }));
  reach.addEventListener("change", () => { send({ type: "reach", value: Number(reach.value) }); send({ type: "settle" }); });
  field.addEventListener("input", () => {
    const { value, problem: what } = readNumber(field.value);
    typed = true;
    const far = value !== null && Math.abs(value) > FARTHEST;
    say(far ? text.far : field.value.trim() === "" || /^[+−-]?[.,]?$|e[+−-]?$/i.test(field.value.trim()) ? "" : what);
    if (value !== null && !far) push(value);
  });
  field.addEventListener("change", () => {
    const { value } = readNumber(field.value);
    if (value === null) say(text.typed);
    else if (Math.abs(value) > FARTHEST) say(text.far);
    else { typed = false; send({ type: "settle" }); }
  });
  return {
    root,
    /** @param {State} state @param {string} tex @param {string} words */
    update(state, tex, words) {
      const { change, reach: far } = state.lab?.demon ?? model.initial;
      if (name.dataset.tex !== tex) {
        name.dataset.tex = tex;
        name.replaceChildren(symbol(`\\Delta ${tex}`, words));
      }
      const step = far / model.STEPS;
      if (Number(slider.max) !== far) Object.assign(slider, { min: String(-far), max: String(far), step: String(step) });
      if (Number(slider.value) !== change) slider.value = String(change);
      slider.setAttribute("aria-valuetext", formatNumber(change, 6));
      reach.value = String(far);
      if (!typed && Number(field.value) !== change) field.value = exactText(change);
      if (!typed) say("");
    },
  };
}

/** @param {Dispatch} dispatch */
export function mountChooser(dispatch) {
  const menus = mountMenus(dispatch);
  const push = mountPush(dispatch);
  return {
    roots: [menus.root, push.root],
    /** @param {State} state */
    update(state) {
      const target = model.chosenTarget(state);
      menus.update(state, target);
      const told = model.answerNow(state)?.nudge?.told;
      push.update(state, told?.tex ?? { z: "z", weight: "w", bias: "b", input: "x" }[target.kind], text.by);
    },
  };
}
