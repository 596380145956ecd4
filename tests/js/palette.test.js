// The signed ramp: its ends and middle are the tokens, and text on it stays readable in both themes.
import assert from "node:assert/strict";
import test from "node:test";

import { createPalette, fromOklab, parseColour, toOklab } from "../../static/js/model/palette.js";
import { DARK, LIGHT } from "./stage_fixture.js";

/** @param {string} colour */
function luminance(colour) {
  const [r = 0, g = 0, b = 0] = parseColour(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test("colours are read in every form a resolved token can have", () => {
  for (const text of ["#1f5fa8", "rgb(31, 95, 168)", "rgb(31 95 168)", " rgb(31,95,168) "]) assert.deepEqual(parseColour(text), [31, 95, 168]);
  assert.deepEqual(parseColour("#fff"), [255, 255, 255]);
  assert.deepEqual(parseColour("color(srgb 1 0 0.5)").map(Math.round), [255, 0, 128]);
});

test("OKLab and back is the same colour", () => {
  for (const colour of Object.values(LIGHT)) {
    for (const [at, part] of fromOklab(toOklab(parseColour(colour))).entries()) assert.ok(Math.abs(part - (parseColour(colour)[at] ?? 0)) < 0.01);
  }
});

test("the ramp runs from negative over neutral to positive", () => {
  for (const tokens of [LIGHT, DARK]) {
    const { ramp, sign } = createPalette(tokens);
    assert.deepEqual(parseColour(ramp(-1)), parseColour(tokens.neg));
    assert.deepEqual(parseColour(ramp(1)), parseColour(tokens.pos));
    assert.ok(contrast(ramp(0), tokens.mid) < 1.02);
    assert.equal(ramp(7), ramp(1), "beyond the ends it stays at the ends");
    assert.equal(ramp(NaN), ramp(0));
    assert.deepEqual([sign(-2), sign(2), sign(0)], [tokens.neg, tokens.pos, tokens.muted]);
  }
});

test("ink stands on what is now, muted on what is past, at every strength", () => {
  for (const tokens of [LIGHT, DARK]) {
    const { half } = createPalette(tokens);
    for (let t = -1; t <= 1; t += 0.125) {
      assert.ok(contrast(half(t, true), tokens.ink) >= 4.5, `now ${t}`);
      assert.ok(contrast(half(t, false), tokens.muted) >= 4.5, `past ${t}: ${contrast(half(t, false), tokens.muted)}`);
    }
  }
});

test("weak edges stay visible: lines start some way up the ramp", () => {
  const { line } = createPalette(LIGHT);
  assert.ok(contrast(line(0.01), LIGHT.bg) > contrast(LIGHT.mid, LIGHT.bg));
});
