// The header of the page of training: presets, data, share to watch, and how the connection stands.
// What both pages have is in top.js.

import { byId } from "../../dom.js";
import { train as text } from "../../texts/en_train.js";
import { mountTop } from "../top.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */

/**
 * @param {import("../../model/learning/learning.d.ts").LearningDispatch} dispatch
 * @param {{share: (button: HTMLElement) => void, openPresets: () => void, openData: () => void, openCalls: () => void, openHelp: () => void, retry: () => void}} does
 */
export function mountTrainHeader(dispatch, does) {
  const presets = byId("presets", HTMLButtonElement);
  const top = mountTop({
    actions: { presets: does.openPresets, "open-data": does.openData, share: does.share, calls: does.openCalls, help: does.openHelp },
    closing: ["calls", "help", "open-data", "presets"],
    textbook: (value) => dispatch({ type: "textbook", value }),
    theme: (value) => dispatch({ type: "theme", value }),
    words: text.themes,
  });

  /** @param {Learning} state */
  function showStatus({ connection, server, problem, notice, session, ended }) {
    const isLost = connection === "lost" || server === "lost";
    if (!ended && (isLost || connection === "reconnecting")) {
      top.say(text.connection[isLost ? "lost" : "reconnecting"], { isBad: true, retry: { words: text.retry, act: does.retry } });
    } else if (problem) top.say(`✕ ${problem.detail || problem.title}`, { isBad: true });
    else top.say(server === "back" ? text.back : notice || (session?.may === "watch" ? text.watching : ""));
  }

  return {
    /** @param {Learning} state */
    update(state) {
      top.update(state);
      showStatus(state);
      const title = state.presets?.find(({ name }) => name === state.preset)?.title ?? text.presets.title;
      if (presets.textContent !== title) presets.textContent = title;
    },
  };
}
