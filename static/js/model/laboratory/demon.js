// The demon's slice of the state: how far which number is pushed, and what the server said of it.
// A number is chosen on the stage or from the menus; whatever belongs to no number that can be pushed leaves the last one standing.

import { bodyOf } from "../calls.js";
import { OF_BIASES, OF_WEIGHTS, makeRef, parseRef } from "../refs.js";

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Trace} Trace */
/** @typedef {import("../types.d.ts").Problem} Problem */
/** @typedef {import("../api-types.d.ts").components["schemas"]["NudgeTold"]} Nudge */
/** @typedef {"z"|"weight"|"bias"|"input"} Kind */
/** @typedef {{kind: Kind, layer: number, row: number, column: number}} Target */
/** @typedef {{trace: Trace, ref: string, nudge: Nudge|null, problem: Problem|null}} Answer */
/** @typedef {{change: number, reach: number, settled: number, ref: string, answer: Answer|null}} Demon settled counts the pushes that came to rest */

/** How far the slider reaches either way; a push typed beyond takes the next one. */
export const REACHES = [0.01, 0.1, 1, 10, 100];
/** Steps of the slider on either side of 0. */
export const STEPS = 100;
/** Halves of the push in the table. */
export const HALVINGS = 5;

const WEIGHT = new Set(OF_WEIGHTS);
const BIAS = new Set(OF_BIASES);
const OF_A_NEURON = new Set(["weighted_input", "activation", "activation_slope", "activation_gradient", "error"]);

/** @type {Demon} */
export const initial = { change: 0.1, reach: 1, settled: 0, ref: "", answer: null };

/** @param {Trace} trace @param {number} layer */
export function sizeOf({ network }, layer) {
  return layer === 0 ? network.inputs : network.layers[layer - 1]?.size ?? 0;
}

/** The length of a row of the weights into a layer: all it receives from. @param {Trace} trace @param {number} layer */
export function widthOf(trace, layer) {
  return trace.layers[layer]?.weights?.[0]?.length ?? 0;
}

/** The number to push where a number is chosen: of a neuron its z, of a gradient the parameter. @param {Trace} trace @param {string|null} text @returns {Target|null} */
export function targetOf(trace, text) {
  const { quantity = "", layer = null, row = null, column = null } = parseRef(text) ?? {};
  if (layer === null || row === null || row >= sizeOf(trace, layer)) return null;
  if (WEIGHT.has(quantity) && layer > 0 && column !== null && column < widthOf(trace, layer)) return { kind: "weight", layer, row, column };
  if (BIAS.has(quantity) && layer > 0 && trace.layers[layer]?.biases) return { kind: "bias", layer, row, column: 0 };
  if (!OF_A_NEURON.has(quantity)) return null;
  return layer === 0 ? { kind: "input", layer, row, column: 0 } : { kind: "z", layer, row, column: 0 };
}

/** @param {Target} target */
export function refOf({ kind, layer, row, column }) {
  if (kind === "weight") return makeRef("weights", layer, row, column);
  return makeRef(kind === "bias" ? "biases" : "weighted_input", layer, row);
}

/** What is pushed: what is selected, else what was pushed before, else z of the first neuron. @param {State} state @returns {Target} */
export function chosenTarget({ trace, selected, lab }) {
  const first = /** @type {Target} */ ({ kind: "z", layer: 1, row: 0, column: 0 });
  return targetOf(trace, selected) ?? targetOf(trace, lab?.demon.ref) ?? first;
}

/** The number nearest to a wish that this network has. @param {Trace} trace @param {Target} wish @returns {Target} */
export function nearestTarget(trace, { kind, layer, row, column }) {
  const last = trace.layers.length - 1;
  const l = kind === "input" ? 0 : Math.min(Math.max(layer, 1), last);
  return { kind, layer: l, row: Math.min(row, sizeOf(trace, l) - 1), column: kind === "weight" ? Math.min(column, widthOf(trace, l) - 1) : 0 };
}

/** @param {number} change @param {number} reach */
function reachFor(change, reach) {
  return Math.abs(change) <= reach ? reach : REACHES.find((one) => Math.abs(change) <= one) ?? /** @type {number} */ (REACHES.at(-1));
}

/**
 * @param {Demon} slice
 * @param {{type: "push", change: number}|{type: "settle"}|{type: "reach", value: number}|{type: "told", answer: Answer}} action
 * @returns {Demon}
 */
export function reduce(slice, action) {
  switch (action.type) {
    case "push": return { ...slice, change: action.change, reach: reachFor(action.change, slice.reach) };
    case "settle": return { ...slice, settled: slice.settled + 1 };
    case "reach": return { ...slice, reach: action.value, change: Math.abs(slice.change) > action.value ? Math.sign(slice.change) * action.value : slice.change };
    case "told": return { ...slice, answer: action.answer, ref: action.answer.ref };
    default: return slice;
  }
}

/** What was pushed last goes along, for a number need not be selected to be pushed. @param {Demon} slice */
export function write({ change, ref }) {
  return ref === "" && change === initial.change ? "" : `${change} ${ref}`.trim();
}

/** @param {string} text @returns {Partial<Demon>} */
export function read(text) {
  const [, written = "", ref = ""] = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?: ([a-z_]+(?::\d+){2,3}))?$/.exec(text) ?? [];
  const change = Number(written);
  return written === "" || !Number.isFinite(change) ? {} : { change, ref, reach: reachFor(change, initial.reach) };
}

/** The question for what is pushed. @param {State} state */
export function call(state) {
  const { change } = /** @type {Demon} */ (state.lab?.demon);
  return { path: "nudges", body: { ...bodyOf({ ...state, granularity: "equation" }), ref: refOf(chosenTarget(state)), change, halvings: HALVINGS } };
}

/** The answer that belongs to what is shown; a moment old while the slider is dragged. @param {State} state @returns {Answer|null} */
export function answerNow(state) {
  const { answer } = /** @type {Demon} */ (state.lab?.demon);
  return answer && answer.trace === state.trace && answer.ref === refOf(chosenTarget(state)) ? answer : null;
}

/** @type {WeakMap<Nudge, import("./experiment.d.ts").Twin>} */
const twins = new WeakMap();

/** What the push made of the numbers on the stage. @param {State} state @returns {import("./experiment.d.ts").Twin|null} */
export function twin(state) {
  const nudge = answerNow(state)?.nudge;
  if (!nudge || nudge.pushes[0]?.change === 0) return null;
  let found = twins.get(nudge);
  if (!found) {
    found = { kind: "moved", everywhere: true, values: movedBy(nudge, state.trace.costs.length) };
    twins.set(nudge, found);
  }
  return found;
}

/** @param {Nudge} nudge @param {number} rows of the batch @returns {Map<string, number|null>} */
function movedBy({ ref, after, moved, of_mean: ofMean, cost_after: cost, example_cost_after: alone }, rows) {
  const values = /** @type {Map<string, number|null>} */ (new Map([[ref, after]]));
  for (const { quantity, layer, before, after: now } of moved) {
    now.forEach((value, row) => { if (value !== before[row]) values.set(makeRef(quantity, layer, row), value); });
  }
  values.set("costs", alone);
  if (ofMean || rows === 1) values.set("cost", ofMean ? cost : alone);
  return values;
}
