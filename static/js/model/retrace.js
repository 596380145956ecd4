// How to come by a request again without writing all its numbers down: updates can be made anew from where they began.
// A link to a wide network after some updates then says its seed and their number, not every weight.

import { layerSizes } from "./layout.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Past} Past */
/** @typedef {import("./types.d.ts").TraceRequest} TraceRequest */
/** @typedef {{request: TraceRequest, made: number}} Start updates to make from a request */

/** More parameters than these are too many for an address. */
const MOST_WRITTEN = 2000;
/** More updates than these take longer than a reader waits. */
export const MOST_MADE = 200;

/**
 * The request of the update after this one: the same, from the updated parameters.
 * @param {Past} past
 * @returns {TraceRequest}
 */
export function nextRequest({ request, trace }) {
  const layers = trace.layers.slice(1);
  /** @type {import("./types.d.ts").ParameterValues} */
  const parameters = { weights: layers.map((layer) => layer.updated_weights ?? layer.weights ?? []) };
  if (layers.every((layer) => layer.biases)) parameters.biases = layers.map((layer) => layer.updated_biases ?? layer.biases ?? []);
  const { initialization: _, ...rest } = request;
  return { ...rest, parameters };
}

/** @param {TraceRequest} request */
function isLong({ network }) {
  return layerSizes(network).reduce((sum, size, layer, sizes) => sum + size * (sizes[layer - 1] ?? 0), 0) > MOST_WRITTEN;
}

/** @type {WeakMap<Past["trace"], boolean>} */
const known = new WeakMap();

/** @param {Past} before @param {Past} after */
function follows(before, after) {
  let found = known.get(after.trace);
  if (found === undefined) {
    const parts = (/** @type {TraceRequest} */ { network, parameters, batch, learning_rate, freeze_biases }) => JSON.stringify([network, parameters?.weights, parameters?.biases, batch, learning_rate, freeze_biases]);
    found = parts(nextRequest(before)) === parts(after.request);
    known.set(after.trace, found);
  }
  return found;
}

/**
 * Where the present request of a wide network began, if nothing but updates lies between.
 * @param {Pick<State, "request"|"trace"|"history"|"update">} state
 * @returns {Start} the request itself and no update where it has to be written as it is
 */
export function startOf({ request, trace, history, update }) {
  const whole = { request, made: 0 };
  const [first] = history;
  if (!first || !isLong(request) || history.length !== update - 1 || history.length > MOST_MADE) return whole;
  const line = [...history, { request, trace }];
  const unbroken = line.slice(1).every((after, at) => follows(/** @type {Past} */ (line[at]), after));
  return unbroken ? { request: first.request, made: history.length } : whole;
}
