// The way back along the numbers one came by, answers that come too late, and the cone on the stage.

import assert from "node:assert/strict";
import test from "node:test";

import { coneOf } from "../../static/js/model/cone.js";
import { coneNow, inspected } from "../../static/js/model/inspecting.js";
import { initialState, reduce } from "../../static/js/model/state.js";
import { wiringOf } from "../../static/js/model/wiring.js";
import { smallTrace } from "./page_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").State} State */
/** @typedef {import("../../static/js/model/types.d.ts").Inspection} Inspection */

const trace = smallTrace();
const start = initialState({ trace });
/** @param {string|null} ref */
const selecting = (ref) => /** @type {const} */ ({ type: "select", ref });
const walked = ["weights:1:0:0", "weighted_input:1:0", "activation:1:0"].reduce((state, ref) => reduce(state, selecting(ref)), start);

test("every number one came by is on the trail, and walking back forgets what came after", () => {
  assert.deepEqual(walked.inspecting.trail, ["weights:1:0:0", "weighted_input:1:0"]);
  const back = reduce(walked, { type: "walkBack", at: 0 });
  assert.equal(back.selected, "weights:1:0:0");
  assert.deepEqual(back.inspecting.trail, []);
  assert.equal(reduce(walked, { type: "walkBack", at: 7 }), walked);
});

test("who lets go of the selection, or opens a tab, leaves the trail", () => {
  assert.deepEqual(reduce(walked, selecting(null)).inspecting.trail, []);
  assert.deepEqual(reduce(walked, { type: "tab", value: "receipt" }).inspecting.trail, []);
  assert.equal(reduce(walked, selecting("activation:1:0")), walked);
});

test("an answer counts for the number and the trace it was asked of, and for no other", () => {
  const answer = /** @type {Inspection} */ (/** @type {unknown} */ ({ ref: "activation:1:0", cone: [] }));
  const told = reduce(walked, { type: "inspected", trace, ref: "activation:1:0", answer, problem: null });
  assert.equal(inspected(told).answer, answer);
  assert.equal(coneNow(told), answer.cone);
  assert.deepEqual(told.inspecting.trail, walked.inspecting.trail);
  const late = reduce(walked, { type: "inspected", trace, ref: "weights:1:0:0", answer, problem: null });
  assert.equal(late, walked);
  assert.equal(inspected(reduce(told, selecting("weights:1:0:0"))).answer, null);
  assert.equal(inspected({ ...told, trace: { ...trace } }).answer, null);
});

/** What changes with a weight into hidden neuron 1 of a network with two layers of weights. */
const touched = /** @type {Inspection["cone"]} */ ([
  { quantity: "weighted_input", layer: 1, rows: [1], columns: [], cells: [], count: 1, size: 3 },
  { quantity: "activation", layer: 1, rows: [1], columns: [], cells: [], count: 1, size: 3 },
  { quantity: "weighted_input", layer: 2, rows: [0, 1], columns: [], cells: [], count: 2, size: 2 },
  { quantity: "activation", layer: 2, rows: [0, 1], columns: [], cells: [], count: 2, size: 2 },
  { quantity: "cost", layer: 2, rows: [0], columns: [], cells: [], count: 1, size: 1 },
  { quantity: "weight_gradient", layer: 2, rows: [], columns: [1], cells: [[0, 2]], count: 3, size: 6 },
]);

const wiring = wiringOf({ inputs: 2, cost: "quadratic", layers: [{ size: 3, activation: "sigmoid" }, { size: 2, activation: "sigmoid" }] });

test("the edges of a cone are those that carry the change on", () => {
  const cone = coneOf(touched, "weights:1:1:0", 2, wiring);
  assert.equal(cone?.edge(2, 0, 1), true);
  assert.equal(cone?.edge(2, 0, 0), false);
  assert.equal(cone?.edge(1, 1, 0), false);
  assert.equal(cone?.wire(1), true);
  assert.equal(coneOf(null, "weights:1:1:0", 2, wiring), null);
});

test("a number is in the cone by its row, its column or its cell", () => {
  const cone = coneOf(touched, "weights:1:1:0", 2, wiring);
  const found = ["weight_gradient:2:0:1", "weight_gradient:2:0:2", "weight_gradient:2:1:2", "cost", "activation:1:0"].map((ref) => cone?.holds(ref));
  assert.deepEqual(found, [true, true, false, true, false]);
});
