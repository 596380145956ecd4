// The pair's controls: which kind of output, where to begin, a slider and a typed number for every parameter, the learning rate.
// A slider is followed while it is dragged and becomes one edit of the network when it is let go.

import { h } from "../../dom.js";
import { readNumber } from "../../model/edit.js";
import { exactText, formatNumber } from "../../model/format.js";
import { knobsOf, outputOf, REACH, STARTS } from "../../model/laboratory/pairs.js";
import { isAsPublished } from "../../model/state.js";
import { pairs as text } from "../../texts/en_lab_pairs.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/pairs.js").Mode} Mode */
/** @typedef {import("../../model/laboratory/pairs.js").Knob} Knob */

const FARTHEST = 100;
const FASTEST = 1000;

/**
 * A field for one number; what cannot be read stays, with its reason under it.
 * @param {string} id
 * @param {string} label
 * @param {(value: number) => void} commit
 * @param {{isFit: (value: number) => boolean, unfit: string}} rule
 */
function numberField(id, label, commit, { isFit, unfit }) {
  const problem = h("p", { class: "problem", id: `${id}-problem`, role: "alert", hidden: true });
  const field = h("input", { class: "input", type: "text", inputmode: "text", autocomplete: "off", "aria-label": label, "aria-describedby": `${id}-problem` });
  const say = (/** @type {string} */ what) => {
    problem.textContent = what;
    problem.hidden = what === "";
    field.setAttribute("aria-invalid", String(what !== ""));
  };
  field.addEventListener("change", () => {
    const { value } = readNumber(field.value);
    say(value === null ? text.typed : isFit(value) ? "" : unfit);
    if (value !== null && isFit(value)) commit(value);
  });
  return {
    field, problem,
    /** @param {number|null|undefined} value */
    show(value) {
      const written = exactText(value ?? null);
      if (field.dataset.shown === written) return;
      field.dataset.shown = written;
      field.value = value === null || value === undefined ? "" : written;
      say("");
    },
  };
}

/** @param {Knob} knob @param {string} label @param {() => State|null} get @param {Dispatch} dispatch */
function mountKnob({ ref }, label, get, dispatch) {
  const commit = (/** @type {number} */ value) => {
    const state = get();
    if (!state) return;
    dispatch({ type: "lab", to: "pairs", action: { type: "drag", trace: state.trace, ref, value } });
    dispatch({ type: "edit", ref, value });
  };
  const slider = h("input", { class: "range", type: "range", min: -REACH, max: REACH, step: 0.1, "aria-label": label });
  const typed = numberField(`pairs-${ref.replaceAll(":", "-")}`, `${label}, ${text.exactly}`, commit, { isFit: (value) => Math.abs(value) <= FARTHEST, unfit: text.far });
  slider.addEventListener("input", () => {
    const state = get();
    if (state) dispatch({ type: "lab", to: "pairs", action: { type: "drag", trace: state.trace, ref, value: Number(slider.value) } });
  });
  slider.addEventListener("change", () => commit(Number(slider.value)));
  return {
    root: h("div", { class: "pairs-knob" }, h("span", { class: "name", "aria-hidden": "true" }, label), slider, typed.field, typed.problem),
    /** @param {Knob} knob */
    update({ value }) {
      if (Number(slider.value) !== value) slider.value = String(value);
      slider.setAttribute("aria-valuetext", formatNumber(value, 6));
      typed.show(value);
    },
  };
}

/** @param {Dispatch} dispatch */
function mountModes(dispatch) {
  const choose = (/** @type {Mode} */ mode) => dispatch({ type: "load", id: /** @type {string} */ (STARTS.find((one) => one.mode === mode)?.id) });
  const modes = /** @type {Mode[]} */ (Object.keys(text.modes)).map((mode) => ({ mode, input: h("input", { type: "radio", name: "pairs-mode", value: mode, autocomplete: "off", onchange: () => choose(mode) }) }));
  const start = h("select", { class: "input", id: "pairs-start", autocomplete: "off", onchange: () => { if (start.value) dispatch({ type: "load", id: start.value }); } });
  return {
    roots: [
      h("span", { class: "segments", role: "radiogroup", "aria-label": text.mode }, ...modes.map(({ mode, input }) => h("label", {}, input, text.modes[mode]))),
      h("label", { class: "pairs-start" }, h("span", { class: "name" }, text.start), start),
    ],
    /** @param {State} state @param {Mode} mode */
    update(state, mode) {
      for (const one of modes) one.input.checked = one.mode === mode;
      const here = STARTS.filter((one) => one.mode === mode);
      const key = here.map(({ id }) => id).join();
      if (start.dataset.key !== key) {
        start.dataset.key = key;
        start.replaceChildren(...here.map(({ id }) => h("option", { value: id }, text.starts[/** @type {keyof typeof text.starts} */ (id)])), h("option", { value: "" }, text.own));
      }
      const shown = isAsPublished(state) ? here.find(({ id }) => id === state.published?.id) : null;
      start.value = shown?.id ?? "";
    },
  };
}

/** @param {Dispatch} dispatch */
export function mountControls(dispatch) {
  /** @type {State|null} */
  let shown = null;
  const get = () => shown;
  const modes = mountModes(dispatch);
  const rate = numberField("pairs-rate", text.rate, (value) => { if (shown) dispatch({ type: "editNetwork", request: { ...shown.request, learning_rate: value } }); }, { isFit: (value) => value >= 0 && value <= FASTEST, unfit: text.rateTyped });
  const output = h("select", { class: "input", id: "pairs-output", autocomplete: "off", onchange: () => dispatch({ type: "lab", to: "pairs", action: { type: "output", value: Number(output.value) } }) });
  const whose = h("label", { class: "pairs-output" }, h("span", { class: "name" }, text.output), output);
  const knobs = h("div", { class: "pairs-knobs" });
  const few = h("p", { class: "quiet" }, text.few);
  const root = h("div", { class: "pairs-controls" }, h("div", { class: "pairs-row" }, ...modes.roots, h("label", { class: "pairs-rate" }, h("span", { class: "name" }, text.rate), rate.field), whose), rate.problem, knobs, few);
  /** @type {ReturnType<typeof mountKnob>[]} */
  let mounted = [];
  let key = "";

  return {
    root,
    /** @param {State} state @param {Mode|null} mode */
    update(state, mode) {
      shown = state;
      root.hidden = mode === null;
      if (mode === null) return;
      modes.update(state, mode);
      rate.show(state.request.learning_rate);
      updateKnobs(state);
      updateOutput(state);
    },
  };

  /** @param {State} state */
  function updateKnobs(state) {
    const now = knobsOf(state);
    const names = now.map(({ ref }) => ref).join();
    if (names !== key) {
      key = names;
      const { network } = state.trace;
      mounted = now.map((knob) => mountKnob(knob, text.knob(knob, network.layers.at(-1)?.size === 1, network.inputs === 1), get, dispatch));
      knobs.replaceChildren(...mounted.map((knob) => knob.root));
    }
    now.forEach((knob, at) => mounted[at]?.update(knob));
    few.hidden = now.length > 0;
  }

  /** @param {State} state */
  function updateOutput(state) {
    const count = Number(state.trace.network.layers.at(-1)?.size);
    if (output.options.length !== count) output.replaceChildren(...Array.from({ length: count }, (_, at) => h("option", { value: at }, String(at + 1))));
    output.value = String(outputOf(state));
    whose.hidden = count === 1;
  }
}
