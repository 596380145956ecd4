// Motion is a function of the position alone: it begins where the step before ended, ends at rest, and never jumps back.
import assert from "node:assert/strict";
import test from "node:test";

import { layoutNetwork } from "../../static/js/model/layout.js";
import { durationOf, ease, progressOf, splitPosition, TIMES } from "../../static/js/model/motion.js";
import { senderCount } from "../../static/js/model/senders.js";
import { createPalette } from "../../static/js/model/palette.js";
import { createSceneBuilder } from "../../static/js/model/scene.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { LIGHT, makeTrace } from "./stage_fixture.js";

const trace = makeTrace([2, 3, 2]);
const layout = layoutNetwork(trace.network, 976, 692);
const palette = createPalette(LIGHT);

/** @param {string} kind */
const stepOf = (kind) => {
  const step = trace.steps.find((one) => one.kind === kind);
  assert.ok(step);
  return step;
};

test("the curve is cubic-bezier(.3, 0, .2, 1): monotone, still at both ends", () => {
  assert.equal(ease(0), 0);
  assert.equal(ease(1), 1);
  assert.equal(ease(-1), 0);
  let before = 0;
  for (let x = 0; x <= 1; x += 0.01) {
    assert.ok(ease(x) >= before);
    before = ease(x);
  }
  assert.ok(Math.abs(ease(0.5) - 0.797) < 0.005);
});

test("durations are those of the design, longer by the stagger of the pulses", () => {
  assert.equal(durationOf(stepOf("activation")), TIMES.activation);
  assert.equal(durationOf(stepOf("cost")), TIMES.cost);
  assert.equal(durationOf(stepOf("weight_update")), TIMES.update);
  assert.equal(durationOf(stepOf("weighted_input")), TIMES.weightedInput + 2 * TIMES.stagger);
  assert.equal(durationOf(stepOf("error")), TIMES.error + TIMES.stagger);
  assert.equal(durationOf(stepOf("input")), 0);
  assert.equal(durationOf(undefined), 0);
  assert.equal(durationOf({ ...stepOf("activation"), members: [1, 2, 3] }), TIMES.coarse);
});

test("however wide the layer, pulses do not keep anybody waiting", () => {
  const wide = makeTrace([200, 3]).steps[1];
  assert.ok(wide && senderCount(wide) === 200);
  assert.ok(durationOf(wide) <= 1200);
});

test("every part of every motion only goes forward, and is complete at rest", () => {
  for (const step of trace.steps) {
    let before = progressOf(step, 0);
    for (let f = 0; f <= 1.0001; f += 0.02) {
      const now = progressOf(step, Math.min(1, f));
      for (const part of /** @type {const} */ (["bias", "slide", "cross", "wire", "meet", "roll", "finish"])) assert.ok(now[part] >= before[part] - 1e-9, `${step.kind} ${part}`);
      now.travel.forEach((share, at) => assert.ok(share >= (before.travel[at] ?? 0) - 1e-9));
      before = now;
    }
    const rest = progressOf(step, 1);
    assert.deepEqual([rest.bias, rest.slide, rest.cross, rest.wire, rest.meet, rest.roll, rest.finish, ...rest.travel].every((share) => share === 1), true);
  }
});

test("pulses start one after the other and the bias arrives last", () => {
  const middle = progressOf(stepOf("weighted_input"), 0.5);
  assert.ok((middle.travel[0] ?? 0) > (middle.travel[1] ?? 0));
  assert.ok((middle.travel[1] ?? 0) > middle.bias);
});

test("a position between two steps is the later step on its way", () => {
  assert.deepEqual(splitPosition(3, 10), { index: 3, f: 1 });
  const { index, f } = splitPosition(2.25, 10);
  assert.equal(index, 3);
  assert.ok(Math.abs(f - 0.25) < 1e-9);
  assert.deepEqual(splitPosition(0, 10), { index: 0, f: 1 });
  assert.deepEqual(splitPosition(99, 3), { index: 2, f: 1 });
});

test("numbers on their way carry no ref, numbers at rest do", () => {
  const build = createSceneBuilder();
  const index = trace.steps.indexOf(stepOf("weighted_input"));
  /** @param {number} f */
  const texts1 = (f) => JSON.stringify(build({ trace, index, f, example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts }).marks);
  assert.ok(!texts1(0.9).includes('"data-ref":"weighted_input:1:0"'));
  assert.ok(texts1(1).includes('"data-ref":"weighted_input:1:0"'));
});

test("running forward to a place and backward to it gives the same picture", () => {
  const build = createSceneBuilder();
  /** @param {number} position */
  const at = (position) => JSON.stringify(build({ trace, ...splitPosition(position, trace.steps.length), example: 0, digits: 4, pointed: null, selected: null, layout, palette, texts }).marks);
  const positions = [1.3, 2.5, 7.6, 8.2, trace.steps.length - 1.5];
  const forward = positions.map(at);
  const backward = [...positions].reverse().map(at).reverse();
  assert.deepEqual(forward, backward);
});
