// The gradient check's models: which derivative is meant, how a subtraction is written, where the V stands, how errors are sorted.
// The numbers are those of the server as it answered for Mazur's example.

import assert from "node:assert/strict";
import test from "node:test";
import { call, checkable, checkedRef, curvesNow, initial, numbersOfStep, read, reduce, STEPS, write } from "../../static/js/model/laboratory/check.js";
import { across, branch, nameAt, nearest, powers, reach, runs, SIZE, upward } from "../../static/js/model/laboratory/check_curve.js";
import { parting, subtraction } from "../../static/js/model/laboratory/check_digits.js";
import { nameOf, plainSymbol } from "../../static/js/model/laboratory/check_names.js";
import { CLASSES, classOf, FAILED, fieldsOf, KINK, rowsOf, sorted } from "../../static/js/model/laboratory/check_whole.js";

const layer = (/** @type {object} */ more) => ({ error: [[0.1, 0.2]], activation_gradient: [[0.3, 0.4]], weighted_input: [[1, 2]], activation: [[3, 4]], ...more });
/** @type {any} */
const trace = {
  network: { inputs: 2, cost: "quadratic", layers: [{ size: 2, activation: "sigmoid" }, { size: 2, activation: "sigmoid" }] },
  costs: [0.3],
  layers: [
    { layer: 0, ...layer({}) },
    { layer: 1, ...layer({ weights: [[1, 2], [3, 4]], weight_gradient: [[1, 2], [3, 4]], bias_gradient: [1, 2] }) },
    { layer: 2, ...layer({ weights: [[1, 2], [3, 4]], weight_gradient: [[1, 2], [3, 4]], bias_gradient: [1, 2] }) },
  ],
  steps: [
    { writes: ["weighted_input:1"], lines: [] }, { writes: ["cost"], lines: [] }, { writes: ["activation_slope:1", "error:1"], lines: [] },
    { writes: ["weight_gradient:2"], lines: [] }, { writes: ["updated_weights:1"], lines: [] },
  ],
};
const state = (/** @type {object} */ more) => /** @type {any} */ ({ trace, cursor: 0, example: 0, selected: null, lab: { check: initial }, ...more });

test("the derivative by a number stands for the number", () => {
  const found = ["weights:2:1:0", "updated_weights:2:1:0", "weight_velocity:2:1:0", "biases:1:1", "weighted_input:1:0", "activation_slope:1:1", "activation:1:0", "weighted_input:0:1", "activation:0:1", "example_weight_gradient:9:0:0", "target:2:0", "cost", "nonsense", null];
  assert.deepEqual(found.map((one) => checkable(trace, one)), [
    "weight_gradient:2:1:0", "weight_gradient:2:1:0", "weight_gradient:2:1:0", "bias_gradient:1:1", "error:1:0", "error:1:1", "activation_gradient:1:0", "error:0:1", "error:0:1", null, null, null, null, null,
  ]);
});

test("of one example alone its gradient is the mean", () => {
  assert.equal(checkable(trace, "example_weight_gradient:2:0:1"), "weight_gradient:2:0:1");
  const batch = { ...trace, costs: [0.3, 0.4], layers: trace.layers.map((/** @type {any} */ one) => ({ ...one, example_weight_gradient: [one.weight_gradient, one.weight_gradient] })) };
  assert.equal(checkable(batch, "example_weight_gradient:2:0:1"), "example_weight_gradient:2:0:1");
});

test("where the cost reads z, pushing the output does nothing, so δ is checked", () => {
  const other = { ...trace, network: { ...trace.network, cost: "cross_entropy" } };
  assert.equal(checkable(other, "activation:2:0"), "error:2:0");
  assert.equal(checkable(other, "activation:1:0"), "activation_gradient:1:0");
});

test("a step is about what it writes, or about the derivatives by it", () => {
  const of = (/** @type {number} */ cursor) => numbersOfStep(state({ cursor }));
  assert.deepEqual(of(0), ["error:1:0", "error:1:1"]);
  assert.deepEqual(of(1), ["error:2:0", "error:2:1"]);
  assert.deepEqual(of(2), ["error:1:0", "error:1:1"]);
  assert.deepEqual(of(3), ["weight_gradient:2:0:0", "weight_gradient:2:0:1", "weight_gradient:2:1:0", "weight_gradient:2:1:1"]);
  assert.equal(of(4)[0], "weight_gradient:1:0:0");
  assert.equal(checkedRef(state({ cursor: 3 })), "weight_gradient:2:0:0");
  assert.equal(checkedRef(state({ cursor: 3, selected: "weighted_input:1:1" })), "error:1:1");
});

test("the call that does the same has everything in it", () => {
  const told = { cursor: 3, request: { network: trace.network, batch: { inputs: [[1, 2]] } }, granularity: "term", textbook: "sun" };
  assert.deepEqual(call(state(told)), { path: "gradient-curves", body: { ...told.request, granularity: "equation", textbook: "sun", ref: "weight_gradient:2:0:0", precision: "float64" } });
  assert.equal(call(state(told), "float32")?.body.precision, "float32");
  assert.equal(call(state({ ...told, trace: { ...trace, layers: [] } })), null);
});

test("an answer about another number or another trace is not shown", () => {
  const heard = (/** @type {any} */ curves) => curvesNow(state({ lab: { check: { ...initial, curves } } }));
  assert.equal(heard({ trace, ref: "error:1:1", answers: {} }), null);
  assert.equal(heard({ trace: { ...trace }, ref: "error:1:0", answers: {} }), null);
  assert.ok(heard({ trace, ref: "error:1:0", answers: {} }));
});

test("a link carries step and precision, and what is no step is not believed", () => {
  assert.equal(write(initial), "");
  const slice = reduce(reduce(initial, { type: "at", value: 30 }), { type: "precision", value: "float32" });
  assert.deepEqual(read(write(slice)), { at: 30, precision: "float32" });
  assert.deepEqual(read("99,float16"), { at: STEPS - 1 });
  assert.deepEqual(read("-1;drop"), {});
  assert.deepEqual(read(""), {});
  assert.equal(reduce(initial, { type: "at", value: 400 }).at, STEPS - 1);
  assert.equal(reduce(initial, { type: "precision", value: "float16" }), initial);
});

test("a subtraction shows what the two have in common and how few figures are left", () => {
  const point = { above: 0.29837193042979715, below: 0.29837028708898589, difference: 1.6433408112629216e-06 };
  const { above, below, difference, figures } = subtraction(point, "float64");
  assert.deepEqual(above, { same: "0.29837", rest: "193042979715" });
  assert.deepEqual(below, { same: "0.29837", rest: "028708898589" });
  assert.deepEqual(difference, { same: "0.00000", rest: "164334081126" });
  assert.equal(figures, 12);
});

test("in float32 nine figures tell numbers apart, and nothing may be left", () => {
  const same = 0.2983711063861847;
  const { above, difference, figures } = subtraction({ above: same, below: same, difference: 0 }, "float32");
  assert.equal(above.same, "0.298371106");
  assert.equal(difference.same + difference.rest, "0.000000000");
  assert.equal(figures, 1);
});

test("numbers too small or too large for places after the point are written with powers of ten", () => {
  assert.equal(subtraction({ above: 3.5e-20, below: 3.4e-20, difference: 1e-21 }, "float64").above.rest, "3.5·10⁻²⁰");
  assert.equal(subtraction({ above: 3.5e20, below: null, difference: null }, "float64").below.rest, "not finite");
});

test("the quotient has no more figures than the difference kept, and parts from the gradient where it does", () => {
  assert.deepEqual(parting(0.08216704056310363, 0.08216704056423078, 12, "float64"), {
    numerical: { same: "0.08216704056", rest: "31" }, exact: { same: "0.08216704056", rest: "423078" },
  });
  assert.deepEqual(parting(-0.5, 0.5, 3, "float64"), { numerical: { same: "", rest: "−0.5" }, exact: { same: "", rest: "0.5" } });
  assert.equal(parting(null, 0.5, 3, "float32").numerical.rest, "–");
});

/** @type {any} */
const curve = {
  precision: "float64",
  points: [
    { step_size: 0.1, absolute_error: 1e-3, truncation: 1e-3, round_off: 1e-15, crossings: 1 },
    { step_size: 0.01, absolute_error: 1e-5, truncation: 1e-5, round_off: 1e-14, crossings: 0 },
    { step_size: 1e-6, absolute_error: 1e-11, truncation: 1e-13, round_off: 1e-10, crossings: 0 },
    { step_size: 1e-12, absolute_error: null, truncation: null, round_off: 1e-4, crossings: 0 },
  ],
};

test("the V stands on axes of powers of ten, and kinks and vanished steps part it", () => {
  assert.equal(across(0.1), SIZE.width - SIZE.right);
  assert.equal(across(1e-12), SIZE.left);
  const axis = reach([curve]);
  assert.deepEqual(axis, { low: -11, high: -3 });
  const up = upward(axis);
  assert.equal(up(1e-3), SIZE.top);
  assert.equal(up(0), SIZE.height - SIZE.bottom);
  assert.deepEqual(powers(axis), [-11, -9, -7, -5, -3]);
  assert.deepEqual(runs(curve, up).map((run) => run.length), [2]);
  assert.equal(nearest(across(1e-6) + 3, curve.points), 2);
  assert.equal(branch(curve, "truncation", axis).length, 2);
  assert.equal(branch(curve, "round_off", axis).length, 2);
});

test("a curve's name stands over no point, of its own or of another curve", () => {
  const foot = SIZE.height - SIZE.bottom;
  const end = { x: 200, y: foot };
  assert.deepEqual(nameAt({ x: 200, y: 100 }, [{ x: 200, y: 100 }]), { x: 192, y: 104, anchor: "end" });
  // Every error is 0 in both precisions: the points of the one go on to the left where the other's end.
  const spots = Array.from({ length: 45 }, (_, index) => ({ x: SIZE.left + 8 * index, y: foot }));
  const name = nameAt(end, spots);
  assert.ok(name.y + 2 < foot - 3, "above the points");
  assert.deepEqual(name.anchor, "start");
  const corner = nameAt({ x: SIZE.left, y: SIZE.top }, [{ x: SIZE.left, y: SIZE.top }, { x: SIZE.left + 8, y: SIZE.top }]);
  assert.ok(corner.y - 12 > SIZE.top + 3, "below, where there is no room above");
});

/** @type {any} */
const whole = {
  tolerance: 1e-6,
  checks: [
    { parameter: "weights", layer: 1, backpropagated: [[1, 2]], numerical: [[1, 2]], relative_error: [[1e-12, 1e-8]] },
    { parameter: "biases", layer: 1, backpropagated: [3], numerical: [4], relative_error: [0.25] },
    { parameter: "weights", layer: 2, backpropagated: [[5]], numerical: [[null]], relative_error: [[null]] },
  ],
  kinks: [{ parameter: "weights", layer: 2, index: [0, 0], kink_layer: 1, neuron: 0, example: 0 }],
};

test("the whole network: rows to sort, fields to paint, classes to colour", () => {
  const rows = rowsOf(whole);
  assert.deepEqual(rows.map(({ ref }) => ref), ["weight_gradient:1:0:0", "weight_gradient:1:0:1", "bias_gradient:1:0", "weight_gradient:2:0:0"]);
  assert.deepEqual(sorted(rows, "error").map(({ order }) => order), [3, 2, 1, 0]);
  assert.equal(sorted(rows, "order"), rows);
  assert.deepEqual(rows.map((row) => classOf(row, 1e-6)), [0, 2, FAILED, KINK]);
  assert.equal(classOf({ ...rows[0], error: 0 }, 1e-6), 0);
  assert.equal(classOf({ ...rows[0], error: 1e-6 }, 1e-6), CLASSES.length);
  assert.deepEqual(fieldsOf(rows).map(({ rows: high, columns, hasBias }) => [high, columns, hasBias]), [[1, 3, true], [1, 1, false]]);
});

test("a derivative has a name in plain characters", () => {
  assert.deepEqual(["w^3_{12}", "b^2_1", "W^{[1]}[1,2]", "w^{(2)}_{1,2}", "\\vec b^3", "\\frac{a}{b}"].map(plainSymbol), ["w³₁₂", "b²₁", "W⁽¹⁾[1,2]", "w⁽²⁾₁,₂", "b³", null]);
  const piece = (/** @type {string} */ ref, /** @type {string} */ tex) => ({ ref, tex });
  const told = { ...trace, steps: [{ writes: [], lines: [{ symbols: [piece("weights:2:0:1", "w^3_{12}"), piece("error:1:0", "\\delta^2_1"), piece("weighted_input:1:0", "z^2_1"), piece("activation:0:1", "a^1_2")] }] }] };
  assert.deepEqual(["weight_gradient:2:0:1", "error:1:0", "error:0:1", "bias_gradient:1:0"].map((ref) => nameOf(told, ref)), ["∂C/∂w³₁₂", "δ²₁ = ∂C/∂z²₁", "∂C/∂a¹₂", "∂C/∂ biases 1 0"]);
});
