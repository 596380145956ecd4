// The controls under the timeline: back, next, granularity, play, speed, and where one is.
// On the last step the primary button goes on to the next update, or it is said why there is none.

import { byId, h } from "../dom.js";
import { hasEarlier, otherWords, trainingAddress } from "../model/attached.js";
import { fineIndex, isFine, partCount } from "../model/fine.js";
import { hasNextUpdate, isLast, whyItEnds } from "../model/state.js";
import { positionText } from "../model/timeline.js";
import { page as text } from "../texts/en_page.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../model/types.d.ts").Granularity} Granularity */

const PLAY = "M5 3.5v11L14 9Z";
const PAUSE = "M4.5 4h3v10h-3ZM10.5 4h3v10h-3Z";

/** @param {Dispatch} dispatch */
export function mountControls(dispatch) {
  const button = (/** @type {string} */ id) => byId(id, HTMLButtonElement);
  const [first, back, next, last] = [button("first"), button("back"), button("next"), button("last")];
  const plays = [button("play"), button("play-small")];
  const speed = byId("speed", HTMLSelectElement);
  const menu = byId("granularity-menu", HTMLSelectElement);
  const radios = [...byId("granularity", HTMLElement).querySelectorAll("input")];
  const nextText = byId("next-text", HTMLElement);
  const playText = byId("play-text", HTMLElement);
  const where = byId("where", HTMLElement);
  const training = byId("to-training", HTMLAnchorElement);
  let playing = false;

  /** A control that cannot go on keeps the focus it may have. @param {HTMLElement} control @param {boolean} off */
  const turnOff = (control, off) => control.setAttribute("aria-disabled", String(off));
  for (const control of [first, back, next, last]) {
    control.addEventListener("click", (event) => { if (control.getAttribute("aria-disabled") === "true") event.stopImmediatePropagation(); });
  }

  const choose = (/** @type {string} */ value) => dispatch({ type: "granularity", value: /** @type {Granularity} */ (value) });
  first.addEventListener("click", () => dispatch({ type: "first" }));
  last.addEventListener("click", () => dispatch({ type: "last" }));
  back.addEventListener("click", () => dispatch({ type: "back" }));
  next.addEventListener("click", () => dispatch({ type: "next" }));
  for (const play of plays) play.addEventListener("click", () => dispatch({ type: playing ? "pause" : "play" }));
  speed.addEventListener("change", () => dispatch({ type: "speed", value: Number(speed.value) }));
  menu.addEventListener("change", () => choose(menu.value));
  for (const radio of radios) radio.addEventListener("change", () => choose(radio.value));

  return {
    /** @param {State} state */
    update(state) {
      playing = state.playing;
      const ends = isLast(state);
      const goesOn = hasNextUpdate(state);
      nextText.textContent = !ends ? text.next : goesOn ? text.nextUpdate : text.end;
      turnOff(next, ends && !goesOn);
      const atStart = fineIndex(state) === 0;
      turnOff(back, atStart && state.history.length === 0 && !hasEarlier(state));
      training.hidden = state.session === null;
      if (state.session) training.href = trainingAddress(state.session, otherWords(state));
      turnOff(first, atStart);
      turnOff(last, ends);
      playText.textContent = playing ? text.pause : text.play;
      for (const play of plays) {
        play.querySelector("path")?.setAttribute("d", playing ? PAUSE : PLAY);
        if (play.id === "play-small") play.setAttribute("aria-label", playing ? text.pause : text.play);
      }
      speed.value = String(state.speed);
      menu.value = state.granularity;
      for (const radio of radios) radio.checked = radio.value === state.granularity;
      const { granularity, part, cursor, trace } = state;
      const fine = isFine(granularity) ? { granularity, part, count: partCount(trace, granularity, cursor) } : null;
      const { update, step, within } = positionText(trace.steps, cursor, state.update, fine);
      const reason = whyItEnds(state);
      if (reason) where.replaceChildren(`${update} · `, h("b", {}, text.ending[reason]));
      else if (within) where.replaceChildren(h("b", {}, within), ` · ${step}`);
      else where.replaceChildren(`${update} · `, h("b", {}, step));
    },
  };
}
