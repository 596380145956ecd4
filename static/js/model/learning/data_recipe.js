// From what is chosen in the Data panel to the recipe's data, and what it asks of the network: as many inputs and outputs as the data has.
// What has to change in the network is said, never done silently.

/** @typedef {import("../types.d.ts").TraceRequest["network"]} Network */
/** @typedef {{input_names: string[], inputs: number[][], classes?: number[], class_names?: string[], values?: number[][], value_names?: string[]}} Examples */
/** @typedef {{seed: number, test_share: number, scaling: string}} Common */
/** @typedef {{name: string, count?: number, noise?: number, classes?: number}} Ready */
/** @typedef {{inputs: number, classes: number, values: number}} Needs classes is 0 where values are learned */

export const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
export const SCALINGS = ["standard", "unit", "none"];

/** @param {Ready} ready @param {Common} common */
export const readyData = (ready, common) => ({ ...ready, ...common });

/** @param {Examples} examples @param {Common} common */
export const ownData = (examples, common) => ({ examples, ...common });

/** @param {Examples} examples @returns {Needs} */
export function needsOf({ input_names, classes, class_names, values }) {
  return { inputs: input_names.length, classes: classes ? class_names?.length ?? 0 : 0, values: values?.[0]?.length ?? 0 };
}

/** How many examples are held back to test; halves go to the even number, as the server has it. @param {number} count @param {number} share */
export function heldBack(count, share) {
  const exact = count * share;
  const low = Math.floor(exact);
  const near = exact - low === 0.5 ? low + (low % 2) : Math.round(exact);
  return Math.max(0, Math.min(near, count - 1));
}

/** @param {Network} network @param {Needs} needs */
function lastLayer(network, { classes, values }) {
  const last = network.layers.at(-1) ?? { size: 1, activation: "softmax" };
  if (classes === 0) return { layer: { ...last, size: values, activation: "identity" }, cost: network.cost === "squared_error" ? "squared_error" : "quadratic" };
  const judged = ["sigmoid", "tanh", "softmax"].includes(last.activation ?? "sigmoid") && network.cost !== "output";
  if (!judged) return { layer: { ...last, size: classes, activation: "softmax" }, cost: "cross_entropy" };
  const single = last.size === 1 && classes === 2 && last.activation !== "softmax";
  return { layer: { ...last, size: single ? 1 : classes }, cost: network.cost };
}

/**
 * The network with the inputs and outputs that the data needs, and what had to be changed.
 * @param {Network} network
 * @param {Needs} needs
 */
export function fitNetwork(network, needs) {
  const { layer, cost } = lastLayer(network, needs);
  const before = network.layers.at(-1);
  const fitted = { ...network, inputs: needs.inputs, layers: [...network.layers.slice(0, -1), layer], cost };
  return {
    network: /** @type {Network} */ (fitted),
    inputs: needs.inputs,
    outputs: layer.size,
    resized: network.inputs !== needs.inputs || before?.size !== layer.size,
    activation: before?.activation !== layer.activation ? layer.activation : null,
    cost: network.cost !== cost ? cost : null,
    encoding: encodingOf(needs, layer),
  };
}

/** What the targets will be: values, one number for two classes, or one output a class. @param {Needs} needs @param {{size: number, activation?: string}} layer */
function encodingOf({ classes }, layer) {
  const low = layer.activation === "tanh" ? "−1" : "0";
  return { kind: classes === 0 ? "values" : layer.size === 1 ? "single" : "one_hot", low };
}

/**
 * A whole number that is typed, or undefined for an empty field, or null for what is none.
 * @param {string} text
 * @returns {number|undefined|null}
 */
export function wholeNumber(text) {
  const plain = text.trim();
  if (plain === "") return undefined;
  return /^\d{1,15}$/.test(plain) ? Number(plain) : null;
}
