// The laboratory's part of the state: which experiment is chosen, its own slice, and what it shows on the stage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { initialLab, namedLab, openingStep, reduceLab } from "../../static/js/model/laboratory/bench.js";
import { initialState, reduce } from "../../static/js/model/state.js";
import { smallTrace } from "./page_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").State} State */

const TWIN = /** @type {const} */ ({ kind: "moved", values: new Map([["cost", 1]]), everywhere: true });
const EXPERIMENTS = /** @type {import("../../static/js/model/laboratory/experiment.d.ts").Experiment[]} */ ([
  { name: "push", initial: { change: 0 }, reduce: (slice, { change }) => (change === slice.change ? slice : { ...slice, change }), write: ({ change }) => String(change), read: (text) => ({ change: Number(text) }), twin: (state) => (state.lab?.push.change ? TWIN : null), mount: () => { throw new Error("not here"); } },
  { name: "check", initial: {}, reduce: (slice) => slice, mount: () => { throw new Error("not here"); } },
]);
const run = reduceLab(EXPERIMENTS, reduce);
/** @returns {State} */
const begin = () => ({ ...initialState({ trace: smallTrace() }), lab: initialLab(EXPERIMENTS), tab: "experiment" });

test("the first experiment is chosen at first, and another by its name only", () => {
  const state = begin();
  assert.equal(state.lab?.chosen, "push");
  assert.equal(run(state, { type: "experiment", value: "check" }).lab?.chosen, "check");
  assert.equal(run(state, { type: "experiment", value: "nothing" }), state);
});

test("an experiment's action changes its own slice, and what it shows follows while it is chosen", () => {
  const pushed = run(begin(), { type: "lab", to: "push", action: { change: 0.5 } });
  assert.equal(pushed.lab?.push.change, 0.5);
  assert.equal(pushed.lab?.twin, TWIN);
  assert.equal(run(pushed, { type: "lab", to: "push", action: { change: 0.5 } }), pushed);
  const other = run(pushed, { type: "experiment", value: "check" });
  assert.equal(other.lab?.twin, null);
  assert.equal(other.lab?.push.change, 0.5);
  assert.equal(run(pushed, { type: "lab", to: "nothing", action: {} }), pushed);
});

test("a link carries the experiment and its own words, and gives them back", () => {
  const pushed = run(begin(), { type: "lab", to: "push", action: { change: 0.5 } });
  assert.deepEqual(namedLab(EXPERIMENTS, pushed), { experiment: "push", text: "0.5", starts: [] });
  const opened = run(begin(), { type: "labOpened", to: "push", slice: { change: 2 } });
  assert.equal(opened.lab?.push.change, 2);
  assert.equal(opened.lab?.twin, TWIN);
});

test("it opens at the first error of a hidden layer, else at that of the output, else at the first step backward, and so does an example", () => {
  const stepsOf = (/** @type {string[]} */ ...kinds) => ({ ...smallTrace(), steps: kinds.map((kind) => /** @type {any} */ ({ ...smallTrace().steps[0], kind, phase: kind === "forward" ? "forward" : "backward" })) });
  assert.equal(openingStep(stepsOf("forward", "cost_gradient", "output_error", "backpropagated_error", "error", "error")), 4);
  assert.equal(openingStep(stepsOf("forward", "cost_gradient", "output_error", "input_error")), 2);
  assert.equal(openingStep(stepsOf("forward", "backpropagated_error")), 1);
  assert.equal(openingStep(stepsOf("forward", "forward")), 0);
  const trace = stepsOf("forward", "output_error", "error");
  const opened = /** @type {const} */ ({ type: "opened", request: begin().request, trace, published: null });
  assert.equal(run(begin(), opened).cursor, 2);
  assert.equal(run(begin(), { ...opened, cursor: 0 }).cursor, 0);
});

test("going to another tab lets go of the selection, coming back to the experiment keeps it", () => {
  const selected = { ...begin(), selected: "error:1:0" };
  assert.equal(run(selected, { type: "tab", value: "receipt" }).selected, null);
  assert.equal(run({ ...selected, tab: "equation" }, { type: "tab", value: "experiment" }).selected, "error:1:0");
});
