// Driving a run: which key does what, what is said aloud, what its addresses name, and the calls that do the same.
import assert from "node:assert/strict";
import { test } from "node:test";

import { momentOf, sayingOf } from "../../static/js/model/learning/saying.js";
import { stepAddress, trainAddress, watchAddress, wishesOf } from "../../static/js/model/learning/train_address.js";
import { callsOf, curlOf, pythonOf } from "../../static/js/model/learning/train_calls.js";
import { trainActionFor } from "../../static/js/model/learning/train_keys.js";
import { readAddress } from "../../static/js/model/url.js";
import { createFrames } from "../../static/js/player.js";

const ID = "abcdefghijklmnop_-2345";
const drive = /** @type {const} */ ({ id: ID, may: "drive" });
const now = { drives: true, reached: 90, lens: "nielsen", lenses: ["nielsen", "sun"], earlier: 1 };
const free = { typing: false, pressing: false, choosing: false };

/** @param {string} key @param {Record<string, unknown>} [how] @param {any} [where] @param {any} [state] */
const press = (key, how = {}, where = free, state = now) => trainActionFor({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...how }, where, state);

test("each key drives as it says", () => {
  const does = (/** @type {any} */ action) => action?.what;
  assert.deepEqual(["p", "P", " ", "f", "ArrowLeft", "ArrowRight", "Home"].map((key) => does(press(key))), ["start", "start", "start", "freeze", "back", "one", "rewind"]);
  assert.deepEqual(["ArrowLeft", "ArrowRight"].map((key) => does(press(key, { shiftKey: true }))), ["epochBack", "epoch"]);
  assert.deepEqual(press("End"), { type: "to", update: 90 });
  assert.deepEqual(press("l"), { type: "textbook", value: "sun" });
  assert.deepEqual(press("z", { ctrlKey: true }), { type: "undo" });
  assert.equal(press("z", { ctrlKey: true }, free, { ...now, earlier: 0 }), null);
});

test("typing, choosing and holding a key come first", () => {
  for (const key of ["p", " ", "f", "ArrowLeft", "l"]) assert.equal(press(key, {}, { ...free, typing: true }), null);
  assert.equal(press(" ", {}, { ...free, pressing: true }), null);
  assert.equal(press("ArrowLeft", {}, { ...free, choosing: true }), null);
  for (const key of ["p", " ", "f"]) assert.equal(press(key, { repeat: true }), null);
  assert.equal(press("x"), null);
});

test("who watches freezes and reads, and drives nothing", () => {
  const watching = { ...now, drives: false };
  for (const key of ["p", " ", "ArrowLeft", "ArrowRight", "Home", "End"]) assert.equal(press(key, {}, free, watching), null);
  assert.deepEqual(press("f", {}, free, watching), { type: "does", what: "freeze" });
});

test("an address names the session, and the step page understands where one froze", () => {
  assert.deepEqual(wishesOf("?preset=xor", ""), { link: null, preset: "xor" });
  assert.deepEqual(wishesOf("", `#watch=${ID}`).link, { id: ID, may: "watch" });
  const address = new URL(stepAddress(drive, "sun", 7), "http://localhost");
  const read = readAddress(address.search, address.hash);
  assert.deepEqual([read.session, read.step, read.lens], [drive, 7, "sun"]);
  const there = new URL(trainAddress(drive, "sun"), "http://localhost");
  assert.deepEqual([wishesOf(there.search, there.hash).link, there.searchParams.get("lens")], [drive, "sun"]);
});

test("the link for sharing lets nobody drive", () => {
  const shared = watchAddress("watchwatchwatchwatch", "http://localhost");
  assert.equal(shared, "http://localhost/train#watch=watchwatchwatchwatch");
  assert.ok(!shared.includes(ID));
});

/** @param {Record<string, unknown>} session @returns {any} */
const state = (session) => ({ session: { status: "running", epoch: 3, update: 80, reason: null, diverged: null, ...session }, samples: [{ train_cost: 0.25, test_accuracy: 0.9 }] });

test("start, end and every few seconds a finished epoch are said aloud", () => {
  const before = momentOf(state({}));
  assert.equal(sayingOf(null, state({}), true), "");
  assert.equal(sayingOf(before, state({}), true), "");
  assert.equal(sayingOf(before, state({ epoch: 4 }), false), "");
  assert.equal(sayingOf(before, state({ epoch: 4 }), true), "Epoch 4 done, cost 0.25, 90 % of the test right.");
  assert.equal(sayingOf(before, state({ status: "paused", reason: "nobody was watching" }), false), "Paused after 80 updates: nobody was watching.");
  assert.equal(sayingOf(before, state({ status: "diverged", diverged: { sentence: "In update 3, …" } }), false), "In update 3, …");
  assert.equal(sayingOf({ status: "paused", epoch: 0 }, state({ epoch: 0 }), false), "Training, epoch 1.");
});

test("every action has its call; who watches is shown no change", () => {
  const learning = /** @type {any} */ ({ link: drive, session: { recipe: { network: {} }, training: { learning_rate: 0.3 } }, speed: 10, textbook: "nielsen" });
  const calls = callsOf(learning);
  assert.deepEqual(calls.start, { method: "POST", path: `/api/v1/sessions/${ID}/training`, drives: true, body: { speed: 10 } });
  assert.equal(curlOf(/** @type {any} */ (calls.back), "http://localhost", 12), `curl -s -X POST 'http://localhost/api/v1/sessions/${ID}/updates' \\\n  -H 'if-match: "12"' \\\n  -H 'content-type: application/json' \\\n  -d '{"count": -1}'`);
  const python = pythonOf(/** @type {any} */ (calls.rate), "http://localhost");
  assert.match(python, /revision = json\.load\(answer\)\["revision"\]/);
  assert.match(python, /method="PATCH"/);
  assert.match(python, /"learning_rate": 0\.3/);
  const watched = callsOf({ ...learning, link: { id: ID, may: "watch" } });
  assert.ok(Object.values(watched).every(({ method }) => method === "GET"));
});

test("a frame of the screen draws once, however much has come", () => {
  let drawn = 0;
  /** @type {(() => void)[]} */
  const waiting = [];
  const draw = createFrames(() => { drawn += 1; }, (run) => { waiting.push(run); });
  for (let at = 0; at < 5; at += 1) draw();
  assert.equal(waiting.length, 1);
  waiting.pop()?.();
  assert.equal(drawn, 1);
  draw();
  assert.equal(waiting.length, 1);
});
