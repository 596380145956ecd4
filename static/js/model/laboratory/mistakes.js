// The slice of the classic mistakes: which one is switched on and what the server says of it, and the exercise of finding one.
// Stage and timeline follow from the answer alone; of an exercise only its seed is known here until the step is found.

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Trace} Trace */
/** @typedef {import("../types.d.ts").Problem} Problem */
/** @typedef {import("../types.d.ts").Piece} Piece */
/** @typedef {import("./experiment.d.ts").Twin} Twin */
/** @typedef {import("./experiment.d.ts").Standing} Standing */
/** @typedef {import("../api-types.d.ts").components["schemas"]} Schemas */
/** @typedef {Schemas["MistakeRoom"]} Room */
/** @typedef {Schemas["WrongTurnTold"]} Turn */
/** @typedef {Schemas["WrongCheck"]} Check */
/** @typedef {Schemas["Verdict"]} Verdict */
/** @typedef {{trace: Trace, turn: Turn|null, later: Standing|null, check: Check|null, problem: Problem|null}} Answer `later` is the update it shows in, where that is not this one */
/**
 * @typedef {object} Exercise
 * @property {number} seed
 * @property {Trace|null} of the trace it was asked for
 * @property {Standing|null} standing what the wrong program gives
 * @property {string[]} hints
 * @property {number} shown how many of them
 * @property {number|null} guess the step pointed at
 * @property {Verdict|null} verdict on it
 * @property {"no"|"asked"|Check} check the gradient check as a detective
 * @property {Problem|null} problem
 */
/** @typedef {{chosen: string, rooms: {trace: Trace, list: Room[]}|null, answer: Answer|null, exercise: Exercise|null}} Mistakes */

/** @type {Mistakes} */
export const initial = { chosen: "stale_weights", rooms: null, answer: null, exercise: null };

/** @param {number} seed @returns {Exercise} */
const begun = (seed) => ({ seed, of: null, standing: null, hints: [], shown: 0, guess: null, verdict: null, check: "no", problem: null });

/**
 * @typedef {{type: "choose", name: string}|{type: "rooms", trace: Trace, list: Room[]}|{type: "told", answer: Answer}|{type: "begin", seed: number}|{type: "leave"}
 *   |{type: "hint"}|{type: "guess", step: number}|{type: "judge"}|{type: "set", of: Trace, answer: Schemas["ExerciseAnswer"], standing: Standing}
 *   |{type: "checked", check: Check}|{type: "failed", of: Trace, problem: Problem}} Action
 */
/** @param {Mistakes} slice @param {Action} action @returns {Mistakes} */
export function reduce(slice, action) {
  const { exercise } = slice;
  switch (action.type) {
    case "choose": return { ...slice, chosen: action.name === slice.chosen ? "" : action.name, exercise: null };
    case "rooms": return { ...slice, rooms: { trace: action.trace, list: action.list } };
    case "told": return { ...slice, answer: action.answer };
    case "begin": return { ...slice, exercise: begun(action.seed) };
    case "leave": return { ...slice, exercise: null };
    default: return exercise ? { ...slice, exercise: exercised(exercise, action) } : slice;
  }
}

/** @param {Exercise} exercise @param {Action} action @returns {Exercise} */
function exercised(exercise, action) {
  switch (action.type) {
    case "hint": return { ...exercise, shown: Math.min(exercise.shown + 1, exercise.hints.length) };
    case "guess": return { ...exercise, guess: action.step, verdict: null };
    case "judge": return exercise.check === "no" ? { ...exercise, check: "asked" } : exercise;
    case "checked": return { ...exercise, check: action.check };
    case "set": return { ...exercise, of: action.of, standing: exercise.of === action.of && exercise.standing ? exercise.standing : action.standing, hints: action.answer.hints, verdict: action.answer.verdict, problem: null };
    case "failed": return { ...exercise, of: action.of, standing: null, problem: action.problem };
    default: return exercise;
  }
}

/** A link to an exercise has its seed, which does not tell the mistake. @param {Mistakes} slice */
export function write({ chosen, exercise }) {
  if (exercise) return `find ${exercise.seed}`;
  return chosen === initial.chosen ? "" : chosen || "none";
}

/** @param {string} text @returns {Partial<Mistakes>} */
export function read(text) {
  const seed = /^find (\d{1,9})$/.exec(text)?.[1];
  if (seed !== undefined) return { exercise: begun(Number(seed)) };
  if (text === "none") return { chosen: "", exercise: null };
  return /^[a-z_]{1,40}$/.test(text) ? { chosen: text, exercise: null } : {};
}

/** @param {State} state @returns {Mistakes} */
export const sliceOf = ({ lab }) => /** @type {Mistakes} */ (lab?.mistakes);

/** What the server said of the mistake that is switched on, in this trace. @param {State} state @returns {Answer|null} */
export function answerNow(state) {
  const { answer, chosen, exercise } = sliceOf(state);
  if (exercise || !answer || answer.trace !== state.trace) return null;
  return answer.turn && answer.turn.mistake !== chosen ? null : answer;
}

/** @param {State} state @returns {Room|null} */
export function roomNow(state) {
  const { rooms, chosen } = sliceOf(state);
  return (rooms?.trace === state.trace ? rooms.list : []).find(({ name }) => name === chosen) ?? null;
}

/** What an exercise shows, also when its step is found; of a mistake that takes two updates to show, the second. @param {State} state @returns {Standing|null} */
export function stage(state) {
  const { exercise } = sliceOf(state);
  if (exercise) return exercise.of === state.trace ? exercise.standing : null;
  return answerNow(state)?.later ?? null;
}

/** A mistake says something of the numbers of its own update. @param {State} state */
function turnOnStage(state) {
  const answer = answerNow(state);
  return answer?.turn && (answer.turn.update === 1 || answer.later) ? answer.turn : null;
}

/** @type {WeakMap<Turn, Map<number|null, Twin>>} */
const twins = new WeakMap();

/** What the mistake made of the numbers on the stage, and what it reads in the place of others at this step. @param {State} state @returns {Twin|null} */
export function twin(state) {
  const turn = turnOnStage(state);
  if (!turn) return null;
  const here = turn.told.instead.some(({ step }) => step === state.cursor) ? state.cursor : null;
  let known = twins.get(turn);
  if (!known) twins.set(turn, (known = new Map()));
  let found = known.get(here);
  if (!found) {
    const instead = turn.told.instead.filter(({ step }) => step === null || step === here);
    // Of one example alone its gradient and the mean are the same, whichever of them a text writes.
    const alone = state.trace.costs.length > 1 ? [] : turn.pairs.filter(({ ref }) => /^(weight|bias)_gradient:/.test(ref)).map(({ ref, wrong }) => ({ ref: `example_${ref}`, value: wrong }));
    const values = [...alone, ...turn.pairs.map(({ ref, wrong }) => ({ ref, value: wrong })), ...instead];
    found = { kind: "wrong", everywhere: false, values: new Map(values.map(({ ref, value }) => [ref, value])) };
    known.set(here, found);
  }
  return found;
}

/** @type {WeakMap<Turn, import("./experiment.d.ts").Marks>} */
const marked = new WeakMap();

/** @param {State} state @returns {import("./experiment.d.ts").Marks|null} */
export function marks(state) {
  const turn = turnOnStage(state);
  if (!turn) return null;
  let found = marked.get(turn);
  if (!found) {
    found = Object.fromEntries(turn.told.steps.map(({ step, wrong, changed, ghost, moved }) => [step, { wrong, changed, ghost, moved }]));
    marked.set(turn, found);
  }
  return found;
}

/**
 * The pieces of an equation with what does not belong there, or is missing, between marks.
 * @param {Schemas["Span"][]} spans
 * @returns {Piece[]}
 */
export function piecesOf(spans) {
  return spans.flatMap(({ pieces, mark }) => {
    const own = /** @type {Piece[]} */ (pieces);
    return mark ? [`{\\htmlData{mark=${mark}}{`, ...own, "}}"] : own;
  });
}

/** Whether the equation that is shown gives the same number either way, in the example on the stage. @param {Turn} turn */
export function comesOutTheSame({ told: { right, wrong } }) {
  const [one, other] = [right, wrong].map(({ numbers }) => piecesOf(numbers).find((piece) => typeof piece === "object" && "result" in piece && piece.result));
  return one !== undefined && other !== undefined && /** @type {any} */ (one).value === /** @type {any} */ (other).value;
}

/** Of every layer of neurons the first two numbers that differ, of weights and biases one; or all. @param {Turn} turn @param {boolean} all */
export function numbersOf({ told }, all) {
  if (all) return told.numbers;
  const hasError = new Set(told.numbers.flatMap(({ ref }) => (ref.startsWith("error:") ? [ref.split(":")[1]] : [])));
  /** @type {Map<string, number>} */
  const counts = new Map();
  return told.numbers.filter(({ ref }) => {
    const quantity = ref.split(":").slice(0, 2).join(":");
    counts.set(quantity, (counts.get(quantity) ?? 0) + 1);
    if (ref.startsWith("activation_gradient:") && hasError.has(ref.split(":")[1])) return false;
    return /** @type {number} */ (counts.get(quantity)) <= (OF_PARAMETERS.test(ref) ? 1 : 2) && !HIDDEN.test(ref);
  });
}

const OF_PARAMETERS = /weight|bias/;
/** Quantities that a reader meets under another name beside them. */
const HIDDEN = /^(activation_jacobian|example_)/;

/** Two curves in a box of this size, broken where a cost is not finite or far above all right ones. @param {Turn} turn @param {number} width @param {number} height */
export function curvesOf({ costs, wrong_costs: wrong }, width, height) {
  const finite = (/** @type {(number|null)[]} */ values) => values.filter((value) => value !== null);
  const right = Math.max(...finite(costs), 1e-300);
  const top = Math.min(Math.max(right, ...finite(wrong)), HIGHEST * right);
  const across = width / Math.max(1, costs.length - 1);
  const path = (/** @type {(number|null)[]} */ values) => values.reduce((/** @type {{d: string, drawn: boolean}} */ so, value, at) => {
    if (value === null || value > top) return { d: so.d, drawn: false };
    return { d: `${so.d}${so.drawn ? "L" : "M"}${(at * across).toFixed(1)} ${(height - (value / top) * height).toFixed(1)}`, drawn: true };
  }, { d: "", drawn: false }).d;
  return { top, right: path(costs), wrong: path(wrong), isCut: wrong.some((value) => value === null || value > top) };
}

/** How many times the largest right cost is drawn. */
const HIGHEST = 3;
