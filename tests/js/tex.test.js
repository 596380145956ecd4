// Pieces become TeX with refs, break where they may, and are read aloud as plain words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lineTex, resultFirst, segments, withoutName } from "../../static/js/model/tex.js";
import { lineWords, texWords } from "../../static/js/model/tex_words.js";

/** @typedef {import("../../static/js/model/types.d.ts").Piece} Piece */

const weights = { matrix: [[{ value: 0.4, ref: "weights:2:0:0" }, null, { value: -0.5, ref: "weights:2:0:5" }]], ref: "weights:2" };
const result = { matrix: [[{ value: 0.1, ref: "error:1:0" }]], ref: "error:1", result: true };

test("every number has its place, and the structure does not depend on the numbers", () => {
  const line = (/** @type {number} */ value) => lineTex(["z=", { value, ref: "a:1:0" }, "+", { value: 2, ref: "b:1:0", paren: true }], 4);
  assert.equal(line(1.23456).structure, line(7).structure);
  assert.deepEqual(line(7).numbers.map(({ ref }) => ref), ["a:1:0", "b:1:0"]);
  assert.match(line(7).tex, /\\htmlData\{n=0\}\{7\}/);
});

test("a negative factor is bracketed, and the structure knows", () => {
  const line = (/** @type {number} */ value) => lineTex([{ value, ref: "x:1:0", paren: true }], 4);
  assert.match(line(-2).tex, /^\(.*\{\{-\}2\}.*\)$/);
  assert.notEqual(line(-2).structure, line(2).structure);
});

test("left out rows and columns are dots", () => {
  assert.match(lineTex([weights], 4).tex, /&\\cdots&/);
  const tall = { matrix: [[{ value: 1, ref: "" }, null], [null, null], [{ value: 2, ref: "" }, null]] };
  assert.match(lineTex([tall], 4).tex, /\\vdots&\\ddots/);
});

test("only refs and numbers go into the attributes", () => {
  assert.match(lineTex([{ tex: "\\delta^3", ref: "error:2" }], 4).tex, /^\{\\htmlData\{ref=error:2\}\{\\delta\^3\}\}$/);
});

test("a line breaks before its equals signs, not inside brackets", () => {
  /** @type {Piece[]} */
  const line = ["\\delta^2=\\left(", weights, "\\right)\\odot", weights, "=", result];
  assert.equal(segments(line).length, 3);
  assert.equal(segments(["\\sum_{j=1}^n", { tex: "a", ref: "a:1" }]).length, 1);
});

test("the result comes first, then the shortest form, and the name is left out", () => {
  /** @type {Piece[]} */
  const line = ["\\delta^2=\\left(", weights, "\\right)", "=", weights, "=", result];
  const parts = resultFirst(line);
  assert.deepEqual(parts[0], [result]);
  assert.deepEqual(parts[1], ["=", weights]);
  assert.equal(parts.length, 3);
});

test("a line that only names its result stays as it is", () => {
  assert.deepEqual(resultFirst(["a^1=", result]), [["a^1"], ["=", result]]);
});

test("a line under its own symbols goes on with an equals sign", () => {
  assert.deepEqual(withoutName([{ tex: "z^2_1", ref: "" }, "=", weights]), [["=", weights]]);
  assert.deepEqual(withoutName([weights, "=", result])[0], ["=", weights]);
});

test("plain words for a screen reader", () => {
  assert.equal(texWords("\\Delta C\\approx\\delta\\,\\Delta z"), "Δ C≈δ Δ z");
  assert.equal(texWords("=\\htmlClass{changed}{w^{3,\\mathrm{new}}_{11}}"), "= w^3, new_11");
  assert.equal(texWords("\\delta^3=\\left(w^3\\right)^T\\odot\\sigma'(z^2)"), "δ^3= (w^3 )^T⊙σ'(z^2)");
  assert.equal(lineWords(["a=", weights], 4), "a= [0.4, …, −0.5]");
});

test("an arrow to the left is no bracket that grows", () => {
  const w = { tex: "W", ref: "weights:1", shape: "2×4" };
  assert.ok(!lineTex([w, "\\leftarrow ", w], 4).tex.includes("\\smash"));
  assert.ok(lineTex(["\\left(", w, "\\right)"], 4).tex.includes("\\smash"));
});
