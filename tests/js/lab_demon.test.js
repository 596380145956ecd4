// The demon's model: which number is pushed, how far the slider reaches, what the stage is told, and where points stand on a line.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as demon from "../../static/js/model/laboratory/demon.js";
import { barsOf, chainLines, lineOf, placeOn, roundUp } from "../../static/js/model/laboratory/number_line.js";
import { initialState } from "../../static/js/model/state.js";
import { makeTrace } from "./stage_fixture.js";

const trace = makeTrace([2, 3, 1]);

/** @param {Partial<demon.Demon>} [slice] @param {string|null} [selected] @returns {any} */
function stateOf(slice = {}, selected = null) {
  return { ...initialState({ trace }), selected, lab: { chosen: "demon", twin: null, marks: null, demon: { ...demon.initial, ...slice } } };
}

/** @param {Partial<demon.Nudge>} part @returns {demon.Nudge} */
function nudgeOf(part) {
  return /** @type {demon.Nudge} */ (/** @type {unknown} */ ({
    ref: "weighted_input:1:1", value: 0.5, after: 0.6, of_mean: false, cost: 0.3, cost_after: 0.4, example_cost_after: 0.4, kinks: [], chain: [],
    pushes: [{ change: 0.1, predicted: 0.2, actual: 0.1, gap: -0.1, shrunk: null, round_off: false, kinks: 0 }],
    moved: [{ quantity: "weighted_input", layer: 1, before: [1, 0.5, 2], after: [1, 0.6, 2] }, { quantity: "activation", layer: 2, before: [0.1], after: [null] }],
    told: { chain_symbols: [] }, ...part,
  }));
}

test("what is selected is pushed: of a neuron its z, of a gradient its parameter", () => {
  const refs = {
    "activation:1:2": "weighted_input:1:2", "error:2:0": "weighted_input:2:0", "activation_slope:1:0": "weighted_input:1:0",
    "weight_gradient:1:2:1": "weights:1:2:1", "updated_weights:2:0:2": "weights:2:0:2", "bias_gradient:1:1": "biases:1:1", "activation:0:1": "weighted_input:0:1",
  };
  for (const [selected, ref] of Object.entries(refs)) assert.equal(demon.refOf(demon.chosenTarget(stateOf({}, selected))), ref);
});

test("what cannot be pushed leaves the last number standing, and at first z of the first neuron", () => {
  for (const selected of [null, "cost", "target:2:0", "learning_rate", "weights:1:9:0", "weights:1:0", "nonsense:1:0"]) {
    assert.equal(demon.refOf(demon.chosenTarget(stateOf({ ref: "biases:1:2" }, selected))), "biases:1:2");
    assert.equal(demon.refOf(demon.chosenTarget(stateOf({ ref: "biases:7:2" }, selected))), "weighted_input:1:0");
  }
});

test("a choice from the menus is a number that this network has", () => {
  const nearest = (/** @type {demon.Target} */ wish) => demon.refOf(demon.nearestTarget(trace, wish));
  assert.equal(nearest({ kind: "weight", layer: 2, row: 2, column: 7 }), "weights:2:0:2");
  assert.equal(nearest({ kind: "input", layer: 2, row: 2, column: 0 }), "weighted_input:0:1");
  assert.equal(nearest({ kind: "z", layer: 0, row: 0, column: 0 }), "weighted_input:1:0");
});

test("a push beyond the slider widens it, and a shorter slider shortens the push", () => {
  assert.equal(demon.reduce(demon.initial, { type: "push", change: -7 }).reach, 10);
  assert.equal(demon.reduce(demon.initial, { type: "push", change: 7e5 }).reach, 100);
  const short = demon.reduce({ ...demon.initial, change: -0.5 }, { type: "reach", value: 0.01 });
  assert.deepEqual([short.change, short.reach], [-0.01, 0.01]);
});

test("a link carries the push, and one that somebody bent carries none", () => {
  assert.equal(demon.write(demon.initial), "");
  assert.deepEqual(demon.read(demon.write({ ...demon.initial, change: -2.5e-7, ref: "weights:1:0:1" })), { change: -2.5e-7, ref: "weights:1:0:1", reach: 1 });
  assert.deepEqual(demon.read("0.25"), { change: 0.25, ref: "", reach: 1 });
  for (const text of ["Infinity", "1e999", "0x10", "NaN", "1;2", "", "1 weights", "1  weights:1:0:0", "1 <b>"]) assert.deepEqual(demon.read(text), {}, text);
});

test("an answer counts as long as trace and number are those shown", () => {
  const answer = { trace, ref: "weighted_input:1:1", nudge: nudgeOf({}), problem: null };
  assert.equal(demon.answerNow(stateOf({ answer }, "error:1:1")), answer);
  assert.equal(demon.answerNow(stateOf({ answer }, "error:1:0")), null);
  assert.equal(demon.answerNow(stateOf({ answer: { ...answer, trace: makeTrace([2, 3, 1]) } }, "error:1:1")), null);
});

test("the stage is told what moved, the number itself and the cost, and the same object as long as nothing changed", () => {
  const state = stateOf({ answer: { trace, ref: "weighted_input:1:1", nudge: nudgeOf({}), problem: null } }, "error:1:1");
  const twin = /** @type {import("../../static/js/model/laboratory/experiment.d.ts").Twin} */ (demon.twin(state));
  assert.equal(twin.kind, "moved");
  assert.deepEqual([...twin.values], [["weighted_input:1:1", 0.6], ["activation:2:0", null], ["costs", 0.4], ["cost", 0.4]]);
  assert.equal(demon.twin({ ...state, cursor: 3 }), twin);
});

test("the mean cost of a batch is told only where the push is one of it", () => {
  const batch = { ...trace, costs: [0.1, 0.2] };
  for (const [ofMean, mean] of /** @type {[boolean, number|undefined][]} */ ([[true, 0.7], [false, undefined]])) {
    const nudge = nudgeOf({ of_mean: ofMean, cost_after: 0.7 });
    const state = { ...stateOf({ answer: { trace: batch, ref: nudge.ref, nudge, problem: null } }, "error:1:1"), trace: batch };
    assert.equal(demon.twin(state)?.values.get("cost"), mean);
    assert.equal(demon.twin(state)?.values.get("costs"), 0.4);
  }
});

test("a push of nothing shows nothing", () => {
  const nudge = nudgeOf({ pushes: [{ change: 0, predicted: 0, actual: 0, gap: 0, shrunk: null, round_off: true, kinks: 0 }] });
  assert.equal(demon.twin(stateOf({ answer: { trace, ref: nudge.ref, nudge, problem: null } }, "error:1:1")), null);
});

test("lines end on round numbers and hold 0", () => {
  assert.deepEqual([0.0012, 0.1, 3, 70, 1e-300, 0, NaN, Infinity].map(roundUp), [0.002, 0.1, 5, 100, 1e-300, 1, 1, 1]);
  assert.deepEqual(lineOf([0.6, 1.1]), { low: 0, high: 2 });
  assert.deepEqual(lineOf([-0.2, -0.52]), { low: -1, high: 0 });
  assert.deepEqual(lineOf([-0.2, 3]), { low: -5, high: 5 });
  assert.deepEqual(lineOf([null, 0]), { low: 0, high: 1 });
  assert.equal(placeOn({ low: -5, high: 5 }, 2.5), 0.75);
  assert.equal(placeOn({ low: 0, high: 1 }, null), null);
});

test("every point lies on its line, whatever its size", () => {
  for (let power = -300; power <= 300; power += 7) {
    for (const value of [1.5, -2, 9.99].map((one) => one * 10 ** power)) {
      const place = /** @type {number} */ (placeOn(lineOf([value, value / 3]), value));
      assert.ok(place >= 0 && place <= 1, String(value));
    }
  }
});

test("both bars start at 0 and one that is not finite has no end", () => {
  const { low, high, zero, bars } = barsOf({ predicted: -0.04, actual: null });
  assert.deepEqual([low, high, zero], [-0.05, 0.05, 0.5]);
  assert.deepEqual(bars.map(({ end }) => end === null ? null : Math.round(end * 100)), [10, null]);
});

test("a chain is a line a number, with the sensitivity of the next", () => {
  const link = { ref: "weighted_input:0:0", before: 0.6, after: 1.1, to: "weighted_input:1:0", sensitivity_ref: "weights:1:0:0", sensitivity: 1.5, sensitivity_after: 1.5 };
  const end = { ref: "costs", before: 0.2, after: 0.2, to: "", sensitivity_ref: "", sensitivity: null, sensitivity_after: null };
  const nudge = nudgeOf({ ref: "weighted_input:0:0", chain: [link, end] });
  nudge.told.chain_symbols = [{ tex: "x", sensitivity: "w" }, { tex: "C", sensitivity: "" }];
  const [first, last] = chainLines(nudge);
  assert.deepEqual([first?.tex, first?.isPushed, first?.moved, first?.before.place, first?.next?.tex, first?.next?.moved], ["x", true, true, 0.3, "w", false]);
  assert.deepEqual([last?.isPushed, last?.moved, last?.next], [false, false, null]);
  const [, end2] = chainLines({ ...nudge, ref: "biases:1:0", chain: [link, { ...link, ref: "weighted_input:1:0" }] });
  assert.deepEqual([end2?.isPushed, chainLines({ ...nudge, ref: "weights:1:0:0" })[0]?.next?.isPushed], [true, true]);
});
