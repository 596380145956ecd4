// What the page knows of a lens: letters and layers as the text writes them, numbers in its scale, names of turned results.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actionFor } from "../../static/js/model/keys.js";
import { asTold, authorOfTrace, baseOf, lensNames, scaleOf, shownLayer, stageSymbol } from "../../static/js/model/lens.js";
import { resultName } from "../../static/js/model/receipt.js";
import { lensOf } from "../../static/js/model/url.js";
import { smallTrace, step } from "./page_fixture.js";

const stage = { weighted_input: "z^({l})_{i},{x}", error: "∂J/∂z^({l})_{i},{x}", activation: "a^{l}_{i}", activation_slope: "f′", output: "ŷ" };
const told = { ...smallTrace(), lens: { author: "Somebody", offset: 0, stage }, steps: [step({ quantity: "error", scale: 0.5 }), step({ quantity: "weight_gradient" })] };
const place = { layer: 1, row: 0, example: 1 };

test("a symbol has its layer above and its places below, as the text counts", () => {
  assert.deepEqual(stageSymbol(told, "error", place), { base: "∂J/∂z", upper: "(1)", lower: "1,2" });
  assert.deepEqual(stageSymbol(told, "activation", { ...place, layer: 0 }), { base: "a", upper: "0", lower: "1" });
  assert.deepEqual(stageSymbol(told, "activation_slope", place), { base: "f′" });
  assert.equal(baseOf(told, "error"), "∂J/∂z");
  assert.equal(shownLayer(told, 1), 1);
  assert.equal(shownLayer(smallTrace(), 1), 2);
  assert.equal(authorOfTrace(told), "Somebody");
});

test("an output with a name of its own is called by it", () => {
  assert.deepEqual(stageSymbol(told, "activation", place), { base: "ŷ" });
});

test("what a text scales is shown in its scale, with what one example gives", () => {
  assert.equal(scaleOf(told.steps, "error"), 0.5);
  assert.equal(scaleOf(told.steps, "weight_gradient"), 1);
  assert.equal(scaleOf(told.steps, "example_weight_gradient"), 0.5);
  assert.deepEqual(asTold(told, 1, "error:1:0"), { ref: "error:1:0", scale: 0.5, value: 0.075 });
  assert.deepEqual(asTold(told, 0, "activation:1:0"), { ref: "activation:1:0", scale: 1, value: 0.68 });
});

test("a number of a lying, turned or whole-batch result has its canonical name", () => {
  const name = (/** @type {any} */ orientation, scale = 1) => resultName({ result_ref: "q:1", orientation, scale }, 0, 2);
  assert.deepEqual(name("row"), { ref: "q:1:2" });
  assert.deepEqual(name("matrix"), { ref: "q:1:0:2" });
  assert.deepEqual(name("transposed matrix"), { ref: "q:1:2:0" });
  assert.deepEqual(name("matrix, one column an example", 0.25), { ref: "q:1:0", example: 2, scale: 0.25 });
  assert.deepEqual(resultName({ result_ref: "q:1", orientation: "column", scale: 1 }, 2, 0), { ref: "q:1:2" });
});

test("L goes through the texts in turn, with Shift back", () => {
  const catalogue = { textbooks: [{ name: "one" }, { name: "two" }, { name: "three" }] };
  const now = { playing: false, example: 0, rows: 1, lens: "one", lenses: lensNames(catalogue) };
  const key = { key: "L", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false };
  const where = { typing: false, pressing: false, choosing: false };
  assert.deepEqual(actionFor(key, where, now), { type: "textbook", value: "two" });
  assert.deepEqual(actionFor({ ...key, shiftKey: true }, where, now), { type: "textbook", value: "three" });
  assert.equal(actionFor(key, { ...where, typing: true }, now), null);
  assert.equal(lensOf(catalogue, { textbook: "two" }, null), "two");
  assert.equal(lensOf(catalogue, { textbook: "two" }, "three"), "three");
  assert.equal(lensOf(catalogue, { textbook: "" }, "nobody"), "one");
});
