// The body of POST /graphs for what is on the screen, and the call as curl and as Python, ready to paste.

import { asPython, layOut } from "../calls.js";

/** @typedef {import("./graph.d.ts").GraphState} GraphState */
/** @typedef {import("./graph.d.ts").GraphRequest} GraphRequest */

/** @param {GraphRequest} request @param {Pick<GraphState, "granularity"|"textbook">} told */
export function bodyOfGraph({ expression, values }, { granularity, textbook }) {
  return { expression, values, textbook, ...(granularity === "node" ? {} : { granularity }) };
}

/** @param {GraphState} state @param {string} origin */
export function graphCurl(state, origin) {
  const body = layOut(bodyOfGraph(state.trace, state)).replaceAll("'", "'\\''");
  return `curl -s ${origin}/api/v1/graphs \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`;
}

/** @param {GraphState} state @param {string} origin */
export function graphPython(state, origin) {
  return `import json
from urllib.request import Request, urlopen

body = ${asPython(layOut(bodyOfGraph(state.trace, state)))}
request = Request(
    "${origin}/api/v1/graphs",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"},
)
with urlopen(request) as answer:
    graph = json.load(answer)
for node in graph["nodes"]:
    print(node["symbol"], node["value"], node["gradient"])`;
}
