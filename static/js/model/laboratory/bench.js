// The laboratory's part of the state: which experiment is chosen, and the slice of each.
// What the chosen one shows on the stage and on the timeline is worked out here, so that both follow from the state alone.

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Action} Action */
/** @typedef {import("./experiment.d.ts").Experiment} Experiment */
/** @typedef {import("./experiment.d.ts").Lab} Lab */

/** @param {Experiment[]} experiments @returns {Lab} */
export function initialLab(experiments) {
  const slices = Object.fromEntries(experiments.map(({ name, initial }) => [name, initial]));
  return { ...slices, chosen: experiments[0]?.name ?? "", twin: null, marks: null, stage: null };
}

/** @param {Experiment[]} experiments @param {State} state @returns {Experiment|undefined} */
export function chosenOf(experiments, { lab }) {
  return experiments.find(({ name }) => name === lab?.chosen);
}

/** @param {Experiment[]} experiments @param {State} state @returns {State} */
function shown(experiments, state) {
  const lab = /** @type {Lab} */ (state.lab);
  const chosen = chosenOf(experiments, state);
  const twin = chosen?.twin?.(state) ?? null;
  const marks = chosen?.marks?.(state) ?? null;
  const stage = chosen?.stage?.(state) ?? null;
  return twin === lab.twin && marks === lab.marks && stage === lab.stage ? state : { ...state, lab: { ...lab, twin, marks, stage } };
}

/** @param {Experiment[]} experiments @param {State} state @param {Action} action @returns {State} */
function changed(experiments, state, action) {
  const lab = /** @type {Lab} */ (state.lab);
  if (action.type === "experiment") {
    return experiments.some(({ name }) => name === action.value) ? { ...state, tab: "experiment", lab: { ...lab, chosen: action.value } } : state;
  }
  if (action.type === "labOpened") return { ...state, lab: { ...lab, [action.to]: { ...lab[action.to], ...action.slice } } };
  if (action.type !== "lab") return state;
  const experiment = experiments.find(({ name }) => name === action.to);
  if (!experiment) return state;
  const slice = experiment.reduce(lab[action.to], action.action, state);
  return slice === lab[action.to] ? state : { ...state, lab: { ...lab, [action.to]: slice } };
}

/**
 * Where an experiment begins: at the first error that is sent back to a hidden layer. The numbers of the way forward are there, a push runs
 * through what follows, and the check of it shows truncation too, which a quadratic cost by its own output does not have.
 * @param {import("../types.d.ts").Trace} trace
 */
export function openingStep({ steps }) {
  const places = [steps.findIndex(({ kind }) => kind === "error"), steps.findIndex(({ kind }) => kind === "output_error"), steps.findIndex(({ phase }) => phase === "backward")];
  return places.find((place) => place >= 0) ?? 0;
}

/**
 * The room's reducer, with the experiments' own.
 * @param {Experiment[]} experiments
 * @param {(state: State, action: Action) => State} base
 * @returns {(state: State, action: Action) => State}
 */
export function reduceLab(experiments, base) {
  return (state, wanted) => {
    const action = wanted.type === "opened" ? { ...wanted, cursor: wanted.cursor ?? openingStep(wanted.trace) } : wanted;
    const next = changed(experiments, base(state, action), action);
    return next === state ? state : shown(experiments, next);
  };
}

/** What a link says of the laboratory. @param {Experiment[]} experiments @param {State} state */
export function namedLab(experiments, state) {
  const chosen = chosenOf(experiments, state);
  return chosen ? { experiment: chosen.name, text: chosen.write?.(state.lab?.[chosen.name]) ?? "", starts: chosen.starts ?? [] } : null;
}
