// Where things stand: nothing overlaps, whatever the shape of the network, the size of the stage and the step.
import assert from "node:assert/strict";
import test from "node:test";

import { edgePoint } from "../../static/js/model/edge_path.js";
import { layoutNetwork } from "../../static/js/model/layout.js";
import { wirePoint } from "../../static/js/model/wires.js";
import { createPalette } from "../../static/js/model/palette.js";
import { overlap, placeLabels, placePointed, textWidth } from "../../static/js/model/plates.js";
import { createSceneBuilder, obstaclesOf } from "../../static/js/model/scene.js";
import { edgeStrokes } from "../../static/js/model/scene_edges.js";
import { labelWishes } from "../../static/js/model/scene_labels.js";
import { itemsAround } from "../../static/js/model/scene_around.js";
import { createView } from "../../static/js/model/view.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { LIGHT, makeTrace, randomNumbers } from "./stage_fixture.js";

const palette = createPalette(LIGHT);
/** @type {[number, number, boolean][]} */
const STAGES = [[976, 692, false], [816, 512, false], [416, 560, true], [390, 330, true], [360, 300, true]];

/** @param {number} seed @returns {number[]} */
function randomShape(seed) {
  const next = randomNumbers(seed);
  const most = seed % 2 ? 4.99 : 19.99;
  const size = () => 1 + Math.floor(((next() + 1) / 2) * most);
  return Array.from({ length: 2 + Math.floor(((next() + 1) / 2) * 3.99) }, size);
}

const SHAPES = [[2, 2, 2], [2, 3, 2], [1, 1], [3, 5, 3], [8, 16, 8, 2], [20, 20, 20], [2, 100, 3], ...Array.from({ length: 40 }, (_, seed) => randomShape(seed + 1))];

/** @param {number[]} shape @param {number} index @param {import("../../static/js/model/layout.js").Layout} layout @param {string|null} [pointed] */
function viewOf(shape, index, layout, pointed = null) {
  const trace = makeTrace(shape);
  return createView({ trace, index: Math.min(index, trace.steps.length - 1), f: 1, example: 0, digits: 4, pointed, selected: null, layout, palette, texts });
}

test("neurons stay inside the stage, in order, without touching", () => {
  for (const shape of SHAPES) for (const [width, height, phone] of STAGES) {
    const layout = layoutNetwork(makeTrace(shape).network, width, height, { phone });
    for (const column of layout.neurons) for (const [row, box] of column.entries()) {
      assert.ok(box.y - box.height / 2 >= 0 && box.y + box.height / 2 <= height, `${shape} ${width}: inside`);
      const before = column[row - 1];
      if (before && box.height > 4) assert.ok(box.y - before.y >= box.height, `${shape} ${width}x${height}: rows apart`);
    }
    for (const [index, column] of layout.columns.slice(1).entries()) assert.ok(column.left > (layout.columns[index]?.right ?? 0), "columns apart");
  }
});

test("placed labels never overlap each other or anything else, at any step of any shape", () => {
  let shown = 0;
  for (const shape of SHAPES) for (const [width, height, phone] of STAGES) {
    const layout = layoutNetwork(makeTrace(shape).network, width, height, { phone });
    const steps = makeTrace(shape).steps.length;
    for (const index of new Set([1, 2, 3, Math.floor(steps / 2), steps - 2])) {
      const view = viewOf(shape, index, layout);
      const strokes = edgeStrokes(view);
      const obstacles = obstaclesOf(view, strokes);
      const boxes = [...placeLabels(labelWishes(view, strokes).map((wish) => wish.label), obstacles).values()];
      shown += boxes.length;
      for (const [at, box] of boxes.entries()) {
        for (const other of boxes.slice(at + 1)) assert.ok(!overlap(box, other, 0), `${shape} ${width}, step ${index}: two plates`);
        for (const other of obstacles) assert.ok(!overlap(box, other, 0), `${shape} ${width}, step ${index}: plate on something`);
      }
    }
  }
  assert.ok(shown > 1000, "the test is not empty");
});

test("a wide face's digits and minus fit the width kept for them", () => {
  const [digit, point, minus] = [0.636, 0.318, 0.838];
  assert.ok(textWidth("−0.03244", 16) > (6 * digit + point + minus) * 16 - 1);
});

test("what stands around a neuron does not reach into its neighbours", () => {
  for (const shape of SHAPES) {
    const layout = layoutNetwork(makeTrace(shape).network, 976, 692);
    for (let index = 0; index < makeTrace(shape).steps.length; index += 2) {
      const view = viewOf(shape, index, layout);
      for (const column of layout.neurons) for (const [row, box] of column.entries()) {
        const next = column[row + 1];
        if (!next || box.height < 20) continue;
        const lower = Math.max(box.y + box.height / 2, ...itemsAround(view, box).map((item) => item.box.y + item.box.height / 2));
        const upper = Math.min(next.y - next.height / 2, ...itemsAround(view, next).map((item) => item.box.y - item.box.height / 2));
        assert.ok(lower <= upper + 0.01, `${shape}, step ${index}, layer ${box.layer}, row ${row}: ${lower} ${upper}`);
      }
    }
  }
});

test("the two-two-two shows every number of an edge at every step", () => {
  const layout = layoutNetwork(makeTrace([2, 2, 2]).network, 976, 692);
  for (let index = 0; index < makeTrace([2, 2, 2]).steps.length; index++) {
    const view = viewOf([2, 2, 2], index, layout);
    const strokes = edgeStrokes(view);
    const wishes = labelWishes(view, strokes);
    assert.equal(placeLabels(wishes.map((wish) => wish.label), obstaclesOf(view, strokes)).size, wishes.length, `step ${index}`);
  }
});

test("the pointed-at neuron's labels win over what lay there", () => {
  const [box, other] = [{ x: 0, y: 0, width: 40, height: 20 }, { x: 100, y: 0, width: 40, height: 20 }];
  const placed = new Map([["quiet", box], ["far", other]]);
  placePointed(placed, [{ key: "pointed", group: "g", width: 40, height: 20, places: [{ x: 10, y: 0 }] }], []);
  assert.deepEqual([...placed.keys()].sort(), ["far", "pointed"]);
});

test("of a crowded layer only the pointed-at neuron shows its weights", () => {
  const layout = layoutNetwork(makeTrace([8, 16, 8, 2]).network, 976, 692);
  const build = createSceneBuilder();
  const trace = makeTrace([8, 16, 8, 2]);
  /** @param {string|null} pointed */
  const labels = (pointed) => build({ trace, index: 5, f: 1, example: 0, digits: 4, pointed, selected: null, layout, palette, texts }).marks.filter((mark) => /^(weight|term):2:/.test(mark.key));
  assert.equal(labels(null).length, 0);
  const shown = labels("activation:2:3");
  assert.ok(shown.length >= 8);
  assert.ok(shown.every((mark) => /^(weight|term):2:3:/.test(mark.key)));
});

test("where no new number has room, a bracket and a count stand in ink; a pointed-at neuron's numbers take their place", () => {
  const shape = [3, 4, 1];
  const trace = makeTrace(shape);
  const layout = layoutNetwork(trace.network, 360, 300, { phone: true });
  const build = createSceneBuilder();
  const updates = trace.steps.filter((step) => step.phase === "update" || step.phase === "gradient");
  assert.ok(updates.length > 0);
  for (const { index } of updates) {
    /** @param {string|null} pointed */
    const at = (pointed) => JSON.stringify(build({ trace, index, f: 1, example: 0, digits: 4, pointed, selected: null, layout, palette, texts }).marks);
    assert.match(at(null), /stage-now/, `step ${index} writes something that is seen`);
    assert.match(at("activation:1:1"), /stage-now|stage-bracket/);
  }
});

test("no number in a neuron is smaller than anybody reads", () => {
  for (const shape of SHAPES) for (const [width, height, phone] of STAGES) {
    const layout = layoutNetwork(makeTrace(shape).network, width, height, { phone });
    const trace = makeTrace(shape);
    const { marks } = createSceneBuilder()({ trace, index: trace.steps.length - 1, f: 1, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts });
    for (const neuron of marks.filter((mark) => mark.key.startsWith("neuron:"))) for (const part of neuron.children ?? []) {
      if (part.attributes["data-ref"]) assert.ok(Number(part.attributes["font-size"]) >= 11, `${shape} ${width}: ${part.text}`);
    }
  }
});

test("edges and wires start and end at what they join", () => {
  const layout = layoutNetwork(makeTrace([2, 20, 2]).network, 976, 692);
  const [source, target] = [layout.neurons[0]?.[1], layout.neurons[1]?.[7]];
  assert.ok(source && target);
  assert.deepEqual(edgePoint(layout, 1, 7, 1, 0), { x: source.x + source.width, y: source.y });
  assert.deepEqual(edgePoint(layout, 1, 7, 1, 1), { x: target.x, y: target.y });
  const end = wirePoint(layout, 0, 1);
  assert.equal(end.x, layout.cost.x);
  assert.equal(end.y, layout.cost.y - layout.cost.height / 2);
});

test("the same picture drops the same labels", () => {
  const layout = layoutNetwork(makeTrace([4, 6, 4]).network, 976, 692);
  const keys = () => {
    const view = viewOf([4, 6, 4], 3, layout);
    const strokes = edgeStrokes(view);
    return [...placeLabels(labelWishes(view, strokes).map((wish) => wish.label), obstaclesOf(view, strokes)).keys()];
  };
  assert.deepEqual(keys(), keys());
});

test("of a wide network the strongest edges of each layer are drawn, and the pointed-at neuron's", () => {
  const shape = [20, 60, 3];
  const layout = layoutNetwork(makeTrace(shape).network, 976, 692);
  const strokes = edgeStrokes(viewOf(shape, 1, layout));
  assert.deepEqual([1, 2].map((layer) => strokes.filter((stroke) => stroke.layer === layer).length), [80, 80]);
  const { layers } = makeTrace(shape);
  const sizes = (layers[1]?.weights ?? []).flat().map(Math.abs).sort((one, other) => other - one);
  const drawn = strokes.filter((stroke) => stroke.layer === 1).map((stroke) => Math.abs(stroke.weight)).sort((one, other) => other - one);
  assert.deepEqual(drawn, sizes.slice(0, 80), "the strongest");
  const weights = strokes.map((stroke) => Math.abs(stroke.weight));
  assert.deepEqual(weights, [...weights].sort((one, other) => one - other), "weakest first");
  const pointed = edgeStrokes(viewOf(shape, 1, layout, "activation:1:5"));
  assert.equal(pointed.filter((stroke) => stroke.layer === 1 && stroke.row === 5).length, 20);
  assert.equal(pointed.filter((stroke) => stroke.layer === 2 && stroke.column === 5).length, 3);
  const one = edgeStrokes(viewOf(shape, 1, layout, "weights:1:7:11"));
  assert.ok(one.some((stroke) => stroke.row === 7 && stroke.column === 11 && stroke.marked));
  assert.ok(edgeStrokes(viewOf(shape, 1, layout, "weights:1")).length <= 160, "a whole matrix does not bring them all");
});

test("on a tablet held upright rows lie further apart than on a phone", () => {
  const pitch = (/** @type {number} */ width, /** @type {number} */ height) => {
    const [first, second] = layoutNetwork(makeTrace([2, 2, 2]).network, width, height, { phone: true }).neurons[1] ?? [];
    return (second?.y ?? 0) - (first?.y ?? 0);
  };
  assert.equal(pitch(390, 330), 140);
  assert.ok(pitch(436, 900) > 200);
});
