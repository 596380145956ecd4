// States of the Train page for the tests of its charts: made up, but of the shapes the server sends.

/** @typedef {import("../../static/js/model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../static/js/model/learning/frames.d.ts").Sample} Sample */

/** @param {number} update @param {Partial<Sample>} [more] @returns {Sample} */
export const sampleAt = (update, more = {}) => ({
  update, epoch: Math.floor(update / 24), train_cost: 1 / (1 + update), test_cost: 2 / (1 + update), train_accuracy: 0.5 + update / 2000, test_accuracy: 0.4 + update / 2000,
  gradient_norm: [0.1, 0.2, 0.3], mean_error: [0.01, 0.02, 0.03], mean_activation: [0.5, 0.5, 0.5], saturated: [0, 0, 0], dead: [0, 0, 0], train_rows: 240, test_rows: 60, ...more,
});

/**
 * @param {{sizes?: number[], update?: number, reached?: number, status?: "running"|"paused", session?: any, frame?: any, samples?: Sample[], more?: any}} [wanted]
 * @returns {Shown}
 */
export function shown({ sizes = [2, 8, 8, 2], update = 100, reached = update, status = "running", session = {}, frame = {}, samples, more = {} } = {}) {
  const [inputs = 0, ...layers] = sizes;
  return {
    session: /** @type {any} */ ({
      network: { inputs, cost: "cross_entropy", layers: layers.map((size, at) => ({ size, activation: at + 1 < layers.length ? "tanh" : "softmax" })) },
      recipe: { training: { batch_size: 10 } }, training: { batch_size: 10, stop: { epochs: 62 } }, changes: [], updates_per_epoch: 24, update, reached, status,
      data: { classes: 2, is_regression: false, train: 240, test: 60 }, ...session,
    }),
    history: { updates: Array.from({ length: reached }, (_, at) => at + 1), costs: Array.from({ length: reached }, (_, at) => 1 / (at + 1)) },
    samples: samples ?? [0, reached / 2, reached].map((at) => sampleAt(at)),
    frame: { status, update, reached, epoch: 0, ...frame },
    data: { train: { inputs: [[0, 0], [1, 1]], classes: [0, 1] }, test: { inputs: [[0.5, -0.5]], classes: [1] } },
    digits: 4, theme: "system", trace: null, ...more,
  };
}
