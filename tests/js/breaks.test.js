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

test("brackets that grow round matrices and fractions stay whole", () => {
  assert.deepEqual(breaks(["=\\left(", matrix, "+", matrix, "\\right)\\odot", matrix]), [["=\\left(", matrix, "+", matrix, "\\right)"], ["{}\\odot ", matrix]]);
  assert.equal(breaks(["=\\frac{", matrix, "+", matrix, "}{", number, "}"]).length, 1);
});
