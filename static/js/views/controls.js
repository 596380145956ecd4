// The controls under the timeline: back, next, granularity, play, speed, and where one is.
// What they say of a state is the page's own matter; here is what they are and what they ask for.

import { byId } from "../dom.js";
import { page as text } from "../texts/en_page.js";

/** @typedef {import("../model/types.d.ts").Granularity} Granularity */

const PLAY = "M5 3.5v11L14 9Z";
const PAUSE = "M4.5 4h3v10h-3ZM10.5 4h3v10h-3Z";

/**
 * @typedef {object} Shown
 * @property {boolean} playing
 * @property {number} speed
 * @property {string} granularity
 * @property {{words: string, off: boolean}} next
 * @property {boolean} backOff
 * @property {boolean} atStart
 * @property {boolean} atEnd
 * @property {(Node|string)[]} where
 */

/**
 * @template S
 * @param {(action: any) => void} dispatch
 * @param {(state: S) => Shown} show
 */
export function mountControls(dispatch, show) {
  const button = (/** @type {string} */ id) => byId(id, HTMLButtonElement);
  const [first, back, next, last] = [button("first"), button("back"), button("next"), button("last")];
  const plays = [button("play"), button("play-small")];
  const speed = byId("speed", HTMLSelectElement);
  const menu = byId("granularity-menu", HTMLSelectElement);
  const radios = [...byId("granularity", HTMLElement).querySelectorAll("input")];
  const nextText = byId("next-text", HTMLElement);
  const playText = byId("play-text", HTMLElement);
  const where = byId("where", HTMLElement);
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
    /** @param {S} state */
    update(state) {
      const shown = show(state);
      playing = shown.playing;
      nextText.textContent = shown.next.words;
      turnOff(next, shown.next.off);
      turnOff(back, shown.backOff);
      turnOff(first, shown.atStart);
      turnOff(last, shown.atEnd);
      playText.textContent = playing ? text.pause : text.play;
      for (const play of plays) {
        play.querySelector("path")?.setAttribute("d", playing ? PAUSE : PLAY);
        if (play.id === "play-small") play.setAttribute("aria-label", playing ? text.pause : text.play);
      }
      speed.value = String(shown.speed);
      menu.value = shown.granularity;
      for (const radio of radios) radio.checked = radio.value === shown.granularity;
      where.replaceChildren(...shown.where);
    },
  };
}
