// The pair's model: which costs fit, which sliders there are, what is asked while one is dragged, the same step of either trace, and where curves run.

import assert from "node:assert/strict";
import { test } from "node:test";
import { across, costAxis, GAP, path, SHARES, SIZE, upward, wordsAt } from "../../static/js/model/laboratory/pair_curves.js";
import * as pairs from "../../static/js/model/laboratory/pairs.js";
import { initialState } from "../../static/js/model/state.js";
import { makeTrace } from "./stage_fixture.js";

/** @param {number[]} sizes @param {string} output */
function traceOf(sizes, output) {
  const trace = makeTrace(sizes);
  const weights = sizes.slice(1).map((size, at) => Array.from({ length: size }, () => Array.from({ length: sizes[at] ?? 0 }, () => 0.5)));
  const parameters = { weights, biases: sizes.slice(1).map((size) => Array.from({ length: size }, () => 0.25)) };
  const batch = { inputs: [Array.from({ length: sizes[0] ?? 0 }, () => 1)], targets: [Array.from({ length: sizes.at(-1) ?? 0 }, () => 0)] };
  const layers = trace.network.layers.map((layer, at) => (at === sizes.length - 2 ? { ...layer, activation: output } : layer));
  return /** @type {import("../../static/js/model/types.d.ts").Trace} */ ({ ...trace, parameters, batch, network: { ...trace.network, layers } });
}

/** @param {any} trace @param {Partial<pairs.Pairs>} [slice] @returns {any} */
function stateOf(trace, slice = {}) {
  return { ...initialState({ trace }), lab: { chosen: "pairs", twin: null, marks: null, pairs: { ...pairs.initial, ...slice } } };
}

const neuron = traceOf([1, 1], "sigmoid");
const classes = traceOf([1, 3], "softmax");

test("a pair of costs fits a sigmoid or a softmax output, and no other", () => {
  assert.equal(pairs.modeOf(neuron), "sigmoid");
  assert.equal(pairs.modeOf(classes), "softmax");
  assert.equal(pairs.modeOf(traceOf([1, 1], "tanh")), null);
  assert.equal(pairs.modeOf({ ...neuron, network: { ...neuron.network, cost: "output" } }), null);
  assert.equal(pairs.bodyNow(stateOf(traceOf([1, 1], "relu"))), null);
  assert.deepEqual(pairs.bodyNow(stateOf(classes))?.costs, ["quadratic", "cross_entropy"]);
});

test("a small single layer has a slider for each parameter, softmax for its weights, a larger one none", () => {
  assert.deepEqual(pairs.knobsOf(stateOf(neuron)).map(({ ref }) => ref), ["weights:1:0:0", "biases:1:0"]);
  assert.deepEqual(pairs.knobsOf(stateOf(classes)).map(({ ref }) => ref), ["weights:1:0:0", "weights:1:1:0", "weights:1:2:0"]);
  assert.deepEqual(pairs.knobsOf(stateOf(traceOf([2, 2, 1], "sigmoid"))), []);
  assert.deepEqual(pairs.knobsOf(stateOf(traceOf([8, 1], "sigmoid"))), []);
});

test("what is dragged is asked at once, and forgotten with the trace it belonged to", () => {
  const action = /** @type {const} */ ({ type: "drag", trace: neuron, ref: "weights:1:0:0", value: 4.5 });
  const slice = pairs.reduce(pairs.initial, action);
  const state = stateOf(neuron, slice);
  const body = /** @type {any} */ (pairs.bodyNow(state));
  assert.equal(body.parameters.weights[0][0][0], 4.5);
  assert.notEqual(neuron.parameters.weights[0]?.[0]?.[0], 4.5);
  assert.equal(pairs.knobsOf(state)[0]?.value, 4.5);
  assert.notDeepEqual(pairs.needs(state), pairs.needs(stateOf(neuron)));
  const later = stateOf({ ...neuron }, slice);
  assert.deepEqual(/** @type {any} */ (pairs.bodyNow(later)).parameters, neuron.parameters);
  assert.deepEqual(pairs.needs(later), [later.trace, 0, null, false]);
});

test("an answer stays over an edit and an update of its network, and is none of another network", () => {
  const shown = stateOf(neuron);
  const answer = { of: shown.request, comparison: null, problem: null };
  const state = stateOf(neuron, { answer });
  const before = { request: shown.request };
  assert.equal(pairs.answerNow({ ...state, request: shown.request }), answer);
  assert.equal(pairs.answerNow({ ...state, request: {}, undo: [before] }), answer);
  assert.equal(pairs.answerNow({ ...state, request: {}, history: [before] }), answer);
  assert.equal(pairs.answerNow({ ...state, request: {}, undo: [before, { request: {} }] }), null);
  assert.equal(pairs.answerNow(stateOf(neuron)), null);
});

test("an output there is not is the last one there is", () => {
  assert.equal(pairs.outputOf(stateOf(classes, { output: 7 })), 2);
  assert.equal(/** @type {any} */ (pairs.bodyNow(stateOf(neuron, { output: 2 }))).output, 0);
});

test("a link carries the output and the moment, and nothing else is read from one", () => {
  assert.equal(pairs.write(pairs.initial), "");
  const slice = { ...pairs.initial, output: 2, after: 240 };
  assert.deepEqual(pairs.read(pairs.write(slice)), { output: 2, after: 240 });
  assert.deepEqual(pairs.read("1 999"), { output: 1, after: 300 });
  for (const text of ["", "x", "1", "-1 3", "1 3 5", "1e3 2", "__proto__ 1"]) assert.deepEqual(pairs.read(text), {});
});

test("the cursor stands on the same step of either trace, wherever that trace has it", () => {
  const step = /** @type {any} */ ({ index: 1, kind: "output_error", layer: 1, covers: [["output_error", 1]] });
  const there = /** @type {any} */ ({ steps: [{ index: 0, kind: "cost", layer: 1 }, { index: 1, kind: "cost_gradient", layer: 1 }, { index: 2, kind: "output_error", layer: 1 }] });
  assert.equal(pairs.sameStep(there, step)?.index, 2);
  assert.equal(pairs.sameStep({ ...there, steps: [step] }, { ...step, index: 0 }), step);
  assert.equal(pairs.sameStep(there, { ...step, layer: 2 }), null);
});

test("a step marks the lines on the error that it makes", () => {
  const at = (/** @type {[string, number][]} */ ...covers) => pairs.linesAt(/** @type {any} */ ({ covers, layer: covers.at(-1)?.[1] }), neuron);
  assert.deepEqual(at(["cost_gradient", 1]), [0]);
  assert.deepEqual(at(["cost_gradient", 1], ["output_error", 1]), [0, 1, 2]);
  assert.deepEqual(at(["weight_gradient", 1]), [3]);
  assert.deepEqual(at(["weighted_input", 1]), []);
  assert.deepEqual(at(["weight_gradient", 0]), []);
});

test("the neuron is opened only where an unchanged example shows little of a pair", () => {
  const mazur = traceOf([2, 2, 2], "sigmoid");
  const state = stateOf(mazur);
  const published = { id: "mazur", request: state.request };
  assert.equal(pairs.wantsStart({ ...state, published }), true);
  assert.equal(pairs.wantsStart({ ...state, published, busy: true }), false);
  assert.equal(pairs.wantsStart({ ...state, published: { ...published, request: { ...state.request, learning_rate: 9 } } }), false);
  assert.equal(pairs.wantsStart({ ...stateOf(neuron), published }), false);
});

test("a curve runs from the first update at the left to the last at the right, with a gap where nothing is known", () => {
  assert.equal(across(0, 300), SIZE.left);
  assert.equal(across(300, 300), SIZE.width - SIZE.right);
  assert.equal(upward(1, SHARES), SIZE.top);
  assert.equal(upward(0, SHARES), SIZE.height - SIZE.bottom);
  assert.match(path([1, 0.5, null, 0], SHARES), /^M36 12L[\d. ]+M336 164$/);
  assert.deepEqual(costAxis([[0.4, null], [3.9, 0.1]]).low, 0);
  assert.ok(costAxis([[0.4, null], [3.9, 0.1]]).high >= 3.9);
  assert.equal(costAxis([[null]]).high >= 1, true);
});

test("words at the ends of two lines never cover one another, nor leave the paper", () => {
  for (const [first, second] of [[0.02, 0.01], [0.01, 0.02], [0, 0], [1, 1], [0.5, 0.51], [0.2, 0.9], [null, 0]]) {
    const [one = 0, other = 0] = wordsAt([first ?? null, second ?? null], SHARES);
    assert.ok(Math.abs(one - other) >= GAP - 1e-9);
    assert.ok(Math.max(one, other) <= SIZE.height - SIZE.bottom + 1e-9);
    if (first !== null && second !== null && first !== second) assert.equal(one < other, Number(first) > Number(second));
  }
});
