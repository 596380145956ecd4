// Where a node comes from and where it goes: what it is made of, what is made of it, and its gradient as the sum over its uses.

import { h } from "../../dom.js";
import { textOf } from "../../model/graph/names.js";
import { known } from "../../model/known.js";
import { graph as texts } from "../../texts/en_graph.js";
import { writeNumber } from "../equation.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

/**
 * What is said in the place of the step; null where nothing is selected.
 * @param {GraphState} state
 * @param {GraphDispatch} dispatch
 * @returns {(Node|null)[]|null}
 */
export function explainSelection(state, dispatch) {
  const { trace, selected, cursor, digits } = state;
  const [quantity, id] = (selected ?? "").split(":");
  const edge = quantity === "local_gradient" || quantity === "contribution" ? trace.edges[Number(id)] : undefined;
  const node = trace.nodes[edge ? edge.source : Number(id)];
  if (!selected || !node) return null;
  const words = texts.selected;
  const isConstant = node.operation === "constant";

  /** @param {string} ref @param {number|null} value */
  const number = (ref, value) => {
    if (!(isConstant && ref === `value:${node.id}`) && known(trace.steps, cursor, ref) === "future") return h("span", { class: "quiet" }, texts.nodeWords.notYet);
    const span = h("span");
    writeNumber(span, { ref, value }, digits);
    return span;
  };
  /** What comes back over an edge is the whole gradient where it is the only one. @param {import("../../model/graph/graph.d.ts").Edge} one */
  const product = (one) => number(trace.steps.some(({ writes }) => writes.includes(`contribution:${one.id}`)) ? `contribution:${one.id}` : `gradient:${one.source}`, one.contribution);
  /** @param {number} other */
  const link = (other) => {
    const target = trace.nodes[other];
    return h("button", { class: "action", type: "button", "data-ref": `value:${other}`, onclick: () => dispatch({ type: "select", ref: `value:${other}` }) }, target ? textOf(target) : "");
  };
  const uses = trace.edges.filter(({ source }) => source === node.id);
  const into = trace.edges.filter(({ target }) => target === node.id);
  /** @param {import("../../model/graph/graph.d.ts").Edge} one @param {number} other */
  const row = (one, other) => h("tr", {}, h("td", {}, link(other)), h("td", { class: "value" }, number(`local_gradient:${one.id}`, one.local_gradient)), h("td", { class: "value" }, product(one)));
  /** @param {(Node)[]} rows */
  const table = (rows) => h("div", { class: "table-scroll" }, h("table", { class: "printed" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.node), h("th", { scope: "col" }, words.local), h("th", { scope: "col" }, words.product))), h("tbody", {}, ...rows)));
  return [
    h("div", { class: "overline" }, h("button", { class: "action", type: "button", id: "selection-back", onclick: () => dispatch({ type: "select", ref: null }) }, `← ${words.back}`), h("span", { class: "place" }, node.operation.replaceAll("_", " "))),
    h("h1", { class: "title" }, textOf(node)),
    h("dl", { class: "graph-facts" }, h("dt", {}, words.value), h("dd", {}, number(`value:${node.id}`, node.value)),
      ...(isConstant ? [] : [h("dt", {}, words.gradient), h("dd", {}, number(`gradient:${node.id}`, node.gradient))])),
    h("div", { class: "block" }, h("h2", { class: "label" }, words.from), into.length > 0 ? table(into.map((one) => row(one, one.source))) : h("p", { class: "quiet" }, words.none)),
    h("div", { class: "block" }, h("h2", { class: "label" }, words.to), uses.length > 0 ? table(uses.map((one) => row(one, one.target))) : h("p", { class: "quiet" }, words.end)),
    uses.length > 1 && !isConstant ? h("p", { class: "note" }, words.adds(uses.length)) : null,
  ];
}
