// English: every word the page itself says, outside the texts of the steps, which the server writes.
// Another language is another file of this shape.

import { wiring } from "./en_wiring.js";

export const page = {
  phases: { forward: "Forward", cost: "Cost", backward: "Backward", gradient: "Gradient", update: "Update" },
  /** Where a text differentiates the output itself, what ends the way forward is no cost. */
  outputPhase: "Output",
  lens: {
    /** @param {string} author @param {string} clause */
    switched: (author, clause) => `In the words of ${author}${clause ? `; ${clause}` : ""}.`,
    /** What is drawn as computed depends on the order of the text. @param {{more: string[], fewer: string[]}} drawn */
    drawn: ({ more, fewer }) => {
      const name = (/** @type {string[]} */ kinds) => kinds.map((kind) => ({ gradients: "gradients", errors: "errors", updated: "new parameters" })[kind] ?? kind).join(" and ");
      const parts = [more.length > 0 ? `more ${name(more)} are already computed at this point` : "", fewer.length > 0 ? `some ${name(fewer)} are not computed at this point` : ""];
      const said = parts.filter(Boolean).join(", ");
      return said ? `in its order ${said}` : "";
    },
  },
  inSymbols: "In symbols",
  checkThis: "Check this gradient",
  withNumbers: "With numbers",
  part: {
    place: (/** @type {string} */ what, /** @type {number} */ at, /** @type {number} */ of) => `${what} ${at} of ${of}`,
    neuron: (/** @type {number} */ row) => `Neuron ${row}`,
    input: (/** @type {number} */ row) => `Input ${row}`,
    weight: (/** @type {number} */ from, /** @type {number} */ to) => `Weight from neuron ${from} to neuron ${to}`,
    cost: "Cost",
    whole: "The whole step",
  },
  derivation: "Derivation, line by line",
  notInText: "Not in this text",
  costNotInText: "This cost is not in this text",
  inThisText: "In this text",
  /** @param {string} place */
  erratum: (place) => `Erratum. ${place.charAt(0).toUpperCase()}${place.slice(1)}`,
  /** @param {string} printed @param {string} holds */
  printedHolds: (printed, holds) => `printed: ${printed}; holds: ${holds}`,
  reads: "Reads",
  usedBy: "Used by",
  given: "given",
  nothing: "nothing in this update",
  frozen: "nothing: the biases are frozen",
  ends: "nothing: the update ends here",
  /** @param {number} step */
  fromStep: (step) => `from step ${step}`,
  /** @param {number} step */
  inStep: (step) => `in step ${step}`,
  curve: "Where these inputs sit on the curve",
  /** @param {string} symbol @param {string} value */
  slopeIs: (symbol, value) => `slope ${symbol} = ${value}`,
  /** @param {string} value */
  atZ: (value) => `at z = ${value}`,
  and: " and ",
  /** @param {number} n */
  region: (n) => `Part ${n}, scrolls`,
  /** @param {string} quantity @param {number} layer */
  diverged: (quantity, layer) => `The ${quantity} of layer ${layer} is not a finite number, so the steps end here. Make weights, inputs or the learning rate smaller.`,
  next: "Next step",
  nextUpdate: "Next update",
  end: "End",
  ending: { noRate: "End: no learning rate, so no update", gradientsOnly: "End: this text stops at the gradients", watched: "End: you watch; the next update is the driver’s" },
  attached: {
    back: "Back to training",
    /** @param {string} title @param {number} epoch */
    example: (title, epoch) => `${title || "Your data"}, epoch ${epoch + 1}`,
  },
  again: "Start again",
  play: "Play",
  pause: "Pause",
  /** @param {number} row @param {number} rows */
  chip: (row, rows) => `x = ${row} of ${rows}`,
  /** @param {number} row @param {number} rows */
  exampleNow: (row, rows) => `Example ${row} of ${rows}.`,
  /** @param {string} name */
  openedExperiment: (name) => `Experiment: ${name}.`,
  edited: "edited",
  /** @param {string} sizes */
  own: (sizes) => `${sizes}, your own`,
  share: "Share",
  copied: "Link copied",
  /** @param {string} what */
  copiedWhat: (what) => `Copied ${what}`,
  exporting: {
    title: "The derivation as a document",
    whole: "All steps",
    /** @param {number} step */
    upTo: (step) => `Up to step ${step}`,
    formats: /** @type {{type: string, ending: string, words: string}[]} */ ([
      { type: "text/plain", ending: "txt", words: "Text" },
      { type: "text/markdown", ending: "md", words: "Markdown" },
      { type: "application/x-tex", ending: "tex", words: "LaTeX" },
      { type: "text/csv", ending: "csv", words: "CSV, all values" },
    ]),
    copy: "Copy",
    save: "Save",
    print: "Print a hand-out",
    copied: "Copied",
    failed: "Save it instead",
  },
  handout: {
    /** @param {string} sizes @param {string} author */
    title: (sizes, author) => `Backpropagation in a ${sizes} network${author ? `, in the words of ${author}` : ""}`,
    /** @param {string[]} activations @param {string} cost @param {number|null} rate @param {number} examples @param {number} example */
    about: (activations, cost, rate, examples, example) => [
      `Activations: ${activations.join(", ").replaceAll("_", " ")}.`, `Cost: ${cost}.`,
      rate === null ? "No update." : `Learning rate: ${rate}.`, examples > 1 ? `Example ${example} of ${examples}.` : "",
    ].filter(Boolean).join(" "),
  },
  damaged: "This link is damaged: its network cannot be read. Ask for it again, or choose an example.",
  notCopied: "Copy the address bar",
  notCopiedText: "Select and copy it",
  copy: "Copy",
  themes: { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" },
  lost: "Connection lost, trying again in 3 s",
  retry: "Retry",
  back: "Back, nothing lost",
  close: "Close",
  asking: { title: "Ask further", loading: "Asking…" },
  /** What a classic mistake of the laboratory does to steps of the timeline. */
  marks: {
    movedHere: "✕ moved here",
    /** @param {import("../model/laboratory/experiment.d.ts").Mark} [mark] */
    said: ({ wrong, changed, ghost, moved } = {}) => [changed && "changed by the mistake", wrong && !ghost && "wrong with the mistake", ghost && "moved away by the mistake", moved !== undefined && "another step has been taken before it"].filter(Boolean).map((what) => `, ${what}`).join(""),
  },
  matrices: {
    title: "The same step as matrices",
    theStep: "The step",
    views: "Views of the step",
    scale: "colour by sign and size, each matrix on its own scale",
    none: "This step makes a single number or nothing to multiply; there is no matrix to draw.",
    matrix: "matrix",
    picture: "as a picture, arrow keys go from number to number",
    /** @param {number} rows @param {number} columns */
    shape: (rows, columns) => `${rows} × ${columns}`,
    /** @param {number} row @param {number} column */
    place: (row, column) => `row ${row}, column ${column}`,
  },
  receipt: {
    title: "Receipt",
    caption: "Every value so far",
    copyAs: "Copy as",
    text: "text", csv: "CSV", tex: "TeX",
    digits: "Digits",
    step: "Step", kind: "Pass", symbol: "Symbol", values: "Values",
  },
  published: {
    tab: "Published",
    value: "Number", printed: "printed", ours: "ours", verdict: "agreement",
    agrees: "✓ agree", differs: "✕ differs",
    edited: "The numbers on the stage were changed or have moved on; this table is of the example as published.",
    restore: "Load it again",
    source: "Source",
    /** @param {number} n @param {number} of */
    count: (n, of) => (of === 1 && n === 1 ? "The printed number agrees with ours." : n === of ? `All ${of} printed numbers agree with ours.` : `${n} of ${of} printed numbers agree with ours; the others say why not.`),
  },
  call: {
    title: "The same by REST",
    words: "Both calls give exactly what is on the screen: this network, these numbers, told in these steps.",
    ofExperiment: "This experiment by REST",
    experiment: "The question that the experiment asks, about this network and with these numbers.",
    curl: "curl", python: "Python",
    api: "Every field is described in the API pages.",
  },
  inspector: {
    selected: "Selected",
    back: "Back to the explanation",
    input: "input", hidden: "hidden", output: "output",
    /** @param {string} place @param {number} n */
    neuron: (place, n) => `${place[0]?.toUpperCase()}${place.slice(1)} neuron ${n}`,
    /** @param {number} n */
    inputName: (n) => `Input ${n}`,
    /** @param {number} n */
    target: (n) => `Target ${n}`,
    cost: "Cost",
    /** @param {string} place @param {number} n */
    bias: (place, n) => `Bias of ${place} neuron ${n}`,
    /** @param {string} to @param {number} n @param {string} from @param {number} k */
    weight: (to, n, from, k) => `Weight to ${to}\u00a0${n} from ${from}\u00a0${k}`,
    /** @param {number} layer @param {number} n */
    place: (layer, n) => `layer ${layer}, neuron ${n}`,
    /** @param {number} from @param {number} to */
    between: (from, to) => `from layer ${from} to layer ${to}`,
    /** @param {number} step */
    atStep: (step) => `at step ${step}`,
    newValue: "Type a new value and the trace is computed again",
    set: "Set",
    undo: "Undo",
    errorProduct: "Its error, as a product",
    gradientProduct: "Its derivative, as a product",
    gradientError: "Its derivative is the error itself",
    /** @param {string} count @param {boolean} toOutput a text that differentiates the output has no cost */
    pathCount: (count, toOutput) => `The same, ${count === "1" ? "along its only path" : `as a sum over its ${count.replace(/\B(?=(\d{3})+$)/g, "\u202f")} paths`} to the ${toOutput ? "output" : "cost"}`,
    otherPaths: "all other paths together",
    sources: "From", targets: "To", given: "It was given, not computed.", readByNone: "No equation reads it.",
    batch: "The batch at this number", costOf: "cost", mean: "mean", changes: "Changes", trail: "The way here", asking: "Asking where it comes from and where it goes …",
    /** @param {number} n */
    example: (n) => `x\u00a0=\u00a0${n}`,
    sum: "sum",
    /** @param {number} count */
    smaller: (count) => `and ${count} smaller ones`,
    updated: "Old and new ",
  },
  editor: {
    title: "Network",
    intro: "Change anything; what you do not touch keeps its numbers.",
    /** @param {number} number @param {string} place */
    layerName: (number, place) => `Layer ${number}, ${place}`,
    layers: "Layers", layer: "Layer", neurons: "Neurons", activation: "Activation", input: "input", hidden: "hidden", output: "output",
    add: "Add a hidden layer", remove: "Remove",
    ...wiring,
    inputActivation: "Activation of the input", cost: "Cost", biases: "Biases", freeze: "Freeze the biases in the update",
    reluZero: "Slope of ReLU at 0", rate: "Learning rate η", rateHint: "Empty: no update.",
    functions: "Functions", batch: "Batch", row: "x", addRow: "Add an example", removeRow: "Remove", inputs: "inputs", targets: "targets",
    parameters: "Weights and biases",
    keep: "The present numbers are kept.", fresh: "Draw new weights and biases",
    scheme: "Scheme", seed: "Seed",
    reshaped: "The shape changed, so new weights are drawn.",
    apply: "Apply", cancel: "Cancel", blank: "Start from blank",
    /** @param {number} most */
    sizeProblem: (most) => `Type a whole number from 1 to ${most}.`,
    /** @param {number} count */
    manyInputs: (count) => `${count} numbers: select one in the picture to change it`,
    /** @param {number} rows */
    tooLong: (rows) => `This batch has ${rows} examples; the table shows the first 24, the others stay as they are.`,
  },
  help: {
    title: "Help",
    keys: "Keys",
    list: /** @type {[string, string][]} */ ([
      ["Space", "next step; after the last one the next update"],
      ["← →", "one step back, one forward"],
      ["Shift ← →", "one layer back, one forward"],
      ["Home, End", "first step, last step"],
      ["P", "play, pause"],
      ["1 2 3 4 5", "one step is a pass, a layer, an equation, a neuron, a term"],
      ["[ ]", "another example of the batch"],
      ["L", "the words of the next textbook; with Shift the one before"],
      ["I", "where the result of this step comes from and where it goes; then Tab"],
      ["Backspace", "back to the number one came from"],
      ["Ctrl Z", "undo the last edit"],
      ["Esc", "close, deselect"],
      ["G", "to the laboratory, and back"],
      ["?", "this page"],
    ]),
    signs: "Signs",
    legend: /** @type {[string, string][]} */ ([
      ["forward", "forward: a weighted input or an activation"],
      ["cost", "the cost"],
      ["backward", "backward: an error δ, travelling against the weights"],
      ["gradient", "a gradient of weights or biases"],
      ["update", "an update of weights or biases"],
    ]),
    colour: "Blue numbers are negative, orange ones positive. A yellow marker is what you point at; an ink outline is what this step makes known.",
    four: "The four equations",
    script: "To script the page: window.backscope.state(), seek(step) and example(id).",
  },
};
