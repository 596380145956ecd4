// What passes layers in a lane comes to rest there side by side, each with its number, and covers nothing.
import assert from "node:assert/strict";
import test from "node:test";

import { layoutNetwork } from "../../static/js/model/layout.js";
import { createPalette } from "../../static/js/model/palette.js";
import { restOf } from "../../static/js/model/resting.js";
import { createSceneBuilder } from "../../static/js/model/scene.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { overlapsIn } from "./overlaps.js";
import { LIGHT, makeTrace, randomNumbers } from "./stage_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").Trace} Trace */

const palette = createPalette(LIGHT);
const STAGES = /** @type {const} */ ([[976, 692], [704, 668]]);

/** The third layer reads the second and the first, and has the input added: two lanes, one with weights and one without. @returns {Trace} */
function joined() {
  const trace = makeTrace([2, 2, 2, 2]);
  const next = randomNumbers(5);
  const rows = (/** @type {number} */ columns) => Array.from({ length: 2 }, () => Array.from({ length: columns }, next));
  Object.assign(/** @type {object} */ (trace.network.layers[2]), { sources: [2, 1], adds: [0] });
  Object.assign(/** @type {object} */ (trace.layers[3]), { weights: rows(4), updated_weights: rows(4), example_weight_gradient: [rows(4)] });
  for (const step of trace.steps) {
    if (step.kind === "weighted_input" && step.layer === 3) {
      Object.assign(step, { terms: { kind: "weighted_activation", layer: 3, values: rows(4), source: 2, first: 0 }, branches: [{ kind: "added_activation", layer: 3, values: rows(2).slice(0, 1), source: 0, first: 0 }] });
    }
    if (step.kind === "error" && step.layer === 1) step.branches = [{ kind: "weighted_error", layer: 3, values: rows(2), source: 1, first: 2 }];
  }
  return trace;
}

/** @param {Trace} trace @param {number} index @param {readonly [number, number]} stage @param {number} [f] */
function scene(trace, index, [width, height], f = 1) {
  const layout = layoutNetwork(trace.network, width, height);
  return { layout, ...createSceneBuilder()({ trace, index, f, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts }) };
}

/** @param {Trace} trace */
const meetings = (trace) => trace.steps.filter(({ branches }) => branches?.length).map(({ index }) => index);

test("no two pulses rest on one another", () => {
  const trace = joined();
  for (const stage of STAGES) for (const index of meetings(trace)) {
    const { pulses } = scene(trace, index, stage);
    assert.equal(pulses.length, index === meetings(trace)[0] ? 10 : 8);
    pulses.forEach((one, at) => pulses.slice(0, at).forEach((other) => assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 14, `step ${index}: ${one.x} and ${other.x}`)));
  }
});

test("every product in a lane keeps its number, under its own pulse, over nothing else", () => {
  const trace = joined();
  for (const index of meetings(trace)) {
    const { marks, pulses } = scene(trace, index, STAGES[0]);
    const numbers = marks.filter(({ key }) => /^term:3:\d:[23]$/.test(key));
    assert.equal(numbers.length, 4);
    for (const { children } of numbers) {
      const x = Number(children?.find(({ tag }) => tag === "text")?.attributes.x);
      assert.ok(pulses.some((pulse) => Math.abs(pulse.x - x) < 1), String(x));
    }
  }
  for (const stage of STAGES) for (const { index } of trace.steps) assert.deepEqual(overlapsIn(scene(trace, index, stage)), [], `step ${index}`);
});

test("a product travels to where it rests, and its number comes with it", () => {
  const trace = joined();
  const [forth = 0] = meetings(trace);
  const { layout } = scene(trace, forth, STAGES[0]);
  const shares = [2, 3].flatMap((column) => [0, 1].map((row) => restOf(layout, { layer: 3, row, column }, false)));
  assert.equal(new Set(shares).size, 4);
  assert.ok(shares.every((share) => share > 0 && share < 1));
  assert.equal(restOf(layout, { layer: 3, row: 0, column: 0 }, false), restOf(layout, { layer: 1, row: 0, column: 0 }, true));
  const early = scene(trace, forth, STAGES[0], 0.02);
  assert.ok(early.marks.filter(({ key }) => /^term:3:\d:[23]$/.test(key)).every(({ attributes }) => Number(attributes.opacity) === 0));
});

test("so many that they could not be told apart rest on one another", () => {
  const sizes = [6, 6, 6, 6];
  const layers = sizes.slice(1).map((size) => ({ size, activation: "sigmoid" }));
  const network = /** @type {import("../../static/js/model/types.d.ts").Network} */ ({ inputs: 6, layers: layers.map((layer, at) => (at === 2 ? { ...layer, sources: [2, 1] } : layer)), cost: "quadratic", bias: true });
  const layout = layoutNetwork(network, 976, 692);
  assert.equal(restOf(layout, { layer: 3, row: 0, column: 7 }, false), restOf(layout, { layer: 3, row: 0, column: 0 }, false));
});

test("however many connections skip, none runs through the legend at the foot", () => {
  const layers = Array.from({ length: 5 }, (_, at) => ({ size: 3, activation: "tanh", sources: Array.from({ length: at + 1 }, (__, layer) => at - layer), adds: at > 0 ? [0] : [] }));
  const network = /** @type {import("../../static/js/model/types.d.ts").Network} */ ({ inputs: 3, layers, cost: "quadratic", bias: true });
  for (const [width, height, phone, foot] of /** @type {const} */ ([[976, 692, false, 46], [704, 668, false, 46], [390, 330, true, 4]])) {
    const { lanes } = layoutNetwork(network, width, height, { phone });
    assert.equal(lanes.size, 14);
    for (const [name, { y, spread }] of lanes) assert.ok(y + 2 * spread <= height - foot, `${name} at ${y} of ${height}`);
  }
});

test("what is added has a lane of its own beside the weights", () => {
  const network = /** @type {import("../../static/js/model/types.d.ts").Network} */ ({ inputs: 2, layers: [{ size: 2, activation: "tanh" }, { size: 2, activation: "tanh" }, { size: 2, activation: "tanh", sources: [2, 1], adds: [1] }], cost: "quadratic", bias: true });
  const { lanes } = layoutNetwork(network, 976, 692);
  assert.deepEqual([...lanes.keys()], ["1:3", "1:3+"]);
  assert.ok((lanes.get("1:3+")?.y ?? 0) - (lanes.get("1:3")?.y ?? 0) >= 14);
});

test("what a push changes is marked along the ways without weights too, and the others stand back", () => {
  const trace = joined();
  const layout = layoutNetwork(trace.network, 976, 692);
  const none = { columns: [], cells: [] };
  const cone = ["activation:1", "weighted_input:2", "activation:2", "weighted_input:3"].map((ref) => ({ quantity: ref.split(":")[0] ?? "", layer: Number(ref.split(":")[1]), rows: [0, 1], ...none }));
  const marked = (/** @type {string} */ selected, /** @type {any[]} */ changed) => {
    const { added } = createSceneBuilder()({ trace, index: 5, f: 1, example: 0, digits: 4, pointed: null, selected, cone: changed, layout, palette, texts });
    return added.map((way) => [way.source, way.layer, way.row, way.marked, way.opacity]);
  };
  const waiting = marked("activation:0:1", cone).map(([, , , , opacity]) => Number(opacity));
  assert.deepEqual(marked("activation:0:1", cone).map((way) => way.slice(0, 4)), [[0, 3, 0, false], [0, 3, 1, true]]);
  assert.equal(waiting[0], (waiting[1] ?? 0) / 2);
  assert.deepEqual(marked("weights:1:0:0", [...cone]).map((way) => way[3]), [false, false]);
});
