// The camera: everything on a wide stage, two layers on a phone, and a zoom that keeps its place.
import assert from "node:assert/strict";
import test from "node:test";

import { fittingCamera, framedColumn, panned, zoomed } from "../../static/js/model/camera.js";
import { layoutNetwork } from "../../static/js/model/layout.js";
import { makeTrace } from "./stage_fixture.js";

test("a wide stage shows the whole network, never enlarged beyond its text", () => {
  const { network } = makeTrace([2, 2, 2]);
  assert.deepEqual(fittingCamera(layoutNetwork(network, 976, 692), 976, 1, undefined), { scale: 1, x: 0, y: 0 });
});

test("a phone shows the two layers a step reads and writes", () => {
  const trace = makeTrace([2, 3, 2]);
  const layout = layoutNetwork(trace.network, 390, 330, { phone: true });
  /** @type {Record<string, number[]>} */
  const left = {};
  for (const step of trace.steps) (left[step.kind] ??= []).push(framedColumn(layout, step));
  assert.deepEqual(left["weighted_input"], [0, 1]);
  assert.deepEqual(left["error"], [1]);
  assert.deepEqual(left["cost"], [2]);
  assert.deepEqual(left["weight_update"], [1, 0]);
  for (const step of trace.steps) {
    const { x } = fittingCamera(layout, 390, 1, step);
    const [first, second] = layout.columns.slice(framedColumn(layout, step));
    assert.ok(first && second && first.left + x >= 0 && second.right + x <= 390, step.kind);
  }
});

test("a network too long for the stage is shown where the step is", () => {
  const trace = makeTrace([3, 3, 3, 3, 3, 3, 3, 3]);
  const layout = layoutNetwork(trace.network, 700, 600);
  for (const step of trace.steps) {
    const { scale, x } = fittingCamera(layout, 700, 1, step);
    const column = layout.columns[framedColumn(layout, step)];
    assert.ok(scale >= 0.75 && column && column.left * scale + x >= 0 && column.right * scale + x <= 700, step.kind);
  }
});

test("zooming keeps the point under the finger and stays within bounds", () => {
  const about = { x: 100, y: 50 };
  const before = panned({ scale: 1, x: 0, y: 0 }, 10, -5);
  const after = zoomed(before, 2, about);
  assert.equal((about.x - before.x) / before.scale, (about.x - after.x) / after.scale);
  assert.equal((about.y - before.y) / before.scale, (about.y - after.y) / after.scale);
  assert.ok(zoomed(before, 1e9, about).scale <= 6 && zoomed(before, 1e-9, about).scale >= 0.4);
});
