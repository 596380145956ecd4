// The pair's slice of the state: which output is looked at, which moment of learning, a number that is being dragged, and what the server said.
// The network is the room's own; here its cost gives way to the two that are compared.

import { bodyOf } from "../calls.js";
import { withValue } from "../edit.js";
import { toldAs } from "../fine.js";
import { isAsPublished } from "../state.js";

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Trace} Trace */
/** @typedef {import("../types.d.ts").Step} Step */
/** @typedef {import("../types.d.ts").Problem} Problem */
/** @typedef {import("../api-types.d.ts").components["schemas"]["ComparisonAnswer"]} Comparison */
/** @typedef {"sigmoid"|"softmax"} Mode */
/** @typedef {{trace: Trace, values: Record<string, number>}} Draft numbers that are dragged, on their way into the request of this trace */
/** @typedef {{of: State["request"], comparison: Comparison|null, problem: Problem|null}} Answer `of` is the network that was asked about */
/** @typedef {{output: number, after: number, draft: Draft|null, answer: Answer|null}} Pairs */
/** @typedef {{ref: string, quantity: "weights"|"biases", row: number, column: number, value: number}} Knob */

/** Updates that are followed. */
export const UPDATES = 300;
/** How far a slider reaches either way, in steps of a tenth. */
export const REACH = 10;
const MOST_KNOBS = 8;

/** @type {Record<Mode, [string, string]>} */
const COSTS = { sigmoid: ["quadratic", "binary_cross_entropy"], softmax: ["quadratic", "cross_entropy"] };
/** Networks to begin with; the first of a mode is opened when the mode is chosen. @type {{id: string, mode: Mode}[]} */
export const STARTS = [
  { id: "nielsen-neuron-saturated", mode: "sigmoid" },
  { id: "nielsen-neuron", mode: "sigmoid" },
  { id: "softmax-saturated", mode: "softmax" },
];

/** @type {Pairs} */
export const initial = { output: 0, after: 100, draft: null, answer: null };

/** Which pair of costs fits the network; null where none does. @param {Trace} trace @returns {Mode|null} */
export function modeOf({ network }) {
  const last = network.layers.at(-1)?.activation;
  return (last === "sigmoid" || last === "softmax") && network.cost !== "output" ? last : null;
}

/** Whether the page came here with an example that nobody has changed and that shows little of a pair. @param {State} state */
export function wantsStart(state) {
  const isFit = modeOf(state.trace) !== null && state.trace.network.layers.length === 1;
  return !isFit && !state.busy && state.session === null && isAsPublished(state);
}

/** The sliders: parameters of a single layer, where they are few; beside softmax its weights alone. @param {State} state @returns {Knob[]} */
export function knobsOf({ trace, lab }) {
  const { weights, biases } = trace.parameters;
  const mode = modeOf(trace);
  if (mode === null || weights.length !== 1) return [];
  const values = /** @type {Pairs} */ (lab?.pairs).draft?.trace === trace ? /** @type {Draft} */ (lab?.pairs.draft).values : {};
  const knobs = (weights[0] ?? []).flatMap((line, row) => line.map((value, column) => knob(`weights:1:${row}:${column}`, "weights", row, column, value)));
  if (mode === "sigmoid") knobs.push(...(biases?.[0] ?? []).map((value, row) => knob(`biases:1:${row}`, "biases", row, 0, value)));
  return knobs.length > MOST_KNOBS ? [] : knobs;

  /** @param {string} ref @param {Knob["quantity"]} quantity @param {number} row @param {number} column @param {number|null} value @returns {Knob} */
  function knob(ref, quantity, row, column, value) {
    return { ref, quantity, row, column, value: values[ref] ?? Number(value) };
  }
}

/** The output that is looked at; one there is. @param {State} state */
export function outputOf({ trace, lab }) {
  return Math.min(/** @type {Pairs} */ (lab?.pairs).output, Number(trace.network.layers.at(-1)?.size) - 1);
}

/** What the server is asked; null where no pair of costs fits. @param {State} state */
export function bodyNow(state) {
  const mode = modeOf(state.trace);
  if (mode === null) return null;
  const { draft } = /** @type {Pairs} */ (state.lab?.pairs);
  const values = draft?.trace === state.trace ? Object.entries(draft.values) : [];
  const request = values.reduce((before, [ref, value]) => withValue(before, ref, value, state.example, state.trace), state.request);
  const body = bodyOf({ ...state, request, granularity: /** @type {State["granularity"]} */ (toldAs(state.granularity)) });
  return { ...body, costs: COSTS[mode], output: outputOf(state), updates: UPDATES };
}

/** Everything an answer depends on; while another network is on its way nothing is asked of this one. @param {State} state @returns {unknown[]} */
export function needs(state) {
  const { draft } = /** @type {Pairs} */ (state.lab?.pairs);
  return [state.trace, outputOf(state), draft?.trace === state.trace ? draft : null, state.busy];
}

/** The answer of the network that is shown, or of the one that it was a number or an update ago: the new one is on its way then. @param {State} state @returns {Answer|null} */
export function answerNow({ request, undo, history, lab }) {
  const { answer } = /** @type {Pairs} */ (lab?.pairs);
  return answer && [request, undo.at(-1)?.request, history.at(-1)?.request].includes(answer.of) ? answer : null;
}

/**
 * @param {Pairs} slice
 * @param {{type: "drag", trace: Trace, ref: string, value: number}|{type: "output", value: number}|{type: "after", value: number}|{type: "told", answer: Answer}} action
 * @returns {Pairs}
 */
export function reduce(slice, action) {
  switch (action.type) {
    case "drag": {
      const values = slice.draft?.trace === action.trace ? slice.draft.values : {};
      return { ...slice, draft: { trace: action.trace, values: { ...values, [action.ref]: action.value } } };
    }
    case "output": return { ...slice, output: action.value };
    case "after": return { ...slice, after: action.value };
    case "told": return { ...slice, answer: action.answer };
    default: return slice;
  }
}

/** @param {Pairs} slice */
export function write({ output, after }) {
  return output === initial.output && after === initial.after ? "" : `${output} ${after}`;
}

/** @param {string} text @returns {Partial<Pairs>} */
export function read(text) {
  const [, output = "", after = ""] = /^(\d{1,4}) (\d{1,3})$/.exec(text) ?? [];
  return output === "" ? {} : { output: Number(output), after: Math.min(UPDATES, Number(after)) };
}

/** The same step of another trace: that kind of that layer, which either cost has. @param {Trace} trace @param {Step} step @returns {Step|null} */
export function sameStep(trace, step) {
  const there = trace.steps[step.index];
  if (there && there.kind === step.kind && there.layer === step.layer) return there;
  return trace.steps.find(({ kind, layer }) => kind === step.kind && layer === step.layer) ?? null;
}

/** Which of the four lines on the error the step is about. @param {Step} step @param {Trace} trace @returns {number[]} */
export function linesAt({ covers, layer }, trace) {
  if (layer !== trace.network.layers.length) return [];
  const kinds = new Set(covers.map(([kind]) => kind));
  return [
    ...(kinds.has("cost_gradient") ? [0] : []),
    ...(kinds.has("output_error") ? [1, 2] : []),
    ...(kinds.has("weight_gradient") ? [3] : []),
  ];
}
