// The exercise: step through what a wrong program gives, point at the step that does not hold, with hints and a detective.
// The mistake itself stays with the server until the step is found.

import { h, marked, say } from "../../dom.js";
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

/** A button that keeps the keyboard while it can do nothing. @param {string} kind @param {string} words @param {() => void} does */
function pressed(kind, words, does) {
  const button = h("button", { type: "button", class: kind, onclick: () => { if (button.getAttribute("aria-disabled") !== "true") does(); } }, words);
  return button;
}

/** @param {Dispatch} dispatch @param {() => void} left the keyboard has to go elsewhere */
export function mountExercise(dispatch, left) {
  const send = (/** @type {import("../../model/laboratory/mistakes.js").Action} */ action) => dispatch({ type: "lab", to: "mistakes", action });
  const where = h("h2", { class: "label" });
  const about = h("div", {}, h("p", { class: "sentence" }, text.about), h("p", { class: "quiet" }, text.other));
  const told = h("div", { class: "mistake-step" });
  const verdict = h("p", { class: "mistake-verdict", role: "status", "aria-live": "polite" });
  const said = h("p", { class: "visually-hidden", role: "status" });
  const hints = h("ol", { class: "mistake-hints", "aria-label": text.hints, "aria-live": "polite" });
  const check = h("div", { "aria-live": "polite" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const coarse = h("p", { class: "note", hidden: true }, `${text.coarse} `, h("button", { type: "button", class: "link", onclick: () => dispatch({ type: "granularity", value: "equation" }) }, text.byEquation));
  let step = 0;
  /** @type {Exercise|null} */
  let last = null;
  const point = pressed("button primary", text.it, () => send({ type: "guess", step }));
  const hint = pressed("button", text.hint, () => send({ type: "hint" }));
  const judge = pressed("button", text.check, () => send({ type: "judge" }));
  const another = h("button", { type: "button", class: "button plain", onclick: () => send({ type: "begin", seed: drawSeed() }) }, text.another);
  const leave = h("button", { type: "button", class: "button plain", onclick: () => { send({ type: "leave" }); left(); } }, text.leave);
  const title = h("h1", { class: "title", tabindex: -1 }, text.title);
  const root = h("div", { class: "mistake-exercise", hidden: true },
    title, about, coarse, problem,
    h("div", { class: "block" }, where, told), h("div", { class: "mistake-buttons judging" }, point, hint, judge), verdict, hints, check, h("div", { class: "mistake-buttons" }, another, leave), said);
  /** @type {unknown[]} */
  let drawn = [];
  /** @type {Exercise["standing"]} */
  let begun = null;
  /** What is read aloud is only written where it is another. @type {{verdict: unknown, hints: string[], check: unknown}} */
  let heard = { verdict: null, hints: [], check: null };

  /** @param {State} state @param {Exercise} exercise */
  function tell(state, { verdict: given, hints: all, shown, check: judged }) {
    if (given !== heard.verdict) verdict.replaceChildren(...(given ? [h("b", {}, given.found ? text.yes : text.no), given.title ? ` ${given.title}. ` : " ", ...marked(given.words)] : []));
    verdict.classList.toggle("found", given?.found ?? false);
    const wanted = all.slice(0, shown);
    if (heard.hints.some((words, at) => words !== wanted[at])) hints.replaceChildren();
    hints.append(...wanted.slice(hints.childElementCount).map((words) => h("li", {}, ...marked(words))));
    if (judged !== heard.check) check.replaceChildren(...(typeof judged === "object" ? verdictsOf(state, judged).map((words) => h("p", { class: "says" }, words)) : []));
    heard = { verdict: given, hints: wanted, check: judged };
  }

  /** What was asked for is seen, though it stands under the buttons. @param {Exercise} before @param {Exercise} now */
  function newest(before, now) {
    if (now.verdict !== before.verdict && now.verdict) return verdict;
    if (now.shown > before.shown) return hints.lastElementChild;
    return now.check !== before.check && typeof now.check === "object" ? check : null;
  }

  return {
    root,
    enter: () => title.focus(),
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
      const can = isHere && byEquation;
      for (const button of [point, judge]) button.setAttribute("aria-disabled", String(!can));
      hint.setAttribute("aria-disabled", String(!can || exercise.shown >= exercise.hints.length));
      const standing = isHere ? exercise.standing : null;
      if (standing !== begun) say(said, standing ? text.drawn(where.textContent ?? "") : "");
      begun = standing;
      tell(state, exercise);
      // Another step has more lines or fewer: the button that was pressed stays in sight.
      const at = document.activeElement;
      if (at !== title && root.contains(at)) at?.scrollIntoView({ block: "nearest" });
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
