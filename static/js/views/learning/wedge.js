// The wedge under the head of a run: the steps inside the present update with the signs of the step page; a click freezes there.
// It is there while the run rests; while it runs no update stays long enough to be opened.

import { glyph, h, s, unmarked } from "../../dom.js";
import { stepAddress } from "../../model/learning/train_address.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */

const [STEP, PADDING, LEAST, HEIGHT, TOP] = [26, 16, 360, 64, 22];

/** @param {HTMLElement} root @param {() => number} headAt where the head of the rail is, in pixels */
export function mountWedge(root, headAt) {
  const line = s("path", { class: "sheet" });
  const title = h("p");
  const list = h("ol");
  const box = h("div", { class: "wedge" }, title, list);
  const rest = h("p", { class: "wedge-rest", "aria-hidden": "true" }, text.wedge.rest);
  root.replaceChildren(s("svg", { class: "wedge-lines", "aria-hidden": "true" }, line), rest, box);
  /** @type {unknown[]} */
  let key = [];

  /** @param {Learning} state */
  function fill({ trace, session, link, textbook }) {
    if (!trace || !session || !link) return;
    const phases = [...new Set(trace.steps.map(({ phase }) => phase))].flatMap((phase) => text.wedge.phases[phase] ?? []);
    title.textContent = text.wedge.inside(session.update + 1, trace.steps.length, phases.join(", "));
    const broken = trace.diverged ? trace.steps.length - 1 : -1;
    list.replaceChildren(...trace.steps.map((step) => {
      const words = text.wedge.step(step.index + 1, unmarked(step.name));
      return h("li", {}, h("a", {
        href: stepAddress(link, textbook, step.index), "data-phase": step.phase, "aria-label": words, title: words,
        class: step.index === broken ? "broken" : null, tabindex: step.index === 0 ? "0" : "-1",
      }, glyph(step.phase)));
    }));
  }

  /** @param {number} steps */
  function draw(steps) {
    const whole = root.clientWidth;
    const width = Math.min(whole, Math.max(LEAST, steps * STEP + PADDING));
    const head = headAt();
    const left = Math.max(0, Math.min(head - width / 2, whole - width));
    const [from, to] = [Math.round(left) + 0.5, Math.round(left + width) - 0.5];
    line.setAttribute("d", `M${head.toFixed(1)} 0L${to} ${TOP}V${HEIGHT - 0.5}H${from}V${TOP}Z`);
    box.style.width = `${width}px`;
    box.style.transform = `translateX(${left.toFixed(1)}px)`;
  }

  // One stop for Tab; the arrows go from step to step.
  list.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = links[Math.max(0, Math.min(to, links.length - 1))];
    links.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
    next?.focus();
  });

  return {
    /** @param {Learning} state */
    update(state) {
      const { trace, session, textbook, wanted } = state;
      const shows = trace !== null && session !== null && session.status !== "running" && wanted === null;
      const next = [shows, trace, textbook, headAt(), root.clientWidth, session?.status];
      if (next.every((part, at) => part === key[at])) return;
      const isNew = trace !== key[1] || textbook !== key[2];
      key = next;
      rest.hidden = session?.status !== "running";
      box.hidden = !shows;
      line.toggleAttribute("hidden", !shows);
      if (!shows || !trace) return;
      if (isNew) fill(state);
      draw(trace.steps.length);
    },
  };
}
