// The rail of a run: one tick an epoch, the head on the present update, marks where something was changed; it is a slider.
// Dragging asks for the update under the pointer, within what was reached; what is only planned stays grey.

import { h, s } from "../../dom.js";
import { scaleOf } from "../../model/learning/run_scale.js";
import { drives } from "../../model/learning/state.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */

const TOP = 19.5;

/** @param {HTMLElement} track @param {import("../../model/learning/learning.d.ts").LearningDispatch} dispatch */
export function mountTrack(track, dispatch) {
  const [reached, done] = [h("span", { class: "run-rail reached" }), h("span", { class: "run-rail done" })];
  const paths = /** @type {const} */ (["planned", "reachable", "past"]).map((name) => s("path", { class: name }));
  const numbers = h("span", { class: "run-numbers" });
  const changes = h("span", { class: "run-changes" });
  const head = h("span", { class: "run-head-mark" });
  track.replaceChildren(h("span", { class: "run-rail" }), reached, done, s("svg", { class: "run-ticks", "aria-hidden": "true" }, ...paths), numbers, changes, head);
  let width = 0;
  /** @type {Learning|null} */
  let state = null;
  /** @type {import("../../model/learning/run_scale.js").Scale|null} */
  let scale = null;
  /** @type {unknown[]} */
  let scaleKey = [];
  let drawn = "";

  /** The update the head stands on: what a drag asks for comes first. @param {Learning} from */
  const at = ({ wanted, session }) => wanted ?? session?.update ?? 0;

  /** @param {number} update */
  const place = (update) => (scale ? (update / scale.end) * width : 0);

  function drawScale() {
    if (!state?.session || !scale) return;
    const labels = scale.ticks.filter(({ label }) => label);
    numbers.replaceChildren(...labels.map(({ update, epoch }, index) => {
      const label = h("span", { class: "run-number" }, index === 0 ? text.track.epoch(epoch) : String(epoch));
      const x = place(update);
      const shift = index === 0 ? "0" : x > width - 16 ? "-100%" : "-50%";
      label.style.transform = `translateX(${x.toFixed(1)}px) translateX(${shift})`;
      return label;
    }));
    changes.replaceChildren(...state.session.changes.map((change) => {
      const what = text.track.changes[change.training ? "training" : change.cost ? "cost" : "parameters"];
      const mark = h("span", { class: "run-change", title: text.track.changed(change.at, what) });
      mark.style.transform = `translateX(${place(change.at).toFixed(1)}px) rotate(45deg)`;
      return mark;
    }));
  }

  function draw() {
    if (!state?.session || width === 0) return;
    const { session } = state;
    const key = [session.recipe, session.changes, session.training, scale && session.reached <= scale.end && scale.end, width];
    const isNew = !scale || key.some((part, index) => part !== scaleKey[index]);
    if (isNew) {
      scale = scaleOf(session, width);
      scaleKey = [session.recipe, session.changes, session.training, scale.end, width];
      drawScale();
    }
    const now = at(state);
    const next = `${now} ${session.reached} ${scaleKey[3]} ${width} ${session.status}`;
    if (!isNew && next === drawn) return;
    drawn = next;
    const end = scale?.end ?? 1;
    done.style.transform = `scaleX(${now / end})`;
    reached.style.transform = `scaleX(${session.reached / end})`;
    head.style.transform = `translateX(${place(now).toFixed(1)}px)`;
    drawTicks(now, session.reached);
    say(now, session.reached);
  }

  /** @param {number} now @param {number} most */
  function drawTicks(now, most) {
    const drawing = { planned: "", reachable: "", past: "" };
    for (const { update, label } of scale?.ticks ?? []) {
      const kind = update <= now ? "past" : update <= most ? "reachable" : "planned";
      const half = label ? 7 : 4.5;
      drawing[kind] += `M${place(update).toFixed(1)} ${TOP - half}V${TOP + half}`;
    }
    paths.forEach((path, index) => path.setAttribute("d", Object.values(drawing)[index] ?? ""));
  }

  /** @param {number} now @param {number} most */
  function say(now, most) {
    const { session } = /** @type {Learning} */ (state);
    track.setAttribute("aria-valuemax", String(most));
    track.setAttribute("aria-valuenow", String(now));
    const epoch = text.epochOf((session?.epoch ?? 0) + 1, scale?.planned ?? null);
    track.setAttribute("aria-valuetext", text.track.value(now, most, epoch));
    track.setAttribute("aria-disabled", String(!drives(/** @type {Learning} */ (state))));
  }

  /** @param {PointerEvent} event */
  function seek(event) {
    if (!state?.session || !scale || !drives(state)) return;
    const share = (event.clientX - track.getBoundingClientRect().left) / width;
    const update = Math.max(0, Math.min(Math.round(share * scale.end), state.session.reached));
    if (update !== at(state)) dispatch({ type: "to", update });
  }

  track.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    track.setPointerCapture(event.pointerId);
    seek(event);
  });
  track.addEventListener("pointermove", (event) => { if (track.hasPointerCapture(event.pointerId)) seek(event); });
  track.addEventListener("keydown", ({ key }) => {
    if (key === "PageUp") dispatch({ type: "does", what: "epoch" });
    if (key === "PageDown") dispatch({ type: "does", what: "epochBack" });
  });
  new ResizeObserver(() => {
    if (track.clientWidth === width) return;
    width = track.clientWidth;
    draw();
  }).observe(track);

  return {
    /** Where the head is, in pixels. */
    headAt: () => (state ? place(at(state)) : 0),
    /** @param {Learning} next */
    update(next) {
      state = next;
      if (width === 0) width = track.clientWidth;
      draw();
    },
  };
}
