// Groups, labels that fit, and where the cursor goes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { density, groupsOf, layerEdge, nearestTick, placeAfterRetelling, showsLabel, startsGroup } from "../../static/js/model/timeline.js";
import { PLAN, smallTrace, stepsOf } from "./page_fixture.js";

const steps = stepsOf(PLAN);

test("consecutive steps of one name are one group", () => {
  const groups = groupsOf(steps);
  assert.deepEqual(groups.map(({ name, first, last }) => [name, first, last]), [
    ["Input", 0, 0], ["Forward", 1, 2], ["Cost", 3, 3], ["Error", 4, 4], ["Gradient", 5, 5], ["Descent", 6, 6],
  ]);
  assert.ok(startsGroup(steps, 1));
  assert.ok(!startsGroup(steps, 2));
});

test("a name that comes again later is a group of its own", () => {
  assert.equal(groupsOf(stepsOf([["a", 0, "forward", "X"], ["b", 0, "forward", "Y"], ["c", 0, "forward", "X"]])).length, 3);
});

test("ticks lose their labels first, then their glyphs", () => {
  assert.equal(density(44), "labels");
  assert.equal(density(43), "starts");
  assert.equal(density(13), "bars");
});

test("when it is dense, only group starts and now have labels, and a neighbour gives way to now", () => {
  const shown = steps.map((_, index) => showsLabel(steps, index, 2, "starts"));
  assert.deepEqual(shown, [true, false, true, false, true, true, true]);
});

test("dragging lands on the nearest tick", () => {
  assert.equal(nearestTick([10, 30, 70], 45), 1);
  assert.equal(nearestTick([10, 30, 70], -100), 0);
  assert.equal(nearestTick([10, 30, 70], 999), 2);
});

test("layer by layer, forth and back, within the list", () => {
  assert.equal(layerEdge(steps, 0, 1), 1);
  assert.equal(layerEdge(steps, 1, 1), 3);
  assert.equal(layerEdge(steps, 6, 1), 6);
  assert.equal(layerEdge(steps, 2, -1), 1);
  assert.equal(layerEdge(steps, 0, -1), 0);
});

test("told otherwise, a step that is gone falls back to the one before it", () => {
  const before = { ...smallTrace(), steps };
  const after = { ...smallTrace(), steps: stepsOf([["input", 0, "forward", "I"], ["activation", 1, "forward", "F"]]) };
  assert.equal(placeAfterRetelling(before, 6, after), 1);
  assert.equal(placeAfterRetelling(before, 1, after), 0);
});
