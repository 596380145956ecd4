// Axes: round numbers, everything inside, and labels that never cover each other.
import assert from "node:assert/strict";
import test from "node:test";

import { fromZero, linearTicks, logAxis, niceAbove, setApart } from "../../static/js/model/learning/ticks.js";
import { randomNumbers } from "./stage_fixture.js";

test("the next round number is one, two or five times a power of ten", () => {
  const found = [0.07, 0.1, 0.11, 0.3, 1, 1.2, 4.9, 5, 6, 41, 201].map(niceAbove);
  assert.deepEqual(found, [0.1, 0.1, 0.2, 0.5, 1, 2, 5, 5, 10, 50, 500]);
  assert.equal(niceAbove(0), 1);
  assert.equal(niceAbove(NaN), 1);
});

test("ticks are round, evenly spaced and within the ends", () => {
  assert.deepEqual(linearTicks(0, 62, 4), [0, 20, 40, 60]);
  assert.deepEqual(linearTicks(-1.1, 1.1, 5), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(linearTicks(0, 0.3, 3), [0, 0.1, 0.2, 0.3]);
});

test("an axis from zero holds its largest value and has a tick at both ends", () => {
  const next = randomNumbers(2);
  for (let turn = 0; turn < 200; turn++) {
    const most = Math.abs(next()) * 10 ** Math.round(next() * 6);
    const { low, high, ticks } = fromZero(most);
    assert.equal(low, 0);
    assert.ok(high >= most * (1 - 1e-9), `${most} in ${high}`);
    assert.ok(high <= most * 2.1, `${high} is far above ${most}`);
    assert.equal(ticks[0], 0);
    assert.equal(ticks[ticks.length - 1], high);
  }
  assert.ok(fromZero(-Infinity).high > 0);
});

test("a log axis holds its values between marks, with two ticks at least", () => {
  const next = randomNumbers(3);
  for (let turn = 0; turn < 200; turn++) {
    const least = 10 ** (next() * 8);
    const most = least * 10 ** (Math.abs(next()) * 7);
    const { low, high, ticks } = logAxis(least, most);
    assert.ok(low <= least && high >= most, `${least} … ${most} in ${low} … ${high}`);
    assert.ok(high / low >= 9.99);
    assert.ok(ticks.length >= 2 && ticks.length <= 4, ticks.join(" "));
    for (const tick of ticks) assert.ok(tick >= low && tick <= high * 1.000001);
  }
  assert.deepEqual(logAxis(Infinity, -Infinity), { low: 0.1, high: 1, ticks: [0.1, 1] });
  assert.deepEqual(logAxis(0.08, 0.5).ticks, [0.03, 0.1, 0.3, 1]);
});

test("labels keep their distance and their order, and stay where there is room", () => {
  assert.deepEqual(setApart([10, 60], 15, 0, 100), [10, 60]);
  const next = randomNumbers(6);
  for (let turn = 0; turn < 100; turn++) {
    const wanted = Array.from({ length: 5 }, () => 50 + 50 * next());
    const placed = setApart(wanted, 15, 0, 100);
    const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
    for (const [index, at] of order.entries()) {
      if (index) assert.ok((placed[at] ?? 0) - (placed[order[index - 1] ?? 0] ?? 0) >= 15 - 1e-9);
      assert.ok((placed[at] ?? -1) >= 0 && (placed[at] ?? 101) <= 100);
    }
  }
});
