// Contours judged by what they are for: on a known field they lie where the field is zero, each line once and in one piece.
import assert from "node:assert/strict";
import test from "node:test";

import { bordersOf, contoursOf } from "../../static/js/model/learning/contours.js";
import { randomNumbers } from "./stage_fixture.js";

const SIZE = 41;

/** @param {(x: number, y: number) => number} of @param {number} [size] */
const field = (of, size = SIZE) => Array.from({ length: size * size }, (_, at) => of(at % size, Math.floor(at / size)));

/** @param {number[]} line @returns {[number, number][]} */
const points = (line) => Array.from({ length: line.length / 2 }, (_, at) => [line[2 * at] ?? 0, line[2 * at + 1] ?? 0]);

test("a circle is one closed line at its radius", () => {
  const lines = contoursOf(field((x, y) => Math.hypot(x - 20, y - 20) - 12), SIZE, SIZE);
  assert.equal(lines.length, 1);
  const [line = []] = lines;
  for (const [x, y] of points(line)) assert.ok(Math.abs(Math.hypot(x - 20, y - 20) - 12) < 0.02, `${x} ${y}`);
  assert.deepEqual(line.slice(0, 2), line.slice(-2));
});

test("a slanted straight border is met exactly and reaches both ends of the paper", () => {
  const lines = contoursOf(field((x, y) => x + 0.5 * y - 20.3), SIZE, SIZE);
  assert.equal(lines.length, 1);
  const ends = points(lines[0] ?? []);
  for (const [x, y] of ends) assert.ok(Math.abs(x + 0.5 * y - 20.3) < 1e-9);
  assert.deepEqual([ends[0]?.[1], ends[ends.length - 1]?.[1]].sort((a = 0, b = 0) => a - b), [0, 40]);
});

test("a field of one sign has no contour", () => {
  assert.deepEqual(contoursOf(field(() => 3), SIZE, SIZE), []);
  assert.deepEqual(contoursOf(field(() => -3), SIZE, SIZE), []);
});

test("every side of a square that changes sign is crossed once, where the two values meet, for any field", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const next = randomNumbers(seed);
    const size = 13;
    const values = field(() => next(), size);
    const at = (/** @type {number} */ x, /** @type {number} */ y) => values[y * size + x] ?? 0;
    /** @type {string[]} */
    const wanted = [];
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const here = at(x, y);
        if (x + 1 < size && here > 0 !== at(x + 1, y) > 0) wanted.push(`${(x + here / (here - at(x + 1, y))).toFixed(6)} ${y.toFixed(6)}`);
        if (y + 1 < size && here > 0 !== at(x, y + 1) > 0) wanted.push(`${x.toFixed(6)} ${(y + here / (here - at(x, y + 1))).toFixed(6)}`);
      }
    }
    const found = contoursOf(values, size, size).flatMap((line) => {
      const all = points(line).map(([x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}`);
      return all.length > 2 && all[0] === all[all.length - 1] ? all.slice(1) : all;
    });
    assert.deepEqual(found.sort(), wanted.sort(), `field ${seed}`);
  }
});

test("neighbouring points of a line lie in one square", () => {
  const next = randomNumbers(9);
  for (const line of contoursOf(field(() => next()), SIZE, SIZE)) {
    const all = points(line);
    for (const [index, [x, y]] of all.slice(1).entries()) {
      const [x0, y0] = all[index] ?? [0, 0];
      assert.ok(Math.abs(x - x0) <= 1 && Math.abs(y - y0) <= 1);
    }
  }
});

test("where two corners lie across, their middle says which are joined", () => {
  // Joined through the middle, the two upper corners are one region, so the lines cut off the other two corners.
  const joined = contoursOf([3, -1, -1, 3], 2, 2);
  const apart = contoursOf([1, -3, -3, 1], 2, 2);
  assert.equal(joined.length, 2);
  assert.equal(apart.length, 2);
  /** @param {number[][]} lines @param {number} x @param {number} y whether some line comes near to a corner */
  const cuts = (lines, x, y) => lines.some((line) => points(line).every(([px, py]) => Math.hypot(px - x, py - y) < 0.8));
  assert.ok(cuts(joined, 1, 0) && cuts(joined, 0, 1));
  assert.ok(cuts(apart, 0, 0) && cuts(apart, 1, 1));
});

test("three regions have a border between each two, and none within", () => {
  const classes = field((x, y) => (y < 20 ? (x < 20 ? 0 : 1) : 2));
  const lines = bordersOf(classes, field(() => 50), SIZE, SIZE);
  for (const [x, y] of lines.flatMap(points)) {
    const onAcross = Math.abs(y - 19.5) <= 0.5;
    const onDown = Math.abs(x - 19.5) <= 0.5 && y <= 20;
    assert.ok(onAcross || onDown, `${x} ${y}`);
  }
  assert.ok(lines.flatMap(points).some(([x, y]) => x === 19.5 && y === 10));
  assert.ok(lines.flatMap(points).some(([x, y]) => x === 30 && y === 19.5));
});

test("a border runs nearer to the less certain side", () => {
  const classes = field((x) => (x < 20 ? 0 : 1));
  const leads = field((x) => (x < 20 ? 10 : 30));
  for (const [x] of bordersOf(classes, leads, SIZE, SIZE).flatMap(points)) assert.ok(Math.abs(x - 19.25) < 1e-6);
});
