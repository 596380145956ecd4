// The three ways side by side, for one input: a formula that grows, a difference that depends on h, a backward pass with its steps counted.
// Each column ends in the derivative's value and in what it cost.

import { h } from "../../dom.js";
import { exactText, formatNumber, formatTick } from "../../model/format.js";
import { chosenOf, graphAddress, sliceOf, STEPS } from "../../model/laboratory/ways.js";
import { ways as text } from "../../texts/en_lab_ways.js";
import { typeset } from "../equation.js";
import { fadeEdges } from "../scrollers.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/ways.js").Answer} Answer */
/** @typedef {import("../../model/laboratory/ways.js").Variable} Variable */
/** @typedef {"symbolic"|"numerical"|"automatic"} Way */

/** @param {[string, number|string][]} rows */
const costs = (rows) => h("dl", { class: "ways-costs" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, typeof value === "number" ? String(value) : value)]));

/** @param {Variable} variable @param {Answer} answer @param {number|null} value @param {number} digits */
function result({ tex, name }, answer, value, digits) {
  const symbol = h("span", { "aria-hidden": "true" });
  typeset(`\\frac{\\partial ${answer.output}}{\\partial ${tex}}=`, symbol);
  const shown = value === null ? text.unknown : formatNumber(value, digits);
  return h("p", { class: "ways-result" }, symbol, h("span", { class: "visually-hidden" }, `${text.by} ${name}: `), h("b", { title: exactText(value), "data-value": exactText(value) }, shown));
}

/** @param {Variable} variable @param {Answer} answer @returns {Node[]} */
function formulaOf(variable, answer) {
  const formula = variable.formula;
  if (!formula) return [];
  const drawn = h("div", { class: "ways-formula", tabindex: 0, role: "img", "aria-label": text.formulaSaid(variable.name, formula.operations) });
  typeset(`\\displaystyle\\frac{\\partial ${answer.output}}{\\partial ${variable.tex}}=${formula.tex}`, drawn);
  new ResizeObserver(() => fadeEdges(drawn)).observe(drawn);
  const notes = [formula.cut ? text.cut(formula.operations) : "", formula.tex.includes("\\theta\\left") ? text.jump : ""];
  return [drawn, ...notes.filter(Boolean).map((note) => h("p", { class: "says" }, note))];
}

/** How it is found, what comes out, what it cost; the three rows are common to the columns. */
const body = () => ({ how: h("div"), result: h("div"), cost: h("div") });

/** @param {Dispatch} dispatch */
export function mountColumns(dispatch) {
  const act = (/** @type {any} */ action) => dispatch({ type: "lab", to: "ways", action });
  const by = h("select", { class: "input", autocomplete: "off", onchange: () => act({ type: "by", value: by.value }) });
  const slider = h("input", { class: "range", type: "range", id: "ways-step", min: 0, max: STEPS.length - 1, step: 1, oninput: () => act({ type: "step", value: Number(slider.value) }) });
  const step = h("output", { class: "ways-h", for: "ways-step", "aria-live": "off" });
  const bodies = { symbolic: body(), numerical: body(), automatic: body() };
  const column = (/** @type {Way} */ way) => h("section", { class: `ways-column ${way}`, "aria-labelledby": `ways-${way}` },
    h("div", {}, h("h2", { class: "title small", id: `ways-${way}` }, text.columns[way]), h("p", { class: "says" }, text.says[way])), ...Object.values(bodies[way]));
  const graph = h("a", {}, text.graph);
  bodies.numerical.how.append(h("div", { class: "ways-step" }, h("label", { class: "name", for: "ways-step" }, text.step), slider, step));
  bodies.automatic.how.append(h("p", { class: "ways-link" }, graph));
  const root = h("div", {},
    h("label", { class: "ways-by" }, h("span", { class: "name" }, text.by), by),
    h("div", { class: "ways-columns" }, column("symbolic"), column("numerical"), column("automatic")));
  let names = "";

  return {
    root,
    /** @param {State} state */
    update(state) {
      const slice = sliceOf(state);
      const { answer } = slice;
      const variable = chosenOf(slice);
      slider.value = String(slice.step);
      const size = formatTick(STEPS[slice.step] ?? 0);
      slider.setAttribute("aria-valuetext", size);
      step.textContent = size;
      if (!answer) return;
      const key = answer.variables.map(({ name }) => name).join();
      if (key !== names) by.replaceChildren(...answer.variables.map(({ name }) => h("option", { value: name }, name)));
      names = key;
      graph.href = graphAddress(answer);
      graph.textContent = answer.nesting > 1 ? text.graphOnce : text.graph;
      root.hidden = !variable;
      if (!variable) return;
      by.value = variable.name;
      bodies.symbolic.how.replaceChildren(...symbolic(answer, variable, slice.isWhole, slice.missing));
      for (const way of /** @type {Way[]} */ (["symbolic", "numerical", "automatic"])) {
        const isKnown = way !== "symbolic" || answer.symbolic !== null;
        bodies[way].result.replaceChildren(...(isKnown ? [result(variable, answer, variable[way], state.digits)] : []));
        bodies[way].cost.replaceChildren(...(isKnown ? [costs(costsOf[way](answer, variable)), ...(way === "symbolic" ? [h("p", { class: "says" }, text.counted)] : [])] : []));
      }
    },
  };
}

/** @param {Answer} answer @param {Variable} variable @param {boolean} isWhole @param {string} missing @returns {Node[]} */
function symbolic(answer, variable, isWhole, missing) {
  if (missing) return [h("p", { class: "ways-missing" }, missing), h("p", { class: "says" }, text.missing)];
  if (answer.refused) return [h("p", { class: "ways-missing" }, answer.refused.detail)];
  if (!answer.symbolic) return [h("p", { class: "quiet" }, isWhole ? text.unknown : text.deriving)];
  return formulaOf(variable, answer);
}

/** @type {Record<Way, (answer: Answer, variable: Variable) => [string, number|string][]>} */
const costsOf = {
  symbolic({ symbolic: found }) {
    return found ? [[text.costs.formula, found.formula.operations], [text.costs.derivatives, found.derivatives], [text.costs.shared, found.shared]] : [];
  },
  numerical({ numerical: found }, { numerical_error: error }) {
    return [[text.costs.error, error === null ? text.unknown : formatNumber(error, 2)], [text.costs.forwardPasses, found.forward_passes], [text.costs.backwardPasses, found.backward_passes], [text.costs.operations, found.operations]];
  },
  automatic({ automatic: found }) {
    return [[text.costs.forward, found.forward], [text.costs.slopes, found.slopes], [text.costs.products, found.products], [text.costs.additions, found.additions], [text.costs.operations, found.operations]];
  },
};
