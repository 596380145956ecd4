// Typed numbers, edited requests, and the draft of the editor.

import assert from "node:assert/strict";
import { test } from "node:test";
import { layersNamed, refusalInTable, without } from "../../static/js/model/draft_wiring.js";
import { blankDraft, draftOf, fitted, requestFrom, sameShape, sizeOf } from "../../static/js/model/draft.js";
import { readNumber, withValue } from "../../static/js/model/edit.js";
import { requestOf } from "../../static/js/model/state.js";
import { smallTrace } from "./page_fixture.js";

const trace = smallTrace();
const request = requestOf(trace);
const about = { wiringProblem: (/** @type {number} */ most) => `layers 1 to ${most}`, hasTarget: true, sizeProblem: "a size" };

test("numbers are read as people write them", () => {
  for (const [text, value] of /** @type {[string, number][]} */ ([["0.25", 0.25], [" −3 ", -3], ["1e-4", 1e-4], [".5", 0.5], ["0,5", 0.5], ["3·10^-5", 3e-5], ["+2", 2]])) {
    assert.equal(readNumber(text).value, value, text);
  }
});

test("what is no number is said to be none", () => {
  for (const text of ["", "abc", "1.2.3", "0x10", "Infinity", "NaN", "1e999", "--1"]) {
    const { value, problem } = readNumber(text);
    assert.equal(value, null, text);
    assert.notEqual(problem, "");
  }
});

test("an edit changes one number and nothing of the old request", () => {
  const before = JSON.stringify(request);
  assert.equal(withValue(request, "weights:1:0:1", 9, 0, trace).parameters?.weights[0]?.[0]?.[1], 9);
  assert.equal(withValue(request, "biases:1:0", 9, 0, trace).parameters?.biases?.[0]?.[0], 9);
  assert.equal(withValue(request, "weighted_input:0:1", 9, 1, trace).batch.inputs[1]?.[1], 9);
  assert.equal(withValue(request, "target:1:0", 9, 1, trace).batch.targets?.[1]?.[0], 9);
  assert.equal(JSON.stringify(request), before);
});

test("drawn parameters stay a seed until one of them is edited", () => {
  const initialization = { scheme: "nielsen", seed: 3 };
  const drawn = { ...trace, initialization };
  const seeded = requestOf(drawn);
  assert.deepEqual([seeded.initialization, seeded.parameters], [initialization, undefined]);
  const input = withValue(seeded, "weighted_input:0:1", 9, 1, drawn);
  assert.deepEqual([input.initialization, input.parameters], [initialization, undefined]);
  const edited = withValue(seeded, "weights:1:0:1", 9, 0, drawn);
  assert.equal(edited.initialization, undefined);
  assert.deepEqual(edited.parameters, { ...trace.parameters, weights: [[[trace.parameters.weights[0]?.[0]?.[0], 9]]] });
  const other = { ...seeded, initialization: { scheme: "nielsen", seed: 4 } };
  assert.equal(withValue(other, "weights:1:0:1", 9, 0, drawn), other, "what is shown was not drawn like this");
});

test("a draft that was not touched gives the request back", () => {
  const draft = fitted(draftOf(request));
  const { request: again, complaints } = requestFrom(draft, request, about);
  assert.deepEqual(complaints, []);
  assert.deepEqual(again?.parameters, request.parameters);
  assert.deepEqual(again?.batch, request.batch);
  assert.equal(again?.learning_rate, 0.5);
});

test("another shape draws new weights", () => {
  const draft = fitted({ ...draftOf(request), layers: [{ size: "3", activation: "tanh", sources: "", adds: "" }, { size: "1", activation: "sigmoid", sources: "", adds: "" }] });
  assert.ok(!sameShape(draft, request));
  const { request: made } = requestFrom(draft, request, about);
  assert.equal(made?.parameters, undefined);
  assert.deepEqual(made?.initialization, { scheme: "xavier_normal", seed: 1 });
});

test("the batch follows the shape and keeps what fits", () => {
  const draft = fitted({ ...draftOf(request), inputs: "3" });
  assert.deepEqual(draft.rows, [["1", "1", "0"], ["0", "1", "0"]]);
  assert.deepEqual(fitted({ ...draft, inputs: "x" }).rows, draft.rows);
});

test("complaints point at the control", () => {
  const draft = { ...blankDraft(), rate: "fast", rows: [["0", "?"]] };
  draft.layers = [{ size: "21", activation: "sigmoid", sources: "", adds: "" }, { size: "1", activation: "sigmoid", sources: "", adds: "" }];
  const { request: none, complaints } = requestFrom(draft, request, about);
  assert.equal(none, null);
  assert.deepEqual(complaints.map(({ pointer }) => pointer).sort(), ["/batch/inputs/0/1", "/learning_rate", "/network/layers/0/size"]);
});

test("sizes are whole and from 1 to 20", () => {
  assert.deepEqual(["1", "20", "0", "21", "2.5", "", "-1"].map((text) => sizeOf(text)), [1, 20, null, null, null, null, null]);
});

test("a wide network stays as wide as it is, and its draw may stay", () => {
  const network = { inputs: 784, layers: [{ size: 30, activation: "sigmoid" }, { size: 10, activation: "sigmoid" }], cost: "quadratic" };
  const wide = { network, initialization: { scheme: "nielsen", seed: 4 }, batch: { inputs: [Array.from({ length: 784 }, () => 0.5)], targets: [Array.from({ length: 10 }, () => 0)] } };
  const draft = fitted(draftOf(wide));
  const { request: again, complaints } = requestFrom({ ...draft, fresh: false }, wide, about);
  assert.deepEqual([complaints, again?.initialization, again?.batch], [[], wide.initialization, wide.batch]);
  assert.ok(requestFrom({ ...draft, inputs: "785" }, wide, about).complaints.length > 0);
});

test("no learning rate means no update", () => {
  const { request: made } = requestFrom({ ...fitted(draftOf(request)), rate: " " }, request, about);
  assert.equal(made !== null && "learning_rate" in made, false);
});

test("what a layer reads and adds is typed by the numbers of the table, and travels as the server counts", () => {
  const network = { inputs: 2, layers: [{ size: 2, activation: "tanh" }, { size: 2, activation: "tanh", adds: [1] }, { size: 1, activation: "sigmoid", sources: [2, 0] }], cost: "quadratic" };
  const skipping = { network, initialization: { scheme: "zeros", seed: 1 }, batch: { inputs: [[1, 0]], targets: [[1]] } };
  const draft = fitted(draftOf(skipping));
  assert.deepEqual(draft.layers.map(({ sources, adds }) => [sources, adds]), [["", ""], ["", "2"], ["3, 1", ""]]);
  assert.deepEqual(requestFrom(draft, skipping, about).request?.network.layers, network.layers);
  const chain = requestFrom({ ...draft, wired: false }, skipping, about).request;
  assert.deepEqual(chain?.network.layers.map((layer) => Object.keys(layer)), [["size", "activation"], ["size", "activation"], ["size", "activation"]]);
  assert.ok(!sameShape({ ...draft, wired: false }, skipping));
});

test("a layer can name only those before it, each once", () => {
  assert.deepEqual(layersNamed(" 1,2 ", 1), [0, 1]);
  assert.deepEqual(layersNamed("", 1), []);
  for (const text of ["0", "3", "1, 1", "x", "1.5.1", "-1"]) assert.equal(layersNamed(text, 1), null, text);
  const draft = { ...blankDraft(), wired: true, layers: [{ size: "2", activation: "tanh", sources: "2", adds: "" }, { size: "1", activation: "tanh", sources: "", adds: "9" }] };
  assert.deepEqual(requestFrom(draft, request, about).complaints, [{ pointer: "/network/layers/0/sources", detail: "layers 1 to 1" }, { pointer: "/network/layers/1/adds", detail: "layers 1 to 2" }]);
});

test("a refusal names layers by the numbers of the table, where the input is 1", () => {
  assert.equal(refusalInTable("/network/layers/1/adds/0: layer 1 has 3 neurons and layer 2, which adds it, 1 neuron"), "layer 2 has 3 neurons and layer 3, which adds it, 1 neuron");
  assert.equal(refusalInTable("no later layer reads this one"), "no later layer reads this one");
});

test("removing a layer renames those behind it", () => {
  const layer = (/** @type {string} */ sources) => ({ size: "2", activation: "tanh", sources, adds: "" });
  assert.deepEqual(without([layer(""), layer("1"), layer("1, 2, 3")], 0).map(({ sources }) => sources), ["1", "1, 2"]);
});
