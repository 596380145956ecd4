// The state of the page of expressions, its links, and the values that belong to an expression.

import assert from "node:assert/strict";
import test from "node:test";
import { readGraphAddress, readValues, typedNumber, writeGraphAddress } from "../../static/js/model/graph/address.js";
import { bodyOfGraph, graphCurl } from "../../static/js/model/graph/calls.js";
import { inOneLine, sideBySide } from "../../static/js/model/graph/lines.js";
import { exampleOf, initialGraph, reduceGraph } from "../../static/js/model/graph/state.js";
import { ticksOf } from "../../static/js/model/graph/ticks.js";
import { graph as texts } from "../../static/js/texts/en_graph.js";
import { forkTrace } from "./graph_fixture.js";

/** @typedef {import("../../static/js/model/graph/graph.d.ts").GraphAction} GraphAction */
/** @typedef {import("../../static/js/model/graph/graph.d.ts").GraphState} GraphState */

const CATALOGUE = /** @type {any} */ ({ examples: [{ id: "fork", request: { expression: "f = x*x + x*y", values: { x: 3, y: 5 } } }], textbooks: [{ name: "sun", author: "Sun" }], limits: {} });
const start = () => initialGraph({ trace: forkTrace(), catalogue: CATALOGUE });
/** @param {GraphState} state @param {GraphAction[]} actions */
const after = (state, ...actions) => actions.reduce(reduceGraph, state);

test("steps go on and back; at the end the button starts again and playing stops", () => {
  let state = after(start(), { type: "next" });
  assert.deepEqual([state.cursor, state.motion], [1, "animate"]);
  state = after(state, { type: "back" }, { type: "back" });
  assert.equal(state.cursor, 0);
  state = after(state, { type: "last" });
  assert.equal(state.cursor, 8);
  assert.equal(after(state, { type: "next" }).cursor, 0);
  assert.equal(after(state, { type: "next", hold: true }).cursor, 8);
  const playing = after(state, { type: "seek", step: 7 }, { type: "play" }, { type: "next", auto: true });
  assert.deepEqual([playing.cursor, playing.playing], [8, true]);
  assert.deepEqual([after(playing, { type: "next", auto: true }).cursor, after(playing, { type: "next", auto: true }).playing], [8, false]);
  assert.deepEqual([after(state, { type: "play" }).cursor, after(state, { type: "play" }).playing], [0, true]);
});

test("Shift and an arrow lead to the other pass", () => {
  const state = after(start(), { type: "nextLayer" });
  assert.equal(state.cursor, 4);
  assert.equal(after(state, { type: "backLayer" }).cursor, 0);
  assert.equal(after(state, { type: "nextLayer" }).cursor, 8);
});

test("other values keep the step, another graph begins anew, and what was typed is drawn now", () => {
  const state = after(start(), { type: "seek", step: 6 }, { type: "typed", draft: { expression: "f = x", values: { x: "1" } } });
  const other = { ...forkTrace(), values: { x: 4, y: 5 } };
  const kept = after(state, { type: "computed", trace: other });
  assert.deepEqual([kept.cursor, kept.draft, exampleOf(kept)], [6, null, null]);
  const small = { ...forkTrace(), nodes: forkTrace().nodes.slice(0, 2) };
  assert.equal(after(state, { type: "computed", trace: /** @type {any} */ (small) }).cursor, 0);
  assert.equal(exampleOf(start())?.id, "fork");
});

test("what is refused leaves the last graph and what was typed", () => {
  const draft = { expression: "f = (x", values: { x: "3" } };
  const state = after(start(), { type: "compute", request: { expression: draft.expression, values: { x: 3 } }, draft }, { type: "refused", problem: { title: "t", detail: "d" } });
  assert.equal(state.trace.expression, "f = x*x + x*y");
  assert.equal(state.draft?.expression, "f = (x");
  assert.equal(state.problem?.detail, "d");
});

test("an answer about another graph is not taken for this one's", () => {
  const state = after(start(), { type: "nudge", name: "x", change: 0.1 });
  assert.equal(after(state, { type: "nudged", trace: forkTrace(), answer: {}, problem: null }).nudge?.answer, null);
  assert.deepEqual(after(state, { type: "nudged", trace: state.trace, answer: { a: 1 }, problem: null }).nudge?.answer, { a: 1 });
});

test("a link holds the expression, its values and the place, both ways", () => {
  const trace = { ...forkTrace(), expression: "q = x + y\nf = q ** 2 # & ?", values: { x: -2, y: 0.1, big: 1e300 } };
  const state = { ...initialGraph({ trace, catalogue: CATALOGUE }), cursor: 3, granularity: /** @type {const} */ ("term"), digits: 7, selected: "gradient:2", tab: /** @type {const} */ ("receipt") };
  const address = writeGraphAddress(state);
  const [search, hash] = address.split(/(?=#)/);
  const read = readGraphAddress(search ?? "", hash ?? "");
  assert.deepEqual(read, { example: null, lens: "sun", request: { expression: trace.expression, values: trace.values }, step: 3, granularity: "term", digits: 7, selected: "gradient:2", tab: "receipt", damaged: false });
});

test("of a bad link nothing is believed", () => {
  assert.equal(readGraphAddress("", "").damaged, false);
  assert.equal(readGraphAddress("", "#step=3").request, null);
  for (const hash of ["#f=x&v=x:1:2", "#f=x&v=x:abc", "#f=x&v=x:Infinity", "#v=x:1", "#f=x&v=<b>:1"]) assert.ok(readGraphAddress("", hash).damaged, hash);
  const read = readGraphAddress("?lens=sun", "#f=x&v=x:1&step=-4&by=layer&digits=99&select=<img>&tab=none");
  assert.deepEqual([read.step, read.granularity, read.digits, read.selected, read.tab, read.damaged], [0, "node", 17, null, "equation", false]);
  assert.deepEqual(readValues("x:-2,y:1e-3"), { x: -2, y: 0.001 });
});

test("a typed number may have a long minus; a comma makes none", () => {
  assert.equal(typedNumber(" −2.5 "), -2.5);
  assert.equal(typedNumber("1e-3"), 0.001);
  for (const text of ["", "0,5", "x", "Infinity", "1e999", "0x10"]) assert.equal(typedNumber(text), null, text);
});

test("the call asks for what is on the screen", () => {
  const state = { ...start(), granularity: /** @type {const} */ ("term") };
  assert.deepEqual(bodyOfGraph(state.trace, state), { expression: "f = x*x + x*y", values: { x: 3, y: 5 }, textbook: "sun", granularity: "term" });
  assert.match(graphCurl({ ...state, trace: { ...state.trace, expression: "f = x' " } }, "http://h"), /x'\\'' /);
});

test("equations side by side are taken apart, and a local derivative is said once", () => {
  assert.deepEqual(sideBySide(["a", "=1", ",\\quad ", "b"]), [["a", "=1"], ["b"]]);
  const symbol = { tex: "d", ref: "local_gradient:0" };
  const number = { value: 1, ref: "local_gradient:0" };
  const line = (/** @type {any[]} */ symbols, /** @type {any[]} */ numbers) => /** @type {any} */ ({ symbols, numbers, title: "", place: "" });
  assert.deepEqual(inOneLine(line([symbol, "=", "1"], [number])), [symbol, "=", "1"]);
  assert.deepEqual(inOneLine(line([symbol, "=", { tex: "z", ref: "value:1" }], [number])), [symbol, "=", { tex: "z", ref: "value:1" }, "=", number]);
  assert.deepEqual(inOneLine(line([symbol, "=", "\\frac{1}{2}"], ["\\frac{1}{2}", "=", number])), [symbol, "=", "\\frac{1}{2}", "=", number]);
  // A constant of the expression is a number in the symbols already, and stands there once.
  const two = { value: 2, ref: "value:1" };
  assert.deepEqual(inOneLine(line([symbol, "=", two], [number])), [symbol, "=", two]);
  assert.deepEqual(inOneLine(line([symbol, "=", "\\frac{1}{", two, "}"], ["\\frac{1}{", two, "}", "=", number])), [symbol, "=", "\\frac{1}{", two, "}", "=", number]);
});

test("what could not be compared is not said to agree", () => {
  assert.match(texts.check.passed(2, 0, 1), /^They agree\. It took 2/);
  assert.match(texts.check.passed(4, 1, 2), /^They agree wherever no corner is crossed\./);
  assert.match(texts.check.passed(2, 1, 1), /^Every step crosses a corner/);
});

test("many inputs are named by the first and the last", () => {
  const trace = forkTrace();
  assert.equal(ticksOf(trace)[0]?.label, "x,\\,y");
  const nodes = ["a", "b", "c", "d"].map((symbol, id) => ({ .../** @type {any} */ (trace.nodes[0]), id, symbol, tex: symbol }));
  const steps = [{ .../** @type {any} */ (trace.steps[0]), writes: nodes.map(({ id }) => `value:${id}`) }];
  assert.equal(ticksOf({ ...trace, nodes, steps })[0]?.label, "a,\\,\\ldots,\\,d");
});
