// English: every word of the gradient check in the laboratory, but for the sentences of the server.
// Another language is another file of this shape.

export const check = {
  title: "Is this gradient right?",
  intro: "Push the number a little up, then a little down, and watch C. That asks the forward pass alone, so it can judge the backward pass.",
  number: "Number",
  ofStep: "Of this step",
  ofSelection: "Selected",
  /** @param {number} count */
  more: (count) => `and ${count} more: select them on the stage`,
  follow: "Follow the steps",
  asking: "Asking for the differences…",
  noNumber: "This update has no derivative to check.",
  step: "Step h",
  /** @param {string} h */
  stepIs: (h) => `h = ${h}`,
  /** @param {string} name @param {string} h @param {string} exact @param {string} difference @param {string} absolute @param {string} relative where the verdict does not say it @param {string} verdict */
  said: (name, h, exact, difference, absolute, relative, verdict) => `${name} at h = ${h}: backpropagated ${exact}, central difference ${difference}, absolute error ${absolute}${relative ? `, relative error ${relative}` : ""}. ${verdict}`,
  precision: "Precision",
  precisions: { float64: "float64", float32: "float32" },
  above: "C above",
  below: "C below",
  difference: "difference",
  width: "÷ 2h, as stored",
  numerical: "central difference",
  backpropagated: "backpropagated",
  absolute: "absolute error",
  relative: "relative error",
  /** @param {string} h @param {string} precision */
  vanished: (h, precision) => `Beside this number a step of ${h} is nothing: in ${precision} both sides are the same place, or there is no finite C.`,
  verdicts: {
    /** @param {string} bound @param {string} share */
    agree: (bound, share) => `Yes: the difference agrees with it. Relative error ${share}; at most ${bound} is allowed.`,
    /** @param {string} bound */
    truncation: (bound) => `More than ${bound}, but not for the gradient’s fault: this step is too wide, and the difference is off by truncation.`,
    /** @param {string} bound */
    round_off: (bound) => `More than ${bound}, but not for the gradient’s fault: this step is too narrow, and round-off of C is all one sees.`,
    /** @param {string} bound */
    differ: (bound) => `No: the difference is off by more than ${bound}, and no step brings them together.`,
    kink: () => "Between the two places lies a kink, where no derivative exists: nothing is judged at this step.",
    vanished: () => "Nothing to compare at this step.",
  },
  kinkOf: "Crossed at this step:",
  /** @param {number} neuron @param {number} layer @param {number} example @param {boolean} several */
  kink: (neuron, layer, example, several) => `neuron ${neuron} of layer ${layer}${several ? `, example ${example}` : ""}`,
  /** @param {number} count */
  moreKinks: (count) => `and ${count} more`,
  curve: {
    title: "The error at every step h",
    /** @param {string} best */
    label: (best) => `Absolute error of the central difference at every step h, both on a scale of powers of ten: a V with its bottom around h = ${best}. Click to choose a step.`,
    none: "Absolute error of the central difference at every step h: nothing can be compared.",
    h: "h",
    error: "absolute error",
    truncation: "truncation ∝ h²",
    roundOff: "round-off ∝ ε/h",
    best: "least",
  },
  why: "Why the curve is a V",
  whole: {
    title: "The whole network",
    asking: "Checking every number…",
    /** @param {number} compared @param {string} bound @param {string} largest */
    passed: (compared, bound, largest) => `${compared === 1 ? "The one number compared agrees" : `All ${compared} numbers compared agree`} within ${bound}; the largest relative error is ${largest}.`,
    /** @param {number} compared @param {string} bound @param {string} largest */
    failed: (compared, bound, largest) => `Of ${compared} numbers not all agree within ${bound}; the largest relative error is ${largest}.`,
    /** @param {string} usual */
    maybe: (usual) => `At this step the differences themselves may be off, by truncation or by round-off; h = ${usual} is a better judge.`,
    nothing: "Nothing could be compared: every step crosses a kink.",
    /** @param {string} h @param {number} passes */
    cost: (h, passes) => `Checked at h = ${h}, with ${passes} forward passes. Backpropagation took one forward and one backward pass.`,
    single: "The gradients are those of float32; the differences that judge them are made in float64.",
    /** @param {string} h */
    again: (h) => `Check all at h = ${h}`,
    /** @param {number} count @param {number} named */
    kinks: (count, named) => `${count} ${count === 1 ? "kink was" : "kinks were"} crossed and not counted${named < count ? `; the first ${named} are named` : ""}:`,
    /** @param {number} layer */
    layer: (layer) => `Layer ${layer}`,
    /** @param {number} layer @param {boolean} hasBias */
    map: (layer, hasBias) => `Relative errors of layer ${layer}: a row a neuron, a column an input${hasBias ? ", biases last" : ""}. Arrow keys go from number to number, Enter selects.`,
    /** @param {number} row @param {number} column @param {boolean} isBias */
    place: (row, column, isBias) => (isBias ? `bias of neuron ${row}` : `row ${row}, column ${column}`),
    key: "Relative error",
    /** @param {string} bound */
    classes: (bound) => ["≤ 10⁻¹¹", "≤ 10⁻⁹", "≤ 10⁻⁷", `≤ ${bound}`, "beyond", "kink"],
    table: "Number by number",
    columns: { number: "number", backpropagated: "backpropagated", numerical: "difference", error: "relative error" },
    byError: "sort by error, largest first",
    byOrder: "sort by layer",
    /** @param {number} count */
    all: (count) => `Show all ${count}`,
  },
};
