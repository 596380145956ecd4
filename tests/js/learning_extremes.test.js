// Thinning keeps what a line of so many pixels shows; nothing is averaged and no spike is lost.
import assert from "node:assert/strict";
import test from "node:test";

import { aligned, keepExtremes } from "../../static/js/model/learning/extremes.js";
import { randomNumbers } from "./stage_fixture.js";

test("of fifty thousand costs every pixel keeps its lowest and its highest, and few points remain", () => {
  const next = randomNumbers(4);
  const costs = Float64Array.from({ length: 50_000 }, () => next());
  const pixels = 300;
  const kept = keepExtremes(costs.length, (at) => at, [(at) => costs[at]], pixels);
  assert.ok(kept.length <= 2 * pixels + 4, String(kept.length));
  assert.deepEqual(kept, [...kept].sort((a, b) => a - b));
  assert.equal(new Set(kept).size, kept.length);
  const chosen = new Set(kept);
  const width = (costs.length - 1) / pixels;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const inside = Array.from({ length: costs.length }, (_, at) => at).slice(Math.ceil(pixel * width), Math.ceil((pixel + 1) * width)).filter((at) => at > 0 && at < costs.length - 1);
    const most = inside.reduce((best, at) => ((costs[at] ?? 0) > (costs[best] ?? 0) ? at : best), inside[0] ?? 0);
    const least = inside.reduce((best, at) => ((costs[at] ?? 0) < (costs[best] ?? 0) ? at : best), inside[0] ?? 0);
    assert.ok(chosen.has(most) && chosen.has(least), `pixel ${pixel}`);
  }
});

test("first and last always stay, and a spike of one update does", () => {
  const costs = new Float64Array(10_000).fill(1);
  costs[7777] = 50;
  const kept = keepExtremes(costs.length, (at) => at, [(at) => costs[at]], 100);
  assert.equal(kept[0], 0);
  assert.equal(kept[kept.length - 1], 9999);
  assert.ok(kept.includes(7777));
});

test("few points stay all", () => {
  assert.deepEqual(keepExtremes(5, (at) => at, [(at) => at], 100), [0, 1, 2, 3, 4]);
  assert.deepEqual(keepExtremes(0, (at) => at, [], 100), []);
});

test("what is not a number is never an extreme", () => {
  const values = Array.from({ length: 5000 }, (_, at) => (at % 3 === 0 ? null : at % 3 === 1 ? NaN : at % 2));
  const kept = keepExtremes(values.length, (at) => at, [(at) => values[at]], 50).slice(1, -1);
  for (const at of kept) assert.ok(Number.isFinite(values[at]), String(at));
});

test("old costs, thinned already, and new ones, dense, share the axis by place and not by number", () => {
  const x = [...Array.from({ length: 1000 }, (_, at) => at * 100), ...Array.from({ length: 20_000 }, (_, at) => 100_000 + at)];
  const kept = keepExtremes(x.length, (at) => x[at] ?? 0, [(at) => at % 7], 200);
  const old = kept.filter((at) => (x[at] ?? 0) < 100_000).length;
  assert.ok(old > 300, String(old));
});

test("lines over different places are laid over one axis, with null where one has nothing", () => {
  const table = aligned([{ x: [1, 2, 3, 5], columns: [[10, 20, 30, 50]] }, { x: [0, 2, 4], columns: [[0, 2, 4], [null, 22, 44]] }]);
  assert.deepEqual(table, [[0, 1, 2, 3, 4, 5], [null, 10, 20, 30, null, 50], [0, null, 2, null, 4, null], [null, null, 22, null, 44, null]]);
  assert.deepEqual(aligned([{ x: [], columns: [[]] }]), [[], []]);
});
