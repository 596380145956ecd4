// Which points of which curve a step is about: the inputs of a layer on its activation, with slopes in backward steps.
// It picks numbers out of trace and catalogue and chooses the section of the curve to show.

import { baseOf, letters } from "./lens.js";
import { partAt } from "./fine.js";
import { formatNumber } from "./format.js";
import { parseRef } from "./refs.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {{z: number, value: number, slope: number|null}} Point */

const REACH = 4;
/** The server draws no curve beyond. */
const FARTHEST = 1e4;
const MANY = 2;

/**
 * The points of an activation's curve: evenly spaced values as the catalogue lists them, or the wider ones asked for since.
 * @param {any} catalogue
 * @param {string} name
 * @returns {Point[]}
 */
export function curveOf(catalogue, name) {
  const curve = catalogue?.curves?.[name] ?? find(catalogue?.activations, name)?.curve;
  if (!curve) return [];
  const { low, high, value, slope } = curve;
  const gap = (high - low) / (value.length - 1);
  return value.map((/** @type {number} */ at, /** @type {number} */ index) => ({ z: low + gap * index, value: at, slope: slope[index] ?? null }));
}

/** @param {any} list @param {string} name */
function find(list, name) {
  return list?.find((/** @type {{name: string}} */ item) => item.name === name);
}

/**
 * How far from 0 the curve has to reach for these inputs.
 * @param {number[]} inputs
 */
export function reachOf(inputs) {
  const far = Math.max(...inputs.filter(Number.isFinite).map(Math.abs), 0);
  return far <= REACH ? REACH : Math.min(FARTHEST, Math.ceil(far * 1.1));
}

/**
 * Round values to put on an axis: both ends and what lies evenly between them.
 * @param {number} low
 * @param {number} high
 * @param {number} parts
 */
export function ticksOf(low, high, parts) {
  return Array.from({ length: parts + 1 }, (_, index) => low + ((high - low) * index) / parts);
}

/** @param {Point[]} points */
function heights(points) {
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, 0);
  if (high - low < 1e-9) return { low, high: low + 1 };
  const round = (/** @type {number} */ value) => Math.sign(value) * Math.ceil(Math.abs(value) - 0.02);
  return { low: round(low), high: round(high) };
}

/**
 * The layer whose curve this step is about, or null.
 * @param {State} state
 */
function layerShown(state) {
  const step = state.trace.steps[state.cursor];
  if (!step) return null;
  const ref = parseRef(state.selected);
  if (ref && ["activation", "weighted_input", "error", "activation_slope", "activation_gradient"].includes(ref.quantity)) return { layer: ref.layer ?? 0, backward: true };
  if (["product", "bias", "added", "sum"].includes(partOf(state)?.beat.kind ?? "")) return null;
  if (step.kind === "activation") return { layer: step.layer, backward: false };
  const wroteSlope = step.writes.find((written) => written.startsWith("activation_slope:"));
  const layer = parseRef(wroteSlope ?? null)?.layer ?? 0;
  // A read-out has no activation in its text, so no curve either.
  if (state.trace.network.cost === "output" && layer === state.trace.layers.length - 1) return null;
  return wroteSlope ? { layer, backward: true } : null;
}

/** @param {State} state @param {number} layer @param {number} size */
function focusRow(state, layer, size) {
  for (const text of [state.pointed, state.selected]) {
    const ref = parseRef(text);
    if (ref && ref.layer === layer && ref.row !== null && ref.row < size && ref.quantity !== "weights") return ref.row;
  }
  return partOf(state)?.row ?? 0;
}

/** @param {State} state */
const partOf = ({ trace, granularity, cursor, part }) => partAt(trace, granularity, cursor, part);

/**
 * Everything the drawing needs, or null where a step has no such curve.
 * @param {State} state
 */
export function plotOf(state) {
  const shown = layerShown(state);
  if (!shown) return null;
  const { network, layers } = state.trace;
  const record = layers[shown.layer];
  const name = shown.layer === 0 ? network.input_activation ?? "identity" : network.layers[shown.layer - 1]?.activation ?? "";
  const inputs = record?.weighted_input?.[state.example];
  const values = record?.activation?.[state.example];
  const slopes = record?.activation_slope?.[state.example];
  const curve = curveOf(state.catalogue, name);
  if (!inputs || !values || !slopes || curve.length < 2) return null;
  const all = inputs.map((z, row) => ({ z, value: values[row] ?? NaN, slope: slopes[row] ?? null }));
  const reach = Math.min(reachOf(inputs), Math.max(...curve.map(({ z }) => z)));
  const points = all.filter(({ z, value }) => Number.isFinite(z) && Number.isFinite(value) && Math.abs(z) <= reach + 1e-9);
  const row = focusRow(state, shown.layer, all.length);
  const focus = all[row];
  if (!focus || !points.includes(focus)) return null;
  const section = curve.filter(({ z }) => Math.abs(z) <= reach + 1e-9);
  return {
    zMin: -reach, zMax: reach, ...heights([...section, ...points]), curve: section, points, focus, row,
    ...shown, ...labels(state, shown, all, focus),
  };
}

/**
 * @param {State} state
 * @param {{backward: boolean}} shown
 * @param {Point[]} all
 * @param {Point} focus
 */
function labels({ digits, trace }, { backward }, all, focus) {
  const say = (/** @type {number|null} */ value) => formatNumber(value, digits);
  if (backward) return { label: `slope ${letters(trace, "activation_slope")} = ${say(focus.slope)}`, second: `at ${baseOf(trace, "weighted_input")} = ${say(focus.z)}` };
  return { label: all.length <= MANY ? all.map(({ value }) => say(value)).join(" and ") : say(focus.value), second: "" };
}

/**
 * Curves the trace reaches beyond: what to ask the server for.
 * @param {State} state
 * @returns {{name: string, reach: number}|null}
 */
export function missingCurve({ trace, catalogue, example }) {
  for (const record of trace.layers) {
    const inputs = record.weighted_input?.[example];
    const name = record.layer === 0 ? trace.network.input_activation ?? "identity" : trace.network.layers[record.layer - 1]?.activation ?? "";
    const curve = inputs && record.activation_slope ? curveOf(catalogue, name) : [];
    if (!inputs || curve.length === 0) continue;
    const reach = reachOf(inputs.filter((z) => z !== null));
    if (reach > Math.max(...curve.map(({ z }) => z)) + 1e-9) return { name, reach };
  }
  return null;
}
