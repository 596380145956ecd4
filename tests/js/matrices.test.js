// The cells of every form of matrix, from place to ref and back, and what a cell of a product is made from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, placeIn, sourcesOf, strongest } from "../../static/js/model/matrices.js";
import { isHeat, sizesOf } from "../../static/js/model/matrix_size.js";
import { smallTrace } from "./page_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").Factor} Factor */

const trace = smallTrace();

/** @param {Partial<Factor>} part @returns {Factor} */
function factor(part) {
  return { tex: "", ref: "", form: "matrix", rows: 1, columns: 1, words: "", under: "", scale: 1, result: false, example: null, cells: [], ...part };
}

/** @param {Factor} one @param {number} [example] */
function all(one, example = 0) {
  const cells = cellsOf(trace, example, one);
  return Array.from({ length: one.rows }, (_, row) => Array.from({ length: one.columns }, (_, column) => [cells.value(row, column), cells.ref(row, column), cells.example(row, column)]));
}

const WEIGHTS = factor({ ref: "weights:1", rows: 1, columns: 2 });
const FORMS = /** @type {[string, Factor, any][]} */ ([
  ["matrix", WEIGHTS, [[[0.25, "weights:1:0:0", null], [0.5, "weights:1:0:1", null]]]],
  ["transposed", factor({ ...WEIGHTS, form: "transposed", rows: 2, columns: 1 }), [[[0.25, "weights:1:0:0", null]], [[0.5, "weights:1:0:1", null]]]],
  ["column", factor({ ref: "activation:0", form: "column", rows: 2 }), [[[0, "activation:0:0", null]], [[1, "activation:0:1", null]]]],
  ["row", factor({ ref: "activation:0", form: "row", columns: 2 }), [[[0, "activation:0:0", null], [1, "activation:0:1", null]]]],
  ["diagonal", factor({ ref: "activation:0", form: "diagonal", rows: 2, columns: 2 }), [[[0, "activation:0:0", null], [0, "", null]], [[0, "", null], [1, "activation:0:1", null]]]],
  ["identity", factor({ form: "identity", rows: 2, columns: 2 }), [[[1, "", null], [0, "", null]], [[0, "", null], [1, "", null]]]],
  ["batch", factor({ ref: "error:1", form: "batch", columns: 2, scale: 0.5 }), [[[-0.035, "error:1:0", 0], [0.075, "error:1:0", 1]]]],
  ["batch_transposed", factor({ ref: "error:1", form: "batch_transposed", rows: 2 }), [[[-0.07, "error:1:0", 0]], [[0.15, "error:1:0", 1]]]],
  ["number", factor({ ref: "error:1:0", form: "number" }), [[[0.15, "error:1:0", null]]]],
  ["one example's", factor({ ref: "error:1", form: "column", example: 0 }), [[[-0.07, "error:1:0", 0]]]],
  ["cells", factor({ form: "cells", columns: 2, cells: [[0.5, null]] }), [[[0.5, "", null], [0, "", null]]]],
]);

for (const [form, one, expected] of FORMS) {
  test(`the cells of ${form}`, () => assert.deepEqual(all(one, 1), expected));

  test(`a number of the trace is found in ${form}`, () => {
    for (const [row, cells] of all(one, 1).entries()) {
      for (const [column, [, ref, example]] of cells.entries()) {
        if (ref) assert.deepEqual(placeIn(one, /** @type {string} */ (ref), typeof example === "number" ? example : 1), { row, column });
      }
    }
    assert.equal(placeIn(one, "weights:9:0:0", 1), null);
    assert.equal(placeIn(one, "cost", 1), null);
    assert.equal(placeIn(one, null, 1), null);
  });
}

test("zeros by structure are no numbers of the trace", () => {
  const diagonal = cellsOf(trace, 0, /** @type {Factor} */ (FORMS[4]?.[1]));
  assert.equal(diagonal.structural(0, 1), true);
  assert.equal(diagonal.structural(0, 0), false);
  assert.equal(cellsOf(trace, 0, /** @type {Factor} */ (FORMS[10]?.[1])).structural(0, 1), true);
});

test("each matrix has a scale of its own", () => {
  assert.equal(strongest(cellsOf(trace, 0, WEIGHTS), WEIGHTS), 0.5);
  const none = factor({ ref: "weights:7", rows: 1, columns: 1 });
  assert.equal(cellsOf(trace, 0, none).value(0, 0), null);
  assert.equal(strongest(cellsOf(trace, 0, none), none), 1);
});

const result = factor({ rows: 3, columns: 1, form: "column", result: true });

test("a cell of a product comes from a row and a column, elementwise factors give their own cell", () => {
  const row = ["\\Big(", factor({ rows: 3, columns: 2 }), factor({ form: "column", rows: 2 }), "\\Big)\\odot", factor({ form: "column", rows: 3 }), "=", result];
  assert.deepEqual(sourcesOf(row, { row: 1, column: 0 }), [
    { factor: 0, row: 1, column: null }, { factor: 1, row: null, column: 0 }, { factor: 2, row: 1, column: 0 },
  ]);
});

test("in an outer product each side gives one number", () => {
  const outer = [factor({ rows: 2, columns: 3, result: true }), "=", factor({ form: "column", rows: 2 }), "\\otimes", factor({ form: "row", columns: 3 })];
  assert.deepEqual(sourcesOf(outer, { row: 1, column: 2 }), [{ factor: 1, row: 1, column: 0 }, { factor: 2, row: 0, column: 2 }]);
});

test("of a longer product the first gives a row and the last a column", () => {
  const long = [factor({ rows: 1, columns: 4, form: "row", result: true }), "=", factor({ form: "row", columns: 2 }), "\\cdot", factor({ rows: 2, columns: 4 }), "\\cdot", factor({ form: "diagonal", rows: 4, columns: 4 })];
  assert.deepEqual(sourcesOf(long, { row: 0, column: 3 }), [{ factor: 1, row: 0, column: null }, { factor: 3, row: null, column: 3 }]);
});

test("numbers weigh what stands beside them, and a column under a transpose gives the row", () => {
  const weighed = [result, "=", factor({ form: "number" }), "\\cdot", factor({ form: "cells", rows: 3 }), "+", factor({ form: "number" }), "\\cdot", factor({ form: "cells", rows: 3 })];
  assert.deepEqual(sourcesOf(weighed, { row: 2, column: 0 }).map((one) => one.factor), [1, 2, 3, 4]);
  const lying = [factor({ form: "row", columns: 2, result: true }), "=2\\cdot\\Big(", factor({ form: "column", rows: 2 }), "-", factor({ form: "column", rows: 2 }), "\\Big)^t"];
  assert.deepEqual(sourcesOf(lying, { row: 0, column: 1 }), [{ factor: 1, row: 1, column: 0 }, { factor: 2, row: 1, column: 0 }]);
  assert.deepEqual(sourcesOf([factor({ rows: 3 }), ",\\quad", factor({ rows: 3 })], { row: 0, column: 0 }), []);
});

test("cells are as large as the room allows, and what nobody reads number by number is a picture", () => {
  const moment = { trace, example: 0, digits: 4 };
  const wide = factor({ ref: "weights:1", rows: 30, columns: 784 });
  assert.equal(isHeat(wide), true);
  const [large] = sizesOf(moment, [WEIGHTS], { width: 900, height: 400 });
  const [small] = sizesOf(moment, [WEIGHTS], { width: 160, height: 200 });
  assert.deepEqual([large?.cell.width, small?.cell.width, small?.cell.height], [88, 44, 28]);
  const sizes = sizesOf(moment, [wide, factor({ ref: "activation:0", form: "column", rows: 2 })], { width: 900, height: 400 });
  assert.deepEqual(sizes.map(({ heat }) => heat), [true, false]);
  assert.ok(sizes.reduce((sum, { width }) => sum + width, 0) <= 900);
});
