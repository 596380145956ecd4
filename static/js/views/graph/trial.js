// Try it: move one input a little and watch the result: what its gradient predicts beside what really happens.
// Both numbers come from the server; the slider stays the same element, so that it keeps its drag.

import { h, say } from "../../dom.js";
import { graph as texts } from "../../texts/en_graph.js";
import { formatNumber } from "../../model/format.js";
import { symbol, writeNumber } from "../equation.js";
import { textOf } from "../../model/graph/names.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

const REACH = 0.5;
const STEP = 0.01;
export const FIRST_CHANGE = 0.1;

/** @param {GraphDispatch} dispatch */
export function createTrial(dispatch) {
  const slider = h("input", { type: "range", min: String(-REACH), max: String(REACH), step: String(STEP), id: "trial-change" });
  const choice = h("select", { id: "trial-name", "aria-label": texts.moves, autocomplete: "off" });
  const title = h("h2", { class: "label" });
  const delta = h("label", { for: "trial-change" });
  const change = h("b", { class: "number" });
  const predictedWords = h("th", { scope: "row" });
  const happensWords = h("th", { scope: "row" });
  const [predicted, happened] = [h("span"), h("span")];
  const said = h("p", { class: "quiet", hidden: true });
  const spoken = h("p", { class: "visually-hidden", role: "status" });
  const problem = h("p", { class: "problem", hidden: true });
  const root = h("div", { class: "block trial" },
    h("div", { class: "trial-head" }, title, h("span", { class: "select quiet" }, choice)),
    h("div", { class: "trial-row" }, delta, slider, change),
    h("table", {}, h("tbody", {}, h("tr", {}, predictedWords, h("td", { class: "value" }, predicted)), h("tr", {}, happensWords, h("td", { class: "value" }, happened)))),
    said, problem, spoken);
  const ask = () => dispatch({ type: "nudge", name: choice.value, change: Number(slider.value) });
  /** The move has come to rest, and nothing was said of it yet. */
  let rests = false;
  /** @type {GraphState|null} */
  let shown = null;
  slider.addEventListener("input", ask);
  slider.addEventListener("change", () => { rests = true; speak(); });
  choice.addEventListener("change", () => { rests = true; ask(); });
  /** @type {unknown} */
  let drawnFor = null;

  /** Said once, when the move is at rest and its answer is here. */
  function speak() {
    const push = shown?.nudge?.answer?.pushes[0];
    const output = shown?.trace.nodes[shown.trace.output];
    if (!rests || !shown?.nudge || !push) return;
    rests = false;
    const written = (/** @type {number|null} */ value) => formatNumber(value, shown?.digits);
    say(spoken, texts.moved(shown.nudge.name, written(shown.nudge.change), output ? textOf(output) : "f", written(push.predicted), written(push.actual)));
  }

  /** @param {GraphState} state */
  return (state) => {
    const { trace, nudge, digits, cursor } = state;
    const names = Object.keys(trace.values);
    // A derivative can be tested once it is known.
    if (names.length === 0 || trace.diverged || trace.steps[cursor]?.phase !== "backward") return null;
    const name = nudge?.name ?? names[0] ?? "";
    const output = trace.nodes[trace.output];
    const node = trace.nodes.find((one) => one.operation === "input" && one.name === name);
    if (drawnFor !== trace) {
      choice.replaceChildren(...names.map((one) => h("option", { value: one }, one)));
      drawnFor = trace;
    }
    choice.value = name;
    choice.closest("span")?.toggleAttribute("hidden", names.length < 2);
    const size = nudge?.change ?? FIRST_CHANGE;
    if (Number(slider.value) !== size) slider.value = String(size);
    const f = output ? textOf(output) : "f";
    title.textContent = texts.tryIt(name, f);
    delta.replaceChildren("Δ", name);
    change.textContent = formatNumber(size, digits);
    slider.setAttribute("aria-valuetext", formatNumber(size, digits));
    predictedWords.replaceChildren(texts.predicted, ...(node && output ? [symbol(`\\partial ${output.tex}/\\partial ${node.tex}\\cdot \\Delta ${node.tex}`, `∂${f}/∂${name} · Δ${name}`)] : []));
    happensWords.textContent = texts.happens(f);
    const answer = nudge?.answer;
    for (const [span, value] of /** @type {[HTMLElement, any][]} */ ([[predicted, answer?.pushes[0]?.predicted], [happened, answer?.pushes[0]?.actual]])) {
      if (answer) writeNumber(span, { ref: "", value: value ?? null }, digits);
      else span.textContent = "…";
    }
    // Where the promise is kept there is nothing more to say.
    const broken = answer && !(answer.pushes[0]?.round_off && answer.kinks.length === 0);
    said.hidden = !broken;
    said.textContent = broken ? answer.sentence : "";
    problem.hidden = !nudge?.problem;
    problem.textContent = nudge?.problem ? nudge.problem.detail || nudge.problem.title : "";
    shown = state;
    speak();
    return root;
  };
}
