// A small graph with the shape of the API's answer, and its steps: x·x + x·y, in which x is used three times.
// The numbers were worked out by hand for x = 3 and y = 5.

import { step } from "./page_fixture.js";

/** @typedef {import("../../static/js/model/graph/graph.d.ts").GraphTrace} GraphTrace */
/** @typedef {import("../../static/js/model/graph/graph.d.ts").Node} Node */
/** @typedef {import("../../static/js/model/graph/graph.d.ts").Edge} Edge */

/**
 * @param {[string, string, number[]][]} plan symbol, operation, operands
 * @returns {{nodes: Node[], edges: Edge[]}}
 */
export function graphOf(plan) {
  const nodes = plan.map(([symbol, operation, operands], id) => ({ id, name: symbol, symbol, tex: symbol, operation, sign: operands.length > 0 ? "+" : "", operands, value: 1, gradient: 1 }));
  const edges = nodes.flatMap(({ id, operands }) => operands.map((source, place) => ({ source, target: id, place }))).map((edge, id) => ({ id, ...edge, local_gradient: 1, contribution: 1 }));
  return /** @type {any} */ ({ nodes, edges });
}

/** @returns {GraphTrace} */
export function forkTrace() {
  const { nodes, edges } = graphOf([["x", "input", []], ["q", "multiply", [0, 0]], ["y", "input", []], ["r", "multiply", [0, 2]], ["f", "add", [1, 3]]]);
  [3, 9, 5, 15, 24].forEach((value, at) => { Object.assign(/** @type {Node} */ (nodes[at]), { value, gradient: [11, 1, 3, 1, 1][at] }); });
  [3, 3, 5, 3, 1, 1].forEach((local, at) => { Object.assign(/** @type {Edge} */ (edges[at]), { local_gradient: local, contribution: local }); });
  /** @type {[string, number, string, string[]][]} */
  const plan = [
    ["input", 0, "forward", ["value:0", "value:2"]], ["operation", 1, "forward", ["value:1"]], ["operation", 3, "forward", ["value:3"]], ["operation", 4, "forward", ["value:4"]],
    ["output_gradient", 4, "backward", ["gradient:4"]], ["chain_rule", 4, "backward", ["local_gradient:4", "local_gradient:5", "gradient:1", "gradient:3"]],
    ["chain_rule", 3, "backward", ["local_gradient:2", "local_gradient:3", "contribution:2", "gradient:2"]],
    ["chain_rule", 1, "backward", ["local_gradient:0", "local_gradient:1", "contribution:0", "contribution:1"]], ["gradient_sum", 0, "backward", ["gradient:0"]],
  ];
  const steps = plan.map(([kind, layer, phase, writes], index) => step({
    index, kind, layer, phase: /** @type {any} */ (phase), group: phase === "forward" ? "Forward" : "Backward", writes, covers: [[kind, layer]], label: "l", label_text: "l",
  }));
  return /** @type {any} */ ({ expression: "f = x*x + x*y", values: { x: 3, y: 5 }, textbook: "sun", granularity: "node", output: 4, value: 24, nodes, edges, kinks: [], steps });
}
