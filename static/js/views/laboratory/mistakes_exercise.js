// The exercise: step through what a wrong program gives, point at the step that does not hold, with hints and a detective.
// The mistake itself stays with the server until the step is found.

import { h, marked } from "../../dom.js";
import { toldAs } from "../../model/fine.js";
import { segments } from "../../model/tex.js";
import { exercise as text } from "../../texts/en_lab_mistakes.js";
import { equation } from "../equation.js";
import { verdictsOf } from "./mistakes_told.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/mistakes.js").Exercise} Exercise */

/** A seed that nobody has chosen; it names the mistake to the server alone. */
export function drawSeed() {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 100_000_000;
}

/** @param {Dispatch} dispatch */
export function mountExercise(dispatch) {
  const send = (/** @type {import("../../model/laboratory/mistakes.js").Action} */ action) => dispatch({ type: "lab", to: "mistakes", action });
  const where = h("h2", { class: "label" });
  const about = h("div", {}, h("p", { class: "sentence" }, text.about), h("p", { class: "quiet" }, text.other));
  const told = h("div", { class: "mistake-step" });
  const verdict = h("p", { class: "mistake-verdict", role: "status", "aria-live": "polite" });
  const hints = h("ol", { class: "mistake-hints", "aria-label": text.hints, "aria-live": "polite" });
  const check = h("div", { "aria-live": "polite" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const coarse = h("p", { class: "note", hidden: true }, `${text.coarse} `, h("button", { type: "button", class: "link", onclick: () => dispatch({ type: "granularity", value: "equation" }) }, text.byEquation));
  let step = 0;
  /** @type {Exercise|null} */
  let last = null;
  const point = h("button", { type: "button", class: "button primary", onclick: () => send({ type: "guess", step }) }, text.it);
  const hint = h("button", { type: "button", class: "button", onclick: () => send({ type: "hint" }) }, text.hint);
  const judge = h("button", { type: "button", class: "button", onclick: () => send({ type: "judge" }) }, text.check);
  const another = h("button", { type: "button", class: "button plain", onclick: () => send({ type: "begin", seed: drawSeed() }) }, text.another);
  const leave = h("button", { type: "button", class: "button plain", onclick: () => send({ type: "leave" }) }, text.leave);
  const root = h("div", { class: "mistake-exercise", hidden: true },
    h("h1", { class: "title" }, text.title), about, coarse, problem,
    h("div", { class: "block" }, where, told), h("div", { class: "mistake-buttons judging" }, point, hint, judge), verdict, hints, check, h("div", { class: "mistake-buttons" }, another, leave));
  /** @type {unknown[]} */
  let drawn = [];

  /** What was asked for is seen, though it stands under the buttons. @param {Exercise} before @param {Exercise} now */
  function newest(before, now) {
    if (now.verdict !== before.verdict && now.verdict) return verdict;
    if (now.shown > before.shown) return hints.lastElementChild;
    return now.check !== before.check && typeof now.check === "object" ? check : null;
  }

  return {
    root,
    /** @param {State} state @param {Exercise|null} exercise */
    update(state, exercise) {
      root.hidden = !exercise;
      if (!exercise) return;
      const now = [exercise, state.cursor, state.digits, state.trace, state.granularity];
      if (now.every((one, at) => one === drawn[at])) return;
      drawn = now;
      const isHere = exercise.of === state.trace && exercise.standing !== null;
      const one = isHere ? exercise.standing?.trace.steps[state.cursor] : undefined;
      const byEquation = toldAs(state.granularity) === "equation";
      step = state.cursor;
      coarse.hidden = byEquation;
      problem.hidden = !exercise.problem;
      problem.textContent = exercise.problem?.errors?.[0]?.detail ?? exercise.problem?.detail ?? "";
      where.textContent = text.now(state.cursor + 1, state.trace.steps.length);
      told.replaceChildren(...(one && byEquation ? linesOf(state, one) : []));
      for (const button of [point, hint, judge]) button.disabled = !isHere || !byEquation;
      hint.disabled ||= exercise.shown >= exercise.hints.length;
      const given = exercise.verdict;
      verdict.classList.toggle("found", given?.found ?? false);
      verdict.replaceChildren(...(given ? [h("b", {}, given.found ? text.yes : text.no), given.title ? ` ${given.title}. ` : " ", ...marked(given.words)] : []));
      const shown = exercise.hints.slice(0, exercise.shown);
      if (hints.childElementCount !== shown.length) hints.replaceChildren(...shown.map((words) => h("li", {}, ...marked(words))));
      check.replaceChildren(...(typeof exercise.check === "object" ? verdictsOf(state, exercise.check).map((words) => h("p", { class: "says" }, words)) : []));
      if (last?.seed === exercise.seed) newest(last, exercise)?.scrollIntoView({ block: "nearest" });
      last = exercise;
    },
  };
}

/** @param {State} state @param {import("../../model/types.d.ts").Step} step */
function linesOf({ digits }, step) {
  const lines = step.lines.slice(0, 3).flatMap(({ symbols, numbers, title }, at) => [
    title ? h("p", { class: "label" }, title) : null,
    symbols.length > 0 ? equation(segments(symbols), "symbols", digits, `exercise.${at}`) : null,
    numbers.length > 0 ? equation(segments(numbers), "numbers", digits, `exercise.${at}`) : null,
  ]);
  return [h("p", { class: "mistake-name" }, ...marked(step.name)), ...lines.filter((node) => node !== null)];
}
