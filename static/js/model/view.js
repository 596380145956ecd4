// Everything the scene needs to know about one moment: trace, step, progress, layout, colours and what is pointed at.
// It answers the two questions every part of the drawing asks: what is this number, and may it be shown?

import { framedColumn } from "./camera.js";
import { formatNumber } from "./format.js";
import { coneOf } from "./cone.js";
import { known } from "./known.js";
import { asTold, letters, scaleOf, shownLayer, stageSymbol } from "./lens.js";
import { partAt } from "./fine.js";
import { progressOfPart } from "./part_motion.js";
import { textWidth } from "./plates.js";
import { pointingOf } from "./pointing.js";
import { KEPT, parseRef } from "./refs.js";
import { isWide } from "./strongest.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./known.js").Knowledge} Knowledge */
/** @typedef {{weightedInput: number, activation: number, weight: number, error: number}} Scales */
/**
 * @typedef {object} View
 * @property {Trace} trace
 * @property {readonly Step[]} steps
 * @property {number} index of the step that is drawn
 * @property {Step|undefined} step
 * @property {number} f share of its motion, 1 at rest
 * @property {import("./fine.js").PartNow|null} part of the step, where it is told in parts
 * @property {import("./motion.js").Progress} progress
 * @property {number} example
 * @property {number} digits
 * @property {number} last index of the output layer
 * @property {number[]} sizes
 * @property {boolean} wide only the strongest edges are drawn, and those of what is pointed at
 * @property {import("./layout.js").Layout} layout
 * @property {import("./palette.js").Palette} palette
 * @property {import("./pointing.js").Pointing} pointing
 * @property {import("./laboratory/experiment.d.ts").Twin|null} twin second numbers, of an experiment in the laboratory
 * @property {import("./cone.js").Cone|null} cone what changes with the selected number, once it is known
 * @property {string|null} pointed
 * @property {string|null} selected
 * @property {typeof import("../texts/en_stage.js").stage} texts
 * @property {Scales} scales
 * @property {Map<string, string>} remarks kind by ref, of all steps so far
 * @property {boolean} backward σ′, a − y and the arrivals are shown: while errors and gradients are the subject
 * @property {(ref: string) => number|null} value
 * @property {(ref: string) => Knowledge} known
 * @property {(layer: number) => string} upper the layer's number as the text writes it
 * @property {(quantity: string, layer: number, row: number) => import("./marks.js").Symbol} symbol of one number, as the text writes it
 * @property {(name: string) => string} letters of the text without places
 * @property {(ref: string) => number} scale of the text's number: value is scale times what the trace holds
 * @property {(layer: number) => number} longest the longest z or a of a layer, in em
 * @property {{left: number, right: number}|null} frame phone: what the screen shows of the content; labels stay inside
 */

/** @type {WeakMap<Trace, Map<number, Scales>>} */
const scalesOfTrace = new WeakMap();

/**
 * @param {object} input
 * @param {Trace} input.trace
 * @param {number} input.index
 * @param {number} input.f
 * @param {number} [input.part] which part of the step, at a granularity finer than an equation
 * @param {import("./types.d.ts").Granularity} [input.granularity]
 * @param {number} input.example
 * @param {number} input.digits
 * @param {string|null} input.pointed
 * @param {string|null} input.selected
 * @param {import("./types.d.ts").Inspection["cone"]|null} [input.cone]
 * @param {import("./laboratory/experiment.d.ts").Twin|null} [input.twin]
 * @param {import("./layout.js").Layout} input.layout
 * @param {import("./palette.js").Palette} input.palette
 * @param {typeof import("../texts/en_stage.js").stage} input.texts
 * @returns {View}
 */
export function createView({ trace, index, f, part = 0, granularity = trace.granularity, example, digits, pointed, selected, cone = null, twin = null, layout, palette, texts }) {
  const steps = trace.steps ?? [];
  const step = steps[index];
  const now = partAt(trace, granularity, index, part);
  const last = trace.network.layers.length;
  const { sizes } = layout.wiring;
  const scale = (/** @type {string} */ ref) => scaleOf(steps, parseRef(ref)?.quantity ?? "");
  return {
    trace, steps, index, step, f, example, digits, last, layout, palette, pointed, selected, texts, twin,
    sizes, wide: isWide(layout.wiring),
    part: now, progress: progressOfPart(step, now, f),
    cone: coneOf(cone, selected, last, layout.wiring),
    pointing: pointingOf([pointed, selected], last, layout.wiring),
    scales: scalesOf(trace, example),
    remarks: remarksUpTo(steps, index),
    backward: step?.phase === "backward" || step?.phase === "gradient",
    value: (ref) => asTold(trace, example, ref).value,
    scale,
    symbol: (name, layer, row) => stageSymbol(trace, name, { layer, row, example }),
    letters: (name) => letters(trace, name),
    known: (ref) => {
      const knowledge = steps.length ? known(steps, index, ref, now) : "past";
      // A push runs through the whole network, however far the steps have come.
      return knowledge === "future" && twin?.everywhere && twin.values.has(ref) ? "past" : knowledge;
    },
    upper: (layer) => String(shownLayer(trace, layer)),
    longest: (layer) => longestNumber(trace, example, digits, layer),
    frame: frameOf(layout, step),
  };
}

/**
 * @param {import("./layout.js").Layout} layout
 * @param {Step|undefined} step
 */
function frameOf(layout, step) {
  if (!layout.slotPitch) return null;
  const left = framedColumn(layout, step) * layout.slotPitch;
  return { left, right: left + layout.width };
}

/** @type {WeakMap<Trace, Map<string, number>>} */
const lengthsOfTrace = new WeakMap();

/**
 * Over all numbers the layer will ever show, so that the size does not change from step to step.
 * @param {Trace} trace
 * @param {number} example
 * @param {number} digits
 * @param {number} layer
 */
function longestNumber(trace, example, digits, layer) {
  let lengths = lengthsOfTrace.get(trace);
  if (!lengths) lengthsOfTrace.set(trace, (lengths = new Map()));
  const key = `${example}:${digits}:${layer}`;
  let longest = lengths.get(key);
  if (longest === undefined) {
    const values = [...(layer > 0 ? (trace.layers[layer]?.weighted_input?.[example] ?? []) : []), ...(trace.layers[layer]?.activation?.[example] ?? [])];
    longest = Math.max(1, ...values.map((value) => textWidth(formatNumber(value, digits), 1)));
    lengths.set(key, longest);
  }
  return longest;
}

/**
 * @param {unknown} values nested arrays
 * @returns {number}
 */
function largest(values) {
  if (typeof values === "number") return Math.abs(values);
  return Array.isArray(values) ? values.reduce((most, value) => Math.max(most, largest(value)), 0) : 0;
}

/**
 * What counts as full strength: the same for the whole network, so that layers can be compared.
 * @param {Trace} trace
 * @param {number} example
 * @returns {Scales}
 */
function scalesOf(trace, example) {
  let byExample = scalesOfTrace.get(trace);
  if (!byExample) scalesOfTrace.set(trace, (byExample = new Map()));
  let scales = byExample.get(example);
  if (!scales) {
    /** @param {"weighted_input"|"activation"|"error"} name */
    const over = (name) => Math.max(0, ...trace.layers.map((layer) => largest(layer[name]?.[example])));
    scales = {
      weightedInput: Math.max(1.4, over("weighted_input")),
      activation: Math.max(1, over("activation")),
      weight: Math.max(...trace.layers.map((layer) => largest([layer.weights ?? [], layer.biases ?? []])), 1e-300),
      error: over("error") * Math.abs(scaleOf(trace.steps ?? [], "error")) || 1,
    };
    byExample.set(example, scales);
  }
  return scales;
}

/** @type {WeakMap<readonly Step[], Map<number, Map<string, string>>>} */
const remarksOfSteps = new WeakMap();

/**
 * @param {readonly Step[]} steps
 * @param {number} index
 */
function remarksUpTo(steps, index) {
  let byIndex = remarksOfSteps.get(steps);
  if (!byIndex) remarksOfSteps.set(steps, (byIndex = new Map()));
  let remarks = byIndex.get(index);
  if (!remarks) {
    remarks = new Map();
    for (const step of steps.slice(0, index + 1)) for (const { ref, kind } of step.remarks ?? []) remarks.set(ref, kind);
    byIndex.set(index, remarks);
  }
  return remarks;
}

/**
 * Whether a weight's gradient or bias's gradient stands on the stage now, and under which name.
 * @param {View} view
 * @param {"weight"|"bias"} kind
 * @param {number} layer
 * @returns {string|null} the quantity
 */
export function gradientNow(view, kind, layer) {
  // Some texts tell the gradient of one example, others at once that of the mean.
  const isMean = /^(weight|bias)_gradient$/.test(view.step?.quantity ?? "");
  const names = [`example_${kind}_gradient`, `${kind}_gradient`, `regularized_${kind}_gradient`];
  for (const quantity of isMean ? names.reverse() : names) {
    if (view.known(`${quantity}:${layer}`) === "now") return quantity;
  }
  return null;
}

/**
 * What an optimizer remembers of the weights or biases of a layer, where this step makes it anew.
 * @param {View} view
 * @param {"weight"|"bias"} kind
 * @param {number} layer
 * @returns {string|null} the quantity as it was before
 */
export function keptNow(view, kind, layer) {
  return KEPT.map((kept) => `${kind}_${kept}`).find((name) => view.known(`updated_${name}:${layer}`) === "now") ?? null;
}

/**
 * A number and what became of it.
 * @param {View} view
 * @param {string} before quantity
 * @param {string} indices layer and place
 * @returns {import("./scene_plates.js").PlateContent}
 */
export function changePlate(view, before, indices) {
  const [oldRef, ref] = [`${before}:${indices}`, `updated_${before}:${indices}`];
  const now = view.known(ref) === "now";
  return { kind: "update", ref, value: view.value(ref), old: view.value(oldRef), oldRef, now, roll: now ? view.progress.roll : 1 };
}
