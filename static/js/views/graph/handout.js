// What stands over the hand-out of an expression: what was differentiated, as it was typed, and in whose words.

import { h } from "../../dom.js";
import { textOf } from "../../model/graph/names.js";
import { graph as texts } from "../../texts/en_graph.js";

/** @param {import("../../model/graph/graph.d.ts").GraphState} state @returns {Node[]} */
export function graphHead({ trace: { nodes, output, expression, textbook }, catalogue }) {
  const author = catalogue.textbooks.find(({ name }) => name === textbook)?.author ?? "";
  const [inputs, operations] = [nodes.filter(({ operation }) => operation === "input"), nodes.filter(({ operands }) => operands.length > 0)];
  const result = nodes[output];
  return [
    h("h1", {}, texts.handout.title(nodes.length, author)), h("p", {}, texts.handout.about(inputs.length, operations.length, result ? textOf(result) : "")), h("pre", {}, expression),
  ];
}
