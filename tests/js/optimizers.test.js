// Updates by an optimizer on the page: what it remembers goes into the next request, and stands on the stage, old to new.
// The trace is one that a test makes by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { nextRequest } from "../../static/js/model/retrace.js";
import { valueOf } from "../../static/js/model/refs.js";
import { draftOf, requestFrom } from "../../static/js/model/draft.js";
import { fingerprint, requestOf } from "../../static/js/model/state.js";

const MOMENTUM = /** @type {any} */ ({ name: "momentum", momentum: 0.9, l1: 0, l2: 0 });
const NETWORK = /** @type {any} */ ({ inputs: 1, layers: [{ size: 1, activation: "sigmoid" }], cost: "quadratic" });

/** @param {any} [more] @returns {any} */
function traced(more = {}) {
  return {
    network: NETWORK, parameters: { weights: [[[0.5]]], biases: [[0.1]] }, batch: { inputs: [[1]], targets: [[0]] }, learning_rate: 0.1,
    optimizer: MOMENTUM, optimizer_state: { updates: 3, layers: [{ weight_velocity: [[0.2]], bias_velocity: [0.3] }] },
    layers: [{ layer: 0 }, {
      layer: 1, weights: [[0.5]], biases: [0.1], weight_velocity: [[0.2]], bias_velocity: [0.3],
      updated_weights: [[0.4]], updated_biases: [0.05], updated_weight_velocity: [[0.28]], updated_bias_velocity: [0.37],
    }],
    ...more,
  };
}

test("a trace is asked for again with its optimizer and what that remembered", () => {
  const request = requestOf(traced());
  assert.deepEqual(request.optimizer, MOMENTUM);
  assert.deepEqual(request.optimizer_state, traced().optimizer_state);
});

test("plain gradient descent goes without saying", () => {
  const plain = requestOf(traced({ optimizer: { name: "gradient_descent", l1: 0, l2: 0 }, optimizer_state: undefined }));
  assert.equal("optimizer" in plain, false);
  assert.equal("optimizer_state" in plain, false);
  const priced = requestOf(traced({ optimizer: { name: "gradient_descent", l1: 0, l2: 0.1 } }));
  assert.equal(priced.optimizer?.l2, 0.1);
});

test("the next update begins with the new parameters and the new memory, counted on", () => {
  const trace = traced();
  const next = nextRequest({ request: requestOf(trace), trace });
  assert.deepEqual(next.parameters, { weights: [[[0.4]]], biases: [[0.05]] });
  assert.deepEqual(next.optimizer_state, { updates: 4, layers: [{ weight_velocity: [[0.28]], bias_velocity: [0.37] }] });
  assert.deepEqual(next.optimizer, MOMENTUM);
});

test("another memory is another request", () => {
  const [one, other] = [requestOf(traced()), requestOf(traced({ optimizer_state: { updates: 3, layers: [{ weight_velocity: [[0.21]], bias_velocity: [0.3] }] } }))];
  assert.notEqual(fingerprint(one), fingerprint(other));
});

test("what is remembered is one number a weight, whatever the example", () => {
  assert.equal(valueOf(traced(), 1, "updated_weight_velocity:1:0:0"), 0.28);
  assert.equal(valueOf(traced(), 1, "bias_velocity:1:0"), 0.3);
});

test("an edited setup keeps the optimizer, and its memory as long as the parameters stay", () => {
  const request = requestOf(traced());
  const draft = { ...draftOf(request), rate: "0.2" };
  const edited = requestFrom(draft, request, { hasTarget: true, sizeProblem: "", wiringProblem: () => "" }).request;
  assert.deepEqual([edited?.optimizer, edited?.optimizer_state], [MOMENTUM, request.optimizer_state]);
  const wider = requestFrom({ ...draft, inputs: "2", rows: [["1", "1"]] }, request, { hasTarget: true, sizeProblem: "", wiringProblem: () => "" }).request;
  assert.deepEqual([wider?.optimizer, wider?.optimizer_state], [MOMENTUM, undefined]);
});
