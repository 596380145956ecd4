// A step page that belongs to a session: what its address says, when it moves the session, and when it has become a copy.
import assert from "node:assert/strict";
import { test } from "node:test";

import { attachedTo, drives, hasEarlier, otherWords, sessionIn, trainingAddress } from "../../static/js/model/attached.js";
import { hasNextUpdate, initialState, reduce, whyItEnds } from "../../static/js/model/state.js";
import { readAddress, writeAddress } from "../../static/js/model/url.js";

const ID = "abcdefghijklmnop_-2345";
const trace = /** @type {any} */ ({
  network: { inputs: 1, cost: "quadratic", layers: [{ size: 1, activation: "sigmoid" }] },
  parameters: { weights: [[[1]]], biases: [[0]] }, batch: { inputs: [[1]], targets: [[0]] }, learning_rate: 1,
  granularity: "equation", textbook: "nielsen", cost: 1, costs: [1], steps: [{}, {}, {}], layers: [{}, { updated_weights: [[0.5]], updated_biases: [0] }],
});
const document = /** @type {any} */ ({ may: "drive", revision: 7, epoch: 3, update: 41, updates_per_epoch: 12, data: { name: "breast_cancer" }, status: "paused" });

/** @param {Partial<import("../../static/js/model/types.d.ts").Attached>} [other] */
function attached(other = {}) {
  const session = { ...attachedTo(ID, document), ...other };
  return reduce(initialState({ trace }), { type: "opened", request: /** @type {any} */ (trace), trace, published: null, session, update: session.update + 1 });
}

test("a fragment names a session to drive or to watch, and nothing else", () => {
  assert.deepEqual(sessionIn(`#session=${ID}`), { id: ID, may: "drive" });
  assert.deepEqual(sessionIn(`#step=3&watch=${ID}`), { id: ID, may: "watch" });
  for (const hash of ["", "#session=short", "#session=../../etc/passwd-000", "#watch=", `#session=${"x".repeat(65)}`]) assert.equal(sessionIn(hash), null);
});

test("the address of a session names it instead of writing its numbers down", () => {
  const written = writeAddress(attached(), { changed: false });
  assert.equal(written, `#session=${ID}`);
  assert.deepEqual(readAddress("", written).session, { id: ID, may: "drive" });
  assert.equal(trainingAddress(attachedTo(ID, document)), `/train#session=${ID}`);
  assert.equal(trainingAddress(attachedTo(ID, document), "sun"), `/train?lens=sun#session=${ID}`);
  const catalogue = { textbooks: [{ name: "nielsen" }, { name: "sun" }] };
  assert.deepEqual(["nielsen", "sun"].map((textbook) => otherWords({ catalogue, textbook })), [undefined, "sun"]);
});

test("it is called by its data", () => {
  assert.equal(attachedTo(ID, document).title, "Breast cancer");
  assert.equal(attachedTo(ID, { ...document, data: { name: null } }).title, "");
});

test("the trace shown is that of the next update", () => {
  assert.equal(attached().update, 42);
});

test("who drives goes over the start and the end of the update, who watches does not", () => {
  const driving = reduce(attached(), { type: "last" });
  assert.ok(drives(driving) && hasNextUpdate(driving) && hasEarlier(attached()));
  assert.equal(whyItEnds(driving), null);
  const watching = reduce(attached({ may: "watch" }), { type: "last" });
  assert.ok(!drives(watching) && !hasNextUpdate(watching) && !hasEarlier(attached({ may: "watch" })));
  assert.equal(whyItEnds(watching), "watched");
});

test("a number changed here makes a copy, which goes on alone; undo is the session again", () => {
  const copy = reduce(attached({ may: "watch" }), { type: "edited", request: /** @type {any} */ (trace), trace });
  assert.ok(copy.session?.own && !drives(copy) && hasNextUpdate(copy));
  assert.match(writeAddress(copy, { changed: true }), /^#update=42&request=/);
  const again = reduce(copy, { type: "undo" });
  assert.equal(again.session?.own, false);
});

test("before the first update shown comes the one before it, at its end", () => {
  const session = { ...attachedTo(ID, document), update: 40 };
  const before = reduce(attached(), { type: "earlier", request: /** @type {any} */ (trace), trace, session });
  assert.deepEqual([before.update, before.cursor, before.history.length], [41, 2, 0]);
});

test("another example lets go of the session", () => {
  const other = reduce(attached(), { type: "opened", request: /** @type {any} */ (trace), trace, published: null });
  assert.equal(other.session, null);
});
