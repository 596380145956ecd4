// The reducer: what every action does to the state, and that what was is restored exactly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasNextUpdate, initialState, isAsPublished, isLast, reduce, requestOf } from "../../static/js/model/state.js";
import { smallTrace, stepsOf } from "./page_fixture.js";

/** @typedef {import("../../static/js/model/types.d.ts").Action} Action */

/** @param {Action[]} actions @param {any} [state] */
function after(actions, state = initialState({ trace: smallTrace() })) {
  return actions.reduce(reduce, state);
}

const last = smallTrace().steps.length - 1;

test("next and back move by one, with the step's motion", () => {
  const state = after([{ type: "next" }, { type: "next" }]);
  assert.equal(state.cursor, 2);
  assert.equal(state.motion, "animate");
  assert.equal(after([{ type: "back" }], state).cursor, 1);
});

test("a held key moves without motion", () => {
  assert.equal(after([{ type: "next", hold: true }]).motion, "jump");
});

test("seeking stays within the steps and stops playing", () => {
  const state = after([{ type: "play" }, { type: "seek", step: 99 }]);
  assert.equal(state.cursor, last);
  assert.equal(state.playing, false);
  assert.ok(isLast(state));
  assert.equal(after([{ type: "seek", step: -3 }]).cursor, 0);
});

test("shift and an arrow go to the next layer and back to its beginning", () => {
  assert.equal(after([{ type: "nextLayer" }]).cursor, 1);
  assert.equal(after([{ type: "nextLayer" }, { type: "nextLayer" }]).cursor, 3);
  assert.equal(after([{ type: "seek", step: 3 }, { type: "backLayer" }]).cursor, 1);
});

test("only the clock keeps playing; a key of one's own stops it", () => {
  assert.equal(after([{ type: "play" }, { type: "next", auto: true }]).playing, true);
  assert.equal(after([{ type: "play" }, { type: "next" }]).playing, false);
});

test("playing ends where there is nothing after the last step", () => {
  const trace = { ...smallTrace(), diverged: { step: 6, layer: 1, quantity: "updated_weights" } };
  const state = after([{ type: "last" }, { type: "play" }], initialState({ trace }));
  assert.equal(hasNextUpdate(state), false);
  assert.equal(after([{ type: "next", auto: true }], state).playing, false);
});

test("an update begins at its first step, and stepping back restores the one before exactly", () => {
  const start = after([{ type: "last" }]);
  const trace = smallTrace();
  const updated = after([{ type: "updated", request: requestOf(trace), trace }], start);
  assert.equal(updated.cursor, 0);
  assert.equal(updated.update, 2);
  const back = after([{ type: "back" }], updated);
  assert.equal(back.trace, start.trace);
  assert.equal(back.request, start.request);
  assert.equal(back.cursor, last);
  assert.equal(back.update, 1);
});

test("back at the very first step does nothing", () => {
  const state = after([]);
  assert.equal(after([{ type: "back" }], state), state);
});

test("an edit keeps the place, and undo takes it back with everything that belonged to it", () => {
  const start = after([{ type: "seek", step: 3 }]);
  const trace = smallTrace();
  const edited = after([{ type: "edited", request: requestOf(trace), trace }], start);
  assert.equal(edited.cursor, 3);
  assert.equal(edited.undo.length, 1);
  const undone = after([{ type: "undo" }], edited);
  assert.equal(undone.trace, start.trace);
  assert.equal(undone.cursor, 3);
  assert.equal(undone.undo.length, 0);
  assert.equal(after([{ type: "undo" }], undone), undone);
});

test("the same update told in other steps keeps the last thing shown", () => {
  const trace = { ...smallTrace(), granularity: /** @type {const} */ ("layer") };
  trace.steps = stepsOf([["input", 0, "forward", "a"], ["activation", 1, "forward", "b"], ["cost", 1, "cost", "c"]]);
  if (trace.steps[1]) trace.steps[1].covers = [["weighted_input", 1], ["activation", 1]];
  const state = after([{ type: "seek", step: 1 }, { type: "retold", trace }]);
  assert.equal(state.cursor, 1);
  assert.equal(state.granularity, "layer");
});

test("what is published is recognised by its numbers, not by its object", () => {
  const trace = smallTrace();
  const published = /** @type {any} */ ({ id: "x", request: requestOf(smallTrace()), printed: [] });
  assert.ok(isAsPublished({ published, request: requestOf(trace) }));
  trace.parameters = { weights: [[[0.25, 0.6]]], biases: [[0]] };
  assert.ok(!isAsPublished({ published, request: requestOf(trace) }));
});

test("choosing a tab lets go of the selection", () => {
  const state = after([{ type: "select", ref: "error:1:0" }, { type: "tab", value: "receipt" }]);
  assert.equal(state.selected, null);
  assert.equal(state.tab, "receipt");
});
