// The inspector takes the explanation's place for one number: what it is, its factors, the sum behind it, and a field to change it.
// A typed text stays as typed until it is a number; then the trace is computed again and one undo takes it back.

import { h, marked } from "../dom.js";
import { readNumber } from "../model/edit.js";
import { exactText } from "../model/format.js";
import { editableRef, factsOf, inLine, knowledge, remarksOf, subjectOf } from "../model/inspect.js";
import { inspected } from "../model/inspecting.js";
import { asTold, shownLayer } from "../model/lens.js";
import { plotOf } from "../model/plot.js";
import { valueOf } from "../model/refs.js";
import { page as text } from "../texts/en_page.js";
import { checkLink } from "./check_link.js";
import { symbol, writeNumber } from "./equation.js";
import * as parts from "./inspector_parts.js";
import { drawPlot } from "./plot.js";
import { wiringOf } from "../model/wiring.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../model/inspect.js").Subject} Subject */

const words = text.inspector;

/** @param {State} state @param {Subject} subject */
function nameOf({ trace }, { kind, layer, row, column }) {
  const last = trace.network.layers.length;
  const source = wiringOf(trace.network).source(layer, column);
  const place = (/** @type {number} */ l) => (l === 0 ? words.input : l === last ? words.output : words.hidden);
  const names = {
    neuron: words.neuron(place(layer), row + 1), input: words.inputName(row + 1), target: words.target(row + 1), cost: words.cost,
    bias: words.bias(place(layer), row + 1), weight: words.weight(place(layer), row + 1, place(source.layer), source.row + 1),
  };
  return names[kind];
}

/** @param {State} state @param {Subject} subject */
function placeOf({ trace }, { kind, layer, row, column }) {
  if (kind === "cost") return "";
  return kind === "weight" ? words.between(shownLayer(trace, wiringOf(trace.network).source(layer, column).layer), shownLayer(trace, layer)) : words.place(shownLayer(trace, layer), row + 1);
}

/**
 * The numbers of the neuron or edge: looked up at once, in the letters of the text once the server has answered.
 * @param {State} state @param {Subject} subject @param {Dispatch} dispatch
 */
function facts(state, subject, dispatch) {
  const { answer } = inspected(state);
  const found = answer ? answer.facts.map((one) => ({ ...one, later: knowledge(state, one.ref) })) : factsOf(state, subject);
  const list = found.map(({ ref, value, scale, later, tex, words: name }) => {
    const shown = h("dd", {});
    if (later === null) {
      const number = h("span");
      writeNumber(number, { value, ref, scale }, state.digits);
      if (ref.startsWith("error") || ref.includes("gradient")) number.classList.add(value !== null && value < 0 ? "negative" : "positive");
      shown.append(number);
    } else {
      shown.append(parts.stepLink(later, dispatch));
    }
    return h("div", {}, h("dt", { title: name }, tex ? symbol(inLine(tex), name) : name, tex && ref.startsWith("error:0:") ? h("span", { class: "says", "aria-hidden": "true" }, ` ${name}`) : null), shown);
  });
  return h("dl", { class: "facts" }, ...list);
}

/** @param {State} state @param {string} ref */
function number(state, ref) {
  const span = h("span");
  writeNumber(span, asTold(state.trace, state.example, ref), state.digits);
  return span;
}

/** @param {State} state @param {string} ref */
function change(state, ref) {
  const updated = ref.replace(/^(weights|biases)/, "updated_$1");
  if (updated === ref || valueOf(state.trace, state.example, updated) === null) return null;
  const writer = state.trace.steps.find((step) => step.writes.some((written) => updated.startsWith(`${written}:`)));
  if (!writer || writer.index > state.cursor) return null;
  return h("p", { class: "block change" }, h("span", { class: "label" }, words.updated), number(state, ref), " → ", h("b", {}, number(state, updated)));
}

/** The field lives as long as the selection, so that nothing typed is lost when the page is drawn again. @param {Dispatch} dispatch */
export function createField(dispatch) {
  let ref = "";
  let shown = "";
  const input = h("input", { class: "input", id: "new-value", inputmode: "decimal", autocomplete: "off", spellcheck: "false" });
  const problem = h("p", { class: "problem", id: "new-value-problem", role: "alert", hidden: true });
  const undo = h("button", { class: "button", type: "button", onclick: () => dispatch({ type: "undo" }) }, words.undo);
  const say = (/** @type {string} */ what) => {
    problem.textContent = what;
    problem.hidden = what === "";
    if (what) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", problem.id); }
    else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { value, problem: what } = readNumber(input.value);
    say(what);
    if (value !== null) dispatch({ type: "edit", ref, value });
  };
  const row = h("div", { class: "field-row" }, input, h("button", { class: "button", type: "submit" }, words.set), undo);
  const form = h("form", { class: "field", novalidate: true, onsubmit: submit }, h("label", { class: "name", for: "new-value" }, words.newValue), row, problem);
  input.addEventListener("input", () => say(""));
  return {
    form,
    /** @param {State} state @param {string} text */
    update(state, text) {
      const exact = exactText(valueOf(state.trace, state.example, text));
      if (text !== ref || exact !== shown) {
        input.value = exact;
        say("");
      }
      ref = text;
      shown = exact;
      undo.hidden = state.undo.length === 0;
      if (state.problem?.control === ref) say(state.problem.errors?.[0]?.detail || state.problem.detail || state.problem.title);
    },
  };
}

/**
 * @param {State} state
 * @param {Dispatch} dispatch
 * @param {ReturnType<typeof createField>} field
 * @returns {(Node|null)[]|null} null where the selection is nobody's number
 */
export function inspect(state, dispatch, field) {
  const subject = subjectOf(state.trace, state.selected);
  if (!subject) return null;
  const editable = editableRef(subject);
  const { answer, problem } = inspected(state);
  const plot = subject.kind === "neuron" ? plotOf(state) : null;
  if (editable) field.update(state, editable);
  const nameOfRef = (/** @type {string} */ ref) => { const whose = subjectOf(state.trace, ref); return whose ? nameOf(state, whose) : ref; };
  return [
    h("div", { class: "overline" },
      h("button", { class: "back", type: "button", id: "inspector-back", "aria-label": words.back, onclick: () => dispatch({ type: "select", ref: null }) }, h("span", { "aria-hidden": "true" }, "←"), words.selected),
      h("span", { class: "place" }, answer?.place ?? placeOf(state, subject))),
    parts.trail(state, nameOfRef, dispatch),
    h("h1", { class: "title" }, ...marked(answer?.name ?? nameOf(state, subject))),
    facts(state, subject, dispatch),
    editable ? field.form : null,
    editable ? change(state, editable) : null,
    ...(answer ? [parts.product(state, answer, dispatch), parts.paths(state, answer)] : []),
    checkLink(state, dispatch, state.selected),
    plot ? h("div", { class: "block plot-block" }, drawPlot(plot)) : null,
    ...(answer ? parts.reasons(answer) : remarksOf(state, subject).map((remark) => h("p", { class: "note" }, ...marked(remark)))),
    ...(answer ? [
      parts.links(state, "sources", answer, dispatch), parts.links(state, "targets", answer, dispatch),
      parts.examples(state, answer, dispatch), parts.cone(answer),
    ] : [h("p", { class: problem ? "problem" : "quiet", role: "status" }, problem ? problem.detail || problem.title : words.asking)]),
  ];
}
