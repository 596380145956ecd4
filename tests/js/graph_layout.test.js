// Where nodes and edges of a graph lie: columns by the longest path, few crossings, nothing on anything else.

import assert from "node:assert/strict";
import test from "node:test";
import { crossings, depthsOf, layersOf } from "../../static/js/model/graph/layers.js";
import { layoutGraph } from "../../static/js/model/graph/layout.js";
import { wayAt, wayThrough } from "../../static/js/model/graph/way.js";
import { graphCamera, wholeCamera } from "../../static/js/model/graph/camera.js";
import { forkTrace, graphOf } from "./graph_fixture.js";

/** @param {number} count of operations, each adding the one before and one of three inputs */
function chain(count) {
  return graphOf([["a", "input", []], ["b", "input", []], ["c", "input", []], ...Array.from({ length: count }, (_, at) => /** @type {[string, string, number[]]} */ ([`s${at}`, "add", [at === 0 ? 0 : at + 2, at % 3]]))]);
}

/** A small generator of numbers that are the same every time. @param {number} seed */
function dice(seed) {
  let state = seed;
  return (/** @type {number} */ sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % sides;
  };
}

/** @param {number} seed @param {number} count */
function anyGraph(seed, count) {
  const roll = dice(seed);
  return graphOf(Array.from({ length: count }, (_, at) => (at < 4 ? [`x${at}`, at === 3 ? "constant" : "input", []] : [`n${at}`, "add", [roll(at), Math.max(0, at - 1 - roll(4))]])));
}

test("a node stands after all it is made of, a constant just before its first use", () => {
  const { nodes } = graphOf([["x", "input", []], ["q", "exp", [0]], ["2", "constant", []], ["r", "add", [1, 2]], ["f", "add", [3, 0]]]);
  assert.deepEqual(depthsOf(nodes), [0, 1, 1, 2, 3]);
});

test("a long edge has a place in every column it passes", () => {
  const { nodes, edges } = graphOf([["x", "input", []], ["q", "exp", [0]], ["r", "exp", [1]], ["f", "add", [2, 0]]]);
  const { items, chains, columns } = layersOf(nodes, edges);
  const long = /** @type {number[]} */ (chains[3]);
  assert.deepEqual(long.map((index) => items[index]?.column), [0, 1, 2, 3]);
  assert.deepEqual(columns.map((column) => column.length), [1, 2, 2, 1]);
});

test("ordering leaves no crossing where none is needed, and never makes more", () => {
  const { nodes, edges } = graphOf([["a", "input", []], ["b", "input", []], ["c", "input", []], ["d", "input", []], ["p", "add", [0, 3]], ["q", "add", [1, 2]], ["f", "add", [4, 5]]]);
  const { items, columns } = layersOf(nodes, edges);
  assert.equal(crossings(items, columns), 0);
  for (let seed = 1; seed < 20; seed += 1) {
    const any = anyGraph(seed, 24);
    const found = layersOf(any.nodes, any.edges);
    const first = found.columns.map((column) => [...column].sort((one, other) => one - other));
    assert.ok(crossings(found.items, found.columns) <= crossings(found.items, first));
  }
});

test("no two nodes of any graph lie on one another, and every edge leads from left to right", () => {
  for (let seed = 1; seed < 40; seed += 1) {
    const { nodes, edges } = anyGraph(seed, 6 + seed);
    const { boxes, ways, width, height } = layoutGraph(nodes, edges, 976, 600);
    for (const one of boxes) {
      assert.ok(one.x >= 0 && one.x + one.width <= width && one.y - one.height / 2 >= 0 && one.y + one.height / 2 <= height + 1e-6);
      for (const other of boxes) {
        if (one === other || one.x + one.width <= other.x || other.x + other.width <= one.x) continue;
        assert.ok(Math.abs(one.y - other.y) >= one.height + 20, `${seed}: ${one.id} and ${other.id}`);
      }
    }
    for (const { points } of ways) points.forEach((point, at) => assert.ok(at === 0 || point.x > /** @type {{x: number}} */ (points[at - 1]).x));
  }
});

test("the same value used twice by one operation arrives at two places", () => {
  const { nodes, edges } = forkTrace();
  const { ways } = layoutGraph(nodes, edges, 976, 600);
  assert.notEqual(ways[0]?.points.at(-1)?.y, ways[1]?.points.at(-1)?.y);
});

test("a graph as large as the limit is laid out in a moment", () => {
  const { nodes, edges } = chain(253);
  // Others on the machine only ever add to a time, so the least of five counts.
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    const { boxes, ways } = layoutGraph(nodes, edges, 976, 600);
    assert.equal(boxes.length, 256);
    assert.equal(ways.length, 506);
    return performance.now() - begin;
  });
  assert.ok(Math.min(...times) < 500);
});

test("a way goes through its points, level at its ends and never beyond them", () => {
  const points = [{ x: 0, y: 0 }, { x: 100, y: 40 }, { x: 200, y: 40 }, { x: 300, y: 10 }];
  const way = wayThrough(points);
  for (const { x, y } of points) assert.ok(Math.abs(wayAt(way, x / 300).y - y) < 1e-6);
  assert.equal(wayAt(way, 0).angle, 0);
  assert.ok(Math.abs(wayAt(way, 1).angle) < 1e-6);
  let before = wayAt(way, 0);
  for (let share = 0; share <= 1; share += 0.002) {
    const now = wayAt(way, share);
    assert.ok(now.y >= -1e-9 && now.y <= 40 + 1e-9);
    assert.ok(Math.hypot(now.x - before.x, now.y - before.y) < 3);
    before = now;
  }
});

test("what is drawn and where things travel is the same curve", () => {
  const way = wayThrough([{ x: 0, y: 0 }, { x: 90, y: 60 }, { x: 180, y: 90 }]);
  const [, x1, y1, x2, y2, x3, y3] = (/^M0 0C(\S+) (\S+) (\S+) (\S+) (\S+) (\S+?)C/.exec(way.d) ?? []).map(Number);
  const at = (/** @type {number} */ u, /** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ c) => 3 * (1 - u) ** 2 * u * a + 3 * (1 - u) * u * u * b + u ** 3 * c;
  for (const u of [0.2, 0.5, 0.8]) {
    const x = at(u, Number(x1), Number(x2), Number(x3));
    assert.ok(Math.abs(wayAt(way, x / 180).y - at(u, Number(y1), Number(y2), Number(y3))) < 0.1);
  }
});

test("a graph that fits is in the middle; of one that does not the step is shown, and all of it on demand", () => {
  const small = forkTrace();
  const stage = { width: 976, height: 600, foot: 76 };
  const layout = layoutGraph(small.nodes, small.edges, 976, 524);
  const { scale, x } = graphCamera(layout, stage, small, 0);
  assert.ok(Math.abs(x + (layout.width * scale) / 2 - 488) < 1);
  const { nodes, edges } = chain(60);
  const large = { ...small, nodes, edges, steps: [{ .../** @type {any} */ (small.steps[1]), writes: ["value:50"], layer: 50 }] };
  const wide = layoutGraph(nodes, edges, 976, 524);
  const camera = graphCamera(wide, stage, large, 0);
  const box = /** @type {import("../../static/js/model/graph/layout.js").NodeBox} */ (wide.boxes[50]);
  const left = box.x * camera.scale + camera.x;
  assert.ok(camera.scale > 0.7 && left > 0 && left + box.width * camera.scale < 976);
  const whole = wholeCamera(wide, stage);
  assert.ok(whole.x >= -1e-6 && whole.x + wide.width * whole.scale <= 976 + 1e-6);
});

test("on the smallest phone a product of a sum is seen whole, its output with it", () => {
  const { nodes, edges } = graphOf([["x", "input", []], ["y", "input", []], ["z", "input", []], ["q", "add", [0, 1]], ["f", "multiply", [3, 2]]]);
  const layout = layoutGraph(nodes, edges, 360, 260);
  assert.ok(layout.width * 0.74 <= 360, `${layout.width}`);
  const last = layout.boxes[layout.output];
  assert.ok(last && last.x + last.width + layout.wire + 18 + 6 <= layout.width);
});
