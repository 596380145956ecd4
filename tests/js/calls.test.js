// The calls on the screen are the calls that give the screen: their bodies read back as the request.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, curlCall, curlOf, layOut, pythonCall, pythonOf } from "../../static/js/model/calls.js";
import { requestOf } from "../../static/js/model/state.js";
import { smallTrace } from "./page_fixture.js";

const state = { request: { ...requestOf(smallTrace()), freeze_biases: true }, granularity: /** @type {const} */ ("layer"), textbook: "johnston", example: 1 };

test("what is laid out is the same JSON", () => {
  const value = { a: [[0.1 + 0.2, -1e-7], [3, 4]], b: null, c: true, d: { e: "it's", f: [] } };
  assert.deepEqual(JSON.parse(layOut(value)), value);
});

test("the body says how it is told, and which example", () => {
  const body = bodyOf(state);
  assert.equal(body.granularity, "layer");
  assert.equal(body.example, 1);
  assert.equal(body.textbook, "johnston");
  assert.equal("example" in bodyOf({ ...state, example: 0 }), false);
});

test("a page always asks for the steps, whatever the example does", () => {
  const request = /** @type {any} */ ({ ...state.request, steps: false });
  assert.equal("steps" in bodyOf({ ...state, request }), false);
});

test("the curl call carries the whole body", () => {
  const call = curlCall(state, "http://127.0.0.1:8000");
  const body = /-d '([\s\S]*)'$/.exec(call)?.[1] ?? "";
  assert.deepEqual(JSON.parse(body.replaceAll("'\\''", "'")), bodyOf(state));
  assert.ok(call.startsWith("curl -s http://127.0.0.1:8000/api/v1/traces"));
});

test("the Python call has Python's words", () => {
  const call = pythonCall(state, "http://127.0.0.1:8000");
  assert.match(call, /"freeze_biases": True/);
  assert.doesNotMatch(call, /\btrue\b|\bnull\b/);
});

test("any question has its calls", () => {
  const body = { ref: "weights:1:0:0", said: "it's" };
  assert.equal(curlOf("nudges", body, "http://x"), `curl -s http://x/api/v1/nudges \\\n  -H 'content-type: application/json' \\\n  -d '${layOut(body).replace("'", "'\\''")}'`);
  assert.match(pythonOf("nudges", body, "http://x", "found", "print(found)"), /"http:\/\/x\/api\/v1\/nudges"[\s\S]*found = json\.load\(answer\)\nprint\(found\)$/);
});
