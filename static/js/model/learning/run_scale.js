// Where updates and epochs lie along the rail of a run: which update begins an epoch, how far the rail reaches, which ticks it has.
// A changed batch size changes how many updates an epoch has from there on, so the rail is counted in updates.

/** @typedef {import("../types.d.ts").SessionDocument} SessionDocument */
/** @typedef {{start: number, epoch: number, row: number, batch: number}} Stretch between two changes of the batch size */
/** @typedef {{update: number, epoch: number, label: boolean}} Tick */
/** @typedef {{end: number, planned: number|null, ticks: Tick[]}} Scale planned is the number of epochs that are planned */

const TICK = 6;
const LABEL = 72;
const STEPS = [1, 2, 5];

/** The next of 1, 2, 5, 10, 20, 50, … from `least` on. @param {number} least */
export function roundFrom(least) {
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) if (step * power >= least) return step * power;
  }
}

/** @param {Stretch} stretch @param {number} examples @returns {number} updates until the epoch it begins in is done */
const rest = ({ row, batch }, examples) => Math.ceil((examples - row) / batch);

/** @param {Stretch} stretch @param {number} update @param {number} examples */
function placeIn(stretch, update, examples) {
  const made = update - stretch.start;
  const first = rest(stretch, examples);
  if (made < first) return { epoch: stretch.epoch, row: stretch.row + made * stretch.batch };
  const perEpoch = Math.ceil(examples / stretch.batch);
  const whole = Math.floor((made - first) / perEpoch);
  return { epoch: stretch.epoch + 1 + whole, row: (made - first - whole * perEpoch) * stretch.batch };
}

/** @param {Stretch} stretch @param {number} epoch @param {number} examples */
function firstIn(stretch, epoch, examples) {
  if (epoch <= stretch.epoch) return stretch.start;
  return stretch.start + rest(stretch, examples) + (epoch - stretch.epoch - 1) * Math.ceil(examples / stretch.batch);
}

/** @param {Pick<SessionDocument, "recipe"|"changes"|"data">} session @returns {Stretch[]} */
export function stretchesOf({ recipe, changes, data }) {
  const examples = data.train;
  /** @param {any} training */
  const batchOf = (training) => Math.max(1, Math.min(training?.batch_size === undefined ? 10 : training.batch_size ?? examples, examples));
  /** @type {Stretch[]} */
  const stretches = [{ start: 0, epoch: 0, row: 0, batch: batchOf(recipe.training) }];
  for (const { at, training } of changes) {
    if (!training) continue;
    const last = /** @type {Stretch} */ (stretches.at(-1));
    stretches.push({ start: at, ...placeIn(last, at, examples), batch: batchOf(training) });
  }
  return stretches;
}

/** The update that begins an epoch, counted from 0. @param {Stretch[]} stretches @param {number} epoch @param {number} examples */
export function firstUpdate(stretches, epoch, examples) {
  if (epoch <= 0) return 0;
  for (const [at, stretch] of stretches.entries()) {
    const next = stretches[at + 1];
    const found = firstIn(stretch, epoch, examples);
    if (!next || (epoch > stretch.epoch && found <= next.start)) return found;
  }
  return 0;
}

/**
 * @param {SessionDocument} session
 * @param {number} pixels
 * @returns {Scale}
 */
export function scaleOf(session, pixels) {
  const examples = Math.max(1, session.data.train);
  const stretches = stretchesOf(session);
  const planned = session.training?.stop?.epochs ?? null;
  const last = /** @type {Stretch} */ (stretches.at(-1));
  const reachedEpoch = placeIn(last, Math.max(session.reached, last.start), examples).epoch;
  const epochs = Math.max(planned ?? 0, planned && reachedEpoch <= planned ? 0 : roundFrom((reachedEpoch + 1) * 1.1), 1);
  const end = Math.max(firstUpdate(stretches, epochs, examples), session.reached, 1);
  const perEpoch = (pixels * Math.ceil(examples / last.batch)) / end;
  const [every, labelled] = [roundFrom(TICK / perEpoch), roundFrom(LABEL / perEpoch)];
  const ticks = [];
  for (let epoch = 0; epoch <= epochs && ticks.length < 2000; epoch += every) {
    const update = firstUpdate(stretches, epoch, examples);
    if (update <= end) ticks.push({ update, epoch, label: epoch % labelled === 0 });
  }
  return { end, planned, ticks };
}
