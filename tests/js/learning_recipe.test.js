// The recipe of a session: what its sentence says, which fields its words open, and what a changed field asks of the server.
import assert from "node:assert/strict";
import { test } from "node:test";

import { recipeLike, recipeOn } from "../../static/js/model/learning/recipe.js";
import { seenWants } from "../../static/js/model/learning/seen.js";
import { sentenceOf } from "../../static/js/model/learning/sentence.js";
import { askedBy, placeOf } from "../../static/js/model/learning/settings_change.js";
import { draftOf, settingOf, whyNot } from "../../static/js/model/learning/settings.js";

const OPTIMIZER = { name: "adam", first_decay: 0.9, second_decay: 0.999, epsilon: 1e-8, l1: 0, l2: 0.01 };
const catalogue = {
  activations: ["sigmoid", "tanh", "identity", "softmax"].map((name) => ({ name, output_only: name === "softmax" })),
  costs: [["quadratic", null], ["cross_entropy", "softmax"], ["binary_cross_entropy", "sigmoid"], ["output", "identity"]].map(([name, needs]) => ({ name, needs, has_target: name !== "output" })),
  optimizers: [{ name: "momentum", numbers: { momentum: 0.9, l1: 0, l2: 0 } }, { name: "adam", numbers: { first_decay: 0.9, second_decay: 0.999, epsilon: 1e-8, l1: 0, l2: 0 } }],
  initializations: [{ name: "nielsen" }, { name: "zeros" }], datasets: [{ name: "spirals", count: 200, largest: null }, { name: "iris", count: 150, largest: 150 }],
};

/** @param {Record<string, unknown>} [other] @returns {any} */
const session = (other = {}) => ({
  recipe: { network: {}, data: { name: "spirals", count: 300, seed: 1, test_share: 0.2, scaling: "standard" }, initialization: { scheme: "nielsen", seed: 3 } },
  training: { learning_rate: 0.01, batch_size: 10, optimizer: OPTIMIZER, schedule: { name: "constant", factor: 0.5, epochs: 10, end: 0 }, stop: { epochs: 62, cost_below: null, accuracy: null, patience: null }, freeze_biases: false },
  network: { inputs: 2, layers: [{ size: 8, activation: "tanh" }, { size: 8, activation: "relu" }, { size: 2, activation: "softmax" }], cost: "cross_entropy" },
  data: { name: "spirals", classes: 2, train: 240, test: 60, is_regression: false }, ...other,
});

/** @param {any} of */
const said = (of) => sentenceOf(of).flat().map((piece) => (typeof piece === "string" ? piece : piece[1])).join("");

/** @param {string} id @param {Record<string, string>} typed @param {any} [of] */
function ask(id, typed, of = session()) {
  const draft = { ...draftOf(id, of), ...typed };
  return /** @type {any} */ (askedBy(id, of, settingOf(id, of, catalogue, draft).fields, draft));
}

test("the sentence says all of the recipe, as it is now", () => {
  assert.equal(said(session()), "Learn two spirals, 240 examples to train and 60 to test, with a 2 – 8 – 8 – 2 network of tanh and ReLU neurons, softmax and cross-entropy,"
    + " by Adam at η = 0.01 in batches of 10. η is constant, with L2 of 0.01, until epoch 62. Weights begin as Nielsen’s N(0, 1), seed 3, in double precision.");
  const layers = [{ size: 8, activation: "tanh" }, { size: 8, activation: "tanh", adds: [1] }, { size: 2, activation: "softmax" }];
  assert.match(said(session({ network: { inputs: 2, layers, cost: "cross_entropy" } })), /a 2 – 8 – 8 – 2 network of tanh neurons in layers that skip or join, softmax/);
  const bare = session({ network: { inputs: 2, layers: [{ size: 1 }], cost: "quadratic" }, training: { ...session().training, batch_size: null, stop: {} } });
  assert.match(said(bare), /with a 2 – 1 network, sigmoid and quadratic, .* all at once\. .* until it is paused\./);
  assert.match(said(session({ training: { ...session().training, stop: { epochs: 5, accuracy: 0.95 }, batch_size: 1 } })), /one by one\..*until epoch 5 or 95 % of the test are right/);
});

test("what changes while it runs is a change of the session", () => {
  assert.deepEqual(ask("rate", { learning_rate: "0,05" }), { patch: { training: { learning_rate: 0.05 } } });
  assert.deepEqual(ask("batch", { batch_size: "" }), { patch: { training: { batch_size: null } } });
  assert.deepEqual(ask("regularization", { l1: "0.1" }), { patch: { training: { optimizer: { ...OPTIMIZER, l1: 0.1 } } } });
  assert.deepEqual(ask("optimizer", { name: "momentum", momentum: "0.8" }), { patch: { training: { optimizer: { name: "momentum", momentum: 0.8, l1: 0, l2: 0.01 } } } });
  assert.deepEqual(ask("schedule", { name: "exponential", factor: "0.98" }), { patch: { training: { schedule: { name: "exponential", factor: 0.98 } } } });
  assert.deepEqual(ask("stop", { epochs: "", accuracy: "0.9" }), { patch: { training: { stop: { epochs: null, cost_below: null, accuracy: 0.9, patience: null } } } });
  assert.deepEqual(ask("ending", { cost: "quadratic" }), { patch: { cost: "quadratic" } });
});

test("anything else is a recipe for another session", () => {
  const { anew } = ask("ending", { activation: "sigmoid", cost: "binary_cross_entropy" });
  assert.deepEqual([anew.network.layers.at(-1), anew.network.cost, anew.network.layers.length], [{ size: 2, activation: "sigmoid" }, "binary_cross_entropy", 3]);
  assert.deepEqual(ask("split", { count: "", test_share: "0.5" }).anew.data, { name: "spirals", seed: 1, test_share: 0.5, scaling: "standard" });
  assert.deepEqual(ask("precision", { precision: "float32" }), { anew: { precision: "float32" } });
  assert.deepEqual(ask("initialization", { scheme: "zeros", seed: "7" }).anew.initialization, { scheme: "zeros", seed: 7 });
});

test("what is no number stays here, and is said under its field", () => {
  assert.deepEqual(ask("rate", { learning_rate: "fast" }).problem, { key: "learning_rate", words: "Type a number." });
  assert.equal(ask("rate", { learning_rate: "" }).problem.key, "learning_rate");
  assert.equal(ask("batch", { batch_size: "2.5" }).problem.words, "Type a whole number.");
});

test("only what goes together is offered, and for the rest it is said why", () => {
  const shown = (/** @type {string} */ activation) => settingOf("ending", session(), catalogue, { activation });
  assert.deepEqual(shown("softmax").fields[1]?.options?.map(([name]) => name), ["quadratic", "cross_entropy"]);
  assert.deepEqual(shown("tanh").fields[1]?.options?.map(([name]) => name), ["quadratic"]);
  assert.deepEqual(shown("tanh").why, ["cross-entropy needs softmax", "binary cross-entropy needs sigmoid"]);
  for (const cost of catalogue.costs) assert.equal(whyNot("sigmoid", /** @type {any} */ (cost)) === "", ["quadratic", "binary_cross_entropy"].includes(String(cost.name)));
  const regression = session({ data: { ...session().data, is_regression: true } });
  assert.ok(!settingOf("ending", regression, catalogue, { activation: "identity" }).fields[0]?.options?.some(([name]) => name === "softmax"));
});

test("a set with so many examples and no more is not asked how many", () => {
  const keys = (/** @type {string} */ name) => settingOf("split", session({ recipe: { data: { name } } }), catalogue, {}).fields.map(({ key }) => key);
  assert.deepEqual(keys("spirals"), ["count", "test_share", "seed"]);
  assert.deepEqual(keys("iris"), ["test_share", "seed"]);
});

test("a refusal finds its field by the pointer", () => {
  const problem = /** @type {any} */ ({ title: "A value cannot be used", detail: "whole", errors: [{ pointer: "/training/learning_rate", detail: "takes a number, 0 or more" }] });
  assert.deepEqual(placeOf(problem, ["learning_rate"]), { key: "learning_rate", words: "takes a number, 0 or more" });
  assert.deepEqual(placeOf({ title: "t", detail: "d" }, ["learning_rate"]), { key: null, words: "d" });
});

test("a new session goes on with what the old one was changed to; numbers given by hand stay while their shape does", () => {
  const given = session({ recipe: { ...session().recipe, initialization: undefined, parameters: { weights: [] } } });
  assert.deepEqual(recipeLike(given, { precision: "float32" }), { ...given.recipe, parameters: { weights: [] }, network: given.network, training: given.training, precision: "float32" });
  assert.ok(!("parameters" in recipeLike(given, { network: {} })));
  assert.ok(!("parameters" in recipeOn(given, { name: "xor" }, { network: {}, resized: true })));
  assert.ok("parameters" in recipeOn(given, { name: "xor" }, { network: given.network, resized: false }));
});

test("what cannot be seen is not asked for", () => {
  const state = /** @type {any} */ ({ session: { network: session().network, data: {}, status: "paused" }, frame: null, neuron: null, histograms: true, visible: { network: true, plane: true, curves: true } });
  const all = Object.keys(seenWants(state));
  assert.ok(["layers", "edges", "boundary", "maps", "after", "histograms"].every((name) => all.includes(name)));
  assert.deepEqual(Object.keys(seenWants({ ...state, visible: { network: false, plane: false, curves: false } })), []);
  assert.ok(!("maps" in seenWants({ ...state, visible: { ...state.visible, network: false } })));
});
