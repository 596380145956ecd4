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
 * @param {string} path below /api/v1/
 * @param {unknown} body
 * @param {string} origin for example http://127.0.0.1:8000
 */
export function curlOf(path, body, origin) {
  return `curl -s ${origin}/api/v1/${path} \\\n  -H 'content-type: application/json' \\\n  -d '${layOut(body).replaceAll("'", "'\\''")}'`;
}

/** @param {Pick<State, "request"|"granularity"|"example"|"textbook">} state @param {string} origin */
export function curlCall(state, origin) {
  return curlOf("traces", bodyOf(state), origin);
}

/** @param {string} json */
export function asPython(json) {
  return json.replace(/\b(true|false|null)\b/g, (word) => ({ true: "True", false: "False", null: "None" })[word] ?? word);
}

/**
 * @param {string} path below /api/v1/
 * @param {unknown} body
 * @param {string} origin
 * @param {string} name of what is answered
 * @param {string} print lines that print some of it
 */
export function pythonOf(path, body, origin, name, print) {
  return `import json
from urllib.request import Request, urlopen

body = ${asPython(layOut(body))}
request = Request(
    "${origin}/api/v1/${path}",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"},
)
with urlopen(request) as answer:
    ${name} = json.load(answer)
${print}`;
}

/** @param {Pick<State, "request"|"granularity"|"example"|"textbook">} state @param {string} origin */
export function pythonCall(state, origin) {
  return pythonOf("traces", bodyOf(state), origin, "trace", 'print(trace["cost"])\nfor step in trace["steps"]:\n    print(step["index"], step["name"])');
}
