// What the inspector tells of one number: whose it is, every number that belongs to it, its factors and the terms of its sum.
// Everything is looked up in the trace and its steps; symbols are those of the steps.

import { partAt } from "./fine.js";
import { known } from "./known.js";
import { asTold } from "./lens.js";
import { makeRef, OF_BIASES, OF_WEIGHTS, parseRef, valueOf } from "./refs.js";
import { wiringOf } from "./wiring.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {{kind: "neuron"|"input"|"weight"|"bias"|"target"|"cost", layer: number, row: number, column: number}} Subject */

const WEIGHT = new Set(OF_WEIGHTS);
const BIAS = new Set(OF_BIASES);

/**
 * Whose number a ref is.
 * @param {Trace} trace
 * @param {string|null} text
 * @returns {Subject|null}
 */
export function subjectOf(trace, text) {
  const ref = parseRef(text);
  if (!ref) return null;
  const { quantity, layer, row, column } = ref;
  if (quantity === "cost" || quantity === "example_cost") return { kind: "cost", layer: trace.network.layers.length, row: 0, column: 0 };
  if (layer === null || row === null || layer >= trace.layers.length) return null;
  const size = layer === 0 ? trace.network.inputs : trace.network.layers[layer - 1]?.size ?? 0;
  if (row >= size) return null;
  if (WEIGHT.has(quantity)) return layer === 0 || column === null ? null : { kind: "weight", layer, row, column };
  if (BIAS.has(quantity)) return { kind: "bias", layer, row, column: 0 };
  if (quantity === "target") return { kind: "target", layer, row, column: 0 };
  return { kind: layer === 0 ? "input" : "neuron", layer, row, column: 0 };
}

/**
 * The number a person may type over, if there is one.
 * @param {Subject} subject
 * @returns {string|null}
 */
export function editableRef({ kind, layer, row, column }) {
  if (kind === "weight") return makeRef("weights", layer, row, column);
  if (kind === "bias") return makeRef("biases", layer, row);
  if (kind === "input") return makeRef("weighted_input", 0, row);
  return kind === "target" ? makeRef("target", layer, row) : null;
}

/** @type {WeakMap<Trace, Map<string, string>>} */
const symbolTables = new WeakMap();

/** @param {Trace} trace */
function symbolTable(trace) {
  let table = symbolTables.get(trace);
  if (!table) {
    table = new Map();
    for (const step of trace.steps) {
      for (const piece of step.lines.flatMap((line) => line.symbols)) {
        if (typeof piece === "object" && "tex" in piece && piece.ref && !table.has(piece.ref)) table.set(piece.ref, piece.tex);
      }
    }
    symbolTables.set(trace, table);
  }
  return table;
}

/** @param {string} tex @param {number[]} indices counted from 1 */
function subscripted(tex, indices) {
  const inner = indices.some((index) => index > 9) ? indices.join(",") : indices.join("");
  const plain = tex.replace(/^\((.*)\)\^T$/, "$1");
  const at = /\^(\{[^{}]*\}|\d)(?!.*\^)/.exec(plain);
  if (!at) return /^[a-z]$/.test(plain) ? `${plain}_{${inner}}` : `(${plain})_{${inner}}`;
  const end = at.index + at[0].length;
  return `${plain.slice(0, end)}_{${inner}}${plain.slice(end)}`;
}

const NAMES = /** @type {Record<string, string>} */ ({
  weighted_input: "weighted input", activation: "activation", activation_slope: "slope", activation_gradient: "arrived",
  error: "error", weights: "weight", biases: "bias", target: "target", updated_weights: "new weight", updated_biases: "new bias",
  weight_gradient: "mean gradient", bias_gradient: "mean gradient", example_weight_gradient: "gradient", example_bias_gradient: "gradient",
  regularized_weight_gradient: "gradient with its price",
  ...Object.fromEntries(["weight", "bias"].flatMap((of) => [["velocity", "velocity"], ["moment", "mean gradient"], ["square", "mean square"]].flatMap(([kept, words]) => [[`${of}_${kept}`, words], [`updated_${of}_${kept}`, `new ${words}`]]))),
  cost: "mean cost", example_cost: "cost of this example", learning_rate: "learning rate",
});

/**
 * The symbol of a number in the textbook of the steps, and its name in words; tex is empty where the text has none.
 * @param {Trace} trace
 * @param {string} text
 */
export function refSymbol(trace, text) {
  const ref = parseRef(text);
  const words = NAMES[ref?.quantity ?? ""] ?? text;
  if (!ref) return { tex: "", words };
  const table = symbolTable(trace);
  const exact = table.get(text);
  if (exact) return { tex: exact, words };
  const array = table.get(makeRef(ref.quantity, ref.layer));
  if (ref.quantity === "error" && ref.layer === 0 && !array) return { tex: "", words: "rate of change with this input" };
  const indices = [ref.row, ref.column].filter((index) => index !== null).map((index) => index + 1);
  return { tex: array && indices.length > 0 ? subscripted(array, indices) : array ?? "", words };
}

/** A fraction in one line, for a label. @param {string} tex */
export function inLine(tex) {
  return tex.replace(/^\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{(.*)\}$/, "$1/$2");
}

/** The step at which a number becomes known, null where it is known already. @param {State} state @param {string} ref */
export function knowledge({ trace, granularity, cursor, part }, ref) {
  const { steps } = trace;
  const now = partAt(trace, granularity, cursor, part);
  const writer = steps.find((step) => step.writes.some((written) => ref === written || ref.startsWith(`${written}:`)));
  if (writer) return writer.index < cursor || (writer.index === cursor && known(steps, cursor, ref, now) !== "future") ? null : writer.index;
  const { quantity, layer } = parseRef(ref) ?? { quantity: "", layer: 0 };
  if (known(steps, cursor, ref) === "given" || !["error", "activation_gradient"].includes(quantity)) return null;
  const lastBackward = steps.findLast((step) => step.phase === "backward");
  return layer === 0 && lastBackward && lastBackward.index > cursor ? lastBackward.index : null;
}

/** @param {Subject} subject @param {number} rows of the batch */
function factRefs({ kind, layer, row, column }, rows) {
  const at = (/** @type {string} */ name, l = layer) => makeRef(name, l, row);
  const mean = rows > 1;
  switch (kind) {
    case "neuron": return ["weighted_input", "activation", "activation_slope", "activation_gradient", "error"].map((name) => at(name));
    case "input": return [at("weighted_input"), at("activation"), at("error")];
    case "weight": return OF_WEIGHTS.filter((name) => mean || name !== "weight_gradient").map((name) => makeRef(name, layer, row, column));
    case "bias": return OF_BIASES.filter((name) => mean || name !== "bias_gradient").map((name) => at(name));
    case "target": return [at("target"), at("activation"), at("activation_gradient")];
    default: return mean ? ["example_cost", "cost"] : ["cost"];
  }
}

/**
 * @param {State} state
 * @param {Subject} subject
 * @returns {{ref: string, value: number|null, scale: number, later: number|null, tex: string, words: string}[]} later is the step that makes it known
 */
export function factsOf(state, subject) {
  const { trace, example } = state;
  const same = (/** @type {string} */ a, /** @type {string} */ b) => valueOf(trace, example, a) === valueOf(trace, example, b);
  const refs = factRefs(subject, trace.costs.length).filter((ref) => valueOf(trace, example, ref) !== null);
  const [first, second] = refs;
  const shown = subject.kind === "input" && first && second && same(first, second) ? refs.slice(1) : refs;
  return shown.map((ref) => ({ ...asTold(trace, example, ref), later: knowledge(state, ref), ...refSymbol(trace, ref) }));
}

/**
 * What the steps so far remark about this neuron.
 * @param {State} state
 * @param {Subject} subject
 */
export function remarksOf({ trace, trace: { network }, cursor }, { kind, layer, row, column }) {
  const source = wiringOf(network).source(layer, column);
  const places = kind === "weight" ? [[layer, row], [source.layer, source.row]] : [[layer, row]];
  const refs = new Set(places.map(([l, r]) => `:${l}:${r}`));
  const texts = trace.steps.slice(0, cursor + 1).flatMap((step) => step.remarks)
    .filter(({ ref }) => refs.has(ref.slice(ref.indexOf(":"))) && /^[a-z_]+:\d+:\d+$/.test(ref)).map((remark) => remark.text);
  return [...new Set(texts)];
}

/**
 * The number a step makes known, of several the first: where the keyboard starts to ask from.
 * @param {State} state
 * @returns {string|null}
 */
export function resultNow({ trace, cursor, example }) {
  const array = trace.steps[cursor]?.result_ref ?? "";
  return [array, `${array}:0`, `${array}:0:0`].find((ref) => subjectOf(trace, ref) && valueOf(trace, example, ref) !== null) ?? null;
}

/**
 * The step that writes a number, among those the page steps through; null where it was given.
 * @param {Trace} trace
 * @param {string} ref
 * @returns {number|null}
 */
export function writerOf({ steps }, ref) {
  const written = ref === "costs" ? "cost" : ref;
  const writer = steps.find((step) => step.writes.some((one) => one === written || written.startsWith(`${one}:`) || one.startsWith(`${written}:`)));
  return writer?.index ?? null;
}
