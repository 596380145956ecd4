// A link opens the page exactly as it was; what a link says wrongly is left at its default.

import assert from "node:assert/strict";
import { test } from "node:test";
import { initialState, reduce } from "../../static/js/model/state.js";
import { withValue } from "../../static/js/model/edit.js";
import { decodeJson, encodeJson, readAddress, writeAddress } from "../../static/js/model/url.js";
import { nextRequest, startOf } from "../../static/js/model/retrace.js";
import { smallTrace } from "./page_fixture.js";
import { makeTrace } from "./stage_fixture.js";

/** @param {string} address */
function parts(address) {
  const at = address.indexOf("#");
  return at < 0 ? readAddress(address, "") : readAddress(address.slice(0, at), address.slice(at));
}

test("every double comes back to the last bit", () => {
  const values = [0.1 + 0.2, 1e-300, -5e-324, 1.7976931348623157e308, 0.35891647971788465];
  assert.deepEqual(decodeJson(encodeJson(values)), values);
  assert.match(encodeJson({ text: "δ ≥ ½ ???>>>" }), /^[\w-]+$/);
});

test("what is written is read back", () => {
  const published = /** @type {any} */ ({ id: "mazur", request: {}, printed: [] });
  let state = initialState({ trace: smallTrace(), published });
  for (const action of /** @type {const} */ ([
    { type: "seek", step: 4 }, { type: "digits", value: 7 }, { type: "tab", value: "receipt" }, { type: "select", ref: "weights:1:0:1" },
  ])) state = reduce(state, action);
  const address = parts(writeAddress(state, { changed: true }));
  assert.equal(address.example, "mazur");
  assert.equal(address.step, 4);
  assert.equal(address.digits, 7);
  assert.equal(address.tab, "receipt");
  assert.equal(address.selected, "weights:1:0:1");
  assert.deepEqual(address.request, state.request);
});

test("the untouched first step needs no fragment", () => {
  const state = initialState({ trace: smallTrace(), published: /** @type {any} */ ({ id: "mazur" }) });
  assert.equal(writeAddress(state, { changed: false }), "?example=mazur");
});

test("in the laboratory, which opens further on, the first step is named", () => {
  const state = { ...initialState({ trace: smallTrace(), published: /** @type {any} */ ({ id: "mazur" }) }), tab: /** @type {const} */ ("experiment") };
  assert.equal(writeAddress(state, { changed: false, laboratory: { experiment: "check", text: "" } }), "?example=mazur&experiment=check#step=0");
});

test("nonsense is left at its default", () => {
  for (const hash of ["#step=-1&digits=99&by=atom&row=x", "#request=%%%&tab=<b>&select=a:b", "#step=1e9&update=0.5"]) {
    const address = readAddress("", hash);
    assert.equal(address.step, 0);
    assert.equal(address.digits, 4);
    assert.equal(address.granularity, "equation");
    assert.equal(address.row, 0);
    assert.equal(address.request, null);
    assert.equal(address.tab, null);
    assert.equal(address.selected, null);
    assert.equal(address.update, 1);
  }
  assert.equal(readAddress("", `#request=${encodeJson([1])}`).request, null);
});

test("a damaged link is told from one that carries nothing", () => {
  assert.equal(readAddress("", "").damaged, false);
  for (const bad of ["garbage", encodeJson({}), encodeJson([1]), encodeJson({ network: {}, batch: 5 })]) {
    const read = readAddress("", `#request=${bad}&step=3`);
    assert.equal(read.damaged, true);
    assert.equal(read.request, null);
  }
  const request = { network: { inputs: 1, layers: [{ size: 1 }] }, batch: { inputs: [[1]] }, steps: false };
  const read = readAddress("", `#request=${encodeJson(request)}`);
  assert.equal(read.damaged, false);
  assert.equal("steps" in (read.request ?? {}), false);
});

test("a wide network after updates is written as where it began and their number", () => {
  const wide = makeTrace([64, 40, 10]);
  const past = (/** @type {import("../../static/js/model/types.d.ts").Past[]} */ line, /** @type {number} */ seed) => {
    const before = line.at(-1);
    const request = before ? nextRequest(before) : { network: wide.network, initialization: { scheme: "nielsen", seed: 1 }, batch: { inputs: [[1]] } };
    return [...line, { request, trace: makeTrace([64, 40, 10], seed) }];
  };
  const line = [1, 2, 3].reduce(past, []);
  const [present, history] = [/** @type {import("../../static/js/model/types.d.ts").Past} */ (line[2]), line.slice(0, 2)];
  const state = { ...initialState({ trace: smallTrace() }), ...present, history, update: 3 };
  assert.deepEqual(startOf(state), { request: line[0]?.request, edits: [], made: 2 });
  const address = writeAddress(state, { changed: true, start: startOf(state) });
  assert.ok(address.length < 600, `${address.length} characters`);
  assert.deepEqual([parts(address).made, parts(address).update, parts(address).request], [2, 3, line[0]?.request]);
  const edited = { ...state, request: { ...present.request, learning_rate: 7 }, trace: makeTrace([64, 40, 10], 4) };
  assert.deepEqual(startOf(edited), { request: edited.request, edits: [], made: 0 }, "an edit between two updates");
  assert.deepEqual(startOf({ ...state, update: 9 }).made, 0, "the beginning is not known");
  assert.equal(parts("#made=1e6").made, 0);
});

test("edits of a wide network are written as its seed and the numbers that were changed", () => {
  const trace = makeTrace([64, 40, 10]);
  const initialization = { scheme: "nielsen", seed: 1 };
  const parameters = { weights: trace.layers.slice(1).map(({ weights }) => weights ?? []), biases: trace.layers.slice(1).map(({ biases }) => biases ?? []) };
  const drawn = { ...trace, parameters, initialization, batch: { inputs: [[1]] } };
  const seeded = { network: trace.network, initialization, batch: { inputs: [[1]] } };
  const once = withValue(seeded, "weights:1:3:17", 0.5, 0, drawn);
  const request = withValue(once, "biases:2:4", -1e-7, 0, drawn);
  const before = /** @type {any} */ ({ request: seeded, trace: drawn });
  const state = { ...initialState({ trace: smallTrace() }), request, trace: drawn, undo: [before] };
  const start = startOf(state);
  assert.deepEqual(start, { request: seeded, edits: [{ ref: "weights:1:3:17", value: 0.5 }, { ref: "biases:2:4", value: -1e-7 }], made: 0 });
  const address = writeAddress(state, { changed: true, start });
  assert.ok(address.length < 600, `${address.length} characters`);
  assert.deepEqual([parts(address).edits, parts(address).request], [start.edits, seeded]);
  assert.equal(startOf({ ...state, undo: [], request: { ...request } }).edits.length, 0, "where the seed is not known everything is written");
  for (const bad of ["weights:1:3:17", "weights:1:3:17=x", "__proto__=1", "weights:1:1:1=1e999"]) assert.equal(parts(`#set=${bad}`).damaged, true);
});

test("the laboratory's link names the experiment and what it carries", () => {
  const state = { ...initialState({ trace: smallTrace() }), tab: /** @type {const} */ ("experiment") };
  const to = writeAddress(state, { changed: false, laboratory: { experiment: "mistakes", text: "stale_weights" } });
  const url = new URL(to, "http://localhost/laboratory");
  const address = readAddress(url.search, url.hash);
  assert.equal(address.experiment, "mistakes");
  assert.equal(address.lab, "stale_weights");
  assert.equal(address.tab, null);
  const receipt = writeAddress({ ...state, tab: "equation" }, { changed: false, laboratory: { experiment: "check", text: "" } });
  assert.match(receipt, /tab=equation/);
  assert.doesNotMatch(writeAddress(state, { changed: false }), /tab|experiment/);
});
