// English: the words of the page of expressions, outside the texts of the steps, which the server writes.
// Another language is another file of this shape.

export const graph = {
  stage: "Graph of the expression",
  network: "Graph, one node a number",
  where: "Expression",
  /** @param {number} at @param {number} of */
  step: (at, of) => `step ${at} of ${of}`,
  /** @param {string[]} names */
  inputs: (names) => `Values of ${names.join(", ")}`,
  own: "your own",
  example: "Example",
  nodeWords: {
    /** @param {string} name @param {string} operation @param {string[]} made */
    name: (name, operation, made) => (operation === "input" ? `${name}, input` : operation === "constant" ? `${name}, constant` : `${name}, ${operation.replaceAll("_", " ")} of ${made.join(", ")}`),
    /** @param {string} value */
    value: (value) => `value ${value}`,
    /** @param {string} value */
    gradient: (value) => `gradient ${value}`,
    notYet: "not computed yet",
  },
  legend: { negative: "−", positive: "+", width: "width is |local derivative|", backward: "gradient on its way back", forward: "value on its way" },
  numberWanted: (/** @type {string} */ name) => `${name} needs a number, such as −2 or 0.5.`,
  notComputed: "Typed, not computed yet.",
  valueMissing: (/** @type {string} */ name) => `${name} needs a value.`,
  damaged: "This link is damaged: its expression cannot be read. Ask for it again, or choose an example.",
  unreadableLink: "The expression of this link could not be computed, so the first example is drawn.",
  /** @param {string[]} names */
  endsAtInputs: (names) => `nothing: ${names.join(" and ")} ${names.length === 1 ? "is an input" : "are inputs"}`,
  endsHere: "nothing: the way ends here",
  call: "Both calls give exactly what is on the screen: this expression, these values, told in these steps.",
  check: {
    title: "Is this gradient right?",
    sentence: "Each input is moved a little to both sides, and the difference of the results, divided by the way, is laid beside the gradient.",
    size: "Step h",
    curve: "The error at every step h, of the gradient by",
    /** @param {string} h */
    stepIs: (h) => `h = ${h}`,
    /** @param {string} h @param {string} error */
    best: (h, error) => `At h = ${h} the relative error, that difference over the larger of the two, is ${error}.`,
    nothing: "There is no input, so there is no gradient to check.",
    heads: ["by", "backpropagated", "numerical", "relative error", ""],
    kink: "crosses a corner",
    diverged: "The steps broke off at a number that is none, so there is nothing to check.",
    /** @param {number} passes @param {number} kinks of them cross a corner @param {number} all */
    passed: (passes, kinks, all) => `${kinks === all ? "Every step crosses a corner or starts on one, where there is no derivative to compare" : kinks > 0 ? "They agree wherever no corner is crossed" : "They agree"}. It took ${passes} forward passes; the way back took one.`,
    failed: "✕ At this step they differ by more than rounding explains. A step too wide or too narrow does that to a right gradient too: the curve tells.",
    /** @param {string} h @param {string} verdict */
    at: (h, verdict) => `At h = ${h}: ${verdict}`,
  },
  tryIt: (/** @type {string} */ name, /** @type {string} */ output) => `Try it: move ${name} a little, watch ${output}`,
  predicted: "predicted, ",
  happens: (/** @type {string} */ output) => `what ${output} does`,
  moves: "Which input moves",
  /** @param {string} name @param {string} change @param {string} output @param {string} predicted @param {string} happened */
  moved: (name, change, output, predicted, happened) => `${name} moved by ${change}: predicted ${predicted}, what ${output} does ${happened}.`,
  brokeOff: (/** @type {string} */ what) => `${what} is not a finite number, so the steps end here. Change a value or the expression.`,
  selected: { from: "Where it comes from", to: "Where it goes", value: "Value", gradient: "Gradient", none: "nothing: this is given", end: "nothing: this is the result", back: "Back to the step", node: "Node", local: "local derivative", product: "comes back",
    /** @param {number} uses */
    adds: (uses) => `It is used ${uses} times, so its gradient is the sum of the ${uses} products that come back.` },
  handout: {
    /** @param {number} nodes @param {string} author */
    title: (nodes, author) => `Backpropagation in a graph of ${nodes} ${nodes === 1 ? "node" : "nodes"}${author ? `, in the words of ${author}` : ""}`,
    /** @param {number} inputs @param {number} operations @param {string} output */
    about: (inputs, operations, output) => `${inputs} ${inputs === 1 ? "input" : "inputs"}, ${operations} ${operations === 1 ? "operation" : "operations"}; ${output} is differentiated.`,
  },
  help: {
    list: [
      ["Space", "next step; at the end, start again"], ["← →", "one step back or on"], ["Shift ← →", "to the other pass"], ["Home, End", "first, last step"], ["P", "play and pause"],
      ["1 2 3", "one step is a pass, a node, a term"], ["L", "the next textbook"], ["G", "back to the network"], ["Tab", "from node to node in the order they are computed"], ["Enter", "in the field: compute; on a node: where from, where to"], ["Shift Enter", "in the field: another line"], ["?", "this help"],
    ],
    typed: "What may be typed",
    grammar: "Operations: + − * / ** and unary −, with Python’s precedence; exp, log, sqrt, sin, cos, tanh, sigmoid, relu, softplus, abs, max, min. Several lines with names of your own; the last line is what is differentiated.",
  },
};
