// The models of the three ways and of the cost of knowing: what is asked, what a link carries, and where a chart puts its numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as counting from "../../static/js/model/laboratory/counting.js";
import { across, axisOf, path, SIZE, spread, ticksOf, upward } from "../../static/js/model/laboratory/log_chart.js";
import * as ways from "../../static/js/model/laboratory/ways.js";
import { initialState } from "../../static/js/model/state.js";
import { makeTrace } from "./stage_fixture.js";

/** @param {Partial<ways.Ways>} [slice] @returns {any} */
const stateOf = (slice = {}) => ({ ...initialState({ trace: makeTrace([2, 2]) }), lab: { chosen: "ways", twin: null, marks: null, ways: { ...ways.initial, ...slice }, counting: counting.initial } });

test("an expression is asked for with its values, nesting and h; a network with the body of its trace", () => {
  assert.deepEqual(ways.call(stateOf({ nesting: 3, step: 0 })), { path: "graphs/derivatives", body: { expression: "sigmoid(w*x + b)", values: { w: 0.6, x: 1, b: 0.9 }, default_value: 1, nesting: 3, step_size: 0.1 } });
  const { path, body } = ways.call(stateOf({ source: "network" }));
  assert.equal(path, "derivatives");
  assert.equal(/** @type {any} */ (body).step_size, 1e-5);
  assert.ok("network" in body);
});

test("another h is the same question for the exact ways, another value is not", () => {
  assert.equal(ways.aboutOf(stateOf({ step: 2 })), ways.aboutOf(stateOf({ step: 9 })));
  assert.notEqual(ways.aboutOf(stateOf()), ways.aboutOf(stateOf({ values: { w: 0.7, x: 1, b: 0.9 } })));
  assert.notEqual(ways.aboutOf(stateOf()), ways.aboutOf(stateOf({ nesting: 2 })));
});

test("nesting and h stay within what there is, and another expression begins unnested", () => {
  const { initial, reduce } = ways;
  assert.equal(reduce(initial, { type: "nest", value: 0 }).nesting, 1);
  assert.equal(reduce(initial, { type: "nest", value: 99 }).nesting, ways.MOST_NESTED);
  assert.equal(reduce(initial, { type: "step", value: 99 }).step, ways.STEPS.length - 1);
  const nested = { ...initial, nesting: 4 };
  assert.equal(reduce(nested, { type: "expression", expression: "x", values: {} }).nesting, 1);
  assert.equal(reduce(nested, { type: "expression", expression: initial.expression, values: { w: 1, x: 1, b: 1 } }).nesting, 4);
});

test("a link carries the expression, and one that somebody bent carries none", () => {
  assert.equal(ways.write(ways.initial), "");
  const slice = { ...ways.initial, source: /** @type {const} */ ("network"), nesting: 2, step: 7, expression: "a = x\na*\"y\"", values: { x: -1e-9 } };
  assert.deepEqual(ways.read(ways.write(slice)), { source: "network", nesting: 2, step: 7, expression: slice.expression, values: { x: -1e-9 } });
  const bent = [
    "", "{", "[]", "null", "7", '["elsewhere",1,4,"x",{}]', '["expression",0,4,"x",{}]', '["expression",1.5,4,"x",{}]', '["expression",1,12,"x",{}]', '["expression",1,4,7,{}]',
    '["expression",1,4,"x",null]', '["expression",1,4,"x",{"x":"1"}]', '["expression",1,4,"x",{"<b>":1}]', `["expression",1,4,"${"x".repeat(2001)}",{}]`,
  ];
  for (const text of bent) assert.deepEqual(ways.read(text), {}, text);
});

test("a new name has the value that was used, and an old one is gone", () => {
  const answer = /** @type {any} */ ({ expression: "x + z", growth: [], values: { x: 1, z: 1 } });
  const told = ways.reduce(ways.initial, { type: "told", about: "", answer, isWhole: false });
  assert.deepEqual(told.values, { x: 1, z: 1 });
  assert.equal(ways.reduce(told, { type: "told", about: "", answer: { ...answer, values: { x: 1, z: 1 } }, isWhole: true }).values, told.values);
  assert.deepEqual(ways.reduce({ ...ways.initial, source: "network" }, { type: "told", about: "", answer, isWhole: true }).values, ways.initial.values);
});

test("the input chosen is kept as long as there is one of that name", () => {
  const answer = /** @type {any} */ ({ variables: [{ name: "w" }, { name: "x" }] });
  assert.equal(ways.chosenOf({ ...ways.initial, answer, by: "x" })?.name, "x");
  assert.equal(ways.chosenOf({ ...ways.initial, answer, by: "q" })?.name, "w");
  assert.equal(ways.chosenOf({ ...ways.initial, answer: null }), null);
});

test("the same expression is opened as a graph", () => {
  const address = ways.graphAddress(/** @type {any} */ ({ expression: "x & y # <b>", values: { x: -2, y: 1e-9 } }));
  const parts = new URLSearchParams(address.replace("/graphs#", ""));
  assert.deepEqual([parts.get("f"), parts.get("v")], ["x & y # <b>", "x:-2,y:1e-9"]);
});

test("where there is no SymPy the other two ways are whole", () => {
  const slice = ways.reduce(ways.initial, { type: "missing", detail: "Install it." });
  assert.deepEqual([slice.missing, slice.isWhole], ["Install it.", true]);
});

test("equal factors lie equally far apart on a logarithmic axis", () => {
  const axis = axisOf([3, 20_000], true);
  assert.deepEqual(axis, { low: 0, high: 5, isLog: true });
  assert.equal(across(axis, 1), SIZE.left);
  assert.equal(across(axis, 1e5), SIZE.width - SIZE.right);
  const steps = [1, 10, 100].map((value) => across(axis, 10 * value) - across(axis, value));
  for (const step of steps) assert.ok(Math.abs(step - Number(steps[0])) < 1e-9);
  assert.ok(upward(axis, 100) < upward(axis, 10));
  assert.deepEqual(ticksOf(axis), [1, 10, 100, 1000, 10_000, 100_000]);
  assert.ok(ticksOf({ low: -8, high: 9, isLog: true }).length <= 7);
});

test("an axis without numbers, with one number and with plain steps", () => {
  assert.deepEqual(axisOf([], true), { low: 0, high: 1, isLog: true });
  assert.deepEqual(axisOf([0, -1], true), { low: 0, high: 1, isLog: true });
  assert.deepEqual(axisOf([5], false), { low: 5, high: 6, isLog: false });
  assert.deepEqual(ticksOf(axisOf([1, 4], false)), [1, 2, 3, 4]);
  assert.equal(path([{ x: 1, y: 2 }, { x: 3.456, y: 4 }]), "M1.0 2.0L3.5 4.0");
});

test("names at the ends of lines keep apart and in their order", () => {
  assert.deepEqual(spread([100, 20, 101]), [100, 20, 119]);
  assert.deepEqual(spread([5, 4, 3]), [41, 22, 3]);
});

test("the cost of knowing is asked once for a network, and a link carries which series", () => {
  const state = stateOf();
  assert.equal(counting.aboutOf(state), counting.aboutOf({ ...state, trace: { ...state.trace } }));
  assert.equal(counting.call(state).path, "operation-counts");
  assert.equal(counting.write(counting.initial), "");
  assert.deepEqual(counting.read(counting.write({ ...counting.initial, series: "by_depth" })), { series: "by_depth" });
  assert.deepEqual(counting.read("elsewhere"), {});
});

test("the points of a series are its counts, or its seconds", () => {
  const rows = /** @type {any} */ ([{ parameters: 12, forward: 8, forward_seconds: 1e-6 }]);
  assert.deepEqual(counting.pointsOf(rows, "forward", false), [{ x: 12, y: 8 }]);
  assert.deepEqual(counting.pointsOf(rows, "forward", true), [{ x: 12, y: 1e-6 }]);
});

test("a measured time is told in the unit in which it is a number one can say", () => {
  assert.deepEqual([12, 0.05, 0.00013, 6.94e-6, 4e-8, 0].map(counting.timeIn), ["12 s", "50 ms", "130 µs", "6.9 µs", "40 ns", "0 ns"]);
});

test("while formulas are derived anew, what was counted of the same expression stays", () => {
  const answer = (/** @type {string} */ expression, /** @type {(number|null)[]} */ counts, /** @type {any} */ symbolic = null) => /** @type {any} */ ({ expression, symbolic, values: {}, growth: counts.map((count) => ({ derivatives: count, shared: count })) });
  const tell = (/** @type {ways.Ways} */ slice, /** @type {any} */ told) => ways.reduce(slice, { type: "told", about: "", answer: told, isWhole: told.symbolic !== null });
  const once = tell(ways.initial, answer("x", [9], {}));
  const counted = (/** @type {ways.Ways} */ { answer: told }) => told?.growth.map(({ derivatives }) => derivatives);
  assert.deepEqual(counted(tell(once, answer("x", [null, null]))), [9, null]);
  assert.deepEqual(counted(tell(once, answer("y", [null, null]))), [null, null]);
  assert.deepEqual(counted(tell(once, answer("x", [null, null], {}))), [null, null]);
});
