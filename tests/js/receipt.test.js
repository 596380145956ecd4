// The receipt and the inspector only look numbers up: each value carries its ref, old beside new.

import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf, refSymbol, subjectOf, writerOf } from "../../static/js/model/inspect.js";
import { receiptCsv, receiptRows, receiptTex, receiptText } from "../../static/js/model/receipt.js";
import { initialState } from "../../static/js/model/state.js";
import { smallTrace, step } from "./page_fixture.js";

const trace = smallTrace();
const state = { ...initialState({ trace }), cursor: 6 };

test("a vector lies in one row, a matrix has its own", () => {
  const column = receiptRows(trace, 0, step({ result: [[1], [2]], result_ref: "activation:1" }));
  assert.deepEqual(column.map((row) => row.map((entry) => entry?.now.ref)), [["activation:1:0", "activation:1:1"]]);
  const matrix = receiptRows(trace, 0, step({ result: [[1, 2], [3, 4]], result_ref: "weight_gradient:1", orientation: "matrix" }));
  assert.equal(matrix.length, 2);
  assert.equal(matrix[1]?.[0]?.now.ref, "weight_gradient:1:1:0");
  assert.equal(receiptRows(trace, 0, step({ result: 0.3, result_ref: "cost", orientation: "scalar" }))[0]?.[0]?.now.ref, "cost");
});

test("of a large matrix the beginning and the end are shown, and the CSV has it whole", () => {
  const result = Array.from({ length: 30 }, (_row, row) => Array.from({ length: 784 }, (_cell, column) => row + column / 1000));
  const large = step({ result, result_ref: "weight_gradient:1", orientation: "matrix", phase: "gradient" });
  const rows = receiptRows(trace, 0, large);
  assert.equal(rows.length, 8);
  assert.deepEqual(rows[7]?.map((entry) => entry?.now.ref ?? null), [0, 1, 2, 3, 4, 5, null, 783].map((column) => (column === null ? null : `weight_gradient:1:29:${column}`)));
  assert.ok(rows[6]?.every((entry) => entry === null));
  const column = receiptRows(trace, 0, step({ result: result.map(([first]) => [first ?? 0]), result_ref: "error:1" }));
  assert.equal(column[0]?.length, 8);
  const alone = { ...trace, steps: [large] };
  assert.equal(receiptCsv(alone, 0, 0).split("\n").length, 1 + 30 * 784);
  assert.match(receiptText(alone, 0, 0, 4), /0\.005\t…\t0\.783/);
  assert.match(receiptTex(alone, 0, 0, 4), /0\.005 & \\cdots & 0\.783/);
});

test("an update has old and new", () => {
  const rows = receiptRows(trace, 0, /** @type {any} */ (trace.steps[6]));
  assert.deepEqual(rows[0]?.map((entry) => [entry?.old?.value, entry?.now.value]), [[0.25, 0.2], [0.5, 0.5]]);
  assert.match(receiptText(trace, 0, 6, 4), /w²\t0\.25 → 0\.2/);
  assert.match(receiptCsv(trace, 0, 6), /7,update,updated_weights:1:0:0,0\.25,0\.2/);
  assert.match(receiptTex(trace, 0, 6, 4), /w\^2 &\\rightarrow \\begin\{bmatrix\} 0\.2 & 0\.5/);
});

test("whose number a ref is", () => {
  assert.equal(subjectOf(trace, "example_weight_gradient:1:0:1")?.kind, "weight");
  assert.equal(subjectOf(trace, "error:1:0")?.kind, "neuron");
  assert.equal(subjectOf(trace, "activation:0:1")?.kind, "input");
  assert.equal(subjectOf(trace, "cost")?.kind, "cost");
  for (const none of [null, "error:1", "error:9:0", "activation:0:7", "weights:0:0:0", "nonsense"]) assert.equal(subjectOf(trace, none), null);
});

test("symbols are the steps' own, with indices where the step has none", () => {
  assert.equal(refSymbol(trace, "weights:1:0:1").tex, "w^{2}_{12}");
  assert.equal(refSymbol(trace, "weighted_input:1:0").tex, "z^{2}_{1}");
  assert.equal(refSymbol(trace, "target:1:0").tex, "");
});

test("what is not computed yet is a step to go to, not a number", () => {
  const early = { ...state, cursor: 0 };
  const facts = factsOf(early, /** @type {any} */ (subjectOf(trace, "weights:1:0:0")));
  assert.equal(facts.find(({ ref }) => ref === "weights:1:0:0")?.later, null);
  assert.equal(facts.find(({ ref }) => ref === "updated_weights:1:0:0")?.later, 6);
});

test("a number leads to the step that writes it, a given one to none", () => {
  assert.equal(writerOf(trace, "weights:1:0:0"), null);
  assert.equal(writerOf(trace, "updated_weights:1:0:0"), 6);
  assert.equal(writerOf(trace, "weighted_input:1:0"), trace.steps.find((one) => one.writes.includes("weighted_input:1"))?.index);
});
