// What the charts and maps ask the stream for, by what the network is and what the page shows.
// Nothing is asked for that nobody sees: a boundary needs two inputs, a confusion matrix classes and more inputs than can be drawn.

/** @typedef {import("./frames.d.ts").Shown} Shown */

const BOUNDARY = 60;
const EDGES = 160;
/** A map is about as fine as the circle it is drawn in: the more neurons, the smaller. @type {readonly [number, number][]} neurons, side */
const MAPS = [[32, 24], [96, 16]];
const CURVE = 160;
const BINS = 24;
export const MISTAKES = 18;

/** @param {Shown["session"]} session */
export const inputsOf = (session) => session.network.inputs;

/** @param {Shown["session"]} session */
export const isRegression = (session) => session.data?.is_regression === true;

/**
 * @param {Shown & {histograms?: boolean}} state `histograms` while their fold is open
 * @returns {Record<string, number|boolean>}
 */
export function wantsOf({ session, frame, neuron, histograms }) {
  const inputs = inputsOf(session);
  const neurons = session.network.layers.reduce((sum, { size }) => sum + size, 0);
  const paused = (frame?.status ?? session.status) !== "running";
  /** @type {Record<string, number|boolean>} */
  const wants = { layers: true, edges: EDGES };
  if (inputs === 1) wants.curve = CURVE;
  if (inputs === 2) wants.boundary = BOUNDARY;
  const map = MAPS.find(([most]) => neurons <= most)?.[1];
  if (inputs === 2 && map) wants.maps = map;
  if (inputs <= 2) wants.after = paused;
  if (inputs > 2 && !isRegression(session)) Object.assign(wants, { confusion: true, mistakes: MISTAKES });
  if (inputs > 2 && neuron?.layer === 1) wants.tile = neuron.neuron;
  if (histograms) wants.histograms = BINS;
  return wants;
}
