// Panels asked at a step: open from the question on, told when the answer comes, closed by moving on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPanels, stepAsked } from "../../static/js/model/asking.js";
import { initialState, reduce } from "../../static/js/model/state.js";
import { smallTrace, step } from "./page_fixture.js";

const panel = /** @type {any} */ ({ kind: "notation", title: "How", text: [], lines: [], tables: [], matrices: [] });
const start = reduce(initialState({ trace: smallTrace() }), { type: "seek", step: 2 });

test("a panel is open before it is told, and closes by the same button", () => {
  const asked = reduce(start, { type: "panel", kind: "notation" });
  assert.deepEqual(openPanels(asked), { notation: {} });
  const told = reduce(asked, { type: "panelTold", trace: asked.trace, cursor: 2, kind: "notation", answer: { panel } });
  assert.deepEqual(openPanels(told), { notation: { panel } });
  assert.deepEqual(openPanels(reduce(told, { type: "panel", kind: "notation" })), {});
});

test("two panels stay open together, in the order they were asked for", () => {
  const both = reduce(reduce(start, { type: "panel", kind: "notation" }), { type: "panel", kind: "demon" });
  assert.deepEqual(Object.keys(openPanels(both)), ["notation", "demon"]);
});

test("moving on closes them, and an answer nobody waits for changes nothing", () => {
  const asked = reduce(start, { type: "panel", kind: "notation" });
  const moved = reduce(asked, { type: "next" });
  assert.deepEqual(openPanels(moved), {});
  const closed = reduce(asked, { type: "panel", kind: "notation" });
  const late = /** @type {const} */ ({ type: "panelTold", cursor: 2, kind: "notation", answer: { panel } });
  assert.equal(reduce(closed, { ...late, trace: closed.trace }), closed);
  assert.equal(reduce(asked, { ...late, trace: smallTrace() }), asked);
});

test("a problem stands in the panel's place", () => {
  const asked = reduce(start, { type: "panel", kind: "notation" });
  const problem = { title: "No", detail: "Not here." };
  const told = reduce(asked, { type: "panelTold", trace: asked.trace, cursor: 2, kind: "notation", answer: { problem } });
  assert.deepEqual(openPanels(told), { notation: { problem } });
  assert.equal(told.problem, null);
});

test("a coarse step is asked about its last equation", () => {
  const coarse = { ...smallTrace(), steps: [step({ members: [0, 1, 2] }), step({ index: 1, members: [3] })] };
  assert.equal(stepAsked({ trace: coarse, cursor: 0 }), 2);
  assert.equal(stepAsked({ trace: smallTrace(), cursor: 4 }), 4);
});
