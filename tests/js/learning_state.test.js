// The state of the page of training: frames that come in, documents that are older or newer than they, costs that a change takes back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { cutAt, emptyHistory, historyOf, withCosts } from "../../static/js/model/learning/costs.js";
import { drives, initialLearning, isRunning, reduceLearning, withSamples } from "../../static/js/model/learning/state.js";

const LINK = /** @type {const} */ ({ id: "abcdefghijklmnop_-2345", may: "drive" });
const catalogue = { textbooks: [{ name: "nielsen", offset: 1 }, { name: "sun", offset: 0 }] };

/** @param {Record<string, unknown>} [other] @returns {any} */
const document = (other = {}) => ({
  id: LINK.id, watch: "w".repeat(22), may: "drive", revision: 4, recipe: { training: { batch_size: 10 } }, training: { learning_rate: 0.1, stop: { epochs: 5 } },
  network: { inputs: 2, layers: [] }, changes: [], status: "paused", reason: null, update: 3, reached: 3, epoch: 0, row: 30, updates_per_epoch: 24, diverged: null,
  data: { train: 240, test: 60, words: "two spirals" }, speed: null, ...other,
});

/** @param {Record<string, unknown>} [other] @returns {any} */
const frame = (other = {}) => ({
  frame: 1, revision: 5, status: "running", reason: null, update: 5, reached: 5, epoch: 0, row: 50, costs: { from: 3, values: [0.5, 0.4] },
  samples: [{ update: 5 }], speed: 100, time_left: 1, viewers: 1, learning_rate: 0.1, diverged: null, ...other,
});

/** @param {Record<string, unknown>} [other] */
function opened(other) {
  const history = { costs: { updates: [0, 1, 2], values: [1, 0.9, 0.8] }, samples: /** @type {any} */ ([{ update: 0 }]) };
  return reduceLearning(initialLearning({ catalogue }), { type: "opened", link: LINK, session: document(other), history, data: null, preset: null, replaces: false });
}

/** @param {import("../../static/js/model/learning/learning.d.ts").History} history */
const listed = ({ updates, costs, known }) => ({ updates: Array.from(updates), costs: Array.from(costs), known });

test("a frame brings its costs and says how far the session is", () => {
  const state = reduceLearning(opened(), { type: "frame", frame: frame() });
  assert.deepEqual(listed(state.history), { updates: [0, 1, 2, 3, 4], costs: [1, 0.9, 0.8, 0.5, 0.4], known: 5 });
  assert.deepEqual([state.session?.update, state.session?.status, state.session?.revision], [5, "running", 5]);
  assert.deepEqual(state.samples.map(({ update }) => update), [0, 5]);
  assert.ok(isRunning(state) && drives(state));
  assert.deepEqual(state.session?.training, opened().session?.training);
});

test("costs of updates that a change has taken back are replaced by the new ones", () => {
  const before = reduceLearning(opened(), { type: "frame", frame: frame() });
  const after = reduceLearning(before, { type: "frame", frame: frame({ revision: 7, update: 3, reached: 3, costs: { from: 2, values: [7] }, samples: [] }) });
  assert.deepEqual(listed(after.history), { updates: [0, 1, 2], costs: [1, 0.9, 7], known: 3 });
  assert.deepEqual(after.samples.map(({ update }) => update), [0]);
  assert.deepEqual(listed(before.history).costs, [1, 0.9, 0.8, 0.5, 0.4], "what was read before still reads the same");
});

test("an older history never sees what a newer one has written behind it, even where two go on from it", () => {
  const start = withCosts(emptyHistory(), { from: 0, values: [1, 2] });
  const [one, other] = [withCosts(start, { from: 2, values: [3] }), withCosts(start, { from: 2, values: [9, 8] })];
  assert.deepEqual(listed(start).costs, [1, 2]);
  assert.deepEqual(listed(one).costs, [1, 2, 3]);
  assert.deepEqual(listed(other).costs, [1, 2, 9, 8]);
});

test("a history grows beyond its room, skips what is not known and is cut anywhere", () => {
  let history = emptyHistory();
  for (let from = 0; from < 20_000; from += 1000) history = withCosts(history, { from, values: Array.from({ length: 1000 }, (_, at) => (at === 1 ? null : from + at)) });
  assert.equal(history.known, 20_000);
  assert.equal(history.updates.length, 19_980);
  assert.ok(Array.from(history.updates).every((update, at) => update === history.costs[at] && update % 1000 !== 1));
  assert.deepEqual([cutAt(history, 1002).updates.length, cutAt(history, 1002).known], [1000, 1002]);
  assert.equal(cutAt(history, 20_000), history);
  const thin = historyOf({ updates: [0, 50, 99], values: [3, null, 1] }, 100);
  assert.deepEqual(listed(withCosts(thin, { from: 100, values: [0.5] })), { updates: [0, 99, 100], costs: [3, 1, 0.5], known: 101 });
});

test("a document that frames have overtaken still tells what the session is made of", () => {
  const running = reduceLearning(opened(), { type: "frame", frame: frame({ revision: 9, update: 40, reached: 40, costs: { from: 3, values: [] } }) });
  const answered = reduceLearning(running, { type: "session", session: document({ revision: 6, update: 12, training: { learning_rate: 0.5, stop: {} }, status: "running" }) });
  assert.equal(answered.session?.training.learning_rate, 0.5);
  assert.deepEqual([answered.session?.update, answered.session?.revision, answered.read], [40, 9, 6]);
  const old = reduceLearning(answered, { type: "session", session: document({ revision: 5, training: { learning_rate: 3 } }) });
  assert.equal(old.session?.training.learning_rate, 0.5);
  const late = reduceLearning(answered, { type: "frame", frame: frame({ revision: 8, update: 39, costs: { from: 3, values: [] } }) });
  assert.equal(late.session?.update, 40, "a frame older than the document does not turn it back");
});

test("the trace of an update is gone as soon as training runs, and a wish once it is met", () => {
  const traced = reduceLearning(opened(), { type: "trace", trace: /** @type {any} */ ({ steps: [] }) });
  assert.ok(traced.trace);
  assert.equal(reduceLearning(traced, { type: "frame", frame: frame() }).trace, null);
  assert.ok(reduceLearning(traced, { type: "frame", frame: frame({ revision: 3 }) }).trace, "a frame from before the pause does not take the trace made since");
  const wishing = reduceLearning(traced, { type: "to", update: 2 });
  assert.equal(wishing.wanted, 2);
  assert.equal(reduceLearning(wishing, { type: "frame", frame: frame({ status: "paused", update: 2 }) }).wanted, null);
  assert.equal(reduceLearning(wishing, { type: "frame", frame: frame({ status: "paused", update: 3 }) }).wanted, 2);
});

test("samples stay in order, one an update, and are thinned before they are too many", () => {
  const some = /** @type {any} */ ([{ update: 0 }, { update: 4 }]);
  assert.deepEqual(withSamples(some, /** @type {any} */ ([{ update: 2 }, { update: 4, again: true }]), 9).map((one) => ({ ...one })), [{ update: 0 }, { update: 2 }, { update: 4, again: true }]);
  assert.equal(withSamples(some, [], 9), some);
  const many = /** @type {any} */ (Array.from({ length: 3001 }, (_, update) => ({ update })));
  const thin = withSamples([], many, 4000);
  assert.ok(thin.length < 1600 && thin.at(0)?.update === 0 && thin.at(-1)?.update === 3000);
});

test("a session that another one takes the place of can be come back to", () => {
  const next = { id: "qrstuvwxyz0123456789_-", may: /** @type {const} */ ("drive") };
  const history = { costs: { updates: [], values: [] }, samples: [] };
  const state = reduceLearning(opened(), { type: "opened", link: next, session: document({ id: next.id, revision: 0, update: 0, reached: 0 }), history, data: null, preset: "xor", replaces: true });
  assert.deepEqual(state.earlier, [{ link: LINK, title: "two spirals" }]);
  assert.deepEqual([state.read, state.history.known, state.frame], [0, 0, null]);
  assert.deepEqual(reduceLearning(state, { type: "back", link: LINK }).earlier, []);
});

test("layers are numbered as the chosen text does", () => {
  const state = opened();
  assert.equal(state.offset, 1);
  assert.equal(reduceLearning(state, { type: "textbook", value: "sun" }).offset, 0);
});

test("an end keeps its reason until a session is opened", () => {
  const ended = reduceLearning(opened(), { type: "ended", problem: { title: "Nothing is here", detail: "", status: 404 } });
  assert.deepEqual([ended.ended?.status, ended.connection], [404, null]);
});
