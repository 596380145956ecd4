// English: the words of the pair of costs, beside what the server says of it.

export const pairs = {
  title: "Why cross-entropy",
  about: { sigmoid: "The same neuron, just as wrong, under two costs. One makes it wait for its own slope, the other cancels it.", softmax: "The same classes, just as wrong, under two costs. One sends the error through the Jacobian of softmax, the other cancels it." },
  modes: { sigmoid: "One neuron", softmax: "Softmax" },
  mode: "Which output",
  start: "Begin with",
  starts: { "nielsen-neuron-saturated": "w = 2, b = 2: saturated", "nielsen-neuron": "w = 0.6, b = 0.9", "softmax-saturated": "three classes, saturated" },
  own: "numbers of your own",
  /** @param {import("../model/laboratory/pairs.js").Knob} knob @param {boolean} isAlone @param {boolean} isSingle */
  knob: ({ quantity, row, column }, isAlone, isSingle) => (quantity === "biases" ? `bias${isAlone ? "" : ` of output ${row + 1}`}` : `weight${isSingle ? "" : ` from input ${column + 1}`}${isAlone ? "" : ` to output ${row + 1}`}`),
  exactly: "exactly",
  rate: "learning rate η",
  output: "The error of output",
  costs: { quadratic: "Quadratic cost", binary_cross_entropy: "Cross-entropy", cross_entropy: "Cross-entropy" },
  short: { quadratic: "quadratic", binary_cross_entropy: "cross-entropy", cross_entropy: "cross-entropy" },
  stepNow: "This step",
  noStep: "The text has no such step under this cost.",
  compared: "Side by side",
  number: "number",
  times: "times as large",
  timesMoved: "times as far",
  /** @param {string} times */
  by: (times) => `× ${times}`,
  none: "–",
  learning: "What each does in 300 updates",
  outputs: "Output",
  /** @param {number} output */
  outputCurve: (output) => `Output ${output}`,
  cost: "Cost",
  costNote: "The two costs measure on different scales: compare how soon each falls, not how high it lies.",
  after: "After update",
  /** @param {number} update @param {string} what @param {string} first @param {string} second */
  afterSaid: (update, what, first, second) => `${update}: ${what} ${first} under the quadratic cost, ${second} under cross-entropy`,
  /** @param {string} first @param {string} second @param {string} what */
  curve: (what, first, second) => `${what} over the updates: under the quadratic cost it ends at ${first}, under cross-entropy at ${second}`,
  updates: "updates",
  /** @param {string} author @param {string} words @param {string} digits @param {string} ours */
  printedLine: (author, words, digits, ours) => `${author}, quadratic cost, ${words}: ${digits} in print, ${ours} here.`,
  train: "Train it",
  step: "Step through it",
  unfit: "This pair needs a network that ends in sigmoid or softmax and has targets.",
  openNeuron: "Open the saturated neuron",
  openClasses: "Open three classes",
  asking: "Comparing …",
  few: "Change single numbers in the editor; sliders are for a single small layer.",
  typed: "Type a number, for example 0.5 or -2.",
  far: "Stay within ±100.",
  rateTyped: "Type a learning rate from 0 to 1000, for example 0.15.",
};
