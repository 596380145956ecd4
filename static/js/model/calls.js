// The REST call that gives what is on the screen, as curl and as Python, ready to paste.
// Numbers are written as JSON writes them, so the answer is the same to the last bit.

/** @typedef {import("./types.d.ts").State} State */

/**
 * The whole body: the request and how it is told.
 * @param {Pick<State, "request"|"granularity"|"example"|"textbook">} state
 */
export function bodyOf({ request, granularity, example, textbook }) {
  /** @type {Record<string, unknown>} */
  const body = { ...request, granularity, textbook };
  // An example may leave the steps out to keep its answer small; the page is made of them.
  delete body.steps;
  if (example > 0) body.example = example;
  return body;
}

/** @param {unknown} value */
function isFlat(value) {
  return !Array.isArray(value) || value.every((item) => !Array.isArray(item) && (item === null || typeof item !== "object"));
}

/**
 * JSON with one row of numbers a line, which is how a person reads a matrix.
 * @param {any} value
 * @param {string} [indent]
 * @returns {string}
 */
export function layOut(value, indent = "") {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item) => layOut(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${layOut(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const oneLine = `${open}${entries.join(", ")}${close}`;
  if ((Array.isArray(value) && isFlat(value)) || (oneLine.length + indent.length <= 58 && !oneLine.includes("\n"))) return oneLine;
  return `${open}\n${entries.map((entry) => inner + entry).join(",\n")}\n${indent}${close}`;
}

/**
 * @param {Pick<State, "request"|"granularity"|"example"|"textbook">} state
 * @param {string} origin for example http://127.0.0.1:8000
 */
export function curlCall(state, origin) {
  const body = layOut(bodyOf(state)).replaceAll("'", "'\\''");
  return `curl -s ${origin}/api/v1/traces \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`;
}

/** @param {string} json */
export function asPython(json) {
  return json.replace(/\b(true|false|null)\b/g, (word) => ({ true: "True", false: "False", null: "None" })[word] ?? word);
}

/**
 * @param {Pick<State, "request"|"granularity"|"example"|"textbook">} state
 * @param {string} origin
 */
export function pythonCall(state, origin) {
  return `import json
from urllib.request import Request, urlopen

body = ${asPython(layOut(bodyOf(state)))}
request = Request(
    "${origin}/api/v1/traces",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"},
)
with urlopen(request) as answer:
    trace = json.load(answer)
print(trace["cost"])
for step in trace["steps"]:
    print(step["index"], step["name"])`;
}
