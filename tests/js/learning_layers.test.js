// The network's places: inside the paper, apart from each other, edges from and to them, the strongest on top.
import assert from "node:assert/strict";
import test from "node:test";

import { leaving, placeLayers, spotAt } from "../../static/js/model/learning/layers.js";
import { addedOf, strandsOf, strongestInto, stuckOf, touches } from "../../static/js/model/learning/strands.js";
import { wiringOf } from "../../static/js/model/wiring.js";

/** @param {number[]} sizes @param {Record<number, {sources?: number[], adds?: number[]}>} [wires] by layer */
const wired = ([inputs = 0, ...layers], wires = {}) => wiringOf(/** @type {any} */ ({ inputs, layers: layers.map((size, at) => ({ size, activation: "tanh", ...wires[at + 1] })) }));

const SHAPES = [[2, 8, 8, 2], [1, 12, 1], [2, 1], [64, 30, 10], [784, 30, 10], [784, 128, 64, 10], [13, 3], [2, 40, 40, 40, 2], [24, 24, 3]];
const PAPERS = [[536, 540], [366, 420], [312, 380], [820, 700]];

test("neurons lie inside the paper and do not overlap, whatever the network", () => {
  for (const sizes of SHAPES) {
    for (const [width = 0, height = 0] of PAPERS) {
      const { columns } = placeLayers(sizes, width, height);
      const spots = columns.flatMap((column) => column.spots);
      assert.equal(spots.length, sizes.slice((sizes[0] ?? 0) > 24 ? 1 : 0).reduce((sum, size) => sum + size, 0));
      for (const { x, y, r } of spots) assert.ok(x - r >= 0 && x + r <= width && y - r >= 0 && y + r <= height, `${sizes} on ${width} × ${height}: ${x} ${y} ${r}`);
      for (const column of columns) {
        for (const [at, one] of column.spots.entries()) {
          for (const other of column.spots.slice(at + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 2 * one.r, `${sizes} on ${width} × ${height}`);
        }
      }
    }
  }
});

test("many inputs are a picture of square cells inside the paper, few are neurons", () => {
  const tile = placeLayers([784, 30, 10], 536, 540).columns[0]?.tile;
  assert.deepEqual([tile?.columns, tile?.rows], [28, 28]);
  assert.ok(tile && Math.abs(tile.width - tile.height) < 1e-9 && tile.y >= 0 && tile.y + tile.height <= 540);
  assert.equal(placeLayers([24, 3], 536, 540).columns[0]?.tile, null);
});

test("a neuron is found under the pointer, and nothing beside it", () => {
  const placed = placeLayers([2, 8, 8, 2], 536, 540);
  const spot = placed.columns[1]?.spots[3];
  assert.ok(spot);
  assert.equal(spotAt(placed, spot.x + 5, spot.y - 5), spot);
  assert.equal(spotAt(placed, spot.x + 3 * spot.r, spot.y), null);
});

const EDGES = [{ layer: 1, rows: [0, 1, 0], columns: [0, 0, 1], weights: [0.5, -2, null] }, { layer: 2, rows: [0, 0], columns: [0, 1], weights: [1, -1.5] }];

test("weights are painted weakest first, measured against the largest of all, from neuron to neuron", () => {
  const placed = placeLayers([2, 2, 1], 400, 300);
  const strands = strandsOf(EDGES, placed, wired([2, 2, 1]));
  assert.deepEqual(strands.map(({ weight }) => weight), [0, 0.5, 1, -1.5, -2]);
  assert.deepEqual(strands.map(({ share }) => share), [0, 0.25, 0.5, -0.75, -1]);
  const strongest = strands[strands.length - 1];
  const [from, to] = [placed.columns[0]?.spots[0], placed.columns[1]?.spots[1]];
  assert.ok(strongest && from && to);
  assert.deepEqual([strongest.x0, strongest.y0, strongest.x1, strongest.y1], [from.x + from.r, from.y, to.x - to.r, to.y]);
});

test("of more weights than can be told apart only the strongest of each layer are drawn", () => {
  const many = { layer: 1, rows: Array.from({ length: 900 }, (_, at) => at % 30), columns: Array.from({ length: 900 }, (_, at) => Math.floor(at / 30)), weights: Array.from({ length: 900 }, (_, at) => ((at * 7919) % 900) * (at % 2 ? 1 : -1)) };
  const strands = strandsOf([many], placeLayers([64, 30, 10], 536, 540), wired([64, 30, 10]));
  assert.equal(strands.length, 160);
  assert.ok(strands.every(({ weight }) => Math.abs(weight) >= 900 - 160));
  const pointed = strandsOf([many], placeLayers([64, 30, 10], 536, 540), wired([64, 30, 10]), { layer: 1, neuron: 7 });
  assert.equal(pointed.filter(({ row }) => row === 7).length, 30, "all of the neuron that is pointed at");
});

test("an edge of a picture leaves at the row of its pixel", () => {
  const column = placeLayers([64, 30, 10], 536, 540).columns[0];
  assert.ok(column?.tile);
  const [first, last] = [leaving(column, 0), leaving(column, 63)];
  assert.equal(first?.x, column.tile.x + column.tile.width);
  assert.ok(first && last && first.y < last.y && last.y < column.tile.y + column.tile.height);
});

test("the strongest weights into a neuron, by size, and the edges that touch it", () => {
  assert.deepEqual(strongestInto(EDGES, { layer: 2, neuron: 0 }, 5), [{ column: 1, weight: -1.5 }, { column: 0, weight: 1 }]);
  assert.deepEqual(strongestInto(EDGES, { layer: 0, neuron: 0 }, 5), []);
  const strands = strandsOf(EDGES, placeLayers([2, 2, 1], 400, 300), wired([2, 2, 1]));
  assert.equal(strands.filter((strand) => touches(strand, { layer: 1, neuron: 0 })).length, 2);
  assert.equal(strands.filter((strand) => touches(strand, { layer: 0, neuron: 0 })).length, 2, "an input: the edges out of it");
  assert.equal(strands.filter((strand) => touches(strand, null)).length, 0);
});

test("a neuron is stuck when it is dead, or flat for nearly every example", () => {
  const now = { layer: 1, mean_activation: [1, 1, 1], mean_error: [0, 0, 0], saturated: [0.95, 0.5, 0], dead: [false, false, true] };
  assert.deepEqual([0, 1, 2].map((neuron) => stuckOf(now, neuron)), ["saturated", null, "dead"]);
  assert.equal(stuckOf(undefined, 0), null);
});

test("an edge of a layer that reads several comes from the neuron behind its column, and passes under what it skips", () => {
  const wiring = wired([2, 2, 1], { 2: { sources: [1, 0] } });
  const placed = placeLayers([2, 2, 1], 400, 300, 0, true);
  const strands = strandsOf([{ layer: 2, rows: [0, 0, 0, 0], columns: [0, 1, 2, 3], weights: [1, 2, 3, 4] }], placed, wiring);
  assert.deepEqual(strands.map(({ from, lane }) => [from, lane !== null]), [[{ layer: 1, row: 0 }, false], [{ layer: 1, row: 1 }, false], [{ layer: 0, row: 0 }, true], [{ layer: 0, row: 1 }, true]]);
  const [skipping, input] = [strands[3], placed.columns[0]?.spots[1]];
  assert.ok(skipping && input && skipping.x0 === input.x + input.r && skipping.y0 === input.y);
  for (const { y, r } of placed.columns.flatMap(({ spots }) => spots)) assert.ok(y + r < /** @type {number} */ (skipping.lane), "the lane lies under every neuron");
  assert.ok(/** @type {number} */ (skipping.lane) < 300);
  assert.equal(strands.filter((strand) => touches(strand, { layer: 0, neuron: 1 })).length, 1);
});

test("what is added without a weight has one edge a neuron, and where it skips it passes below too", () => {
  const placed = placeLayers([2, 2, 2, 2], 400, 300, 0, true);
  const added = addedOf(placed, wired([2, 2, 2, 2], { 2: { adds: [1] }, 3: { adds: [1] } }));
  assert.deepEqual(added.map(({ layer, row, from, lane }) => [layer, row, from.layer, from.row, lane !== null]), [[2, 0, 1, 0, false], [2, 1, 1, 1, false], [3, 0, 1, 0, true], [3, 1, 1, 1, true]]);
  assert.deepEqual(addedOf(placed, wired([2, 2, 2, 2])), []);
});
