// The number format: the table of cases that the Python side repeats, and its two forms kept in step.
import assert from "node:assert/strict";
import test from "node:test";

import { digitsApart, NOT_FINITE, exactText, formatNumber, formatTex, formatTick } from "../../static/js/model/format.js";

/** @type {[number, string, string][]} */
const CASES = [
  [0, "0", "0"],
  [-0, "0", "0"],
  [1, "1", "1"],
  [-1, "−1", "-1"],
  [0.4, "0.4", "0.4"],
  [0.40000000000000002, "0.4", "0.4"],
  [0.5932699921, "0.5933", "0.5933"],
  [0.0363503, "0.03635", "0.03635"],
  [-0.0381, "−0.0381", "-0.0381"],
  [120, "120", "120"],
  [1234.5, "1235", "1235"],
  [9999.4, "9999", "9999"],
  [9999.6, "1·10⁴", "1\\times10^{4}"],
  [12345, "1.235·10⁴", "1.235\\times10^{4}"],
  [-2.5e15, "−2.5·10¹⁵", "-2.5\\times10^{15}"],
  [0.0001, "0.0001", "0.0001"],
  [0.00099996, "0.001", "0.001"],
  [0.000099996, "0.0001", "0.0001"],
  [0.00009999, "9.999·10⁻⁵", "9.999\\times10^{-5}"],
  [3.625e-5, "3.625·10⁻⁵", "3.625\\times10^{-5}"],
  [-4e-300, "−4·10⁻³⁰⁰", "-4\\times10^{-300}"],
  [2.03125, "2.031", "2.031"],
  [0.28125, "0.2813", "0.2813"],
  [-0.28125, "−0.2813", "-0.2813"],
  [NaN, "NaN", "\\text{NaN}"],
  [Infinity, "∞", "\\infty"],
  [-Infinity, "−∞", "-\\infty"],
];

test("numbers are written alike as text and as TeX", () => {
  for (const [value, plain, tex] of CASES) {
    assert.equal(formatNumber(value), plain);
    assert.equal(formatTex(value), tex);
  }
});

test("the number of digits can be set", () => {
  assert.equal(formatNumber(Math.PI, 1), "3");
  assert.equal(formatNumber(Math.PI, 2), "3.1");
  assert.equal(formatNumber(Math.PI, 10), "3.141592654");
  assert.equal(formatNumber(0.125, 2), "0.13", "ties go away from zero");
  assert.equal(formatNumber(-0.125, 2), "−0.13");
});

test("a missing number is said to be not finite, as JSON's null does not say more", () => {
  assert.equal(formatNumber(null), NOT_FINITE);
  assert.equal(formatNumber(undefined), NOT_FINITE);
});

test("the exact text reads back to the same number", () => {
  for (const value of [0.1 + 0.2, 1e-300, -7, 123456.789]) assert.equal(Number(exactText(value)), value);
  assert.equal(exactText(-0), "0");
  assert.equal(exactText(null), NOT_FINITE);
});

test("a tick is short: small and large ones are powers of ten", () => {
  const found = [0, 0.25, -0.5, 1, 0.003, 0.001, 0.0001, 0.0003, -0.00005, 1e-12, 99_999, 1e5, 2.5e7, NaN].map(formatTick);
  assert.deepEqual(found, ["0", "0.25", "−0.5", "1", "0.003", "0.001", "10⁻⁴", "3·10⁻⁴", "−5·10⁻⁵", "10⁻¹²", formatNumber(99_999, 3), "10⁵", "2.5·10⁷", "NaN"]);
});

test("two numbers that differ are written with the digits at which they are seen to, a few more at most", () => {
  assert.equal(digitsApart(0.149781, 0.149818, 4), 5);
  assert.equal(digitsApart(0.1, 0.2, 4), 4);
  assert.equal(digitsApart(1, 1 + 1e-12, 4), 4);
  assert.equal(digitsApart(null, 1, 4), 4);
});
