// English: the words of the classic mistakes and of the exercise, beside what the server says of them.

export const mistakes = {
  title: "Classic mistakes",
  about: "Switch on a mistake that people make in this program, and see what it does to every number after it.",
  list: "Mistakes",
  menu: "Mistake",
  none: "No mistake",
  /** @param {string} needs */
  needs: (needs) => `needs ${needs}`,
  on: "Mistake on",
  first: "first wrong number:",
  /** @param {string} title @param {string} number @param {string} right @param {string} wrong */
  said: (title, number, right, wrong) => `Mistake on: ${title}. First wrong number: ${number}, right ${right}, with the mistake ${wrong}.`,
  /** @param {string} title */
  saidSame: (title) => `Mistake on: ${title}. In this update the mistake changes the equation and no number.`,
  asking: "Asking…",
  right: "Right",
  wrong: "With the mistake",
  /** @param {string} whose */
  of: (whose) => `for ${whose}`,
  table: "Numbers with and without the mistake",
  head: { number: "", right: "✓ right", wrong: "✕ mistake", off: "off by" },
  all: (/** @type {number} */ count) => `All ${count} numbers`,
  few: "Fewer numbers",
  costAfter: "after",
  noDifference: "In this update the mistake changes the equation and no number.",
  same: "For the example on the stage this equation gives the same number either way.",
  second: "This mistake shows in the second update: stage and numbers are of that one.",
  explains: "This explains a printed number.",
  printed: (/** @type {string} */ author, /** @type {string} */ digits, /** @type {string} */ words) => `${author} prints ${digits} for “${words}”. That is the mistake, in every digit.`,
  training: "What it does to training",
  curves: "Cost over the next updates, rightly and with the mistake",
  updates: (/** @type {number} */ count) => `${count} updates`,
  keyRight: "right",
  keyWrong: "with the mistake",
  cut: "The cost with the mistake leaves the picture at the top.",
  noRate: "Without a learning rate nothing is trained.",
  found: "What finds it",
  checking: "Checking…",
  source: "Met in print:",
  find: "Find one yourself",
  findAbout: "A mistake is drawn, and you look for the step where it happens.",
  back: "Show the numbers of this update",
};

/** What the detectives say, in sentences. */
export const detectives = {
  /** @param {string} error @param {string} where */
  fails: (error, where) => `✓ A gradient check finds it: the two derivatives are apart by ${error}, ${where}.`,
  passes: "✕ A gradient check does not find it: every derivative is right.",
  stepFails: (/** @type {string} */ promised, /** @type {string} */ happened) => `✓ A small step finds it: the gradient promises a change of ${promised}, and what happens is ${happened}.`,
  stepPasses: "A small step lowers the cost as its gradient promises, so it says nothing of this mistake.",
  parameters: /** @type {Record<string, string>} */ ({ weights: "weights", biases: "biases" }),
  in: (/** @type {string[]} */ names) => (names.length > 0 ? `in the ${names.join(", ")}` : "everywhere"),
  /** @param {string} what @param {number} layer */
  of: (what, layer) => `${what} of layer ${layer}`,
  nothing: "Nothing can be compared: every parameter stands on a kink.",
};

export const exercise = {
  title: "Find the step",
  about: "Something is wrong in this network. Everything here has the numbers of the wrong program: the stage, the lines below and the tabs beside. Step through them, and point at the step that does not hold.",
  other: "The tabs tell each step as if it were right. Single numbers cannot be inspected meanwhile.",
  /** @param {number} step @param {number} count */
  now: (step, count) => `Step ${step} of ${count}`,
  /** @param {string} now */
  drawn: (now) => `A mistake is drawn. ${now} is shown.`,
  it: "This step is wrong",
  hint: "Hint",
  check: "Check the gradient",
  another: "Another one",
  leave: "Back to the mistakes",
  hints: "Hints",
  yes: "✓ Found.",
  no: "✕ Not this one.",
  coarse: "To point at a step, go by equation.",
  byEquation: "Step by equation",
  forward: "A gradient check cannot judge the forward pass by itself: it judges the derivatives of the cost that the right program has.",
};
