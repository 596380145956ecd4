// Refs: taking apart, putting together, and finding numbers in a trace for one example of the batch.
import assert from "node:assert/strict";
import test from "node:test";

import { arrayRef, lookUp, makeRef, parseRef, valueOf } from "../../static/js/model/refs.js";

const TRACE = {
  cost: 0.3,
  costs: [0.2, 0.4],
  learning_rate: 0.5,
  layers: [
    { activation: [[1, 2], [3, 4]] },
    { weights: [[5, 6], [7, 8]], biases: [9, null], example_weight_gradient: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]] },
  ],
};

test("a ref is taken apart and put together again", () => {
  for (const text of ["cost", "error:1", "activation:1:0", "weights:2:10:1", "activation_jacobian:2:0:1"]) {
    const ref = parseRef(text);
    assert.ok(ref);
    assert.equal(makeRef(ref.quantity, ref.layer, ref.row, ref.column), text);
  }
  assert.equal(arrayRef("weights:2:0:1"), "weights:2");
  assert.equal(arrayRef("cost"), "cost");
});

test("what is no ref is null", () => {
  for (const text of ["", null, undefined, "Error:1", "error:x", "error:-1", "error:1:", "weights:1:2:3:4"]) {
    assert.equal(parseRef(text), null);
  }
});

test("numbers are found for the example that is stepped", () => {
  assert.equal(valueOf(TRACE, 1, "activation:0:1"), 4);
  assert.equal(valueOf(TRACE, 1, "weights:1:1:0"), 7, "weights are shared by the batch");
  assert.equal(valueOf(TRACE, 1, "example_weight_gradient:1:0:1"), 6);
  assert.equal(valueOf(TRACE, 0, "cost"), 0.3);
  assert.equal(valueOf(TRACE, 1, "costs"), 0.4);
  assert.equal(valueOf(TRACE, 0, "learning_rate"), 0.5);
});

test("what the trace does not have is null, and an array is not a number", () => {
  assert.equal(valueOf(TRACE, 0, "biases:1:1"), null);
  assert.equal(valueOf(TRACE, 0, "error:1:1"), null);
  assert.equal(valueOf(TRACE, 0, "weights:1"), null);
  assert.equal(valueOf(TRACE, 0, "weights:7:0:0"), null);
  assert.deepEqual(lookUp(TRACE, 0, "weights:1"), [[5, 6], [7, 8]]);
});
