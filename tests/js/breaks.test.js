// Long equations break before signs and factors, short ones never, and nothing is lost or torn apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import { breaks } from "../../static/js/model/breaks.js";

/** @typedef {import("../../static/js/model/types.d.ts").Piece} Piece */

const number = { value: 0.4, ref: "" };
const matrix = { matrix: [Array.from({ length: 4 }, () => number)], ref: "weights:1" };

test("what is short stays whole", () => {
  /** @type {Piece[]} */
  const sum = ["=", number, "+", number];
  assert.deepEqual(breaks(sum), [sum]);
});

test("before the minus of an update and before a factor", () => {
  assert.deepEqual(breaks(["=", matrix, "-", number, "\\,", matrix]), [["=", matrix], ["{}- ", number, "\\,", matrix]]);
  assert.deepEqual(breaks(["=", matrix, matrix]), [["=", matrix], [matrix]]);
});

test("a sum of numbers breaks inside its brackets and after them", () => {
  const parts = breaks(["=\\left(", number, "\\cdot", number, "+", number, "\\cdot", number, "+", number, "\\cdot", number, "\\right)\\cdot ", number]);
  assert.deepEqual(parts, [["=(", number, "\\cdot", number], ["{}+ ", number, "\\cdot", number], ["{}+ ", number, "\\cdot", number, ")"], ["{}\\cdot ", number]]);
});

test("a sum of matrices breaks too, in brackets as high as they are", () => {
  const tall = { matrix: [[number, number], [number, number]], ref: "weights:2" };
  assert.deepEqual(breaks(["=\\left(", matrix, "+", matrix, "\\right)\\odot", matrix]), [["=\\bigl(", matrix], ["{}+ ", matrix, "\\bigr)"], ["{}\\odot ", matrix]]);
  assert.deepEqual(breaks(["=\\left(", tall, tall, "+", tall, "\\right)\\odot", tall]), [["=\\biggl(", tall], [tall], ["{}+ ", tall, "\\biggr)"], ["{}\\odot ", tall]]);
});

test("a sum of long symbols breaks, and of a joined one only the letters count", () => {
  const weight = { tex: "W^{[4]}[1,2]", ref: "weights:4:0:1", shape: "" };
  const value = { tex: "z^3_1", ref: "activation:3:0", shape: "" };
  const sum = ["=", weight, value, "+", weight, value, "+", weight, value, "+", weight, value];
  assert.deepEqual(breaks(sum).map((part) => part.length), [3, 3, 3, 3]);
  const joined = { tex: "\\begin{bmatrix}z^3\\\\z^2\\end{bmatrix}", ref: "joined_activation:4", shape: "4×1" };
  assert.equal(breaks(["=", { ...value, shape: "2×4" }, joined, "+", value, "+", value]).length, 1);
});

test("one matrix in its brackets and what stands round fractions stay whole", () => {
  assert.deepEqual(breaks(["=\\sigma\\left(", matrix, "\\right)"]).length, 1);
  assert.equal(breaks(["=\\frac{", matrix, "+", matrix, "}{", number, "}"]).length, 1);
});
