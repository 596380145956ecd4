// Where updates and epochs lie along the rail of a run, judged by walking through the epochs example by example.
import assert from "node:assert/strict";
import { test } from "node:test";

import { firstUpdate, roundFrom, scaleOf, stretchesOf } from "../../static/js/model/learning/run_scale.js";

/** @param {Record<string, unknown>} other @returns {any} */
const session = (other = {}) => ({
  recipe: { training: { batch_size: 10 } }, training: { stop: { epochs: 20 } }, changes: [], reached: 0, update: 0, data: { train: 95 }, ...other,
});

/** The first update of each epoch, found by going through all of them. @param {any} of @param {number} updates */
function walked({ recipe, changes, data }, updates) {
  const starts = [0];
  let [batch, row] = [recipe.training.batch_size ?? data.train, 0];
  for (let update = 0; update < updates; update += 1) {
    for (const change of changes) if (change.at === update && change.training) batch = change.training.batch_size ?? data.train;
    row += Math.min(batch, data.train);
    if (row >= data.train) { row = 0; starts.push(update + 1); }
  }
  return starts;
}

test("epochs begin where walking through the examples says, whatever was changed on the way", () => {
  const changed = [[], [{ at: 7, training: { batch_size: 30 } }], [{ at: 3, training: { batch_size: 1 } }, { at: 40, cost: "quadratic" }, { at: 300, training: { batch_size: null } }], [{ at: 10, training: { batch_size: 200 } }]];
  for (const changes of changed) {
    const of = session({ changes });
    const starts = walked(of, 700);
    const stretches = stretchesOf(of);
    starts.slice(0, 60).forEach((update, epoch) => assert.equal(firstUpdate(stretches, epoch, 95), update, `epoch ${epoch} after ${JSON.stringify(changes)}`));
  }
});

test("the rail reaches to the end of the plan, or beyond what was reached without one", () => {
  assert.deepEqual([scaleOf(session(), 1000).end, scaleOf(session(), 1000).planned], [200, 20]);
  const free = session({ training: { stop: { epochs: null } }, reached: 95 });
  assert.equal(scaleOf(free, 1000).end, 200);
  assert.ok(scaleOf(session({ reached: 450 }), 1000).end >= 450);
  assert.ok(scaleOf(session({ reached: 450 }), 1000).ticks.every(({ update }, at, all) => at === 0 || update > (all[at - 1]?.update ?? 0)));
});

test("ticks are never too close to be told apart, labels never too close to be read", () => {
  for (const epochs of [3, 62, 1000, 100_000]) {
    for (const pixels of [330, 1392]) {
      const { ticks, end } = scaleOf(session({ training: { stop: { epochs } } }), pixels);
      const at = (/** @type {number} */ update) => (update / end) * pixels;
      ticks.forEach(({ update }, index) => { if (index > 0) assert.ok(at(update) - at(ticks[index - 1]?.update ?? 0) > 5.9); });
      const labels = ticks.filter(({ label }) => label);
      labels.forEach(({ update }, index) => { if (index > 0) assert.ok(at(update) - at(labels[index - 1]?.update ?? 0) > 70); });
      assert.equal(ticks[0]?.epoch, 0);
    }
  }
});

test("round numbers go 1, 2, 5, 10", () => {
  assert.deepEqual([0.2, 1, 1.1, 3, 6, 11, 201].map(roundFrom), [1, 1, 2, 5, 10, 20, 500]);
});
