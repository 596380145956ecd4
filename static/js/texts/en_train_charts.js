// English texts of the charts and maps of training; other languages are tables of the same shape.
// Functions build the phrases, so that word order stays a matter of the language.

import { formatNumber } from "../model/format.js";

const numbers = new Intl.NumberFormat("en");
/** @param {number} count */
const thousands = (count) => numbers.format(count);
/** @param {number} count @param {string} one @param {string} [more] */
const many = (count, one, more = `${one}s`) => `${thousands(count)} ${count === 1 ? one : more}`;
/** @param {number|null|undefined} share */
const percent = (share) => (share === null || share === undefined ? "–" : `${formatNumber(share * 100, 3)} %`);

export const charts = {
  percent,
  none: "–",
  log: "log scale", linear: "from zero",
  titles: { cost: "Cost", logCost: "Cost, log scale", accuracy: "Accuracy", gradient: "Gradient norm by layer, log scale", error: "Mean |δ| by layer, log scale" },
  lines: /** @type {Record<string, string>} */ ({ train: "train", test: "test", each: "update" }),
  layer: (/** @type {number} */ number) => `layer ${number}`,
  first: (/** @type {string} */ unit, /** @type {string} */ number) => `${unit} ${number}`,
  at: (/** @type {number} */ update, /** @type {string|null} */ epoch) => `update ${thousands(update)}${epoch === null ? "" : `, epoch ${epoch}`}`,
  reads: (/** @type {string} */ where, /** @type {string[]} */ values) => (values.length ? `${where}: ${values.join(", ")}` : `${where}: nothing measured yet`),
  how: "Arrow keys read the curve from sample to sample.",
  details: "Activations, layer by layer",
  histogram: {
    layer: (/** @type {number} */ number, /** @type {string} */ activation) => `layer ${number} · ${map.activation(activation)}`,
    saturated: "saturated", dead: "dead",
    says: (/** @type {number} */ number, /** @type {string} */ low, /** @type {string} */ high, /** @type {string} */ most, /** @type {string} */ shares) =>
      `Layer ${number}: activations from ${low} to ${high}, most often near ${most}${shares}.`,
  },
};

export const plane = {
  boundary: (/** @type {number|null} */ wrong, /** @type {number} */ count) => (wrong === null ? "Decision boundary" : `Decision boundary, ${thousands(wrong)} of ${thousands(count)} wrong`),
  surface: "What it answers over the plane",
  curve: "The curve it has learned",
  confusion: (/** @type {number} */ wrong, /** @type {number} */ count) => `Classes of the test set${count ? `, ${thousands(wrong)} of ${thousands(count)} wrong` : ""}`,
  nothing: "Nothing to draw over",
  noPicture: (/** @type {number} */ inputs) => `With ${inputs} inputs and a value to learn there is no plane to draw on. The curves tell how far it is.`,
  noTest: "No example is held back for the test, so there is nothing to compare.",
  waiting: "The first picture is on its way.",
  /** A number alone says nothing of what it counts. @param {string} name */
  className: (name) => (/^\d+$/.test(name) ? `class ${name}` : name),
  legend: {
    wrong: "on the wrong side", next: "in the next batch", stepped: "stepped through", after: "boundary after this update", curveAfter: "curve after this update",
    train: "to learn from", test: "to test", learned: "what it answers", negative: "−", positive: "+", low: "low", high: "high",
  },
  describe: (/** @type {string} */ title, /** @type {number} */ update, /** @type {string} */ groups, /** @type {string} */ next) => `${title}, at update ${update}. ${groups}${next}`,
  groups: (/** @type {[string, number][]} */ groups) => `${groups.map(([name, count]) => `${name}: ${many(count, "example")}`).join("; ")}.`,
  wrongRows: (/** @type {number} */ train, /** @type {number} */ test) => ` Wrong: ${train} of those it learns from, ${test} of the test.`,
  next: (/** @type {number} */ count) => ` The next update takes ${many(count, "example")} of them.`,
  confusionTable: { caption: "Rows are the true class, columns the answer.", corner: "is · answered", cell: (/** @type {number} */ count, /** @type {string} */ of, /** @type {string} */ as) => `${many(count, "example")} of class ${of} answered ${as}`, truth: "is", answer: "answered" },
  mistakes: {
    some: "Mistakes",
    title: (/** @type {number} */ shown, /** @type {number} */ all) => (all === 0 ? "No mistake" : shown < all ? `${shown} of ${all} mistakes` : many(all, "mistake")),
    of: (/** @type {string} */ of, /** @type {string} */ as) => `${of} → ${as}`,
    label: (/** @type {number} */ row, /** @type {string} */ of, /** @type {string} */ as) => `Test example ${row + 1}: is ${of}, answered ${as}`,
    chosen: (/** @type {number} */ row, /** @type {string} */ of, /** @type {string} */ as) => `Test example ${row + 1} is ${of} and is taken for ${as}.`,
    none: "Every test example has its own class.",
    choose: "Choose one to see it large.",
  },
};

export const map = {
  title: { maps: "The network, each neuron over the whole plane", means: "The network, mean activation and size of δ" },
  headings: { input: "Input", hidden: "Hidden", output: "Output" },
  layer: (/** @type {number} */ number) => `layer ${number}`,
  activation: (/** @type {string} */ name) => name.replace("relu", "ReLU").replaceAll("_", " "),
  inputs: (/** @type {number} */ count) => `${thousands(count)} inputs`,
  neurons: (/** @type {number} */ count) => `${count} neurons`,
  neuron: (/** @type {string} */ kind, /** @type {number} */ number, /** @type {number} */ layer) => `${kind} ${number} of layer ${layer}`,
  short: (/** @type {number} */ number) => `neuron ${number}`,
  shortOf: (/** @type {number} */ number, /** @type {number} */ layer) => `neuron ${number}, layer ${layer}`,
  shortInput: (/** @type {number} */ number) => `input ${number}`,
  kinds: { input: "Input", hidden: "Hidden neuron", output: "Output neuron" },
  facts: { activation: "mean |a|", error: "mean |δ|", bias: "bias", saturated: "saturated" },
  weights: "strongest weights into it",
  weightTile: "weights into it",
  example: (/** @type {string} */ name) => `one example: ${name}`,
  anExample: "one example",
  saturated: (/** @type {string} */ share) => `Saturated: its curve is flat for ${share} of the examples, so it learns slowly.`,
  dead: "Dead: it passes on nothing, whatever is put in, so it learns nothing.",
  flat: "≈", zero: "0",
  legend: {
    negative: "−", positive: "+", width: "width is |w|", added: "added without a weight", error: "size of δ",
    strongest: (/** @type {number} */ shown, /** @type {number} */ all) => `the ${thousands(shown)} strongest of ${thousands(all)} weights`,
  },
  how: "The network. Arrow keys go from neuron to neuron.",
  says: (/** @type {string[]} */ layers, /** @type {string} */ remarks) => `${layers.join(", then ")}.${remarks}`,
  layerSays: (/** @type {number} */ count, /** @type {string} */ what) => many(count, `${what} neuron`),
  strongest: (/** @type {string} */ weight, /** @type {string} */ from, /** @type {string} */ to) => ` The strongest weight, ${weight}, leads from ${from} to ${to}.`,
  stuck: (/** @type {number} */ saturated, /** @type {number} */ dead) => `${saturated ? ` ${many(saturated, "neuron is", "neurons are")} saturated.` : ""}${dead ? ` ${many(dead, "neuron is", "neurons are")} dead.` : ""}`,
};
