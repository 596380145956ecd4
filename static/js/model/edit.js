// Changing one number of a request, and reading what a person typed as a number.
// A request is never changed in place: the trace that is shown belongs to the old one.

import { parseRef } from "./refs.js";

/** @typedef {import("./types.d.ts").TraceRequest} TraceRequest */

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/**
 * @param {string} text
 * @returns {{value: number, problem: ""}|{value: null, problem: string}}
 */
export function readNumber(text) {
  const plain = text.trim().replaceAll("−", "-").replace(/\s*[·*×]\s*10\^?([+-]?\d+)$/, "e$1");
  if (plain === "") return { value: null, problem: "Type a number, for example 0.25." };
  if (!NUMBER.test(plain)) return { value: null, problem: "This is not a number. Write it like 0.25, -3 or 1e-4." };
  const value = Number(plain.replace(",", "."));
  if (!Number.isFinite(value)) return { value: null, problem: "This number is too large. Stay below 1e308." };
  return { value, problem: "" };
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} index
 * @param {(item: T) => T} change
 * @returns {T[]}
 */
function changed(list, index, change) {
  return list.map((item, at) => (at === index ? change(item) : item));
}

/**
 * The parameters of a request: its own, or those that were drawn for the trace it gave.
 * @param {TraceRequest} request
 * @param {import("./types.d.ts").Trace} trace
 */
function parametersOf({ parameters, network, initialization }, trace) {
  if (parameters) return parameters;
  const drawnAlike = JSON.stringify([network, initialization]) === JSON.stringify([trace.network, trace.initialization]);
  return drawnAlike ? trace.parameters : null;
}

/**
 * @param {TraceRequest} request
 * @param {string} text the ref of the number
 * @param {number} value
 * @param {number} example row of the batch the ref speaks of
 * @param {import("./types.d.ts").Trace} trace that is shown
 * @returns {TraceRequest}
 */
export function withValue(request, text, value, example, trace) {
  const ref = parseRef(text);
  if (!ref || ref.row === null || ref.layer === null) return request;
  const { layer, row, column } = ref;
  const set = () => value;
  if (ref.quantity === "target") {
    const targets = changed(request.batch.targets ?? [], example, (line) => changed(line, row, set));
    return { ...request, batch: { ...request.batch, targets } };
  }
  if (layer === 0) {
    const inputs = changed(request.batch.inputs, example, (line) => changed(line, row, set));
    return { ...request, batch: { ...request.batch, inputs } };
  }
  const parameters = parametersOf(request, trace);
  if (!parameters) return request;
  const { initialization: _, ...rest } = request;
  if (ref.quantity === "weights" && column !== null) {
    const weights = changed(parameters.weights, layer - 1, (rows) => changed(rows, row, (line) => changed(line, column, set)));
    return { ...rest, parameters: { ...parameters, weights } };
  }
  if (ref.quantity !== "biases") return request;
  const biases = parameters.biases ?? request.network.layers.map(({ size }) => Array.from({ length: size }, () => 0));
  return { ...rest, parameters: { ...parameters, biases: changed(biases, layer - 1, (line) => changed(line, row, set)) } };
}
