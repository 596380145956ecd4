// What is said aloud of a run that changes by itself: start, pause, end, divergence, and finished epochs, not too often.
// A function of two moments; what was said when is for the caller to know.

import { formatNumber } from "../format.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("./learning.d.ts").Learning} Learning */
/** @typedef {{status: string, epoch: number}} Moment */

/** @param {Pick<Learning, "session">} state @returns {Moment|null} */
export const momentOf = ({ session }) => (session ? { status: session.status, epoch: session.epoch } : null);

/**
 * @param {Moment|null} before
 * @param {Pick<Learning, "session"|"samples">} state
 * @param {boolean} quietLately whether nothing was said for a while
 * @returns {string} empty where nothing is to be said
 */
export function sayingOf(before, { session, samples }, quietLately) {
  if (!session || !before) return "";
  if (before.status !== session.status) {
    if (session.status === "running") return text.said.running(session.epoch + 1);
    if (session.status === "diverged") return session.diverged?.sentence ?? text.status.diverged;
    if (session.status === "finished") return text.said.finished(session.reason);
    return text.said.paused(session.update, session.reason);
  }
  if (session.status !== "running" || session.epoch <= before.epoch || !quietLately) return "";
  const sample = samples.at(-1);
  if (!sample) return "";
  const right = sample.test_accuracy ?? null;
  return text.said.epoch(session.epoch, formatNumber(sample.train_cost, 3), right === null ? "" : text.said.accuracy(`${formatNumber(right * 100, 3)} %`));
}
