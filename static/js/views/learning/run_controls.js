// The controls of a run: start and pause, freeze, updates and epochs either way, speed; and in words where it is.
// A button says in the page what it does; here it is wired, switched off where it cannot be done, and named.

import { byId } from "../../dom.js";
import { drives } from "../../model/learning/state.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */
/** @typedef {import("../../model/learning/learning.d.ts").Does} Does */

const PLAY = "M5 3.5v11L14 9Z";
const PAUSE = "M4.5 4h3v10h-3ZM10.5 4h3v10h-3Z";

/** @param {HTMLElement} root @param {import("../../model/learning/learning.d.ts").LearningDispatch} dispatch */
export function mountRunControls(root, dispatch) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...root.querySelectorAll("[data-does]")]);
  const speeds = [byId("run-speed", HTMLSelectElement), byId("run-speed-small", HTMLSelectElement)];
  const [shape, startText] = [byId("start-shape", SVGPathElement), byId("start-text", HTMLElement)];
  const [where, aside] = [byId("run-where", HTMLElement), byId("run-aside", HTMLElement)];
  const [menu, more] = [byId("run-menu", HTMLElement), byId("run-more", HTMLButtonElement)];
  let shown = "";

  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") dispatch({ type: "does", what: /** @type {Does} */ (button.dataset.does) });
    });
  }
  for (const select of speeds) select.addEventListener("change", () => dispatch({ type: "speed", value: select.value ? Number(select.value) : null }));
  menu.addEventListener("beforetoggle", () => {
    const box = more.getBoundingClientRect();
    menu.style.bottom = `${document.documentElement.clientHeight - box.top + 4}px`;
    menu.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
  });

  /** @param {Learning} state @returns {Record<string, boolean>} */
  function possible(state) {
    const { session, ended } = state;
    const there = session !== null && !ended;
    const driving = there && drives(state);
    const stuck = session?.status === "diverged";
    const back = driving && (session?.update ?? 0) > 0;
    return { freeze: there, start: driving && !stuck, one: driving && !stuck, epoch: driving && !stuck, back, rewind: back };
  }

  /** What there is to say of the run, the less important behind. @param {Learning} state */
  function wordsOf({ session, frame, link }) {
    if (!session) return { main: "", more: [] };
    const status = link?.may === "watch" ? `${text.watching}, ${text.status[session.status]}` : text.status[session.status];
    const isRunning = session.status === "running";
    const planned = session.training?.stop?.epochs ?? null;
    const over = planned !== null && session.row === 0 && session.epoch >= planned;
    const main = [status, text.epochOf(over ? session.epoch : session.epoch + 1, planned), text.update(session.update)];
    const less = [
      isRunning && frame?.speed ? text.rate(frame.speed) : "",
      isRunning && typeof frame?.time_left === "number" ? text.left(frame.time_left) : "",
      text.watchers(frame?.viewers ?? 1),
      !isRunning && session.reason && session.status !== "diverged" ? session.reason : "",
    ].filter(Boolean);
    return { main: main.join(" · "), more: less };
  }

  return {
    /** @param {Learning} state */
    update(state) {
      const can = possible(state);
      const running = state.session?.status === "running";
      const { main, more: less } = wordsOf(state);
      const key = JSON.stringify([can, running, main, less, state.speed, state.session?.status]);
      if (key === shown) return;
      shown = key;
      for (const button of buttons) button.setAttribute("aria-disabled", String(!can[button.dataset.does ?? ""]));
      shape.setAttribute("d", running ? PAUSE : PLAY);
      startText.textContent = running ? text.start.pause : state.session?.status === "finished" ? text.start.on : text.start.start;
      for (const select of speeds) select.value = state.speed === null ? "" : String(state.speed);
      where.textContent = where.title = main;
      aside.textContent = less.join(" · ");
      root.classList.toggle("watching", state.link?.may === "watch");
    },
  };
}
