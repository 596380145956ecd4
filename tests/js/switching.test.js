// Switching the lens, held to the tables of the screenplays: every step of every lens to every other, on two networks.
// Back without moving is where it began, however many lenses lie between.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { initialState, reduce } from "../../static/js/model/state.js";
import { drawnOtherwise, switchLens } from "../../static/js/model/switching.js";
import { smallTrace, step } from "./page_fixture.js";

/** @typedef {Record<string, number>} Landing */
/** @type {Record<string, {orders: Record<string, [string, number][][]>, switch: Record<string, Landing[]>}>} */
const golden = JSON.parse(readFileSync(new URL("./switching_golden.json", import.meta.url), "utf8"));

/** @param {string} preset @param {string} lens @returns {any} */
function told(preset, lens) {
  const orders = golden[preset]?.orders[lens] ?? [];
  return { textbook: lens, steps: orders.map((covers, index) => step({ index, covers })) };
}

for (const preset of Object.keys(golden)) {
  const lenses = Object.keys(golden[preset]?.orders ?? {});
  for (const from of lenses) {
    test(`${preset}: from ${from} every step lands where the screenplay says`, () => {
      golden[preset]?.switch[from]?.forEach((landing, cursor) => {
        for (const [to, expected] of Object.entries(landing)) {
          const { cursor: found } = switchLens(null, { trace: told(preset, from), cursor }, told(preset, to));
          assert.equal(found, expected, `${from} ${cursor} to ${to}`);
        }
      });
    });

    test(`${preset}: from ${from} on and back without moving never drifts`, () => {
      golden[preset]?.switch[from]?.forEach((landing, cursor) => {
        for (const one of lenses) {
          for (const other of lenses) {
            const first = switchLens(null, { trace: told(preset, from), cursor }, told(preset, one));
            const second = switchLens(first.home, first.home.at, told(preset, other));
            assert.equal(second.cursor, landing[other], `${from} ${cursor} over ${one} to ${other}`);
            assert.equal(switchLens(second.home, second.home.at, told(preset, from)).cursor, cursor);
          }
        }
      });
    });
  }
}

test("who has moved starts anew", () => {
  const [nielsen, catching] = [told("nielsen", "nielsen"), told("nielsen", "catching-ai")];
  const first = switchLens(null, { trace: nielsen, cursor: 8 }, catching);
  assert.equal(first.cursor, 11);
  assert.equal(switchLens(first.home, { trace: catching, cursor: 10 }, nielsen).cursor, 8);
  assert.equal(switchLens(first.home, { trace: catching, cursor: 9 }, nielsen).cursor, 10);
});

test("what is drawn otherwise is told as gradients, errors and updated parameters", () => {
  const writes = (/** @type {string[][]} */ all) => /** @type {any} */ ({ steps: all.map((refs, index) => step({ index, writes: refs })) });
  const late = { trace: writes([["error:2"], ["error:1"], ["weight_gradient:2", "example_weight_gradient:2"]]), cursor: 1 };
  const early = { trace: writes([["error:2"], ["weight_gradient:2", "example_weight_gradient:2"], ["error:1"]]), cursor: 2 };
  assert.deepEqual(drawnOtherwise(late, early), { more: ["gradients"], fewer: [] });
  assert.deepEqual(drawnOtherwise(early, late), { more: [], fewer: ["gradients"] });
  assert.deepEqual(drawnOtherwise(early, early), { more: [], fewer: [] });
});

test("the page remembers where switching began until the reader moves", () => {
  const trace = smallTrace();
  const other = { ...smallTrace(), textbook: "sun", steps: trace.steps.filter(({ kind }) => kind !== "cost").map((one, index) => ({ ...one, index })) };
  let state = reduce(initialState({ trace }), { type: "seek", step: 3 });
  state = reduce(state, { type: "retold", trace: /** @type {any} */ (other) });
  assert.equal(state.textbook, "sun");
  assert.equal(state.cursor, 2);
  assert.equal(reduce(state, { type: "retold", trace }).cursor, 3);
  const moved = reduce(reduce(state, { type: "back" }), { type: "next" });
  assert.equal(reduce(moved, { type: "retold", trace }).cursor, 2);
});
