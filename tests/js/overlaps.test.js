// Nothing on the stage is written over anything else, at any step of networks like those of the menu, in long and short letters.
import assert from "node:assert/strict";
import test from "node:test";

import { fittingCamera } from "../../static/js/model/camera.js";
import { layoutNetwork } from "../../static/js/model/layout.js";
import { createPalette } from "../../static/js/model/palette.js";
import { createSceneBuilder } from "../../static/js/model/scene.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { overlapsIn } from "./overlaps.js";
import { LIGHT, makeTrace } from "./stage_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").Trace} Trace */

const palette = createPalette(LIGHT);
/** Of the step page and of the laboratory, at 1440 × 900. */
const STAGES = /** @type {const} */ ([[976, 692], [704, 668]]);
const SHAPES = [[2, 2, 2], [3, 2, 1], [4, 3, 4, 3], [2, 1], [1, 1], [3, 4, 1], [2, 3, 2], [3, 4, 2], [2, 2, 2, 1], [3, 4, 2, 1], [2, 4, 3, 1], [1, 1, 1, 1], [4, 4], [3, 3, 3, 3, 1]];
const LONG = { weighted_input: "z^{l}_{i}", activation: "a^{l}_{i}", error: "∂J/∂z", cost: "J", activation_slope: "f′", activation_gradient: "∂J/∂a", arrived: "∂J/∂a", target: "y", forward: "w·a", backward: "w·∂J/∂z" };

/** @param {Trace} trace @param {readonly [number, number]} stage @param {Map<string, number>} [twins] */
function overlaps(trace, [width, height], twins) {
  const layout = layoutNetwork(trace.network, width, height);
  const build = createSceneBuilder();
  const twin = twins ? { kind: /** @type {const} */ ("wrong"), values: twins, everywhere: false } : null;
  return trace.steps.flatMap((_, index) => overlapsIn(build({ trace, index, f: 1, example: 0, digits: 4, pointed: null, selected: null, twin, layout, palette, texts })).map((line) => `step ${index}: ${line}`));
}

/** The second layer has the first added, as in a residual network. @returns {Trace} */
function residual() {
  const trace = makeTrace([2, 2, 2, 1]);
  Object.assign(/** @type {object} */ (trace.network.layers[1]), { adds: [1] });
  for (const step of trace.steps) {
    const back = step.kind === "error" && step.layer === 1;
    if (back || (step.kind === "weighted_input" && step.layer === 2)) step.branches = [{ kind: back ? "added_error" : "added_activation", layer: 2, values: [[0.3, 0.4]], source: 1, first: 0 }];
  }
  return trace;
}

for (const [name, letters] of /** @type {[string, Record<string, string>|undefined][]} */ ([["short", undefined], ["long", LONG]])) {
  test(`no text lies on text, neuron, pulse or line, in ${name} letters`, () => {
    for (const shape of SHAPES) for (const stage of STAGES) {
      const trace = makeTrace(shape);
      if (letters) Object.assign(/** @type {object} */ (trace.lens), { stage: letters });
      assert.deepEqual(overlaps(trace, stage), [], `${shape} on ${stage}`);
    }
  });
}

test("nor where a connection without weights passes over an edge, and the edge keeps its product", () => {
  for (const stage of STAGES) {
    assert.deepEqual(overlaps(residual(), stage), []);
    const trace = residual();
    const layout = layoutNetwork(trace.network, stage[0], stage[1]);
    const index = trace.steps.findIndex(({ branches, phase }) => branches?.length && phase === "forward");
    const { marks } = createSceneBuilder()({ trace, index, f: 1, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts });
    assert.deepEqual(marks.filter(({ key }) => key.startsWith("term:2:")).map(({ key }) => key).sort(), ["term:2:0:0", "term:2:0:1", "term:2:1:0", "term:2:1:1"]);
  }
});

test("right and wrong σ′ stand clear of the bias edge", () => {
  const trace = makeTrace([2, 2, 2]);
  const values = new Map([1, 2].flatMap((layer) => [0, 1].map((row) => /** @type {[string, number]} */ ([`activation_slope:${layer}:${row}`, 0.2292]))));
  for (const stage of STAGES) assert.deepEqual(overlaps(trace, stage, values), []);
});

test("σ′ gives way to the frame with right and wrong gradient of a bias, and to nothing else", () => {
  const trace = makeTrace([2, 2, 2]);
  const values = new Map([1, 2].flatMap((layer) => [0, 1].map((row) => /** @type {[string, number]} */ ([`example_bias_gradient:${layer}:${row}`, 0.277]))));
  for (const [width, height] of [...STAGES, /** @type {const} */ ([704, 512])]) {
    const layout = layoutNetwork(trace.network, width, height);
    const index = trace.steps.findIndex(({ kind, layer }) => kind === "bias_gradient" && layer === 2);
    for (const twin of [null, { kind: /** @type {const} */ ("wrong"), values, everywhere: false }]) {
      const { marks } = createSceneBuilder()({ trace, index, f: 1, example: 0, digits: 4, pointed: null, selected: null, twin, layout, palette, texts });
      const around = marks.filter(({ key }) => key.startsWith("neuron:2:")).flatMap(({ children }) => children ?? []);
      const slopes = around.filter(({ key }) => key === "slope").map(({ attributes }) => Number(attributes.y));
      const frames = around.filter(({ key }) => key === "bias-gradient").flatMap(({ children }) => children ?? []).filter(({ key }) => key === "plate").map(({ attributes }) => Number(attributes.y));
      assert.equal(frames.length, 2);
      if (!twin) assert.equal(slopes.length, 2, `${width} × ${height}`);
      for (const slope of slopes) assert.ok(frames.every((top) => slope + 1 < top || slope - 30 > top), `${width} × ${height}: ${slopes} ${frames}`);
    }
  }
});

test("what is written over something is found", () => {
  const trace = makeTrace([2, 2]);
  const layout = layoutNetwork(trace.network, 976, 692);
  const scene = createSceneBuilder()({ trace, index: 2, f: 1, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts });
  const box = /** @type {import("../../static/js/model/layout.js").NeuronBox} */ (layout.neurons[1]?.[0]);
  const text = { key: "stray", tag: "text", attributes: { x: box.divider, y: box.y + 15, "font-size": 16, "text-anchor": "middle" }, text: "0.12345" };
  const found = overlapsIn({ ...scene, marks: [...scene.marks, text] }).join("\n");
  assert.match(found, /stray\) over neuron 1:0/);
  assert.match(found, /and “0.12345” \(stray\)/);
});

test("a stage that is too narrow for the network cuts through no column of neurons", () => {
  for (const shape of [[3, 3, 3, 3, 1], [2, 2, 2, 2, 2], [2, 5, 5, 5, 2]]) {
    const trace = makeTrace(shape);
    const layout = layoutNetwork(trace.network, 704, 668);
    for (const step of trace.steps) for (const drawsCost of [true, false]) {
      const { scale, x } = fittingCamera(layout, 704, 1, step, drawsCost);
      for (const { left, right, kind } of layout.stacks) {
        if (kind === "cost") continue;
        const [from, to] = [left * scale + x, right * scale + x];
        assert.ok((from >= 0 && to <= 704) || to <= 0 || from >= 704, `${shape}, step ${step.index}: ${kind} from ${from} to ${to}`);
      }
    }
  }
});

test("a number too long for its half is drawn narrower, not left out", () => {
  const trace = makeTrace([2, 2, 2, 1]);
  const activation = trace.layers[1]?.activation;
  if (activation) activation[0] = [-0.0003491, 0.5];
  const layout = layoutNetwork(trace.network, 704, 668);
  const { marks } = createSceneBuilder()({ trace, index: 6, f: 1, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts });
  const number = marks.find(({ key }) => key === "neuron:1:0")?.children?.find(({ key }) => key === "right-value");
  assert.equal(number?.text, "−0.0003491");
  assert.ok(Number(number.attributes.textLength) <= (layout.neurons[1]?.[0]?.width ?? 0) / 2);
});

test("where matrices take half of the stage, how many biases are new stands clear of the errors", () => {
  const build = createSceneBuilder();
  for (const [sizes, wires] of /** @type {[number[], Record<number, object>][]} */ ([[[3, 3, 3], {}], [[2, 2, 2, 2, 2], { 2: { adds: [0] }, 3: { adds: [1] } }]])) {
    const trace = makeTrace(sizes);
    Object.assign(/** @type {object} */ (trace.lens), { stage: { ...LONG, error: "∂C/∂u", activation_gradient: "∂C/∂z" } });
    for (const [layer, wire] of Object.entries(wires)) Object.assign(/** @type {object} */ (trace.network.layers[Number(layer)]), wire);
    const layout = layoutNetwork(trace.network, 976, 274, { phone: true });
    for (const { index } of trace.steps.filter(({ kind }) => kind === "bias_gradient")) {
      const scene = build({ trace, index, f: 1, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts });
      assert.ok(scene.marks.some(({ key }) => key.startsWith("summary:bias")));
      assert.deepEqual(overlapsIn(scene).filter((line) => line.includes("summary")), [], `${sizes}, step ${index}`);
    }
  }
});
