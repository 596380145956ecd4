// Every English word of the stage; other languages are tables of the same shape.
// Functions build the phrases a screen reader says, so that word order stays a matter of the language.

/** Thousands apart, by a narrow space. @param {number} count */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");

export const stage = {
  headings: { input: "Input", hidden: "Hidden", output: "Output", cost: "Cost" },
  /** @param {string} number */
  layer: (number) => `layer ${number}`,
  /** Layers that stand over one another. @param {string[]} numbers */
  layers: (numbers) => `layers ${numbers.join(" and ")}`,
  /** What a layer reads, where that is not the layer before. @param {string[]} numbers */
  reads: (numbers) => `reads layers ${numbers.join(" and ")}`,
  /** @param {string[]} numbers */
  adds: (numbers) => `adds layer ${numbers.join(" and ")}`,
  costs: /** @type {Record<string, string>} */ ({
    quadratic: "quadratic",
    cross_entropy: "cross-entropy",
    binary_cross_entropy: "binary cross-entropy",
    output: "the output itself",
    squared_error: "squared error",
  }),
  /** @param {number} count */
  inputCount: (count) => `${count} inputs`,
  /** @param {number} count */
  neuronCount: (count) => `${count} neurons`,
  target: "target",
  /** The second number of a place, said behind the first. */
  twins: {
    /** @param {string} number */
    wrong: (number) => `with the mistake ${number}`,
    /** @param {string} number */
    moved: (number) => `now ${number}`,
  },
  summary: {
    weight: {
      /** @param {number} count */
      gradient: (count) => `${count} gradients`,
      /** @param {number} count */
      update: (count) => `${count} new weights`,
      /** @param {number} count */
      velocity: (count) => `${count} new velocities`,
      /** @param {number} count */
      moment: (count) => `${count} new means`,
      /** @param {number} count */
      square: (count) => `${count} new mean squares`,
    },
    bias: {
      /** @param {number} count */
      gradient: (count) => `${count} bias gradients`,
      /** @param {number} count */
      update: (count) => `${count} new biases`,
      /** @param {number} count */
      velocity: (count) => `${count} new velocities`,
      /** @param {number} count */
      moment: (count) => `${count} new means`,
      /** @param {number} count */
      square: (count) => `${count} new mean squares`,
    },
    short: {
      /** @param {number} count */
      gradient: (count) => String(count),
      /** @param {number} count */
      update: (count) => `${count} new`,
      /** @param {number} count */
      velocity: (count) => `${count} new`,
      /** @param {number} count */
      moment: (count) => `${count} new`,
      /** @param {number} count */
      square: (count) => `${count} new`,
    },
  },
  frozen: "frozen: this bias is left out of the update",
  legend: {
    negative: "−", positive: "+", width: "width is |w|",
    /** @param {string} what */
    forward: (what) => `forward, ${what}`,
    /** @param {string} what */
    backward: (what) => `backward, ${what}`,
    bias: "bias", frozen: "bias, frozen",
    pointAt: "Point at a neuron to read its weights.",
    /** @param {number} shown @param {number} all @param {boolean} selected */
    strongest: (shown, all, selected) => `${selected ? "selected neuron, and " : ""}the ${shown} strongest of ${grouped(all)} weights`,
  },
  tile: {
    inputs: "the inputs",
    errors: "error of each input",
    /** @param {number} row */
    weights: (row) => `weights into neuron ${row}`,
    /** @param {number} row */
    gradients: (row) => `gradients into neuron ${row}`,
    /** @param {number} row */
    updated: (row) => `new weights into neuron ${row}`,
    /** @param {string} what @param {number} count @param {number} columns @param {number} rows */
    label: (what, count, columns, rows) => `${what}: ${count} numbers as a picture of ${rows} rows and ${columns} columns, arrow keys go from one to the next`,
    /** @param {number} columns @param {number} rows */
    grid: (columns, rows) => `a picture of ${rows} rows and ${columns} columns`,
    /** @param {number} row @param {number} column */
    place: (row, column) => `row ${row}, column ${column}`,
    /** @param {string} most @param {boolean} signed */
    scale: (most, signed) => `strongest colour: ${signed ? "±" : ""}${most}`,
  },
  zoom: { in: "Zoom in", out: "Zoom out", fit: "Fit the network" },
  badge: /** @type {Record<string, string>} */ ({ saturated: "saturated", dead: "dead" }),
  network: "Network",
  parts: "Weights of the selected neuron",
  /** @param {string} kind @param {number} row @param {number} count @param {string} layer */
  neuron: (kind, row, count, layer) => `${kind} neuron ${row} of ${count}, layer ${layer}`,
  /** @param {number} row @param {number} count */
  input: (row, count) => `Input ${row} of ${count}`,
  quantities: {
    weightedInput: "weighted input", activation: "activation", error: "error", slope: "slope", bias: "bias", cost: "Cost",
    notYet: "not computed yet", target: "target",
  },
  /** @param {number} row @param {number} column @param {string} value */
  weightInto: (row, column, value) => `weight from neuron ${column} to neuron ${row}: ${value}`,
  /** @param {string} old @param {string} next */
  update: (old, next) => `${old}, becomes ${next}`,
};
