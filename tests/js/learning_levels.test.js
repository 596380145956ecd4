// A level becomes a pixel by look-up: the ends are the ramp's own colours, everything beyond them is the end.
import assert from "node:assert/strict";
import test from "node:test";

import { classTables, fillClasses, fillLevels, greyTable, levelTable, pixelOf } from "../../static/js/model/learning/levels.js";
import { createPalette, parseColour } from "../../static/js/model/palette.js";
import { DARK, LIGHT } from "./stage_fixture.js";

/** The bytes a canvas would show. @param {Uint32Array} pixels @param {number} at */
const bytes = (pixels, at) => [...new Uint8Array(pixels.buffer, 4 * at, 4)];

test("a pixel is red, green, blue and opaque in the order a canvas stores", () => {
  assert.deepEqual(bytes(Uint32Array.of(pixelOf([1, 2, 3])), 0), [1, 2, 3, 255]);
});

test("negative levels are blue, positive ones orange, zero is the middle, in both themes", () => {
  for (const tokens of [LIGHT, DARK]) {
    const palette = createPalette(tokens);
    const pixels = new Uint32Array(3);
    fillLevels(pixels, [-100, 0, 100], levelTable(palette));
    const [low, middle, high] = [bytes(pixels, 0), bytes(pixels, 1), bytes(pixels, 2)];
    assert.ok((low[2] ?? 0) > (low[0] ?? 0), "blue");
    assert.ok((high[0] ?? 0) > (high[2] ?? 0), "orange");
    for (const [at, part] of parseColour(tokens.mid).entries()) assert.ok(Math.abs((middle[at] ?? 0) - part) <= 3);
  }
});

test("a stronger level is further from the middle, step by step", () => {
  const palette = createPalette(LIGHT);
  const table = levelTable(palette);
  const middle = bytes(table, 100);
  /** @param {number} at */
  const distance = (at) => bytes(table, at).reduce((sum, part, which) => sum + (part - (middle[which] ?? 0)) ** 2, 0);
  for (let level = 10; level <= 100; level += 10) {
    assert.ok(distance(100 + level) > distance(100 + level - 10));
    assert.ok(distance(100 - level) > distance(100 - level + 10));
  }
});

test("levels beyond the scale are its ends, and a missing one is the middle", () => {
  const table = levelTable(createPalette(LIGHT));
  const pixels = new Uint32Array(4);
  fillLevels(pixels, [-500, 500, /** @type {any} */ (null)], table);
  assert.deepEqual([...pixels], [table[0], table[200], table[100], table[100]]);
});

test("a class has its own colour, nearer to the paper the narrower the answer", () => {
  const tables = classTables(["#1f5fa8", "#b8500b", "#0b7a75"], "#ffffff");
  const pixels = new Uint32Array(3);
  fillClasses(pixels, [100, 100, 0], [0, 1, 1], tables);
  assert.equal(pixels[0], tables[0]?.[100]);
  assert.equal(pixels[1], tables[1]?.[100]);
  const [sure, narrow] = [bytes(pixels, 1), bytes(pixels, 2)];
  for (let part = 0; part < 3; part++) assert.ok((narrow[part] ?? 0) > (sure[part] ?? 0), "paler on white paper");
});

test("greys run from the quiet paper to ink", () => {
  const table = greyTable(createPalette(LIGHT));
  assert.deepEqual(bytes(table, 0).slice(0, 3), parseColour(LIGHT.sunk));
  assert.deepEqual(bytes(table, 255).slice(0, 3), parseColour(LIGHT.ink));
});
