// English texts of the recipe: the sentence, and the controls its words open.
// A sentence is a list of words and settings, so that another language can put them in its own order.

import { formatNumber } from "../model/format.js";

const thousands = (/** @type {number} */ value) => value.toLocaleString("en");
/** @type {Record<string, string>} */
const NAMES = {
  relu: "ReLU", leaky_relu: "leaky ReLU", elu: "ELU", gelu: "GELU", selu: "SELU", cross_entropy: "cross-entropy", binary_cross_entropy: "binary cross-entropy", squared_error: "squared error",
  gradient_descent: "gradient descent", momentum: "momentum", nesterov: "Nesterov momentum", rmsprop: "RMSProp", adam: "Adam", adamw: "AdamW",
  xavier_normal: "Xavier normal", xavier_uniform: "Xavier uniform", he_normal: "He normal", he_uniform: "He uniform", lecun_normal: "LeCun normal", lecun_uniform: "LeCun uniform", nielsen: "Nielsen’s N(0, 1)", nielsen_scaled: "Nielsen’s N(0, 1/n)", zeros: "zeros",
  float64: "double precision", float32: "single precision",
};
/** What a table calls something, as a sentence says it. @param {string} name */
const named = (name) => NAMES[name] ?? name.replaceAll("_", " ");

/** @type {Record<string, string>} */
const DATA = {
  xor: "XOR", and: "AND", or: "OR", parity: "3-bit parity", circles: "two circles", moons: "two moons", blobs: "blobs", sine: "a sine", plane: "a plane",
  iris: "irises", wine: "wines", breast_cancer: "breast cancer", digits: "handwritten digits", digits_28: "handwritten digits, 28 × 28",
};

export const recipe = {
  named,
  thousands,
  /** @param {string|null} name @param {number} classes */
  data: (name, classes) => (name === null ? "examples of your own" : name === "spirals" ? (classes === 2 ? "two spirals" : `${classes} spirals`) : DATA[name] ?? named(name)),
  /** @param {string[]} activations */
  neurons: (activations) => [...new Set(activations.map(named))].join(" and "),
  sizes: (/** @type {number[]} */ sizes) => sizes.join(" – "),
  wired: "layers that skip or join",
  batch: (/** @type {number|null} */ size, /** @type {number} */ all) => (size === null || size >= all ? "all at once" : size === 1 ? "one by one" : `in batches of ${thousands(size)}`),
  schedule: (/** @type {any} */ { name, factor, epochs, end }) => ({
    constant: "constant", step: `times ${formatNumber(factor)} every ${thousands(epochs)} epochs`, exponential: `times ${formatNumber(factor)} every epoch`,
    cosine: `falling along a cosine over ${thousands(epochs)} epochs${end ? ` to ${formatNumber(end)} of it` : ""}`,
  })[/** @type {"constant"} */ (name)] ?? name,
  regularization: (/** @type {number} */ l1, /** @type {number} */ l2) => [l1 ? `L1 of ${formatNumber(l1)}` : "", l2 ? `L2 of ${formatNumber(l2)}` : ""].filter(Boolean).join(" and ") || "no regularization",
  stop: (/** @type {any} */ { epochs, cost_below: cost, accuracy, patience }) => [
    epochs === null || epochs === undefined ? "" : `epoch ${thousands(epochs)}`, cost === null || cost === undefined ? "" : `the cost is below ${formatNumber(cost)}`,
    accuracy === null || accuracy === undefined ? "" : `${formatNumber(accuracy * 100)} % of the test are right`,
    patience === null || patience === undefined ? "" : `${thousands(patience)} epochs without a better test`,
  ].filter(Boolean).join(" or ") || "it is paused",
  start: (/** @type {any} */ initialization, /** @type {boolean} */ given) => (given ? "given by hand" : `${named(initialization?.scheme ?? "xavier_normal")}, seed ${initialization?.seed ?? 1}`),
  /** The sentence itself: strings, and [setting, its words]. @param {Record<string, string>} says @returns {(string|[string, string])[][]} */
  sentence: (says) => [
    ["Learn ", ["data", says.data ?? ""], ", ", ["split", says.train ?? ""], " examples to train and ", ["split", says.test ?? ""], " to test, with a ", ["layers", says.sizes ?? ""], " network",
      ...(says.neurons ? [" of ", /** @type {[string, string]} */ (["layers", says.neurons]), " neurons"] : []),
      ...(says.wired ? [" in ", /** @type {[string, string]} */ (["layers", says.wired])] : []),
      ", ", ["ending", says.output ?? ""], " and ", ["ending", says.cost ?? ""], ", by ", ["optimizer", says.optimizer ?? ""], " at η = ", ["rate", says.rate ?? ""], " ", ["batch", says.batch ?? ""], "."],
    [" η is ", ["schedule", says.schedule ?? ""], ", with ", ["regularization", says.regularization ?? ""], ", until ", ["stop", says.stop ?? ""],
      ". Weights begin as ", ["initialization", says.start ?? ""], ", in ", ["precision", says.precision ?? ""], "."],
  ],
  titles: /** @type {Record<string, string>} */ ({
    data: "Data", split: "To train and to test", layers: "Layers", ending: "Output and cost", optimizer: "Optimizer", rate: "Learning rate η", batch: "Mini-batch", schedule: "Schedule of η",
    regularization: "Regularization", stop: "Stop when", initialization: "First weights", precision: "Precision",
  }),
  fields: /** @type {Record<string, string>} */ ({
    count: "Examples", test_share: "Share to test", seed: "Seed", activation: "Output activation", cost: "Cost", name: "Rule", learning_rate: "η", batch_size: "Examples a batch",
    momentum: "Momentum μ", square_decay: "Decay of squares", first_decay: "First decay β₁", second_decay: "Second decay β₂", epsilon: "ε", weight_decay: "Weight decay λ", l1: "L1", l2: "L2",
    factor: "Factor", epochs: "Epochs", end: "Share of η at the end", cost_below: "Cost on training below", accuracy: "Share of the test right", patience: "Epochs without a better test cost",
    scheme: "Scheme", precision: "Numbers",
  }),
  schedules: { constant: "constant", step: "in steps", exponential: "exponential", cosine: "cosine" },
  hints: /** @type {Record<string, string>} */ ({
    seed: "draws, splits and shuffles", batch_size: "empty: all at once", epochs: "", accuracy: "from 0 to 1", stop: "Empty fields are no rule; without any, it trains until it is paused.",
    count: "empty: as the set has it", regularization: "Added to the gradient of the weights, never of the biases.", optimizer: "Another rule begins with nothing remembered.",
  }),
  quick: { half: "½ η", twice: "2 η", one: "one by one", all: "all at once" },
  live: "Changes from the next update on; what was reached beyond it is forgotten.",
  liveNow: "Changes from the next update on.",
  anew: "This begins a new session; Undo brings this one back.",
  watching: "You watch, so this is only to look at.",
  apply: "Change", begin: "Begin anew", cancel: "Cancel", openData: "Choose other data",
  layer: { input: "input", output: "output", hidden: (/** @type {number} */ n) => `hidden ${n}`, size: (/** @type {string} */ name) => `Neurons of ${name}`, activation: (/** @type {string} */ name) => `Activation of ${name}`, add: "Add a layer", remove: (/** @type {string} */ name) => `Remove ${name}`, given: (/** @type {number} */ count) => `${count}, as the data has`, refused: (/** @type {number} */ n, /** @type {string} */ words) => `Layer ${n}: ${words}`, numbered: (/** @type {number} */ n, /** @type {string} */ name) => `${n} · ${name}` },
  why: {
    needs: (/** @type {string} */ cost, /** @type {string} */ activation) => `${named(cost)} needs ${named(activation)}`,
    output: "the output itself is differentiated, so there is nothing to learn",
    softmax: (/** @type {string} */ cost) => `softmax does not go with ${named(cost)}`,
    title: "Not to be had together:",
  },
  problems: { number: "Type a number.", whole: "Type a whole number.", empty: "Type a number; it cannot be empty.", size: (/** @type {number} */ most) => `Type a whole number from 1 to ${thousands(most)} for every layer.` },
  values: (/** @type {string} */ name) => named(name),
};
