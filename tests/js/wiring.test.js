// Networks that are no chains: which neuron stands behind a column of weights, and that skipping ways pass under what they skip.

import assert from "node:assert/strict";
import { test } from "node:test";
import { edgePoint, wayBetween, wayPoint } from "../../static/js/model/edge_path.js";
import { layoutNetwork } from "../../static/js/model/layout.js";
import { wiringOf } from "../../static/js/model/wiring.js";

/** @typedef {import("../../static/js/model/types.d.ts").Network} Network */

/** @param {number} inputs @param {[number, {sources?: number[], adds?: number[]}?][]} layers @returns {Network} */
const network = (inputs, layers) => ({ inputs, cost: "quadratic", layers: layers.map(([size, more]) => ({ size, activation: "tanh", ...more })) });

const BRANCHES = network(2, [[3], [2, { sources: [0] }], [2, { sources: [1, 2] }]]);
const RESIDUAL = network(2, [[3], [3, { adds: [1] }], [1, { sources: [2, 0] }]]);
const LONG = network(2, [[4], [4], [4, { adds: [1] }], [2, { sources: [3, 1, 0] }]]);
const STAGES = /** @type {[number, number, boolean][]} */ ([[976, 692, false], [640, 512, false], [390, 330, true]]);

test("a chain is what it always was", () => {
  const wiring = wiringOf(network(2, [[3], [1]]));
  assert.deepEqual(wiring.stacks, [[0], [1], [2]]);
  assert.deepEqual(wiring.source(2, 1), { layer: 1, row: 1 });
  assert.deepEqual(wiring.readers(1), [{ layer: 2, first: 0, size: 3 }]);
  assert.equal(wiring.edges, 9);
  assert.equal(layoutNetwork(network(2, [[3], [1]]), 976, 692).lanes.size, 0);
});

test("columns of joined layers stand one after the other", () => {
  const wiring = wiringOf(BRANCHES);
  assert.deepEqual([0, 2, 3, 4].map((column) => wiring.source(3, column)), [{ layer: 1, row: 0 }, { layer: 1, row: 2 }, { layer: 2, row: 0 }, { layer: 2, row: 1 }]);
  assert.deepEqual(wiring.readers(0), [{ layer: 1, first: 0, size: 2 }, { layer: 2, first: 0, size: 2 }]);
  assert.deepEqual(wiring.widths, [0, 2, 2, 5]);
  assert.deepEqual(wiring.stacks, [[0], [1, 2], [3]]);
});

test("layers of one depth stand over one another, and none touches another", () => {
  for (const [width, height, phone] of STAGES) {
    const { neurons, columns, stacks } = layoutNetwork(BRANCHES, width, height, { phone });
    assert.equal(columns[1]?.x, columns[2]?.x);
    assert.equal(stacks.length, 4);
    const rows = [...(neurons[1] ?? []), ...(neurons[2] ?? [])];
    for (const [at, box] of rows.entries()) {
      const before = rows[at - 1];
      if (before) assert.ok(box.y - before.y >= box.height, `${width}: rows apart`);
      assert.ok(box.y + box.height / 2 <= height);
    }
  }
});

test("a way that skips layers runs under them, from its neuron to its neuron", () => {
  for (const shape of [RESIDUAL, LONG]) for (const [width, height, phone] of STAGES) {
    const layout = layoutNetwork(shape, width, height, { phone });
    const { wiring, neurons } = layout;
    const ways = wiring.sources.flatMap((read, layer) => read.filter((from) => (wiring.depth[layer] ?? 0) - (wiring.depth[from.layer] ?? 0) > 1)
      .map((from) => ({ from: { layer: from.layer, row: 0 }, to: { layer, row: 0 } })));
    const added = wiring.adds.flatMap((sources, layer) => sources.map((source) => ({ from: { layer: source, row: 1 }, to: { layer, row: 1 } })));
    assert.ok(ways.length + added.length > 1);
    for (const { from, to } of [...ways, ...added]) {
      const way = wayBetween(layout, from, to);
      const between = neurons.flat().filter(({ layer }) => (wiring.depth[layer] ?? 0) > (wiring.depth[from.layer] ?? 0) && (wiring.depth[layer] ?? 0) < (wiring.depth[to.layer] ?? 0));
      for (let t = 0; t <= 1.0001; t += 0.01) {
        const { x, y } = wayPoint(way, t);
        assert.ok(y <= height && y >= 0, `${width}: inside`);
        for (const box of between) assert.ok(x < box.x || x > box.x + box.width || y > box.y + box.height / 2, `${width}: under what it skips`);
      }
      assert.deepEqual([wayPoint(way, 0).y, wayPoint(way, 1).y].map(Math.round), [way.from.y, way.to.y].map(Math.round));
    }
  }
});

test("an edge of a joined layer leaves the neuron its column names", () => {
  const layout = layoutNetwork(RESIDUAL, 976, 692);
  const start = edgePoint(layout, 3, 0, 4, 0);
  assert.equal(start.y, layout.neurons[0]?.[1]?.y);
});
