// The controls of the recipe's words: which fields a setting has, given what is chosen in them so far, and which choices there are.
// What does not go together is named with its reason instead of being offered.

import { recipe as text } from "../../texts/en_recipe.js";
import { SHARES } from "./data_recipe.js";

/** @typedef {import("../types.d.ts").SessionDocument} SessionDocument */
/** @typedef {Record<string, string>} Draft what stands in the fields, as text */
/** @typedef {{key: string, kind: "number"|"whole"|"choice", options?: [string, string][], placeholder?: string, hint?: string, quick?: [string, string][], may?: "empty"}} Field */
/** @typedef {{fields: Field[], note?: string, why?: string[]}} Setting */

const SCHEDULES = /** @type {const} */ (["constant", "step", "exponential", "cosine"]);
const BY_SCHEDULE = /** @type {Record<string, string[]>} */ ({ step: ["factor", "epochs"], exponential: ["factor"], cosine: ["epochs", "end"] });
const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

/** @param {string} key @param {string[]} names @param {(name: string) => string} [words] @returns {Field} */
const choice = (key, names, words = text.values) => ({ key, kind: "choice", options: names.map((name) => [name, words(name)]) });

/** @param {{name: string}[]} table */
const names = (table) => table.map(({ name }) => name);

/** What stands in the fields when they are opened. @param {string} id @param {SessionDocument} session @returns {Draft} */
export function draftOf(id, { recipe, training, network }) {
  /** @param {Record<string, any>} from @param {string[]} keys @returns {Draft} */
  const take = (from, keys) => Object.fromEntries(keys.map((key) => [key, from?.[key] === null || from?.[key] === undefined ? "" : String(from[key])]));
  switch (id) {
    case "split": return { ...take(recipe.data, ["count"]), test_share: String(recipe.data.test_share ?? 0.2), seed: String(recipe.data.seed ?? 1) };
    case "ending": return { activation: network.layers.at(-1)?.activation ?? "sigmoid", cost: network.cost ?? "quadratic" };
    case "optimizer": return take(training.optimizer, Object.keys(training.optimizer));
    case "rate": return take(training, ["learning_rate"]);
    case "batch": return take(training, ["batch_size"]);
    case "schedule": return take(training.schedule, ["name", "factor", "epochs", "end"]);
    case "regularization": return take(training.optimizer, ["l1", "l2"]);
    case "stop": return take(training.stop, ["epochs", "cost_below", "accuracy", "patience"]);
    case "initialization": return { scheme: recipe.initialization?.scheme ?? "xavier_normal", seed: String(recipe.initialization?.seed ?? 1) };
    case "precision": return { precision: recipe.precision ?? "float64" };
    default: return {};
  }
}

/**
 * @param {string} id
 * @param {SessionDocument} session
 * @param {any} catalogue
 * @param {Draft} draft
 * @returns {Setting}
 */
export function settingOf(id, session, catalogue, draft) {
  switch (id) {
    case "split": return split(session, catalogue);
    case "ending": return ending(session, catalogue, draft);
    case "optimizer": return optimizer(catalogue, draft);
    case "rate": return { fields: [{ key: "learning_rate", kind: "number", quick: rates(session) }] };
    case "batch": return { fields: [{ key: "batch_size", kind: "whole", may: "empty", hint: text.hints.batch_size, quick: [["1", text.quick.one], ["10", "10"], ["32", "32"], ["", text.quick.all]] }] };
    case "schedule": return { fields: [choice("name", [...SCHEDULES], (name) => text.schedules[/** @type {"step"} */ (name)]), ...(BY_SCHEDULE[draft.name ?? ""] ?? []).map(numberOf)] };
    case "regularization": return { fields: [numberOf("l1"), numberOf("l2")], note: text.hints.regularization };
    case "stop": return { fields: ["epochs", "cost_below", "accuracy", "patience"].map((key) => ({ ...numberOf(key), may: /** @type {const} */ ("empty"), hint: text.hints[key] })), note: text.hints.stop };
    case "initialization": return { fields: [choice("scheme", names(catalogue.initializations)), { key: "seed", kind: "whole" }] };
    case "precision": return { fields: [choice("precision", ["float64", "float32"])] };
    default: return { fields: [] };
  }
}

/** @param {string} key @returns {Field} */
const numberOf = (key) => ({ key, kind: key === "epochs" || key === "patience" ? "whole" : "number" });

/** @param {SessionDocument} session @returns {[string, string][]} */
function rates({ training }) {
  const rate = training.learning_rate;
  return [[String(rate / 2), text.quick.half], [String(rate * 2), text.quick.twice], ...RATES.map((one) => /** @type {[string, string]} */ ([String(one), String(one)]))];
}

/** @param {SessionDocument} session @param {any} catalogue @returns {Setting} */
function split({ recipe }, catalogue) {
  const set = catalogue.datasets.find((/** @type {{name: string}} */ one) => one.name === recipe.data.name);
  const counted = set && set.largest !== set.count ? [/** @type {Field} */ ({ key: "count", kind: "whole", may: "empty", placeholder: String(set.count), hint: text.hints.count })] : [];
  return { fields: [...counted, choice("test_share", SHARES.map(String), (share) => (share === "0" ? "none" : `${Math.round(Number(share) * 100)} %`)), { key: "seed", kind: "whole", hint: text.hints.seed }] };
}

/** @param {any} catalogue @param {Draft} draft @returns {Setting} */
function optimizer(catalogue, { name }) {
  const rule = catalogue.optimizers.find((/** @type {{name: string}} */ one) => one.name === name);
  const numbers = Object.keys(rule?.numbers ?? {}).filter((key) => key !== "l1" && key !== "l2");
  return { fields: [choice("name", names(catalogue.optimizers)), ...numbers.map(numberOf)], note: text.hints.optimizer };
}

/**
 * Why an output activation and a cost do not go together, or an empty string.
 * @param {string} activation
 * @param {{name: string, needs: string|null, has_target: boolean}} cost
 */
export function whyNot(activation, { name, needs, has_target: hasTarget }) {
  if (!hasTarget) return text.why.output;
  return needs && needs !== activation ? text.why.needs(name, needs) : "";
}

/** @param {SessionDocument} session @param {any} catalogue @param {Draft} draft @returns {Setting} */
function ending({ data }, catalogue, { activation = "sigmoid" }) {
  const costs = /** @type {{name: string, needs: string|null, has_target: boolean}[]} */ (catalogue.costs).filter((cost) => cost.has_target);
  const fits = costs.filter((cost) => whyNot(activation, cost) === "");
  const activations = names(catalogue.activations).filter((name) => !(data.is_regression && name === "softmax"));
  const others = costs.filter((cost) => whyNot(activation, cost) !== "");
  return { fields: [choice("activation", activations), choice("cost", names(fits))], why: others.map((cost) => whyNot(activation, cost)) };
}
