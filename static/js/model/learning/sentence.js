// What the recipe of a session says, word by word, for the sentence over the charts.
// It says how the session learns now, not how it began.

import { formatNumber } from "../format.js";
import { recipe as text } from "../../texts/en_recipe.js";
import { wiringOf } from "../wiring.js";

/** @typedef {import("../types.d.ts").SessionDocument} SessionDocument */

/** Settings that change while it runs. */
export const LIVE = new Set(["optimizer", "rate", "batch", "schedule", "regularization", "stop"]);

/** @param {SessionDocument} session @returns {(string|[string, string])[][]} */
export function sentenceOf({ recipe, training, network, data }) {
  const layers = network.layers.map((layer) => ({ size: layer.size, activation: layer.activation ?? "sigmoid" }));
  const output = /** @type {{activation: string}} */ (layers.at(-1));
  const optimizer = training.optimizer ?? {};
  return text.sentence({
    data: text.data(data.name, data.classes),
    train: text.thousands(data.train), test: text.thousands(data.test),
    sizes: text.sizes([network.inputs, ...layers.map(({ size }) => size)]),
    wired: wiringOf(network).isChain ? "" : text.wired,
    neurons: text.neurons(layers.slice(0, -1).map(({ activation }) => activation)),
    output: text.named(output.activation), cost: text.named(network.cost ?? "quadratic"),
    optimizer: text.named(optimizer.name ?? "gradient_descent"), rate: formatNumber(training.learning_rate),
    batch: text.batch(training.batch_size, data.train),
    schedule: text.schedule(training.schedule), regularization: text.regularization(optimizer.l1, optimizer.l2), stop: text.stop(training.stop),
    start: text.start(recipe.initialization, Boolean(recipe.parameters)), precision: text.named(recipe.precision ?? "float64"),
  });
}
