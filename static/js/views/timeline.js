// The timeline: one tick a step under its group, the ring on the step that is now, and dragging anywhere on the band.
// Ticks are laid out by the style sheet; only which names fit and where the ring stands is measured here.

import { glyph, h, unmarked } from "../dom.js";
import { density, groupsOf, nearestTick, showsLabel, showsTags, startsGroup } from "../model/timeline.js";
import { symbol } from "./equation.js";

const GAP = 6;

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Step} Step */
/** @typedef {{tick: HTMLElement, label: HTMLElement, name: HTMLElement|null, centre: number, start: number, drawn: boolean}} Mark */

/**
 * @param {HTMLElement} track
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 */
export function mountTimeline(track, dispatch) {
  const ring = h("span", { class: "ring" });
  /** @type {Mark[]} */
  let marks = [];
  /** @type {Step[]|null} */
  let steps = null;
  let cursor = 0;
  let dense = /** @type {ReturnType<typeof density>} */ ("labels");

  /** @param {Step} step */
  function tick(step) {
    const starts = startsGroup(/** @type {Step[]} */ (steps), step.index);
    const label = h("span", { class: "label" }, step.label_text, step.tag ? h("span", { class: "tag" }, step.tag) : null);
    const name = starts ? h("span", { class: "group" }, step.group) : null;
    const element = h("span", { class: `tick${starts ? " starts" : ""}`, "data-phase": step.phase }, name, h("span", { class: "rail" }), glyph(step.phase), label);
    return { tick: element, label, name, centre: 0, start: 0, drawn: false };
  }

  /** @param {State} state */
  function build(state) {
    steps = state.trace.steps;
    marks = steps.map(tick);
    if (state.trace.diverged) marks.at(-1)?.tick.classList.add("spoiled");
    track.replaceChildren(...marks.map((mark) => mark.tick), ring);
    track.setAttribute("aria-valuemax", String(steps.length));
    measure();
  }

  function measure() {
    const left = track.getBoundingClientRect().left;
    for (const mark of marks) {
      const box = mark.tick.getBoundingClientRect();
      mark.start = box.left - left;
      mark.centre = mark.start + box.width / 2;
    }
    const width = marks[0]?.tick.getBoundingClientRect().width ?? 0;
    dense = density(width);
    track.classList.toggle("tight", !showsTags(width));
    track.classList.toggle("bars", dense === "bars");
  }

  /** The name of the group that is now is always there; others give way to it and to each other. */
  function placeNames() {
    const groups = groupsOf(/** @type {Step[]} */ (steps));
    const current = groups.findIndex(({ first, last }) => first <= cursor && cursor <= last);
    const width = track.clientWidth;
    /** @type {{from: number, to: number}[]} */
    const taken = [];
    const order = [current, ...groups.keys()].filter((index, at) => at === 0 || index !== current);
    for (const index of order) {
      const group = groups[index];
      const mark = group ? marks[group.first] : undefined;
      if (!group || !mark?.name) continue;
      mark.name.classList.toggle("current", index === current);
      const next = groups[index + 1];
      const room = (next ? marks[next.first]?.start ?? width : width) - mark.start - GAP;
      fit(mark.name, group, room, mark.start, width, taken, index === current);
    }
  }

  /**
   * @param {HTMLElement} name
   * @param {{name: string, short: string}} group
   * @param {number} room
   * @param {number} start
   * @param {number} width
   * @param {{from: number, to: number}[]} taken
   * @param {boolean} always
   */
  function fit(name, group, room, start, width, taken, always) {
    name.hidden = false;
    name.style.left = "";
    name.textContent = group.name;
    if (name.offsetWidth > room) name.textContent = group.short;
    const wide = name.offsetWidth;
    const from = Math.min(start, width - wide);
    const clash = taken.some((other) => from < other.to + GAP && from + wide + GAP > other.from);
    name.hidden = !always && (wide > room || clash);
    if (name.hidden) return;
    if (from < start) name.style.left = `${from - start}px`;
    taken.push({ from, to: from + wide });
  }

  /** @param {State} state */
  function mark(state) {
    const all = /** @type {Step[]} */ (steps);
    const group = all[cursor]?.group;
    marks.forEach((one, index) => {
      const step = /** @type {Step} */ (all[index]);
      one.tick.classList.toggle("past", index < cursor);
      one.tick.classList.toggle("now", index === cursor);
      one.tick.classList.toggle("far", step.group !== group);
      const shown = showsLabel(all, index, cursor, dense);
      one.label.hidden = !shown;
      if (shown && !one.drawn) {
        one.drawn = true;
        one.label.replaceChildren(symbol(step.label, step.label_text), step.tag ? h("span", { class: "tag" }, step.tag) : "");
      }
    });
    const now = marks[cursor];
    const step = all[cursor];
    if (!now || !step) return;
    if (ring.dataset.phase !== step.phase || !ring.firstChild) ring.replaceChildren(glyph(step.phase));
    ring.dataset.phase = step.phase;
    ring.style.transform = `translateX(${now.centre}px)`;
    keepInside(now);
    track.setAttribute("aria-valuenow", String(cursor + 1));
    track.setAttribute("aria-valuetext", `${cursor + 1} / ${all.length}: ${unmarked(step.name)}`);
    track.classList.toggle("busy", state.busy);
  }

  /** The inverted label stays within the band at its ends. @param {Mark} now */
  function keepInside(now) {
    now.label.style.marginLeft = "";
    const half = now.label.offsetWidth / 2;
    const shift = Math.max(0, half - now.centre) - Math.max(0, now.centre + half - track.clientWidth);
    if (shift !== 0) now.label.style.marginLeft = `${shift}px`;
  }

  /** @param {PointerEvent} event */
  function seek(event) {
    const x = event.clientX - track.getBoundingClientRect().left;
    const step = nearestTick(marks.map(({ centre }) => centre), x);
    if (step !== cursor) dispatch({ type: "seek", step });
  }

  track.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    track.setPointerCapture(event.pointerId);
    track.classList.add("dragging");
    seek(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) seek(event);
  });
  for (const end of ["pointerup", "pointercancel"]) track.addEventListener(end, () => track.classList.remove("dragging"));

  /** @type {State|null} */
  let shown = null;
  new ResizeObserver(() => {
    if (!shown) return;
    measure();
    placeNames();
    mark(shown);
  }).observe(track);

  return {
    /** @param {State} state */
    update(state) {
      shown = state;
      cursor = state.cursor;
      if (steps !== state.trace.steps) build(state);
      mark(state);
      placeNames();
    },
  };
}
