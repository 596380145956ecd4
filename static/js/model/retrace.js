// How to come by a request again without writing all its numbers down: edits and updates can be made anew.
// A link to a wide network then says its seed, which numbers were changed and how many updates followed, not every weight.

import { KEPT } from "./refs.js";
import { wiringOf } from "./wiring.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Past} Past */
/** @typedef {import("./types.d.ts").TraceRequest} TraceRequest */
/** @typedef {{ref: string, value: number}} Edit */
/** @typedef {{request: TraceRequest, edits: Edit[], made: number}} Start numbers to change in a request, and updates to make then */

/** The new of what an optimizer remembers. */
const REMEMBERED = new RegExp(`^updated_(weight|bias)_(${KEPT.join("|")})$`);

/** More parameters than these are too many for an address. */
const MOST_WRITTEN = 2000;
/** More updates than these take longer than a reader waits. */
export const MOST_MADE = 200;
/** Of more edits than these the whole network is written. */
export const MOST_EDITS = 24;

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
  return { ...rest, parameters, ...remembered({ request, trace }) };
}

/** What the optimizer remembers after the update; nothing where it remembers nothing. @param {Past} past */
function remembered({ request, trace }) {
  const states = trace.layers.slice(1).map((layer) => Object.fromEntries(Object.entries(layer).filter(([name]) => REMEMBERED.test(name)).map(([name, array]) => [name.replace("updated_", ""), array])));
  if (states.every((state) => Object.keys(state).length === 0)) return {};
  return { optimizer_state: { updates: (request.optimizer_state?.updates ?? 0) + 1, layers: states } };
}

/** @param {TraceRequest} request */
function isLong({ network }) {
  return wiringOf(network).edges > MOST_WRITTEN;
}

/** @type {WeakMap<Past["trace"], boolean>} */
const known = new WeakMap();

/** @param {Past} before @param {Past} after */
function follows(before, after) {
  let found = known.get(after.trace);
  if (found === undefined) {
    const parts = (/** @type {TraceRequest} */ { network, parameters, batch, learning_rate, freeze_biases, optimizer, optimizer_state }) => JSON.stringify([network, parameters?.weights, parameters?.biases, batch, learning_rate, freeze_biases, optimizer, optimizer_state?.layers]);
    found = parts(nextRequest(before)) === parts(after.request);
    known.set(after.trace, found);
  }
  return found;
}

/**
 * Where the present request of a wide network began, if nothing but edits and updates lies between.
 * @param {Pick<State, "request"|"trace"|"history"|"update"|"undo">} state
 * @returns {Start} the request itself and nothing to do where it has to be written as it is
 */
export function startOf({ request, trace, history, update, undo }) {
  const whole = { request, edits: [], made: 0 };
  if (!isLong(request) || history.length !== update - 1 || history.length > MOST_MADE) return whole;
  const line = [...history, { request, trace }];
  const unbroken = line.slice(1).every((after, at) => follows(/** @type {Past} */ (line[at]), after));
  if (!unbroken) return whole;
  const first = /** @type {Past} */ (line[0]).request;
  return { ...(drawnFrom(first, undo) ?? { request: first, edits: [] }), made: history.length };
}

/** @type {WeakMap<TraceRequest, {request: TraceRequest, edits: Edit[]}|null>} */
const drawn = new WeakMap();

/**
 * A request of edited parameters as the seed they were drawn from and the few that differ.
 * @param {TraceRequest} request
 * @param {readonly import("./types.d.ts").Place[]} undo where the edits began
 */
function drawnFrom(request, undo) {
  const kept = drawn.get(request);
  if (kept !== undefined) return kept;
  const { parameters, ...rest } = request;
  const base = undo.find((place) => place.request.initialization && JSON.stringify(place.request.network) === JSON.stringify(request.network));
  const edits = parameters && base ? differences(base.trace.parameters, parameters) : [];
  const found = parameters && base && edits.length <= MOST_EDITS ? { request: { ...rest, initialization: base.request.initialization }, edits } : null;
  drawn.set(request, found);
  return found;
}

/**
 * @param {import("./types.d.ts").ParameterValues} before
 * @param {import("./types.d.ts").ParameterValues} after
 * @returns {Edit[]}
 */
function differences(before, after) {
  const weights = after.weights.flatMap((rows, at) => rows.flatMap((row, to) => row.flatMap((value, from) => (
    value === before.weights[at]?.[to]?.[from] ? [] : [{ ref: `weights:${at + 1}:${to}:${from}`, value }]))));
  const biases = (after.biases ?? []).flatMap((row, at) => row.flatMap((value, to) => (
    value === (before.biases?.[at]?.[to] ?? 0) ? [] : [{ ref: `biases:${at + 1}:${to}`, value }])));
  return [...weights, ...biases];
}
