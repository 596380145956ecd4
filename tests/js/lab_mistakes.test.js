// The model of the classic mistakes: what the stage and the timeline are told, what a link carries, and the steps of the exercise.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as model from "../../static/js/model/laboratory/mistakes.js";
import { standIn } from "../../static/js/model/laboratory/stand_in.js";
import { initialState } from "../../static/js/model/state.js";
import { makeTrace } from "./stage_fixture.js";

const trace = makeTrace([2, 2, 2]);

/** @param {any} [part] @returns {model.Turn} */
function turnOf(part = {}) {
  return /** @type {model.Turn} */ (/** @type {unknown} */ ({
    mistake: "stale_weights", update: 1, pairs: [{ ref: "error:1:0", right: 0.1, wrong: 0.2 }, { ref: "activation:1:0", right: 1, wrong: null }], costs: [1, 0.5, 0.25], wrong_costs: [1, 2, 9],
    told: {
      steps: [{ step: 8, wrong: true, changed: true, ghost: false, moved: [13] }, { step: 13, wrong: false, changed: false, ghost: true, moved: [] }],
      instead: [{ ref: "weights:2:0:0", value: 0.3, step: 8 }, { ref: "target:2:0", value: 1, step: null }],
      numbers: ["activation_gradient:1:0", "error:1:0", "error:1:1", "error:1:2", "weight_gradient:1:0:0", "weight_gradient:1:0:1", "example_weight_gradient:1:0:0", "activation_gradient:2:0"].map((ref) => ({ ref })),
    }, ...part,
  }));
}

/** @param {Partial<model.Mistakes>} [slice] @param {number} [cursor] @returns {any} */
function stateOf(slice = {}, cursor = 0) {
  return { ...initialState({ trace }), cursor, lab: { chosen: "mistakes", twin: null, marks: null, stage: null, mistakes: { ...model.initial, ...slice } } };
}

const answered = (/** @type {any} */ part = {}, /** @type {any} */ later = null) => ({ answer: { trace, turn: turnOf(part), later, check: null, problem: null } });

test("the stage gets the wrong numbers, and at its step what is read instead; the same object while nothing changed", () => {
  const before = model.twin(stateOf(answered(), 2));
  assert.equal(before?.kind, "wrong");
  assert.equal(before?.values.get("error:1:0"), 0.2);
  assert.equal(before?.values.get("activation:1:0"), null);
  assert.equal(before?.values.get("target:2:0"), 1);
  assert.equal(before?.values.has("weights:2:0:0"), false);
  const slice = answered();
  assert.equal(model.twin(stateOf(slice, 2)), model.twin(stateOf(slice, 3)));
  assert.equal(model.twin(stateOf(slice, 8))?.values.get("weights:2:0:0"), 0.3);
});

test("of one example alone the wrong mean is the wrong gradient of the example too", () => {
  const pairs = [{ ref: "weight_gradient:2:0:0", right: 1, wrong: 2 }, { ref: "bias_gradient:2:0", right: 1, wrong: 3 }, { ref: "example_bias_gradient:2:0", right: 1, wrong: 4 }];
  const values = model.twin(stateOf(answered({ pairs })))?.values;
  assert.deepEqual([values?.get("example_weight_gradient:2:0:0"), values?.get("example_bias_gradient:2:0")], [2, 4]);
  const two = { ...trace, costs: [1, 1] };
  assert.equal(model.twin({ ...stateOf({ answer: { trace: two, turn: turnOf({ pairs }), later: null, check: null, problem: null } }), trace: two })?.values.has("example_weight_gradient:2:0:0"), false);
});

test("the timeline is told what is wrong, changed, moved and left", () => {
  const slice = answered();
  const marks = model.marks(stateOf(slice));
  assert.deepEqual(marks?.[8], { wrong: true, changed: true, ghost: false, moved: [13] });
  assert.deepEqual(marks?.[13], { wrong: false, changed: false, ghost: true, moved: [] });
  assert.equal(marks, model.marks(stateOf(slice, 5)));
});

test("a mistake of the second update, of another trace or of another name says nothing of this stage", () => {
  assert.equal(model.twin(stateOf(answered({ update: 2 }))), null);
  assert.equal(model.marks(stateOf({ ...answered(), chosen: "ascent" })), null);
  assert.equal(model.twin({ ...stateOf(answered()), trace: makeTrace([1, 1]) }), null);
  assert.equal(model.twin(stateOf({ ...answered(), exercise: /** @type {any} */ ({ seed: 1 }) })), null);
});

test("a switch is turned off by pressing it again", () => {
  const off = model.reduce(model.initial, { type: "choose", name: "stale_weights" });
  assert.equal(off.chosen, "");
  assert.equal(model.reduce(off, { type: "choose", name: "ascent" }).chosen, "ascent");
});

test("a link carries the mistake, or of an exercise its seed alone", () => {
  for (const slice of [{ ...model.initial, chosen: "ascent" }, { ...model.initial, chosen: "" }]) assert.equal({ ...model.initial, ...model.read(model.write(slice)) }.chosen, slice.chosen);
  assert.equal(model.write(model.initial), "");
  const begun = model.reduce(model.initial, { type: "begin", seed: 12345 });
  assert.equal(model.write(begun), "find 12345");
  assert.equal(model.read("find 12345").exercise?.seed, 12345);
  for (const text of ["<script>", "find -1", "find 99999999999", "x".repeat(60)]) assert.deepEqual(model.read(text), {});
});

/** @param {number} seed @returns {any} */
const standingOf = (seed, ahead = 0) => ({ trace: makeTrace([2, 2, 2], seed), ahead, asked: { path: "", body: {} } });

test("an exercise shows its own trace, also of the step that is found, and hints one after the other", () => {
  const standing = standingOf(9);
  const answer = /** @type {any} */ ({ hints: ["one", "two"], verdict: null });
  let slice = model.reduce(model.initial, { type: "begin", seed: 7 });
  assert.equal(model.stage(stateOf(slice)), null);
  slice = model.reduce(slice, { type: "set", of: trace, answer, standing });
  assert.equal(model.stage(stateOf(slice)), standing);
  for (const shown of [1, 2, 2]) {
    slice = model.reduce(slice, { type: "hint" });
    assert.equal(slice.exercise?.shown, shown);
  }
  slice = model.reduce(slice, { type: "guess", step: 3 });
  slice = model.reduce(slice, { type: "set", of: trace, answer: { ...answer, verdict: { found: false } }, standing: standingOf(4) });
  assert.equal(model.stage(stateOf(slice)), standing, "the same trace, so that nothing is drawn anew");
  slice = model.reduce(slice, { type: "set", of: trace, answer: { ...answer, verdict: { found: true } }, standing: standingOf(4) });
  assert.equal(model.stage(stateOf(slice)), standing, "what is said of the step that was found is of these numbers");
  for (const granularity of ["neuron", "term"]) assert.equal(model.stage({ ...stateOf(slice), granularity }), standing, "never the numbers of the right program");
  assert.equal(model.stage({ ...stateOf(slice), trace: makeTrace([1, 1]) }), null, "not asked for yet");
  assert.equal(model.reduce(slice, { type: "leave" }).exercise, null);
  assert.equal(model.reduce(model.initial, { type: "hint" }), model.initial);
});

test("a mistake that shows in the second update shows there: its trace is the stage’s, its numbers and marks are of that one", () => {
  const later = standingOf(3, 1);
  const slice = answered({ update: 2 }, later);
  assert.equal(model.stage(stateOf(slice)), later);
  assert.equal(model.twin(stateOf(slice))?.values.get("error:1:0"), 0.2);
  assert.equal(model.marks(stateOf(slice))?.[8]?.wrong, true);
  assert.equal(model.stage(stateOf(answered())), null);
  const shown = standIn({ ...stateOf(slice), lab: { ...stateOf(slice).lab, stage: later } });
  assert.deepEqual([shown.trace, shown.update], [later.trace, 2]);
});

test("what does not belong is marked in the line, and the pieces stay what they are", () => {
  const one = { value: 1, ref: "weights:1:0:0" };
  const pieces = model.piecesOf(/** @type {any} */ ([{ pieces: ["a=", one], mark: "" }, { pieces: ["-"], mark: "changed" }]));
  assert.deepEqual(pieces, ["a=", one, "{\\htmlData{mark=changed}{", "-", "}}"]);
});

test("the short table has two numbers a layer of neurons and one of its parameters, and what arrives only where no error stands", () => {
  assert.deepEqual(model.numbersOf(turnOf(), false).map(({ ref }) => ref), ["error:1:0", "error:1:1", "weight_gradient:1:0:0", "activation_gradient:2:0"]);
  assert.equal(model.numbersOf(turnOf(), true).length, 8);
});

test("curves end where a cost is not finite or leaves the picture", () => {
  const { right, wrong, top, isCut } = model.curvesOf(turnOf(), 200, 100);
  assert.equal(top, 3);
  assert.equal(right, "M0.0 66.7L100.0 83.3L200.0 91.7");
  assert.equal(wrong, "M0.0 66.7L100.0 33.3");
  assert.ok(isCut);
  assert.equal(model.curvesOf(turnOf({ wrong_costs: [1, null, 0.5] }), 200, 100).wrong, "M0.0 0.0M200.0 50.0");
});
