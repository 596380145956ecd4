// The typed expression and the values of its inputs. What cannot be computed stays as it was typed, with the reason and a caret
// under the place, while the last graph that could be drawn stays on the stage.

import { h, say } from "../../dom.js";
import { typedNumber } from "../../model/graph/address.js";
import { exactText } from "../../model/format.js";
import { isTyped } from "../../model/graph/state.js";
import { graph as texts } from "../../texts/en_graph.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */
/** @typedef {import("../../model/graph/graph.d.ts").Draft} Draft */

/** More than these are set smaller, so that the stage keeps its height. */
const FEW_LINES = 2;
const FEW_VALUES = 4;

/** @param {number} value */
const shown = (value) => exactText(value).replace("-", "−");

/**
 * @param {{form: HTMLFormElement, field: HTMLTextAreaElement, values: HTMLElement, problem: HTMLElement, waiting: HTMLElement}} parts
 * @param {GraphDispatch} dispatch
 */
export function mountExpression({ form, field, values, problem, waiting }, dispatch) {
  /** @type {Map<string, HTMLInputElement>} */
  const inputs = new Map();
  /** @type {GraphState|null} */
  let state = null;
  /** What was said last; something new is said and brought into view once. @type {GraphState["problem"]} */
  let told = null;
  let asked = "";

  /** @returns {Draft} */
  const draft = () => ({ expression: field.value, values: Object.fromEntries([...inputs].map(([name, input]) => [name, input.value])) });

  function compute() {
    const typed = draft();
    asked = JSON.stringify(typed);
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const [name, text] of Object.entries(typed.values)) {
      const value = typedNumber(text);
      if (value === null) {
        dispatch({ type: "typed", draft: typed });
        dispatch({ type: "refused", problem: { title: texts.numberWanted(name), detail: texts.numberWanted(name), errors: [{ pointer: `/values/${name}`, detail: texts.numberWanted(name) }] } });
        return;
      }
      found.set(name, value);
    }
    dispatch({ type: "compute", request: { expression: typed.expression, values: Object.fromEntries(found) }, draft: typed });
  }

  /** As high as what is typed, where the style sheet cannot see to it. */
  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    field.rows = Math.min(8, field.value.split("\n").length);
  }

  form.addEventListener("input", () => { grow(); dispatch({ type: "typed", draft: draft() }); });
  form.addEventListener("submit", (event) => { event.preventDefault(); compute(); });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || (event.shiftKey && event.target === field) || event.isComposing) return;
    event.preventDefault();
    compute();
  });
  // Whoever leaves a field with what has just been refused has heard so.
  form.addEventListener("change", () => { if (!state?.problem || JSON.stringify(draft()) !== asked) compute(); });

  /** @param {string[]} names */
  function drawInputs(names) {
    if (names.length === inputs.size && names.every((name) => inputs.has(name))) return;
    const kept = new Map(inputs);
    inputs.clear();
    for (const name of names) inputs.set(name, kept.get(name) ?? h("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false" }));
    values.replaceChildren(...[...inputs].map(([name, input]) => input.closest("label") ?? h("label", { class: "input-value" }, h("span", {}, name), input)));
  }

  /** @param {GraphState} present */
  function showProblem({ problem: wrong }) {
    problem.hidden = wrong === null;
    const [error] = /** @type {any[]} */ (wrong?.errors ?? []);
    const pointer = error?.pointer ?? "";
    field.toggleAttribute("aria-invalid", false);
    if (wrong && pointer === "/expression") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    for (const [name, input] of inputs) {
      if (pointer === `/values/${name}`) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    if (wrong === told) return;
    told = wrong;
    const excerpt = String(error?.excerpt ?? "").split("\n");
    problem.replaceChildren(...(wrong ? [
      ...(excerpt.length > 1 ? [h("pre", { "aria-hidden": "true" }, `${excerpt[0]}\n`, h("b", {}, excerpt[1]))] : []),
      h("p", {}, `✕ ${error?.detail ?? wrong.detail ?? wrong.title}`),
    ] : []));
    if (wrong) {
      const [line] = problem.getElementsByTagName("pre");
      if (line) line.scrollLeft = line.scrollWidth * ((excerpt[1]?.length ?? 0) / Math.max(1, ...excerpt.map((one) => one.length))) - line.clientWidth / 2;
      problem.scrollIntoView({ block: "nearest" });
    }
  }

  return {
    /** @param {GraphState} next */
    update(next) {
      const before = state;
      state = next;
      const { trace, draft: typed } = next;
      const names = typed ? Object.keys(typed.values) : Object.keys(trace.values);
      drawInputs(names);
      if (!before || typed !== before.draft || trace !== before.trace) {
        const expression = typed?.expression ?? trace.expression;
        if (field.value !== expression) field.value = expression;
        for (const [name, input] of inputs) {
          const text = typed?.values[name] ?? shown(trace.values[name] ?? 0);
          if (input.value !== text) input.value = text;
          input.size = Math.max(3, text.length + 1);
          const node = trace.nodes.find((one) => one.operation === "input" && one.name === name);
          input.closest("label")?.toggleAttribute("data-ref", false);
          if (node) input.closest("label")?.setAttribute("data-ref", `value:${node.id}`);
        }
        form.classList.toggle("long", expression.split("\n").length > FEW_LINES);
        form.classList.toggle("many", inputs.size > FEW_VALUES);
        grow();
      }
      showProblem(next);
      form.classList.toggle("waits", isTyped(next));
      say(waiting, isTyped(next) && next.problem === null ? texts.notComputed : "");
    },
    /** @param {GraphState} present */
    point({ pointed }) {
      for (const input of inputs.values()) {
        const label = input.closest("label");
        label?.classList.toggle("pointed", pointed !== null && label.getAttribute("data-ref") === pointed);
      }
    },
  };
}
