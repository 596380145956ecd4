// A small hand-made trace with the shape of the API's answer, for the tests of the page's models.
// Its numbers are arbitrary: what is tested is where they go, not what they are.

/** @typedef {import("../../static/js/model/types.d.ts").Step} Step */
/** @typedef {import("../../static/js/model/types.d.ts").Trace} Trace */

/** @param {Partial<Step>} part @returns {Step} */
export function step(part) {
  return /** @type {Step} */ ({
    index: 0, phase: "forward", kind: "input", layer: 0, covers: [], members: [], group: "Input", group_short: "In", name: "", label: "a",
    label_text: "a", tag: "", place: "", in_text: true, symbols: "", numbers: "", shapes: "", sentence: "", note: "", errata: [],
    orientation: "column", scale: 1, quantity: "", operands: [], result: null, result_ref: "", intermediate: {}, lines: [], terms: null,
    reads: [], used_by: [], writes: [], derivation: [], remarks: [], ...part,
  });
}

/** @param {[string, number, string, string][]} plan kind, layer, phase, group @returns {Step[]} */
export function stepsOf(plan) {
  return plan.map(([kind, layer, phase, group], index) => step({
    index, kind, layer, group, group_short: group.slice(0, 3), phase: /** @type {Step["phase"]} */ (phase), covers: [[kind, layer]],
  }));
}

export const PLAN = /** @type {[string, number, string, string][]} */ ([
  ["input", 0, "forward", "Input"],
  ["weighted_input", 1, "forward", "Forward"],
  ["activation", 1, "forward", "Forward"],
  ["cost", 1, "cost", "Cost"],
  ["output_error", 1, "backward", "Error"],
  ["weight_gradient", 1, "gradient", "Gradient"],
  ["weight_update", 1, "update", "Descent"],
]);

/** @returns {Trace} one layer of one neuron with two inputs, a batch of two */
export function smallTrace() {
  const steps = stepsOf(PLAN);
  Object.assign(/** @type {Step} */ (steps[6]), {
    label: "w^2", label_text: "w²", orientation: "matrix", result: [[0.2, 0.5]], result_ref: "updated_weights:1", writes: ["updated_weights:1"],
  });
  Object.assign(/** @type {Step} */ (steps[1]), {
    label: "z^2", label_text: "z²", result: [[0.75]], result_ref: "weighted_input:1", writes: ["weighted_input:1"],
    terms: { kind: "weighted_activation", layer: 1, values: [[0.25, 0.5]] },
    lines: [{ title: "", place: "", numbers: [], symbols: [{ tex: "z^{2}", ref: "weighted_input:1" }, "=", { tex: "w^{2}", ref: "weights:1" }] }],
  });
  return /** @type {Trace} */ ({
    network: { inputs: 2, layers: [{ size: 1, activation: "sigmoid" }], cost: "quadratic", bias: true },
    parameters: { weights: [[[0.25, 0.5]]], biases: [[0]] }, batch: { inputs: [[1, 1], [0, 1]], targets: [[1], [0]] },
    learning_rate: 0.5, freeze_biases: false, example: 0, textbook: "nielsen", lens: /** @type {any} */ ({ author: "Nielsen", offset: 1 }), granularity: "equation", cost: 0.1, costs: [0.1, 0.2],
    layers: [
      { layer: 0, weighted_input: [[1, 1], [0, 1]], activation: [[1, 1], [0, 1]] },
      {
        layer: 1, weights: [[0.25, 0.5]], biases: [0], weighted_input: [[0.75], [0.5]], activation: [[0.68], [0.62]],
        activation_slope: [[0.22], [0.24]], activation_gradient: [[-0.32], [0.62]], error: [[-0.07], [0.15]],
        updated_weights: [[0.2, 0.5]], updated_biases: [0.1], target: [[1], [0]],
      },
    ],
    steps,
  });
}
