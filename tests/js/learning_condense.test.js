// Millions of costs: the extremes of every block are kept, and a frame pays for what it brings.
import assert from "node:assert/strict";
import test from "node:test";

import { condensed } from "../../static/js/model/learning/condense.js";
import { costChart } from "../../static/js/model/learning/series.js";
import { shown } from "./learning_fixture.js";
import { randomNumbers } from "./stage_fixture.js";

const next = randomNumbers(8);
const all = Float64Array.from({ length: 200_000 }, () => next());

/** @param {ArrayLike<number>} values */
const placesOf = (values) => { const { count, place } = condensed(values); return Array.from({ length: count }, (_, at) => place(at)); };

test("few costs are all looked at", () => {
  assert.deepEqual(placesOf([3, 1, 2]), [0, 1, 2]);
  assert.equal(placesOf(all.subarray(0, 5000)).length, 5000);
});

test("of many, the lowest and the highest of every block stay, in order, and the newest ones all", () => {
  for (const length of [100_000, 100_031, 200_000, 150_017]) {
    const values = all.subarray(0, length);
    const places = placesOf(values);
    assert.ok(places.length < length / 20);
    for (const [index, at] of places.entries()) if (index) assert.ok(at >= (places[index - 1] ?? 0));
    const kept = new Set(places);
    for (let block = 0; block + 64 <= length; block += 64) {
      const inside = [...values.subarray(block, block + 64)];
      assert.ok(kept.has(block + inside.indexOf(Math.min(...inside))) && kept.has(block + inside.indexOf(Math.max(...inside))));
    }
    for (let at = length - (length % 64); at < length; at++) assert.ok(kept.has(at));
  }
});

test("the chart of a very long run still shows its highest cost, and what is no number is left out", () => {
  const costs = new Float64Array(1_000_000).fill(0.5);
  costs[640_000] = NaN;
  costs[640_001] = 9;
  const state = shown({ samples: [] });
  state.history = { updates: Float64Array.from(costs, (_, at) => at), costs };
  const { columns: [x, each = []] } = costChart(state, 200);
  assert.ok(x.length < 1000, String(x.length));
  assert.equal(each[x.indexOf(640_001)], 9);
});
