// Three ways to a derivative: the expression that is differentiated, how often it is put into itself, the step h, and what was heard.
// Every number and every formula is the server's; here is only what is asked, and which answer belongs to it.

import { bodyOf } from "../calls.js";

/** @typedef {import("../types.d.ts").State} State */
/** @typedef {import("../types.d.ts").Problem} Problem */
/** @typedef {import("../api-types.d.ts").components["schemas"]["DerivativesAnswer"]} Answer */
/** @typedef {Answer["variables"][number]} Variable */
/** @typedef {"expression"|"network"} Source */
/** @typedef {Record<string, number>} Values */
/** @typedef {{source: Source, expression: string, values: Values, nesting: number, step: number, by: string, about: string, answer: Answer|null, isWhole: boolean, missing: string, problem: Problem|null}} Ways `about` says which question was answered last, whatever its h; `missing` is why there is no symbolic way here */

/** The steps of the numerical way, from the coarsest to the finest. */
export const STEPS = Array.from({ length: 12 }, (_, at) => Number(`1e-${at + 1}`));
export const MOST_NESTED = 8;
/** What a new name of the expression begins with. */
const FIRST = 1;

/** @type {{name: string, expression: string, values: Values}[]} */
export const PRESETS = [
  { name: "neuron", expression: "sigmoid(w*x + b)", values: { w: 0.6, x: 1, b: 0.9 } },
  { name: "logistic", expression: "4*x*(1 - x)", values: { x: 0.3 } },
  { name: "fork", expression: "x*sin(x) + x", values: { x: 1.2 } },
  { name: "softmax", expression: "s = exp(u) + exp(v)\nC = -log(exp(u)/s)", values: { u: 0.4, v: 1.3 } },
];

/** @type {Ways} */
export const initial = {
  source: "expression", expression: PRESETS[0]?.expression ?? "", values: PRESETS[0]?.values ?? {}, nesting: 1, step: 4, by: "",
  about: "", answer: null, isWhole: false, missing: "", problem: null,
};

/** @param {State} state @returns {Ways} */
export const sliceOf = (state) => /** @type {Ways} */ (state.lab?.ways);

/**
 * @param {Ways} slice
 * @param {{type: "source", value: Source}|{type: "expression", expression: string, values: Values}|{type: "nest", value: number}|{type: "step", value: number}|{type: "by", value: string}
 *   |{type: "told", about: string, answer: Answer, isWhole: boolean}|{type: "missing", detail: string}|{type: "refused", problem: Problem}} action
 * @returns {Ways}
 */
export function reduce(slice, action) {
  switch (action.type) {
    case "source": return { ...slice, source: action.value, isWhole: false, problem: null };
    case "expression": return { ...slice, expression: action.expression, values: action.values, nesting: action.expression === slice.expression ? slice.nesting : 1, isWhole: false, problem: null };
    case "nest": return { ...slice, nesting: Math.min(MOST_NESTED, Math.max(1, action.value)), isWhole: false, problem: null };
    case "step": return { ...slice, step: Math.min(STEPS.length - 1, Math.max(0, action.value)) };
    case "by": return { ...slice, by: action.value };
    case "told": return { ...slice, about: action.about, answer: withKnown(action.answer, slice.answer), isWhole: action.isWhole, problem: null, values: usedBy(slice, action.answer) };
    case "missing": return { ...slice, missing: action.detail, isWhole: true };
    case "refused": return { ...slice, problem: action.problem };
    default: return slice;
  }
}

/** The values that were used: a new name of the expression began with one, an old one is gone. @param {Ways} slice @param {Answer} answer @returns {Values} */
function usedBy({ source, values }, answer) {
  return source === "network" || JSON.stringify(values) === JSON.stringify(answer.values) ? values : answer.values;
}

/** While the formulas are derived anew, what was counted before of the same expression stays. @param {Answer} answer @param {Answer|null} before @returns {Answer} */
function withKnown(answer, before) {
  if (!before || answer.symbolic || before.expression !== answer.expression) return answer;
  const growth = answer.growth.map((row, at) => (row.derivatives === null && before.growth[at] ? { ...row, derivatives: before.growth[at].derivatives, shared: before.growth[at].shared } : row));
  return { ...answer, growth };
}

/** What a link carries: source, nesting, h, and the expression with its values. @param {Ways} slice */
export function write({ source, expression, values, nesting, step }) {
  if (source === initial.source && expression === initial.expression && nesting === 1 && step === initial.step && JSON.stringify(values) === JSON.stringify(initial.values)) return "";
  return JSON.stringify([source, nesting, step, expression, values]);
}

/** @param {string} text @returns {Partial<Ways>} */
export function read(text) {
  try {
    const [source, nesting, step, expression, values] = JSON.parse(text);
    const isRead = (source === "expression" || source === "network") && Number.isInteger(nesting) && nesting >= 1 && nesting <= MOST_NESTED
      && Number.isInteger(step) && step >= 0 && step < STEPS.length && typeof expression === "string" && expression.length <= 2000
      && values !== null && typeof values === "object" && Object.entries(values).every(([name, value]) => /^[A-Za-z_]\w*$/.test(name) && typeof value === "number");
    return isRead ? { source, nesting, step, expression, values: { ...values } } : {};
  } catch {
    return {};
  }
}

/** What is asked; the numerical way follows h, the others do not. @param {State} state */
export function call(state) {
  const { source, expression, values, nesting, step } = sliceOf(state);
  const more = { step_size: STEPS[step] };
  if (source === "network") return { path: "derivatives", body: { ...bodyOf({ ...state, granularity: "equation" }), ...more } };
  return { path: "graphs/derivatives", body: { expression, values, default_value: FIRST, nesting, ...more } };
}

/** Which question it is, whatever its h. @param {State} state */
export function aboutOf(state) {
  const { path, body } = call(state);
  return `${path} ${JSON.stringify({ ...body, step_size: 0 })}`;
}

/** @param {State} state @returns {unknown[]} */
export function needs(state) {
  const { source, expression, values, nesting, step } = sliceOf(state);
  return [source, source === "network" ? state.trace : null, expression, values, nesting, step];
}

/** The input that is differentiated by: the one chosen, else the first. @param {Ways} slice @returns {Variable|null} */
export function chosenOf({ answer, by }) {
  return answer?.variables.find(({ name }) => name === by) ?? answer?.variables[0] ?? null;
}

/** The page of graphs with the same expression. @param {Answer} answer */
export function graphAddress({ expression, values }) {
  const parts = new URLSearchParams({ f: expression, v: Object.entries(values).map(([name, value]) => `${name}:${value}`).join(",") });
  return `/graphs#${parts.toString()}`;
}
