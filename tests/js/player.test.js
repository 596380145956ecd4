// The clock: a motion runs from one step to the next either way, can be cut short, and playing rests in between.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlayer } from "../../static/js/player.js";

/** @type {any[]} */
const steps = [0, 1, 2, 3];

/** A player with a clock of its own. */
function player() {
  /** @type {((time: number) => void)|null} */
  let run = null;
  let time = 1000;
  /** @type {number[]} */
  const frames = [];
  let asked = 0;
  const made = createPlayer({
    duration: () => 400, frame: (position) => frames.push(position), finished: () => { asked += 1; },
    request: (next) => { run = next; return 1; }, cancel: () => { run = null; },
  });
  return {
    made, frames, asked: () => asked, idle: () => run === null,
    /** @param {number} passed */
    pass(passed) {
      time += passed;
      const next = run;
      run = null;
      next?.(time);
    },
  };
}

test("a step runs from the one before to itself, then the clock stops", () => {
  const { made, pass, frames, idle } = player();
  made.moveTo(steps, 1, true);
  pass(0); pass(100); pass(100);
  assert.equal(made.position(), 0.5);
  pass(500);
  assert.equal(made.position(), 1);
  assert.ok(idle());
  assert.deepEqual(frames, [0, 0, 0.25, 0.5, 1]);
});

test("backwards the same motion runs the other way", () => {
  const { made, pass } = player();
  made.moveTo(steps, 2, false);
  made.moveTo(steps, 1, true);
  pass(0); pass(100);
  assert.equal(made.position(), 1.75);
});

test("another key ends the motion that runs", () => {
  const { made, pass } = player();
  made.moveTo(steps, 1, true);
  pass(0); pass(100);
  made.moveTo(steps, 2, true);
  assert.equal(made.position(), 1);
});

test("a jump has no motion", () => {
  const { made, idle } = player();
  made.moveTo(steps, 3, true);
  assert.equal(made.position(), 3);
  assert.ok(idle());
});

test("playing starts at once, then rests after each step", () => {
  const { made, pass, asked } = player();
  made.play(true, 1);
  pass(0); pass(16);
  assert.equal(asked(), 1);
  pass(800);
  assert.equal(asked(), 1);
  pass(200);
  assert.equal(asked(), 2);
  made.play(false, 1);
  pass(5000);
  assert.equal(asked(), 2);
});
