// The stage of a graph in words, for those who hear the page: every node in the order it is computed, with what is known of it.
// The same numbers as in the picture, at the same precision, and nothing that is still to come.

import { nodeLabel } from "./scene_node.js";
import { ticksOf } from "./ticks.js";

/** @param {import("./view.js").GraphView} view */
export function describeGraph(view) {
  return view.layout.boxes.map((box) => `${nodeLabel(view, box)}.`);
}

/** The timeline's own view of a state. @param {import("./graph.d.ts").GraphState} state @returns {any} */
export function asTimeline(state) {
  return { ...asRoom(state), trace: { ...state.trace, steps: ticksOf(state.trace) } };
}

/** What the page's parts for networks ask a state: a graph is told in whole steps of one example. @param {import("./graph.d.ts").GraphState} state @returns {any} */
export function asRoom(state) {
  return { ...state, granularity: "equation", part: 0, example: 0, home: null, history: [], update: 1, session: null, lab: null, told: null, asked: null };
}
