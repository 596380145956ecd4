// The REST calls that do what the page of training does, as curl and as Python, ready to paste.
// A change names the revision it is about; the Python reads it first, so that it works at any time.

import { layOut } from "../calls.js";

/** @typedef {import("./learning.d.ts").Learning} Learning */
/** @typedef {{method: string, path: string, body?: unknown, drives?: boolean}} Call */

const API = "/api/v1/sessions";

/** Action → what is called for it, in the order of a menu. @param {Pick<Learning, "session"|"link"|"speed"|"textbook">} state @returns {Record<string, Call>} */
export function callsOf({ session, link, speed, textbook }) {
  const path = `${API}/${link?.id ?? ""}`;
  /** @param {string} method @param {string} rest @param {unknown} [body] @returns {Call} */
  const drive = (method, rest, body) => ({ method, path: path + rest, drives: true, ...(body === undefined ? {} : { body }) });
  /** @type {Record<string, Call>} */
  const reading = {
    get: { method: "GET", path },
    trace: { method: "GET", path: `${path}/trace?textbook=${textbook}&granularity=equation` },
    history: { method: "GET", path: `${path}/history?points=1000` },
    watch: { method: "GET", path: `${path}/events?boundary=60` },
  };
  if (link?.may === "watch") return reading;
  return {
    start: drive("POST", "/training", speed === null ? {} : { speed }),
    pause: drive("DELETE", "/training"),
    one: drive("POST", "/updates", { count: 1 }),
    back: drive("POST", "/updates", { count: -1 }),
    epoch: drive("POST", "/updates", { epochs: 1 }),
    rewind: drive("POST", "/updates", { to: 0 }),
    rate: drive("PATCH", "", { training: { learning_rate: session?.training?.learning_rate ?? 0.01 } }),
    steps: drive("POST", "/steps", { by: "equation", count: 3 }),
    create: { method: "POST", path: API, body: session?.recipe ?? {} },
    ...reading,
  };
}

/** @param {Call} call @param {string} origin @param {number} revision */
export function curlOf({ method, path, body, drives }, origin, revision) {
  const lines = [`curl -s ${method === "GET" ? "" : `-X ${method} `}'${origin}${path}'`];
  if (drives) lines.push(`-H 'if-match: "${revision}"'`);
  if (body !== undefined) lines.push("-H 'content-type: application/json'", `-d '${layOut(body).replaceAll("'", "'\\''")}'`);
  if (path.includes("/events")) lines[0] = lines[0]?.replace("-s", "-sN") ?? "";
  return lines.join(" \\\n  ");
}

/** @param {string} json */
const asPython = (json) => json.replace(/\b(true|false|null)\b/g, (word) => ({ true: "True", false: "False", null: "None" })[word] ?? word);

/** @param {Call} call @param {string} origin */
export function pythonOf({ method, path, body, drives }, origin) {
  const session = path.split("/").slice(0, 5).join("/");
  const reads = drives ? `with urlopen("${origin}${session}") as answer:\n    revision = json.load(answer)["revision"]\n` : "";
  const headers = [...(body === undefined ? [] : ['"content-type": "application/json"']), ...(drives ? ['"if-match": f\'"{revision}"\''] : [])];
  const data = body === undefined ? "" : `\n    data=json.dumps(${asPython(layOut(body, "    "))}).encode(),`;
  const lines = path.includes("/events") ? "    for line in answer:\n        print(line.decode(), end=\"\")" : "    print(json.load(answer))";
  return `import json
from urllib.request import Request, urlopen

${reads}request = Request(
    "${origin}${path}",
    method="${method}",${data}
    headers={${headers.join(", ")}},
)
with urlopen(request) as answer:
${lines}`;
}
