// The scene of a graph: what is not computed yet has no number, what is now is in ink, and products add up where paths meet.

import assert from "node:assert/strict";
import test from "node:test";
import { layoutGraph } from "../../static/js/model/graph/layout.js";
import { carried, durationOf, progressOf } from "../../static/js/model/graph/motion.js";
import { gradientItem } from "../../static/js/model/graph/scene_gradient.js";
import { symbolOf } from "../../static/js/model/graph/names.js";
import { createGraphScenes } from "../../static/js/model/graph/scene.js";
import { describeGraph } from "../../static/js/model/graph/describe.js";
import { createGraphView, litBy } from "../../static/js/model/graph/view.js";
import { createPalette, TOKENS } from "../../static/js/model/palette.js";
import { graph as texts } from "../../static/js/texts/en_graph.js";
import { forkTrace } from "./graph_fixture.js";

/** @typedef {import("../../static/js/model/marks.js").Mark} Mark */

const trace = forkTrace();
const layout = layoutGraph(trace.nodes, trace.edges, 976, 524);
const palette = createPalette(/** @type {any} */ (Object.fromEntries(TOKENS.map((token) => [token, token === "bg" ? "#ffffff" : "#334455"]))));

/** @param {number} index @param {Partial<import("../../static/js/model/graph/view.js").Moment>} [more] */
const sceneAt = (index, more = {}) => createGraphScenes()({ trace, index, f: 1, digits: 4, pointed: null, selected: null, layout, palette, texts, ...more });

/** @param {Mark[]} marks @returns {Mark[]} */
const all = (marks) => marks.flatMap((mark) => [mark, ...all(mark.children ?? [])]);
/** @param {Mark[]} marks */
const numbers = (marks) => all(marks).filter(({ attributes }) => attributes["data-value"] !== undefined);

test("no number is there before the step that makes it, and none is missing after", () => {
  const known = new Set();
  trace.steps.forEach((step, index) => {
    for (const ref of step.writes) known.add(ref);
    const shown = new Set(numbers(sceneAt(index).marks).map(({ attributes }) => attributes["data-ref"]));
    for (const ref of shown) assert.ok(known.has(ref), `${ref} at ${index}`);
    for (const ref of known) if (/^(value|gradient)/.test(String(ref))) assert.ok(shown.has(ref), `${ref} at ${index}`);
  });
});

test("what a step writes is in ink, and nothing else", () => {
  const ink = (/** @type {number} */ index) => all(sceneAt(index).marks).filter(({ attributes }) => /stage-now|graph-tag/.test(String(attributes.class ?? ""))).map(({ attributes }) => attributes["data-point"]).sort();
  assert.deepEqual(ink(1), ["value:1"]);
  assert.deepEqual(ink(5), ["gradient:1", "gradient:3"]);
  assert.deepEqual(ink(8), ["gradient:0"]);
});

test("products wait at a fork and add up", () => {
  const said = (/** @type {number} */ index) => {
    const tag = all(sceneAt(index).marks).find(({ key }) => key === "node:0")?.children?.find(({ key }) => key === "gradient");
    return (tag?.children ?? []).map(({ text }) => text).join("");
  };
  assert.equal(said(5), "");
  assert.equal(said(6), "∂f/∂x5 + …");
  assert.equal(said(7), "∂f/∂x5 + 3 + 3 + …");
  assert.equal(said(8), "∂f/∂x5 + 3 + 3 = 11");
});

test("forward a circle travels from operand to operation, backward a triangle the other way", () => {
  const places = (/** @type {number} */ index, /** @type {number} */ f) => sceneAt(index, { f }).marks.filter(({ key }) => key.startsWith("pulse")).map(({ attributes }) => Number(/translate\((\S+) /.exec(String(attributes.transform))?.[1]));
  const [early, late] = [places(2, 0.2), places(2, 0.6)];
  assert.equal(early.length, 2);
  early.forEach((x, at) => assert.ok(x < /** @type {number} */ (late[at])));
  assert.equal(places(2, 1).length, 0);
  const [begins, comes] = [places(6, 0.2), places(6, 0.7)];
  begins.forEach((x, at) => assert.ok(x > /** @type {number} */ (comes[at])));
  assert.equal(places(6, 1).length, 2);
});

test("motion begins at nothing, ends at everything and never goes back", () => {
  for (const step of trace.steps) {
    const count = carried(step, trace).length;
    let before = progressOf(step, count, 0);
    assert.equal(progressOf(step, count, 1).finish, 1);
    for (let f = 0; f <= 1; f += 0.05) {
      const now = progressOf(step, count, f);
      assert.ok(now.finish >= before.finish);
      now.travel.forEach((share, at) => assert.ok(share >= (before.travel[at] ?? 0)));
      before = now;
    }
    assert.ok(durationOf(step, count) <= 1200);
  }
});

test("the width of an edge is its local derivative, once it is known", () => {
  const width = (/** @type {number} */ index, /** @type {number} */ id) => Number(all(sceneAt(index).marks).find(({ key }) => key === `edge:${id}`)?.attributes["stroke-width"]);
  assert.equal(width(3, 2), width(3, 4));
  assert.ok(width(8, 2) > width(8, 0) && width(8, 0) > width(8, 4));
});

test("pointing lights the node and what it is joined to, or the edge and its ends", () => {
  const node = litBy(trace, "gradient:3");
  assert.deepEqual([[...node.nodes], [...node.related].sort()], [[3], [0, 2, 4]]);
  const edge = litBy(trace, "local_gradient:3");
  assert.deepEqual([[...edge.edges], [...edge.nodes].sort()], [[3], [2, 3]]);
  assert.deepEqual([...litBy(trace, "nonsense").nodes, ...litBy(trace, null).nodes], []);
});

test("the text of the stage says every node in order and nothing that is still to come", () => {
  const said = describeGraph(sceneAt(4).view);
  assert.equal(said.length, 5);
  assert.match(String(said[4]), /^f, add of q, r: value 24, gradient 1\.$/);
  assert.match(String(said[0]), /^x, input: value 3\.$/);
  assert.match(String(describeGraph(sceneAt(0).view)[1]), /not computed yet/);
});

test("names are letters with their index, words, or Greek", () => {
  assert.deepEqual(symbolOf("w0"), { base: "w", lower: "0" });
  assert.deepEqual(symbolOf("x_12"), { base: "x", lower: "12" });
  assert.deepEqual(symbolOf("sigma"), { base: "σ" });
  assert.deepEqual(symbolOf("total"), { base: "total" });
  assert.equal([...symbolOf("a_very_long_name").base].length, 9);
});

test("what every object of the language has is a name like any other", () => {
  for (const name of ["constructor", "toString", "valueOf", "hasOwnProperty"]) assert.equal(typeof symbolOf(name).base, "string");
  assert.deepEqual(symbolOf("valueOf"), { base: "valueOf" });
  assert.deepEqual(symbolOf("sigma_2"), { base: "σ", lower: "2" });
});

test("no gradient reaches the next node, however narrow the stage is or wide", () => {
  for (const [width, digits] of /** @type {[number, number][]} */ ([[390, 4], [640, 4], [976, 4]])) {
    const narrow = layoutGraph(trace.nodes, trace.edges, width, 260);
    trace.steps.forEach((_, index) => {
      const view = createGraphView({ trace, index, f: 1, digits, pointed: null, selected: null, layout: narrow, palette, texts });
      for (const box of narrow.boxes) {
        const area = gradientItem(view, box)?.area;
        if (!area) continue;
        const hit = narrow.boxes.filter((other) => other !== box && Math.abs(other.y - area.y) < (other.height + area.height) / 2 && other.x < area.x + area.width / 2 && other.x + other.width > area.x - area.width / 2);
        assert.deepEqual(hit.map(({ id }) => id), [], `step ${index} at ${width}`);
      }
    });
  }
});
