// Many inputs as one picture: its shape, where a point or an arrow key leads, and what the second grid shows at each step.
import assert from "node:assert/strict";
import test from "node:test";

import { edgePoint } from "../../static/js/model/edge_path.js";
import { layoutNetwork } from "../../static/js/model/layout.js";
import { createPalette } from "../../static/js/model/palette.js";
import { createSceneBuilder } from "../../static/js/model/scene.js";
import { describe } from "../../static/js/model/scene_text.js";
import { pictureRefAt } from "../../static/js/model/scene_tiles.js";
import { cellBeside, gridOf } from "../../static/js/model/tiles.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { LIGHT, makeTrace } from "./stage_fixture.js";

const palette = createPalette(LIGHT);
const SHAPE = [64, 30, 10];
const trace = makeTrace(SHAPE);
const stepOf = (/** @type {string} */ kind, layer = 1) => trace.steps.findIndex((step) => step.kind === kind && step.layer === layer);

/** @param {number} index @param {string|null} [pointed] @param {string|null} [selected] */
function sceneAt(index, pointed = null, selected = null, f = 1) {
  const layout = layoutNetwork(trace.network, 976, 692);
  return createSceneBuilder()({ trace, index, f, example: 0, digits: 4, pointed, selected, layout, palette, texts });
}

/** @param {import("../../static/js/model/marks.js").Mark} mark @returns {string} */
const textOf = (mark) => (mark.text ?? "") + (mark.children ?? []).map(textOf).join(" ");

test("a grid is square where the number is, and nearly square where it is not", () => {
  assert.deepEqual(gridOf(784), { columns: 28, rows: 28 });
  assert.deepEqual(gridOf(64), { columns: 8, rows: 8 });
  for (let count = 25; count <= 1024; count++) {
    const { columns, rows } = gridOf(count);
    assert.ok(columns * rows >= count && columns * (rows - 1) < count, `${count}: no empty row`);
    assert.ok(columns - rows >= 0 && columns - rows <= 1, `${count}: nearly square`);
  }
});

test("both grids fit on every stage, one under the other or side by side, left of the neurons", () => {
  for (const [width, height, phone] of /** @type {[number, number, boolean][]} */ ([[976, 692, false], [816, 512, false], [416, 560, true], [390, 330, true], [360, 280, true], [976, 285, true]])) {
    for (const count of [25, 64, 96, 784, 1024]) {
      const { tile, neurons, columns } = layoutNetwork(makeTrace([count, 30, 10]).network, width, height, { phone });
      assert.ok(tile && neurons[0]?.length === 0);
      const { second } = tile;
      const apart = tile.y + tile.height <= second.y || second.x + tile.width <= tile.x;
      assert.ok(tile.y >= 0 && second.x >= 0 && apart, `${count} on ${width}x${height}: apart`);
      assert.ok(second.y + tile.height <= height, `${count} on ${width}x${height}: inside`);
      assert.ok(tile.x + tile.width <= (columns[1]?.left ?? 0), "left of the hidden layer");
    }
  }
});

test("few inputs stand one by one, as before", () => {
  const { tile, neurons } = layoutNetwork(makeTrace([20, 5, 2]).network, 976, 692);
  assert.deepEqual([tile, neurons[0]?.length], [null, 20]);
});

test("an edge leaves the picture at the height of its row of pixels", () => {
  const layout = layoutNetwork(trace.network, 976, 692);
  const { tile } = layout;
  assert.ok(tile);
  assert.deepEqual(edgePoint(layout, 1, 3, 17, 0), { x: tile.x + tile.width, y: tile.y + 2.5 * tile.cell });
});

test("every cell under the pointer is found, and nothing outside", () => {
  const { pictures } = sceneAt(1, "activation:1:7");
  const refs = ["activation:0", "weights:1:7"];
  for (const [at, picture] of pictures.entries()) {
    const { x, y, cell } = picture;
    assert.equal(picture.ref, refs[at]);
    for (const index of [0, 7, 8, 30, 63]) {
      const point = { x: x + ((index % 8) + 0.5) * cell, y: y + (Math.floor(index / 8) + 0.5) * cell };
      assert.equal(pictureRefAt(pictures, point), `${refs[at]}:${index}`);
    }
    assert.equal(pictureRefAt(pictures, { x: x - 1, y: y + 1 }), null);
    assert.equal(pictureRefAt(pictures, { x: x + 1, y: y + 8 * cell + 1 }), null);
  }
});

test("the second grid has the weights of the neuron pointed at, their gradients and the new ones when they are the subject", () => {
  const row = trace.layers[1]?.weights?.[7];
  assert.deepEqual(sceneAt(1, "activation:1:7").pictures[1]?.values, row);
  assert.deepEqual(sceneAt(1, "activation:0:5", "error:1:7").pictures[1]?.values, row, "a selected neuron stays while pixels are pointed at");
  assert.equal(sceneAt(1).pictures[1]?.ref, "weights:1:0", "the first one where none is chosen");
  const gradient = sceneAt(stepOf("weight_gradient"), "activation:1:7").pictures[1];
  assert.deepEqual([gradient?.values, gradient?.now], [trace.layers[1]?.example_weight_gradient?.[0]?.[7], true]);
  const updated = sceneAt(trace.steps.length - 1, "activation:1:7").pictures[1];
  assert.deepEqual([updated?.values, updated?.now], [trace.layers[1]?.updated_weights?.[7], false]);
});

test("arrow keys go through the picture and out of it at its edges", () => {
  assert.equal(cellBeside(784, 0, "ArrowRight"), 1);
  assert.equal(cellBeside(784, 0, "ArrowDown"), 28);
  assert.equal(cellBeside(784, 29, "ArrowUp"), 1);
  assert.equal(cellBeside(784, 0, "ArrowLeft"), null);
  assert.equal(cellBeside(784, 27, "ArrowRight"), null, "not around to the next row");
  assert.equal(cellBeside(784, 783, "ArrowDown"), null);
  assert.equal(cellBeside(30, 29, "ArrowRight"), null, "the last row is shorter");
  assert.equal(cellBeside(784, 5, "Enter"), null);
});

test("the picture is said in words, as a whole and pixel by pixel", () => {
  const { marks, view } = sceneAt(1, "activation:0:9");
  const picture = marks.find((mark) => mark.key === "picture:inputs");
  assert.equal(picture?.attributes["aria-label"], "the inputs: 64 numbers as a picture of 8 rows and 8 columns, arrow keys go from one to the next");
  assert.match(String(picture?.attributes["aria-valuetext"]), /^row 2, column 2: −?[\d.]+$/);
  assert.equal(picture?.attributes["aria-valuenow"], 10);
  assert.match(describe(view)[0] ?? "", /^Input, layer 1, a picture of 8 rows and 8 columns, 64:/);
  const weights = marks.find((mark) => mark.key === "picture:weights");
  assert.ok(weights && textOf(weights).includes("weights into neuron 1"));
});

test("pulses run on drawn edges only, larger where more is carried", () => {
  const { pulses, strokes } = sceneAt(1, "activation:1:7", null, 0.5);
  assert.ok(pulses.length > 10 && pulses.length <= 2 * strokes.length);
  const radii = pulses.map(({ radius }) => radius);
  assert.ok(Math.max(...radii) > Math.min(...radii) + 2);
});
