// From what stands in the fields of a setting to what is asked of the server: a change of the session, or a recipe for another one.
// What cannot be read as a number is said under its field and not sent.

import { recipe as text } from "../../texts/en_recipe.js";

/** @typedef {import("../types.d.ts").SessionDocument} SessionDocument */
/** @typedef {import("./settings.js").Draft} Draft */
/** @typedef {import("./settings.js").Field} Field */
/** @typedef {{patch: Record<string, unknown>}|{anew: Record<string, unknown>}|{problem: {key: string, words: string}}} Asked */

/** @param {Field} field @param {string} typed @returns {{value: unknown}|{words: string}} */
function read({ kind, may }, typed) {
  const plain = typed.trim().replace(",", ".").replace("−", "-");
  if (plain === "") return may === "empty" ? { value: null } : { words: text.problems.empty };
  const value = Number(plain);
  if (!Number.isFinite(value)) return { words: text.problems.number };
  return kind === "whole" && !Number.isInteger(value) ? { words: text.problems.whole } : { value };
}

/**
 * @param {string} id
 * @param {SessionDocument} session
 * @param {Field[]} fields
 * @param {Draft} draft
 * @returns {Asked}
 */
export function askedBy(id, session, fields, draft) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const field of fields) {
    const found = field.kind === "choice" ? { value: draft[field.key] } : read(field, draft[field.key] ?? "");
    if ("words" in found) return { problem: { key: field.key, words: found.words } };
    values[field.key] = found.value;
  }
  return asked(id, session, values);
}

/** @param {string} id @param {SessionDocument} session @param {Record<string, any>} values @returns {Asked} */
function asked(id, session, values) {
  const { recipe, training, network } = session;
  switch (id) {
    case "split": return { anew: { data: withValues(recipe.data, { ...values, test_share: Number(values.test_share) }) } };
    case "ending": return ending(session, values);
    case "optimizer": return { patch: { training: { optimizer: { ...values, l1: training.optimizer.l1, l2: training.optimizer.l2 } } } };
    case "rate": return { patch: { training: { learning_rate: values.learning_rate } } };
    case "batch": return { patch: { training: { batch_size: values.batch_size } } };
    case "schedule": return { patch: { training: { schedule: values } } };
    case "regularization": return { patch: { training: { optimizer: { ...training.optimizer, ...values } } } };
    case "stop": return { patch: { training: { stop: values } } };
    case "initialization": return { anew: { initialization: values, network } };
    default: return { anew: values };
  }
}

/** What is null is left out, so that the server takes its own. @param {Record<string, unknown>} data @param {Record<string, unknown>} values */
function withValues(data, values) {
  return Object.fromEntries(Object.entries({ ...data, ...values }).filter(([, value]) => value !== null));
}

/** @param {SessionDocument} session @param {Record<string, any>} values @returns {Asked} */
function ending({ network }, { activation, cost }) {
  const last = /** @type {{size: number, activation?: string}} */ (network.layers.at(-1));
  if (last.activation === activation) return { patch: { cost } };
  return { anew: { network: { ...network, cost, layers: [...network.layers.slice(0, -1), { ...last, activation }] } } };
}

/**
 * Under which field a refusal of the server stands; without one it stands at the foot.
 * @param {import("../types.d.ts").Problem} problem
 * @param {string[]} keys
 */
export function placeOf({ errors, title, detail }, keys) {
  const first = errors?.[0];
  const key = (first?.pointer ?? "").split("/").findLast((part) => keys.includes(part));
  return { key: key ?? null, words: first?.detail || detail || title };
}
