// Steps finer than an equation: counting, finding, stepping, and what of a step is known at each of its parts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fineIndex, goesAlong, missingWindow, partAt, partNow, placeAt, stepCount, windowOf, writtenBy } from "../../static/js/model/fine.js";
import { known } from "../../static/js/model/known.js";
import { durationAt, progressOfPart } from "../../static/js/model/part_motion.js";
import { initialState, reduce } from "../../static/js/model/state.js";
import { readAddress, writeAddress } from "../../static/js/model/url.js";
import { smallTrace } from "./page_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").Plan} Plan */
/** @typedef {import("../../static/js/model/types.d.ts").Trace} Trace */
/** @typedef {import("../../static/js/model/types.d.ts").Action} Action */

/** @param {string} kind @param {number} layer @param {[number, number]} size @param {[string, number, string[], string?, boolean?][]} beats @returns {Plan} */
function plan(kind, layer, [rows, columns], beats) {
  const all = beats.map(([name, count, writes, edges = "", turned = false]) => ({ kind: name, count, writes, edges, turned, first: 0, along: [] }));
  const each = all.reduce((sum, { count }) => sum + count, 0);
  return { count: rows * Math.max(1, columns) * each, runs: [{ kind, layer, rows, columns, beats: all }] };
}

const TERM = [
  plan("input", 0, [2, 0], [["value", 1, ["weighted_input:0", "activation:0"]]]),
  plan("weighted_input", 1, [1, 0], [["product", 2, [], "weights:1"], ["bias", 1, []], ["sum", 1, ["weighted_input:1"]]]),
  plan("activation", 1, [1, 0], [["value", 1, ["activation:1"]]]),
  plan("cost", 1, [1, 0], [["share", 1, ["cost"]]]),
  plan("output_error", 1, [1, 0], [["slope", 1, ["activation_slope:1", "error:1"]]]),
  plan("weight_gradient", 1, [1, 2], [["entry", 1, ["weight_gradient:1"], "weights:1"]]),
  plan("weight_update", 1, [1, 2], [["update", 1, ["updated_weights:1"], "weights:1"]]),
];
const NEURON = TERM.map((one) => ({ ...one, count: one.runs[0]?.rows ?? 1, runs: one.runs.map((run) => ({
  ...run, columns: 0, beats: [{ kind: "neuron", count: 1, writes: run.beats.flatMap(({ writes }) => writes), edges: run.beats[0]?.edges ?? "", turned: false, first: 0, along: [] }],
})) }));

/** @returns {Trace} */
function tracePlanned() {
  return { ...smallTrace(), parts: { neuron: NEURON, term: TERM } };
}

/** @param {Action[]} actions */
function stateAfter(...actions) {
  return actions.reduce(reduce, initialState({ trace: tracePlanned() }));
}

/** @param {Partial<{hold: boolean}>} [how] @returns {Action} */
const next = (how = {}) => ({ type: "next", ...how });
const TERMS = /** @type {Action} */ ({ type: "granularity", value: "term" });

test("every index has its place, and every place its index", () => {
  const trace = tracePlanned();
  assert.equal(stepCount(trace, "equation"), 7);
  assert.equal(stepCount(trace, "term"), 2 + 4 + 1 + 1 + 1 + 2 + 2);
  for (const granularity of /** @type {const} */ (["neuron", "term", "equation"])) {
    for (let index = 0; index < stepCount(trace, granularity); index++) {
      assert.equal(fineIndex({ trace, granularity, ...placeAt(trace, granularity, index) }), index);
    }
  }
  assert.deepEqual(placeAt(trace, "term", 5), { cursor: 1, part: 3 });
  assert.deepEqual(placeAt(trace, "term", 1e9), { cursor: 6, part: 1 });
});

test("next and back go through the parts, one after the other, and stop at both ends", () => {
  let state = stateAfter(TERMS);
  assert.equal(state.trace.granularity, "equation");
  const count = stepCount(state.trace, "term");
  for (let index = 0; index < count; index++) {
    assert.equal(fineIndex(state), index);
    state = reduce(state, next());
  }
  assert.equal(fineIndex(state), count - 1);
  for (let index = count - 1; index >= 0; index--) {
    assert.equal(fineIndex(state), index);
    state = reduce(state, { type: "back" });
  }
  assert.equal(fineIndex(state), 0);
});

test("home, end, a layer on and a step of the timeline land on the first or last part", () => {
  const end = stateAfter(TERMS, { type: "last" });
  assert.deepEqual([end.cursor, end.part], [6, 1]);
  assert.equal(fineIndex(reduce(end, { type: "first" })), 0);
  const step = reduce(end, { type: "seek", step: 5 });
  assert.deepEqual([step.cursor, step.part], [5, 0]);
  const layer = reduce(reduce(step, next()), { type: "backLayer" });
  assert.equal(layer.part, 0);
});

test("a finer granularity stays on the equation, and its steps need no new trace", () => {
  const state = stateAfter({ type: "seek", step: 5 }, TERMS);
  assert.deepEqual([state.cursor, state.part, state.granularity], [5, 0, "term"]);
  const other = reduce(reduce(state, next()), { type: "granularity", value: "equation" });
  assert.deepEqual([other.cursor, other.part, other.granularity], [5, 0, "equation"]);
});

test("an edit and another example keep the part; the next update begins at its first", () => {
  const trace = tracePlanned();
  const state = stateAfter(TERMS, { type: "seekFine", index: 4 });
  const edited = reduce(state, { type: "edited", request: state.request, trace });
  assert.deepEqual([edited.granularity, edited.cursor, edited.part], ["term", 1, 2]);
  const retold = reduce(state, { type: "retold", trace: { ...trace, example: 1 } });
  assert.deepEqual([retold.granularity, retold.cursor, retold.part], ["term", 1, 2]);
  const updated = reduce(state, { type: "updated", request: state.request, trace });
  assert.deepEqual([updated.granularity, fineIndex(updated)], ["term", 0]);
  const before = reduce(updated, { type: "back" });
  assert.deepEqual([before.cursor, before.part], [6, 1]);
});

test("a link says the fine step and opens it again", () => {
  const state = stateAfter(TERMS, { type: "seekFine", index: 4 });
  const address = readAddress("", writeAddress(state, { changed: false }));
  assert.deepEqual([address.granularity, address.step], ["term", 4]);
  const { request, trace } = state;
  const opened = stateAfter({ type: "opened", request, trace, published: null, cursor: address.step, granularity: "term" });
  assert.deepEqual([opened.cursor, opened.part], [1, 2]);
});

test("within a step each number has its own time", () => {
  const trace = tracePlanned();
  const at = (/** @type {number} */ cursor, /** @type {number} */ part, /** @type {string} */ ref) => known(trace.steps, cursor, ref, partAt(trace, "term", cursor, part));
  trace.steps.forEach((step, index) => { step.writes = TERM[index]?.runs.flatMap(({ beats }) => beats.flatMap(({ writes }) => writes)) ?? []; });
  assert.equal(at(1, 0, "weighted_input:1:0"), "future");
  assert.equal(at(1, 3, "weighted_input:1:0"), "now");
  assert.deepEqual([at(5, 0, "weight_gradient:1:0:0"), at(5, 0, "weight_gradient:1:0:1")], ["now", "future"]);
  assert.deepEqual([at(5, 1, "weight_gradient:1:0:0"), at(5, 1, "weight_gradient:1:0:1")], ["past", "now"]);
  assert.equal(at(5, 0, "weighted_input:1:0"), "past");
  assert.equal(at(0, 0, "activation:0:1"), "given");
  assert.equal(at(3, 0, "cost"), "now");
});

test("an array is written by its parts in order, a whole row at once where it is told by neurons", () => {
  const gradient = /** @type {Plan} */ (TERM[5]);
  assert.deepEqual([writtenBy(gradient, "weight_gradient:1:0:0"), writtenBy(gradient, "weight_gradient:1:0:1")], [0, 1]);
  assert.equal(writtenBy(/** @type {Plan} */ (NEURON[5]), "weight_gradient:1:0:1"), 0);
  assert.equal(writtenBy(gradient, "error:1:0"), null);
});

test("a product goes along its edge, a sum along all edges of its neuron, a slope along none", () => {
  const trace = tracePlanned();
  const along = (/** @type {number} */ part) => [0, 1].map((column) => goesAlong(/** @type {any} */ (partAt(trace, "term", 1, part)), 1, 0, column));
  assert.deepEqual([along(0), along(1), along(2), along(3)], [[true, false], [false, true], [false, false], [true, true]]);
  assert.equal(goesAlong(/** @type {any} */ (partAt(trace, "term", 5, 1)), 1, 0, 1), true);
  assert.equal(goesAlong(/** @type {any} */ (partAt(trace, "term", 4, 0)), 1, 0, 0), false);
});

test("one product travels, those before have arrived, those after have not left", () => {
  const trace = tracePlanned();
  const step = trace.steps[1];
  const travel = (/** @type {number} */ part, /** @type {number} */ f) => progressOfPart(step, partAt(trace, "term", 1, part), f).travel;
  assert.deepEqual(travel(0, 1), [1, 0]);
  assert.deepEqual(travel(1, 0), [1, 0]);
  assert.deepEqual(travel(1, 1), [1, 1]);
  assert.ok(durationAt({ trace, granularity: "term" }, 2) > 0);
});

test("windows are asked for around the cursor, each once, and the told part is found in them", () => {
  let state = stateAfter(TERMS, { type: "seekFine", index: 4 });
  const window = missingWindow(state);
  assert.deepEqual(window, { first: 0, count: 13 });
  assert.equal(partNow(state), null);
  const steps = Array.from({ length: 13 }, (_, index) => ({ ...state.trace.steps[0], index }));
  state = reduce(state, /** @type {Action} */ ({ type: "told", trace: state.trace, granularity: "term", first: 0, steps }));
  assert.equal(missingWindow(state), null);
  assert.equal(partNow(state)?.index, 4);
  assert.equal(partNow(reduce(state, { type: "granularity", value: "neuron" })), null);
  const late = reduce(state, /** @type {Action} */ ({ type: "told", trace: tracePlanned(), granularity: "term", first: 0, steps: [] }));
  assert.equal(late, state);
});

test("a large trace is told in windows, the one under the cursor first, then the next", () => {
  const trace = { ...smallTrace(), parts: { neuron: NEURON, term: [plan("weight_gradient", 1, [100, 100], [["entry", 1, [], "weights:1"]])] } };
  let state = reduce({ ...initialState({ trace }), granularity: "term" }, { type: "seekFine", index: 4321 });
  assert.deepEqual(windowOf(trace, "term", 4321), { first: 4200, count: 200 });
  assert.equal(missingWindow(state)?.first, 4200);
  state = reduce(state, /** @type {Action} */ ({ type: "told", trace, granularity: "term", first: 4200, steps: [] }));
  assert.equal(missingWindow(state)?.first, 4400);
});

test("a neuron that several layers read goes along the edges of them all, each from its own column", () => {
  const product = (/** @type {string} */ edges, /** @type {number} */ first) => ({ kind: "product", count: 2, writes: [], edges, turned: true, first, along: [] });
  const run = (/** @type {object[]} */ beats) => ({ count: 0, runs: [{ kind: "error", layer: 1, rows: 2, columns: 0, beats }] });
  const trace = /** @type {import("../../static/js/model/types.d.ts").Trace} */ (/** @type {unknown} */ ({ parts: {
    neuron: [run([{ kind: "neuron", count: 1, writes: ["error:1"], edges: "weights:2", turned: true, first: 0, along: [] }])],
    term: [run([product("weights:2", 0), product("weights:3", 2), { kind: "sum", count: 1, writes: ["error:1"], edges: "", turned: false, first: 0, along: [] }])],
  } }));
  const whole = partAt(trace, "neuron", 0, 1);
  assert.ok(whole && goesAlong(whole, 2, 0, 1) && goesAlong(whole, 3, 1, 3), "both readers");
  assert.ok(!goesAlong(whole, 2, 0, 0) && !goesAlong(whole, 3, 1, 1), "its own edges alone");
  const second = partAt(trace, "term", 0, 2);
  assert.ok(second && goesAlong(second, 3, 0, 2) && !goesAlong(second, 3, 0, 0) && !goesAlong(second, 2, 0, 0));
});

test("while a residual is added no edge with weights is in use, and it travels after all products", () => {
  const beat = (/** @type {object} */ more) => ({ kind: "product", count: 2, writes: [], edges: "weights:2", turned: false, first: 0, along: [], ...more });
  const beats = [beat({}), beat({ kind: "bias", count: 1, edges: "" }), beat({ kind: "added", edges: "", along: [1, 0] }), beat({ kind: "sum", count: 1, edges: "", writes: ["weighted_input:2"] })];
  const added = (/** @type {number} */ source) => ({ kind: "added_activation", layer: 2, source, values: [[0.5, 0.25]] });
  const step = /** @type {import("../../static/js/model/types.d.ts").Step} */ (/** @type {unknown} */ ({
    kind: "weighted_input", layer: 2, terms: { kind: "weighted_activation", layer: 2, source: 1, values: [[1, 2], [3, 4]] }, branches: [added(1), added(0)],
  }));
  const trace = /** @type {Trace} */ (/** @type {unknown} */ ({ steps: [step], parts: { neuron: [], term: [{ count: 12, runs: [{ kind: "weighted_input", layer: 2, rows: 2, columns: 0, beats }] }] } }));
  const at = (/** @type {number} */ part, /** @type {number} */ f) => progressOfPart(step, partAt(trace, "term", 0, part), f);
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((part) => at(part, 1).travel), [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1], [1, 1, 1, 1]]);
  assert.deepEqual([1, 2, 3].map((part) => at(part, 0).bias), [0, 0, 1]);
  assert.deepEqual(at(4, 0).travel, [1, 1, 1, 0]);
  assert.ok(!goesAlong(/** @type {any} */ (partAt(trace, "term", 0, 3)), 2, 0, 0));
  assert.ok(goesAlong(/** @type {any} */ (partAt(trace, "term", 0, 5)), 2, 0, 0));
  assert.ok(durationAt({ trace, granularity: "term" }, 3) > 0);
});
