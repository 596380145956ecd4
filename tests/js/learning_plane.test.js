// The plane: examples where they belong, rows found among them, and nothing asked for that nobody sees.
import assert from "node:assert/strict";
import test from "node:test";

import { countOf, curveAfter, dotsOf, fieldAfter, kindOf, nextRows, placing, wrongCount } from "../../static/js/model/learning/plane.js";
import { wantsOf } from "../../static/js/model/learning/wants.js";
import { shown } from "./learning_fixture.js";

const BOX = { left: 10, top: 20, width: 100, height: 200 };
const FIELD = { size: 2, low: [-1, -2], high: [1, 2], values: [1, 2, 3, 4] };

test("the corners of the data are the corners of the paper, upwards", () => {
  const place = placing(FIELD, BOX);
  assert.deepEqual(place(-1, -2), { x: 10, y: 220 });
  assert.deepEqual(place(1, 2), { x: 110, y: 20 });
  assert.deepEqual(place(0, 0), { x: 60, y: 120 });
});

test("every example is a dot, those to learn from on top, with its class or its value", () => {
  const dots = dotsOf(/** @type {any} */ (shown().data), true);
  assert.deepEqual(dots.map(({ part, row, x, y, group }) => [part, row, x, y, group]), [["test", 0, 0.5, -0.5, 1], ["train", 0, 0, 0, 0], ["train", 1, 1, 1, 1]]);
  const values = dotsOf({ train: { inputs: [[2]], values: [[5]] }, test: { inputs: [] } }, false);
  assert.deepEqual(values.map(({ x, y, value }) => [x, y, value]), [[2, 5, 5]]);
});

test("wrong ones are counted among those that were measured", () => {
  assert.equal(wrongCount({ ...FIELD, wrong: { train: [1, 2], test: [0] } }), 3);
  assert.equal(wrongCount(FIELD), null);
  assert.equal(countOf(shown()), 300);
  assert.equal(countOf(shown({ samples: [] })), 300);
});

test("the next batch and what the update will change are shown while nothing moves", () => {
  const frame = { next_rows: [7, 3], boundary: { ...FIELD, after: { values: [4, 3, 2, 1], classes: null } }, curve: { x: [0], y: [[1]], after: [[2]] } };
  const paused = shown({ status: "paused", frame });
  assert.deepEqual(nextRows(paused), { rows: [7, 3], stepped: 7 });
  assert.deepEqual(nextRows({ ...paused, trace: /** @type {any} */ ({ example: 1 }) }).stepped, 3);
  assert.deepEqual(fieldAfter(paused)?.values, [4, 3, 2, 1]);
  assert.deepEqual(fieldAfter(paused)?.low, FIELD.low);
  assert.deepEqual(curveAfter(paused), { x: [0], y: [[2]] });
  const running = shown({ status: "running", frame });
  assert.deepEqual([nextRows(running), fieldAfter(running), curveAfter(running)], [{ rows: [], stepped: null }, null, null]);
});

test("what is drawn follows from the inputs and the targets", () => {
  const kinds = [[2, 2], [1, 1], [64, 10]].map((sizes) => kindOf(shown({ sizes }).session));
  assert.deepEqual(kinds, ["boundary", "curve", "confusion"]);
  assert.equal(kindOf(shown({ sizes: [5, 1], session: { data: { is_regression: true } } }).session), "none");
});

test("only what the page shows is asked for", () => {
  const plane = wantsOf(shown());
  assert.ok(plane.boundary && plane.maps && plane.edges && plane.layers && !plane.confusion && !plane.curve && !plane.histograms);
  assert.equal(plane.after, false);
  assert.equal(wantsOf(shown({ status: "paused" })).after, true);
  assert.equal(wantsOf(shown({ sizes: [2, 60, 60, 2] })).maps, undefined, "too many for maps");
  const digits = wantsOf(shown({ sizes: [64, 30, 10] }));
  assert.ok(digits.confusion && digits.mistakes && !digits.boundary && !digits.maps && digits.after === undefined);
  assert.equal(wantsOf(shown({ sizes: [64, 30, 10], more: { neuron: { layer: 1, neuron: 4 } } })).tile, 4);
  assert.equal(wantsOf(shown({ sizes: [64, 30, 10], more: { neuron: { layer: 2, neuron: 4 } } })).tile, undefined);
  assert.ok(wantsOf(shown({ sizes: [1, 5, 1] })).curve);
  assert.ok(wantsOf({ ...shown(), histograms: true }).histograms);
});
