// What may be shown when: a quantity is now at the step that writes it, past after it and absent before.
import assert from "node:assert/strict";
import test from "node:test";

import { isKnown, known } from "../../static/js/model/known.js";
import { makeTrace } from "./stage_fixture.js";

const { steps } = makeTrace([2, 3, 2]);

test("every quantity is future, then now, then past", () => {
  for (const [at, step] of steps.entries()) {
    for (const ref of step.writes.filter((one) => /:[1-9]/.test(one))) {
      for (let cursor = 0; cursor < steps.length; cursor++) {
        assert.equal(known(steps, cursor, ref), cursor < at ? "future" : cursor === at ? "now" : "past", `${ref} at ${cursor}`);
        assert.equal(known(steps, cursor, `${ref}:0`), known(steps, cursor, ref), "one number is known when its array is");
      }
    }
  }
});

test("parameters, inputs and targets are always there", () => {
  for (let cursor = 0; cursor < steps.length; cursor++) {
    for (const ref of ["weights:1:0:1", "biases:2:0", "target:2:1", "learning_rate"]) assert.equal(known(steps, cursor, ref), "given");
    assert.ok(isKnown(steps, cursor, "activation:0:1"));
  }
  assert.equal(known(steps, 0, "activation:0:1"), "now", "the step that puts them there is the input's");
});

test("an activated input appears with its own step", () => {
  const activated = [{ ...steps[0], writes: ["weighted_input:0"] }, { ...steps[1], writes: ["activation:0"] }];
  const list = /** @type {typeof steps} */ (activated);
  assert.equal(known(list, 0, "activation:0:0"), "future");
  assert.equal(known(list, 1, "activation:0:0"), "now");
});

test("coarser steps write several quantities at once", () => {
  const coarse = /** @type {typeof steps} */ ([{ ...steps[0], writes: ["weighted_input:1", "activation:1", "weighted_input:2"] }, { ...steps[1], writes: ["cost"] }]);
  for (const ref of ["weighted_input:1", "activation:1", "weighted_input:2"]) assert.equal(known(coarse, 0, ref), "now");
  assert.equal(known(coarse, 0, "cost"), "future");
});

test("what no step writes stays absent, as after a divergence", () => {
  assert.equal(known(steps, steps.length - 1, "error:0"), "future");
  assert.equal(known([], 0, "error:1"), "future");
});
