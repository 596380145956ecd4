// The timeline: one tick a step under its group, the ring on the step that is now, and dragging anywhere on the band.
// Ticks are laid out by the style sheet; only which names fit and where the ring stands is measured here.

import { glyph, h, unmarked } from "../dom.js";
import { partCount } from "../model/fine.js";
import { density, groupsOf, nearestTick, showsLabel, showsTags, startsGroup } from "../model/timeline.js";
import { page as text } from "../texts/en_page.js";
import { symbol } from "./equation.js";

const GAP = 6;
/** Of two labels beside one another. */
const PADDING = 8;
/** What a label may reach over the ends of the rail. */
const OUTSIDE = 20;

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Step} Step */
/** @typedef {import("../model/timeline.js").Group} Group */
/**
 * @typedef {object} Mark
 * @property {HTMLElement} tick
 * @property {HTMLElement} label
 * @property {HTMLElement|null} name
 * @property {number} centre
 * @property {number} start
 * @property {number} half of the label's width
 * @property {number} halfNow of its width while it is now, with its tag
 * @property {{long: number, short: number}} room the names of its group need
 */
/** @typedef {{tick: HTMLElement, name: HTMLElement, before: number}} Moved a step that a mistake takes too early, before another */

/**
 * @param {HTMLElement} track
 * @param {(action: {type: "seek", step: number}) => void} dispatch
 */
export function mountTimeline(track, dispatch) {
  const ring = h("span", { class: "ring" });
  /** @type {Mark[]} */
  let marks = [];
  /** @type {Step[]|null} */
  let steps = null;
  /** @type {Moved[]} */
  let movedTicks = [];
  /** @type {import("../model/laboratory/experiment.d.ts").Marks|null} */
  let shownMarks = null;
  /** @type {Group[]} */
  let groups = [];
  let cursor = 0;
  let width = 0;
  let tickWidth = 0;
  let dense = /** @type {ReturnType<typeof density>} */ ("labels");

  /** @param {Step} step @param {boolean} isEnd the trace broke off here @returns {Mark} */
  function tick(step, isEnd) {
    const starts = startsGroup(/** @type {Step[]} */ (steps), step.index);
    const { wrong = false, changed = false, ghost = false, moved = [] } = shownMarks?.[step.index] ?? {};
    const cross = wrong && !ghost ? h("span", { class: "cross" }, "✕ ") : null;
    const label = h("span", { class: "label" }, cross, symbol(step.label, step.label_text), step.tag ? h("span", { class: "tag" }, step.tag) : null, isEnd ? h("span", { class: "cross" }, " ✕") : null);
    const name = starts ? h("span", { class: "group" }, step.group) : null;
    const element = h("span", { class: ["tick", starts && "starts", wrong && "wrong", changed && "changed", ghost && "ghost", moved.length > 0 && "after-moved"].filter(Boolean).join(" "), "data-phase": step.phase }, name, h("span", { class: "rail" }), glyph(step.phase), label);
    return { tick: element, label, name, centre: 0, start: 0, half: 0, halfNow: 0, room: { long: 0, short: 0 } };
  }

  /** @param {Step} step @param {number} before @returns {Moved} */
  function movedTick(step, before) {
    const name = h("span", { class: "group current" }, text.marks.movedHere);
    const label = h("span", { class: "label" }, h("span", { class: "cross" }, "✕ "), symbol(step.label, step.label_text));
    const tick = h("span", { class: "tick starts changed moved", "data-phase": step.phase, "aria-hidden": "true" }, name, h("span", { class: "rail" }), glyph(step.phase), label);
    return { tick, name, before };
  }

  /** @param {State} state */
  function build(state) {
    steps = state.trace.steps;
    shownMarks = state.lab?.marks ?? null;
    groups = groupsOf(steps);
    const end = state.trace.diverged ? steps.length - 1 : -1;
    marks = steps.map((step) => tick(step, step.index === end));
    movedTicks = Object.entries(shownMarks ?? {}).flatMap(([before, { moved = [] }]) =>
      moved.flatMap((index) => steps?.[index] ?? []).map((step) => movedTick(step, Number(before))));
    track.replaceChildren(...marks.map((mark) => mark.tick), ring);
    for (const { tick: one, before } of movedTicks) marks[before]?.tick.before(one);
    track.setAttribute("aria-valuemax", String(steps.length));
    measure();
  }

  /** Everything that has to be measured, in one go: writing first, then reading. */
  function measure() {
    for (const group of groups) write(group, group.short);
    for (const { tick: one, label } of marks) {
      // A narrow page does not show the labels of other groups: they are measured all the same.
      one.classList.remove("far");
      label.hidden = false;
      label.style.marginLeft = "";
    }
    track.classList.remove("tight");
    const box = track.getBoundingClientRect();
    width = box.width;
    for (const mark of marks) {
      const own = mark.tick.getBoundingClientRect();
      mark.start = own.left - box.left;
      mark.centre = mark.start + own.width / 2;
      mark.halfNow = mark.label.offsetWidth / 2;
      mark.room.short = mark.name?.offsetWidth ?? 0;
      tickWidth = own.width;
    }
    for (const group of groups) write(group, group.name);
    dense = density(tickWidth);
    track.classList.toggle("bars", dense === "bars");
    track.classList.toggle("tight", !showsTags(tickWidth));
    for (const mark of marks) {
      mark.room.long = mark.name?.offsetWidth ?? 0;
      mark.half = mark.label.offsetWidth / 2;
    }
  }

  /** A name is measured as it looks when its group is now, so that it fits then too. @param {Group} group @param {string} words */
  function write(group, words) {
    const name = marks[group.first]?.name;
    if (!name) return;
    name.hidden = false;
    name.style.left = "";
    name.classList.add("current");
    name.textContent = words;
  }

  /** The name of the group that is now is always there; others give way to it and to each other. */
  function placeNames() {
    const current = groups.findIndex(({ first, last }) => first <= cursor && cursor <= last);
    /** @type {{from: number, to: number}[]} */
    const taken = [];
    const order = [current, ...groups.keys()].filter((index, at) => at === 0 || index !== current);
    for (const index of order) {
      const group = groups[index];
      const mark = group ? marks[group.first] : undefined;
      if (!group || !mark?.name) continue;
      const next = groups[index + 1];
      const end = Math.min(next ? marks[next.first]?.start ?? width : width, ...movedTicks.map(({ tick: one }) => one.offsetLeft).filter((from) => from > mark.start));
      const space = end - mark.start - GAP;
      mark.name.classList.toggle("current", index === current);
      placeName(mark, mark.name, group, { space, taken, always: index === current });
      if (index === current) placeMoved(taken);
    }
  }

  /** What was moved is named where the name of the group that is now leaves room. @param {{from: number, to: number}[]} taken */
  function placeMoved(taken) {
    for (const { tick: one, name } of movedTicks) {
      name.hidden = false;
      const [from, to] = [one.offsetLeft, one.offsetLeft + name.offsetWidth];
      name.hidden = taken.some((other) => from < other.to && to > other.from);
      if (!name.hidden) taken.push({ from, to });
    }
  }

  /**
   * @param {Mark} mark
   * @param {HTMLElement} name
   * @param {Group} group
   * @param {{space: number, taken: {from: number, to: number}[], always: boolean}} around
   */
  function placeName(mark, name, group, { space, taken, always }) {
    const isLong = mark.room.long <= space;
    const wide = isLong ? mark.room.long : mark.room.short;
    const from = Math.max(0, Math.min(mark.start, width - wide));
    const clash = taken.some((other) => from < other.to + GAP && from + wide + GAP > other.from);
    const words = isLong ? group.name : group.short;
    if (name.textContent !== words) name.textContent = words;
    name.hidden = !always && (wide > space || clash);
    name.style.left = from < mark.start ? `${from - mark.start}px` : "";
    if (!name.hidden) taken.push({ from, to: from + wide });
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
      one.label.hidden = !showsLabel(all, index, cursor, dense) || isCovered(one, index);
    });
    part();
    for (const one of movedTicks) one.tick.classList.toggle("past", cursor >= one.before);
    const now = marks[cursor];
    const step = all[cursor];
    if (!now || !step) return;
    if (ring.dataset.phase !== step.phase || !ring.firstChild) ring.replaceChildren(glyph(step.phase));
    ring.dataset.phase = step.phase;
    ring.style.transform = `translateX(${ringAt(state, now)}px)`;
    keepInside(now);
    track.setAttribute("aria-valuenow", String(cursor + 1));
    track.setAttribute("aria-valuetext", `${cursor + 1} / ${all.length}: ${unmarked(step.name)}${text.marks.said(shownMarks?.[cursor])}`);
    track.classList.toggle("busy", state.busy);
  }

  /** Between the tick before and the one that is now, by the share of its parts that are done. @param {State} state @param {Mark} now */
  function ringAt({ trace, granularity, part }, now) {
    const before = marks[cursor - 1]?.centre ?? now.centre;
    const share = (part + 1) / partCount(trace, granularity, cursor);
    return before + (now.centre - before) * share;
  }

  /** A label next to the inverted one gives way where the two would touch. @param {Mark} one @param {number} index */
  function isCovered(one, index) {
    const now = marks[cursor];
    return now !== undefined && index !== cursor && Math.abs(one.centre - now.centre) < one.half + now.halfNow + 2;
  }

  /** Of two labels that would stand on one another the later gives way; what they are padded with may touch. */
  function part() {
    let end = -Infinity;
    marks.forEach((one, index) => {
      if (one.label.hidden || index === cursor) return;
      if (one.centre - one.half < Math.max(end, -OUTSIDE) || one.centre + one.half > width + OUTSIDE) one.label.hidden = true;
      else end = one.centre + one.half - PADDING;
    });
  }

  /** The inverted label stays within the band at its ends. @param {Mark} now */
  function keepInside(now) {
    const shift = Math.max(0, now.halfNow - now.centre) - Math.max(0, now.centre + now.halfNow - width);
    now.label.style.marginLeft = shift === 0 ? "" : `${shift}px`;
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
  function again() {
    if (!shown) return;
    measure();
    placeNames();
    mark(shown);
  }
  new ResizeObserver(() => { if (track.clientWidth !== Math.round(width)) again(); }).observe(track);
  document.fonts.addEventListener("loadingdone", again);

  return {
    /** @param {State} state */
    update(state) {
      shown = state;
      cursor = state.cursor;
      if (steps !== state.trace.steps || shownMarks !== (state.lab?.marks ?? null)) build(state);
      mark(state);
      placeNames();
    },
  };
}
