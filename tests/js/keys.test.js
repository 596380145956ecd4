// Keys: one action each, none while typing, and a control's own keys stay its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { actionFor } from "../../static/js/model/keys.js";

const nowhere = { typing: false, pressing: false, choosing: false };
const now = { playing: false, example: 0, rows: 2 };

/** @param {string} key @param {object} [more] */
function press(key, more = {}) {
  return { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more };
}

test("the keys of the timeline", () => {
  assert.deepEqual(actionFor(press(" "), nowhere, now), { type: "next" });
  assert.deepEqual(actionFor(press("ArrowLeft"), nowhere, now), { type: "back", hold: false });
  assert.deepEqual(actionFor(press("ArrowRight", { repeat: true }), nowhere, now), { type: "next", hold: true });
  assert.deepEqual(actionFor(press("ArrowRight", { shiftKey: true }), nowhere, now), { type: "nextLayer" });
  assert.deepEqual(actionFor(press("Home"), nowhere, now), { type: "first" });
  assert.deepEqual(actionFor(press("2"), nowhere, now), { type: "granularity", value: "layer" });
  assert.deepEqual(actionFor(press("p"), nowhere, { ...now, playing: true }), { type: "pause" });
});

test("one action for one press of Space", () => {
  assert.equal(actionFor(press(" ", { repeat: true }), nowhere, now), null);
});

test("nothing while typing, and Space belongs to a button", () => {
  assert.equal(actionFor(press(" "), { ...nowhere, typing: true }, now), null);
  assert.equal(actionFor(press("p"), { ...nowhere, typing: true }, now), null);
  assert.equal(actionFor(press(" "), { ...nowhere, pressing: true }, now), null);
  assert.equal(actionFor(press("ArrowRight"), { ...nowhere, choosing: true }, now), null);
});

test("the example stays within the batch", () => {
  assert.deepEqual(actionFor(press("]"), nowhere, now), { type: "example", index: 1 });
  assert.equal(actionFor(press("["), nowhere, now), null);
  assert.equal(actionFor(press("]"), nowhere, { ...now, example: 1 }), null);
});

test("undo, and no other key of the browser", () => {
  assert.deepEqual(actionFor(press("z", { ctrlKey: true }), nowhere, now), { type: "undo" });
  assert.equal(actionFor(press("p", { ctrlKey: true }), nowhere, now), null);
  assert.equal(actionFor(press("ArrowLeft", { altKey: true }), nowhere, now), null);
});

test("I asks for the result of the step, Backspace goes back along the trail", () => {
  assert.deepEqual(actionFor(press("i"), nowhere, { ...now, result: "error:2:0" }), { type: "select", ref: "error:2:0" });
  assert.equal(actionFor(press("i"), nowhere, { ...now, result: null }), null);
  assert.deepEqual(actionFor(press("Backspace"), nowhere, { ...now, trail: 2 }), { type: "walkBack", at: 1 });
  assert.equal(actionFor(press("Backspace"), nowhere, { ...now, trail: 0 }), null);
  assert.equal(actionFor(press("Backspace"), { ...nowhere, typing: true }, { ...now, trail: 2 }), null);
});
