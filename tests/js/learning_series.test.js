// The curves as tables: every line over one axis, ends that hold still, and a reading that is a value that was measured.
import assert from "node:assert/strict";
import test from "node:test";

import { accuracyChart, acrossOf, costChart, fellFar, layerChart, nearestSample, readAt } from "../../static/js/model/learning/series.js";
import { sampleAt, shown } from "./learning_fixture.js";

test("the axis counts epochs, ends on a round one, and never beyond what is planned", () => {
  assert.deepEqual(acrossOf(shown({ update: 1000 })), { end: 1200, head: 1000, per: 24, unit: "epoch", ticks: [0, 480, 960].map(Number) });
  assert.equal(acrossOf(shown({ update: 1300 })).end, 62 * 24);
  assert.equal(acrossOf(shown({ update: 100, reached: 1300 })).head, 100);
  assert.equal(acrossOf(shown({ update: 3000 })).end, 3000, "gone on beyond the plan");
});

test("where the size of batches was changed the axis counts updates", () => {
  const { unit, per, end } = acrossOf(shown({ update: 300, session: { changes: [{ at: 20, training: { batch_size: 50 } }] } }));
  assert.deepEqual([unit, per, end], ["update", 1, 500]);
  assert.equal(acrossOf(shown({ session: { changes: [{ at: 20, training: { batch_size: 10, learning_rate: 1 } }] } })).unit, "epoch");
});

test("the cost of every update and the measured costs share one axis, each value at its update", () => {
  const state = shown({ update: 100 });
  const { columns: [x, each, train, test_], lines, axis } = costChart(state, 400);
  assert.deepEqual(lines.map(({ name }) => name), ["each", "train", "test"]);
  for (const [at, update] of x.entries()) {
    if (each?.[at] !== null) assert.equal(each?.[at], 1 / update);
    if (train?.[at] !== null) assert.equal(train?.[at], 1 / (1 + update));
    if (test_?.[at] !== null) assert.equal(test_?.[at], 2 / (1 + update));
  }
  assert.equal(x.length, 101);
  assert.ok(axis.low === 0 && axis.high >= 2);
});

test("a cost that is no number leaves a gap, and on a log scale so does zero", () => {
  const state = shown({ update: 3, samples: [] });
  state.history = { updates: [1, 2, 3], costs: /** @type {any} */ ([1, null, 0]) };
  assert.deepEqual(costChart(state, 400).columns[1], [1, null, 0]);
  const { columns, axis } = costChart(state, 400, true);
  assert.deepEqual(columns[1], [1, null, null]);
  assert.ok(axis.log && axis.low > 0);
});

test("no accuracy where values are learned, and an axis that holds what there is", () => {
  assert.equal(accuracyChart(shown({ samples: [sampleAt(1, { train_accuracy: null, test_accuracy: null })] })), null);
  assert.deepEqual(accuracyChart(shown({ samples: [sampleAt(1, { train_accuracy: 0.96, test_accuracy: 0.93 })] }))?.axis.ticks, [0.9, 0.95, 1]);
  assert.equal(accuracyChart(shown({ samples: [sampleAt(1, { train_accuracy: 0.1 })] }))?.axis.low, 0);
});

test("a line for each layer, inside its log axis; a gradient of zero is a gap", () => {
  const { columns, lines, axis } = layerChart(shown({ samples: [sampleAt(0), sampleAt(9, { gradient_norm: [0, 1e-6, 30] })] }), "gradient_norm");
  assert.deepEqual(lines.map(({ name }) => name), ["1", "2", "3"]);
  assert.deepEqual(columns.slice(1), [[0.1, null], [0.2, 1e-6], [0.3, 30]]);
  assert.ok(axis.low <= 1e-6 && axis.high >= 30);
});

test("a reading is the last value measured at or before an update", () => {
  const chart = costChart(shown({ update: 100 }), 400);
  assert.deepEqual(readAt(chart, 75), [1 / 75, 1 / 51, 2 / 51]);
  assert.deepEqual(readAt(chart, 0), [1, 1, 2], "the first cost is known from the first update on");
  assert.deepEqual(readAt(chart, 1e9), [1 / 100, 1 / 101, 2 / 101]);
});

test("a cost that fell far asks for a log scale", () => {
  assert.equal(fellFar(shown({ samples: [sampleAt(0, { train_cost: 2 }), sampleAt(9, { train_cost: 0.02 })] })), false);
  assert.equal(fellFar(shown({ samples: [sampleAt(0, { train_cost: 2 }), sampleAt(9, { train_cost: 0.002 })] })), true);
  assert.equal(fellFar(shown({ samples: [] })), false);
});

test("what is pointed at is the nearest sample", () => {
  const samples = [0, 10, 40].map((update) => sampleAt(update));
  assert.deepEqual([-5, 0, 4, 6, 10, 24, 26, 99].map((update) => nearestSample(samples, update)), [0, 0, 0, 1, 1, 1, 2, 2]);
  assert.equal(nearestSample([], 5), 0);
});
