// The REST call that gives the graph on the screen, as curl and as Python.

import { graphCurl, graphPython } from "../../model/graph/calls.js";
import { graph as texts } from "../../texts/en_graph.js";
import { callPanel } from "../calls.js";

/** @param {import("../../model/graph/graph.d.ts").GraphState} state @param {string} origin @param {import("../calls.js").Copy} copy */
export function graphCalls(state, origin, copy) {
  return callPanel(texts.call, { curl: graphCurl(state, origin), python: graphPython(state, origin) }, copy);
}
