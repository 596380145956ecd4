// Traces for the stage's tests, made up but of the right shape: any number of layers and neurons, deterministic numbers.
// Only shapes and the order of steps matter here; that numbers are true is tested where they are computed.

/** @typedef {import("../../static/js/model/types.d.ts").Trace} Trace */
/** @typedef {import("../../static/js/model/types.d.ts").Step} Step */

/** @param {number} seed @returns {() => number} numbers from −1 to 1 */
export function randomNumbers(seed) {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) | 0;
    return (state >>> 0) / 2 ** 31 - 1;
  };
}

/**
 * @param {number} rows
 * @param {number} columns
 * @param {() => number} next
 */
const matrix = (rows, columns, next) => Array.from({ length: rows }, () => Array.from({ length: columns }, next));

/**
 * @param {number[]} sizes inputs first
 * @param {number} [seed]
 * @returns {Trace}
 */
export function makeTrace(sizes, seed = 1) {
  const next = randomNumbers(seed);
  const last = sizes.length - 1;
  const layers = sizes.map((size, layer) => ({
    layer,
    weighted_input: matrix(1, size, next), activation: matrix(1, size, next), error: matrix(1, size, next),
    activation_gradient: matrix(1, size, next), activation_slope: matrix(1, size, next),
    ...(layer === 0 ? {} : {
      weights: matrix(size, sizes[layer - 1] ?? 0, next), biases: matrix(1, size, next)[0],
      example_weight_gradient: [matrix(size, sizes[layer - 1] ?? 0, next)], example_bias_gradient: matrix(1, size, next),
      updated_weights: matrix(size, sizes[layer - 1] ?? 0, next), updated_biases: matrix(1, size, next)[0],
      ...(layer === last ? { target: matrix(1, size, next) } : {}),
    }),
  }));
  return /** @type {Trace} */ (/** @type {unknown} */ ({
    network: { inputs: sizes[0], layers: sizes.slice(1).map((size) => ({ size, activation: "sigmoid" })), cost: "quadratic", bias: true },
    freeze_biases: false, learning_rate: 0.5, example: 0, textbook: "nielsen", lens: /** @type {any} */ ({ author: "Nielsen", offset: 1 }), granularity: "equation", cost: 0.3, costs: [0.3],
    layers, steps: makeSteps(sizes, next),
  }));
}

/**
 * @param {number[]} sizes
 * @param {() => number} next
 * @returns {Step[]}
 */
function makeSteps(sizes, next) {
  const last = sizes.length - 1;
  /** @type {[string, string, number, string[], string[], string?][]} */
  const plan = [["forward", "input", 0, ["weighted_input:0", "activation:0"], []]];
  for (let layer = 1; layer <= last; layer++) {
    plan.push(["forward", "weighted_input", layer, [`weighted_input:${layer}`], [`weights:${layer}`, `biases:${layer}`], "weighted_activation"]);
    plan.push(["forward", "activation", layer, [`activation:${layer}`], []]);
  }
  plan.push(["cost", "cost", last, ["cost"], []], ["backward", "cost_gradient", last, [`activation_gradient:${last}`], []]);
  plan.push(["backward", "output_error", last, [`activation_slope:${last}`, `error:${last}`], []]);
  for (let layer = last - 1; layer >= 1; layer--) {
    const writes = [`activation_gradient:${layer}`, `activation_slope:${layer}`, `error:${layer}`];
    plan.push(["backward", "error", layer, writes, [`weights:${layer + 1}`], "weighted_error"]);
  }
  for (let layer = last; layer >= 1; layer--) {
    plan.push(["gradient", "weight_gradient", layer, [`example_weight_gradient:${layer}`], []]);
    plan.push(["gradient", "bias_gradient", layer, [`example_bias_gradient:${layer}`], []]);
  }
  for (let layer = last; layer >= 1; layer--) {
    plan.push(["update", "weight_update", layer, [`updated_weights:${layer}`], [`weights:${layer}`]]);
    plan.push(["update", "bias_update", layer, [`updated_biases:${layer}`], [`biases:${layer}`]]);
  }
  return plan.map(([phase, kind, layer, writes, operands, terms], index) => {
    const at = terms === "weighted_error" ? layer + 1 : layer;
    const values = terms ? matrix(sizes[at] ?? 0, sizes[at - 1] ?? 0, next) : [];
    return /** @type {Step} */ (/** @type {unknown} */ ({
      index, phase, kind, layer, writes, operands, remarks: [], covers: [[kind, layer]], terms: terms ? { kind: terms, layer: at, values } : null,
    }));
  });
}

export const LIGHT = {
  bg: "#ffffff", sunk: "#f7f7f5", line: "#e2e3e5", line2: "#c6c9ce", ink: "#1a1d21", muted: "#5b6470", faint: "#9aa1ab",
  neg: "#1f5fa8", mid: "#e9eaec", pos: "#b8500b", fwd: "#0b7a75", bwd: "#8a2f8f", mark: "#ffe27a", bad: "#c1121f",
};
export const DARK = {
  bg: "#14171c", sunk: "#191d23", line: "#2a2f37", line2: "#454c57", ink: "#e8eaed", muted: "#9aa4b2", faint: "#646d79",
  neg: "#6fb1ff", mid: "#3a3f47", pos: "#ff9f4a", fwd: "#4fd1c5", bwd: "#e59cf0", mark: "#6b5708", bad: "#ff8089",
};
