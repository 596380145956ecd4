// The draft behind the editor: the request as a person types it, texts and all, and back again.
// Shapes follow the layers at once; what does not fit a new shape is filled with 0 and nothing typed is thrown away twice.

import { isWired, layerDraft, layersNamed, wiringKey } from "./draft_wiring.js";
import { readNumber } from "./edit.js";

const LARGEST = 20;
/** More numbers than these in a row of the batch are no table; each can be changed by selecting it. */
export const COLUMNS_SHOWN = 24;
export const ROWS_SHOWN = 24;

/** @typedef {import("./types.d.ts").TraceRequest} TraceRequest */
/**
 * @typedef {object} Draft
 * @property {string} inputs
 * @property {string} inputActivation
 * @property {import("./draft_wiring.js").LayerDraft[]} layers
 * @property {boolean} wired whether layers say what they read
 * @property {string} cost
 * @property {boolean} bias
 * @property {boolean} freeze
 * @property {string} slopeAtZero
 * @property {string} rate
 * @property {string[][]} rows inputs of the batch
 * @property {string[][]} targets
 * @property {boolean} fresh
 * @property {string} scheme
 * @property {string} seed
 * @property {number} most neurons a layer may have
 */

/** @param {number[][]} rows */
const texts = (rows) => rows.map((row) => row.map(String));

/**
 * @param {TraceRequest} request
 * @returns {Draft}
 */
export function draftOf({ network, batch, learning_rate, freeze_biases, initialization }) {
  return {
    inputs: String(network.inputs), inputActivation: network.input_activation ?? "identity",
    layers: network.layers.map(layerDraft), wired: isWired(network.layers.map(layerDraft)), cost: network.cost,
    bias: network.bias ?? true, freeze: freeze_biases ?? false, slopeAtZero: String(network.relu_slope_at_zero ?? 0),
    rate: learning_rate === null || learning_rate === undefined ? "" : String(learning_rate),
    rows: texts(batch.inputs), targets: texts(batch.targets ?? []), fresh: Boolean(initialization),
    scheme: initialization?.scheme ?? "xavier_normal", seed: String(initialization?.seed ?? 1),
    // A network wider than the page offers may stay as wide as it is.
    most: Math.max(LARGEST, network.inputs, ...network.layers.map(({ size }) => size)),
  };
}

/** @returns {Draft} */
export function blankDraft() {
  const layer = (/** @type {string} */ size) => ({ size, activation: "sigmoid", sources: "", adds: "" });
  return {
    inputs: "2", inputActivation: "identity", layers: [layer("2"), layer("1")], wired: false, cost: "quadratic", bias: true, freeze: false,
    slopeAtZero: "0", rate: "0.5", rows: [["0", "1"]], targets: [["1"]], fresh: true, scheme: "xavier_normal", seed: "1", most: LARGEST,
  };
}

/** @param {string} text @param {number} [most] @returns {number|null} a size the page offers */
export function sizeOf(text, most = LARGEST) {
  const size = Number(text);
  return /^\s*\d+\s*$/.test(text) && size >= 1 && size <= most ? size : null;
}

/** @param {string[][]} rows @param {number} count @param {number} width */
function reshaped(rows, count, width) {
  return Array.from({ length: count }, (_, row) => Array.from({ length: width }, (_cell, column) => rows[row]?.[column] ?? "0"));
}

/**
 * The draft with a batch that fits its layers; sizes that are no sizes change nothing yet.
 * @param {Draft} draft
 * @returns {Draft}
 */
export function fitted(draft) {
  const inputs = sizeOf(draft.inputs, draft.most) ?? draft.rows[0]?.length ?? 1;
  const outputs = sizeOf(draft.layers.at(-1)?.size ?? "", draft.most) ?? draft.targets[0]?.length ?? 1;
  return { ...draft, rows: reshaped(draft.rows, draft.rows.length, inputs), targets: reshaped(draft.targets, draft.rows.length, outputs) };
}

/** The target a new example starts with: a class where the output is a softmax, else zeros. @param {Draft} draft */
export function newTarget({ layers, targets }) {
  const isClass = layers.at(-1)?.activation === "softmax";
  return (targets[0] ?? []).map((_, index) => (isClass && index === 0 ? "1" : "0"));
}

/** Whether weights of this shape exist in the present request. @param {Draft} draft @param {TraceRequest} present */
export function sameShape(draft, present) {
  const sizes = [draft.inputs, ...draft.layers.map(({ size }) => size)].map(Number).join();
  const { network, parameters, initialization } = present;
  return Boolean(parameters ?? initialization) && wiringKey(draft.layers.map((layer, at) => wired(draft, layer, at))) === wiringKey(network.layers) && sizes === [network.inputs, ...network.layers.map(({ size }) => size)].join() && draft.bias === (network.bias ?? true);
}

/** What a layer reads, as far as it is said and can be read. @param {Draft} draft @param {Draft["layers"][number]} layer @param {number} at */
function wired(draft, { size, activation, sources, adds }, at) {
  const shape = { size: Number(size), activation };
  if (!draft.wired) return shape;
  const [read, added] = [layersNamed(sources, at) ?? [], layersNamed(adds, at) ?? []];
  return { ...shape, ...(read.length > 0 ? { sources: read } : {}), ...(added.length > 0 ? { adds: added } : {}) };
}

/** @typedef {{pointer: string, detail: string}} Complaint */

/**
 * @param {Draft} draft
 * @param {TraceRequest} present
 * @param {{hasTarget: boolean, sizeProblem: string, wiringProblem: (most: number) => string}} about
 * @returns {{request: TraceRequest|null, complaints: Complaint[]}}
 */
export function requestFrom(draft, present, { hasTarget, sizeProblem, wiringProblem }) {
  /** @type {Complaint[]} */
  const complaints = [];
  const number = (/** @type {string} */ text, /** @type {string} */ pointer) => {
    const { value, problem } = readNumber(text);
    if (value === null) complaints.push({ pointer, detail: problem });
    return value ?? 0;
  };
  const size = (/** @type {string} */ text, /** @type {string} */ pointer) => {
    const value = sizeOf(text, draft.most);
    if (value === null) complaints.push({ pointer, detail: sizeProblem });
    return value ?? 1;
  };
  draft.layers.forEach((layer, at) => {
    for (const name of draft.wired ? /** @type {const} */ (["sources", "adds"]) : []) {
      if (layersNamed(layer[name], at) === null) complaints.push({ pointer: `/network/layers/${at}/${name}`, detail: wiringProblem(at + 1) });
    }
  });
  const table = (/** @type {string[][]} */ rows, /** @type {string} */ name) => rows.map((row, at) => row.map((text, column) => number(text, `/batch/${name}/${at}/${column}`)));
  /** @type {TraceRequest} */
  const request = {
    network: {
      inputs: size(draft.inputs, "/network/inputs"), input_activation: draft.inputActivation, bias: draft.bias, cost: draft.cost,
      relu_slope_at_zero: number(draft.slopeAtZero, "/network/relu_slope_at_zero"),
      layers: draft.layers.map((layer, at) => ({ ...wired(draft, layer, at), size: size(layer.size, `/network/layers/${at}/size`) })),
    },
    batch: { inputs: table(draft.rows, "inputs") },
  };
  if (hasTarget) request.batch.targets = table(draft.targets, "targets");
  if (draft.rate.trim() !== "") request.learning_rate = number(draft.rate, "/learning_rate");
  if (draft.freeze && draft.bias) request.freeze_biases = true;
  if (present.optimizer) request.optimizer = present.optimizer;
  if (draft.fresh || !sameShape(draft, present)) request.initialization = { scheme: draft.scheme, seed: number(draft.seed, "/initialization/seed") };
  else if (present.parameters) Object.assign(request, { parameters: present.parameters }, present.optimizer_state && { optimizer_state: present.optimizer_state });
  else request.initialization = present.initialization ?? null;
  return { request: complaints.length > 0 ? null : request, complaints };
}
