// English: the words of the demon, beside what the server says of a push.

export const demon = {
  title: "The demon",
  about: "Push one number a little. The derivative promises what the cost will do; the push shows what it does.",
  chooser: "What is pushed",
  kinds: { z: "z", weight: "weight", bias: "bias", input: "input" },
  layer: "layer",
  into: "into layer",
  neuron: "neuron",
  to: "to",
  from: "from",
  input: "number",
  by: "How far it is pushed",
  exact: "Exactly",
  reach: "The slider reaches",
  /** @param {string} size */
  upTo: (size) => `±${size}`,
  /** @param {string} words */
  isCost: (words) => ` is ${words}.`,
  predicted: "promised",
  actual: "what happens",
  gap: "gap",
  bars: "Promised and real change on one line",
  halved: "The same push, halved again and again",
  head: { change: "Δ", predicted: "promised", actual: "happens", gap: "gap", shrunk: "smaller by" },
  /** @param {string} times */
  times: (times) => `× ${times}`,
  roundOff: "round-off",
  corner: "corner",
  law: "A push half as long misses by a quarter: the gap shrinks like Δ². That is what being a derivative means.",
  lawNone: "Nothing is pushed: move the slider to either side.",
  lawRound: "The gap is round-off from the start: what is pushed here is straight, or the push is tiny.",
  lawCorner: "A corner lies on the way, so the law Δ² holds only for pushes short enough to stay on one side.",
  /** @param {string} places @param {number} more */
  kinks: (places, more) => `The push crosses or leaves a corner: ${places}${more > 0 ? ` and ${more} more` : ""} passes z = 0, where the slope jumps. The promise was made on one side of it.`,
  /** @param {number} layer @param {number} neuron @param {number} example */
  corners: (layer, neuron, example) => `neuron ${neuron} of layer ${layer}${example > 0 ? ` in example ${example}` : ""}`,
  chain: "The chain as number lines",
  chainAbout: "Each number moves the next one by its sensitivity: a weight, or a slope σ′. Their product is the derivative.",
  numbers: { weighted_input: "weighted input", activation: "activation", costs: "cost" },
  /** @param {string} what @param {number} layer */
  ofLayer: (what, layer) => `${what} of layer ${layer}`,
  sensitivity: "sensitivity of the next one",
  chainLink: "Open a chain of single neurons",
  chainWhy: "With one neuron in every layer each number is a line of its own.",
  asking: "Pushing …",
  notFinite: "not finite",
  typed: "Type a number, for example 0.05 or -1e-3.",
  far: "Stay within ±1e6.",
  /** @param {string} name @param {string} change @param {string} predicted @param {string} actual */
  said: (name, change, predicted, actual) => `${name} pushed by ${change}: promised ${predicted}, happened ${actual}.`,
};
