// Drawing points of one's own: with the mouse, a finger or the keyboard, of up to six classes, on the square from −1 to 1.
// A stroke is one thing to undo. The square is painted at once when something changes; nothing moves by itself.

import { h, s } from "../../dom.js";
import { markOf, outline } from "../../model/learning/data_marks.js";
import * as points from "../../model/learning/data_points.js";
import { formatNumber } from "../../model/format.js";
import { data as text } from "../../texts/en_data.js";
import { drawMark, paletteOf, prepared } from "./data_picture.js";

const words = text.draw;
const TOOLS = /** @type {const} */ (["pen", "spray", "erase"]);
const SMALL_STEP = 0.05;
const LARGE_STEP = 0.2;
const SIZE = 5;

/** @typedef {import("../../model/learning/data_points.js").Drawing} Drawing */

/** The mark of a class as an icon. @param {number} number */
export function markIcon(number) {
  const { colour, shape, filled } = markOf(number);
  return s("svg", { class: "data-mark", viewBox: "-8 -8 16 16", "aria-hidden": "true", focusable: "false", "data-colour": colour, "data-filled": filled },
    s("path", { d: outline(shape, 0, 0, 5) }));
}

/**
 * @param {() => void} changed
 * @param {(drawing: Drawing) => void} toTable
 */
export function drawTab(changed, toTable) {
  /** @type {Drawing} */
  let drawing = points.emptyDrawing();
  let number = 0;
  /** @type {typeof TOOLS[number]} */
  let tool = "pen";
  let cross = { x: 0, y: 0 };
  let held = false;
  let turn = 0;
  /** @type {{x: number, y: number}|null} */
  let last = null;

  const canvas = h("canvas", { class: "data-square", tabindex: 0, role: "application", "aria-label": words.canvas, "aria-describedby": "data-draw-help" });
  const status = h("p", { class: "visually-hidden", role: "status" });
  const numbers = Array.from({ length: points.CLASSES }, () => h("span", { class: "count" }, "0"));
  const chips = numbers.map((count, at) => {
    const input = h("input", { type: "radio", name: "data-class", checked: at === 0, "aria-label": "", onchange: () => choose(at) });
    return { input, element: h("label", { class: "data-chip" }, input, markIcon(at), h("b", {}, String(at + 1)), count) };
  });
  const tools = TOOLS.map((name) => {
    const input = h("input", { type: "radio", name: "data-tool", checked: name === tool, onchange: () => { tool = name; } });
    return { name, input, element: h("label", {}, input, words.tools[name]) };
  });
  const undo = h("button", { class: "button", type: "button", onclick: () => set(points.undone(drawing), words.undone) }, words.undo);
  const clear = h("button", { class: "button", type: "button", onclick: () => set(points.cleared(drawing), words.erased) }, words.clear);
  const table = h("button", { class: "button", type: "button", onclick: () => toTable(drawing) }, words.table);
  const element = h("div", { class: "data-draw" },
    h("div", { class: "data-square-frame" }, canvas),
    h("div", { class: "data-tools" },
      h("fieldset", {}, h("legend", {}, words.classes), h("div", { class: "data-chips" }, ...chips.map((chip) => chip.element))),
      h("fieldset", {}, h("legend", {}, words.tool), h("div", { class: "segments" }, ...tools.map((one) => one.element))),
      h("div", { class: "data-row" }, undo, clear, table),
      h("p", { class: "quiet", id: "data-draw-help" }, words.help)),
    status);

  /** @param {number} at */
  function choose(at) {
    number = at;
    const chip = chips[at];
    if (chip) chip.input.checked = true;
    status.textContent = words.chosen(at + 1);
  }

  const place = () => `${formatNumber(cross.x, 2)}, ${formatNumber(cross.y, 2)}`;

  /** @param {Drawing} next @param {(count: number) => string} [said] */
  function set(next, said) {
    drawing = next;
    if (said) status.textContent = said(drawing.points.length);
    paint();
    const all = points.counts(drawing);
    numbers.forEach((count, at) => {
      count.textContent = String(all[at]);
      chips[at]?.input.setAttribute("aria-label", words.count(at + 1, all[at] ?? 0));
    });
    for (const [button, can] of /** @type {[HTMLButtonElement, boolean][]} */ ([[undo, points.canUndo(drawing)], [clear, drawing.points.length > 0], [table, drawing.points.length > 0]])) {
      button.setAttribute("aria-disabled", String(!can));
    }
    changed();
  }

  function paint() {
    const side = canvas.clientWidth;
    if (side === 0) return;
    const context = prepared(canvas, side, side);
    const palette = paletteOf(canvas);
    const at = (/** @type {number} */ value) => ((value + 1) / 2) * side;
    context.strokeStyle = palette.tokens.line;
    context.lineWidth = 1;
    for (const value of [-0.5, 0, 0.5]) {
      context.strokeStyle = value === 0 ? palette.tokens.line2 : palette.tokens.line;
      context.stroke(new Path2D(`M${at(value)} 0V${side}M0 ${at(value)}H${side}`));
    }
    for (const point of drawing.points) drawMark(context, palette, point.class, at(point.x), side - at(point.y), SIZE);
    if (document.activeElement !== canvas || !canvas.matches(":focus-visible")) return;
    const [x, y] = [at(cross.x), side - at(cross.y)];
    context.strokeStyle = palette.tokens.ink;
    context.lineWidth = held ? 2.5 : 1.25;
    context.stroke(new Path2D(`M${x - 12} ${y}h8M${x + 4} ${y}h8M${x} ${y - 12}v8M${x} ${y + 4}v8`));
  }

  /** @param {{x: number, y: number}} where */
  function leave(where) {
    if (tool === "erase") return points.erased(drawing, where);
    turn += 1;
    return points.added(drawing, points.strokeAt(tool, { ...where, class: number }, turn));
  }

  /** @param {PointerEvent} event */
  function where(event) {
    const frame = canvas.getBoundingClientRect();
    return points.placeAt(event.clientX - frame.left, event.clientY - frame.top, frame.width);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    last = where(event);
    cross = last;
    drawing = points.begun(drawing);
    set(leave(last));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length > 0 ? steps : [event]) {
      const next = where(step);
      if (tool !== "erase" && points.isNear(next, last, points.SPACING)) continue;
      last = next;
      cross = next;
      drawing = leave(next);
    }
    set(drawing);
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { last = null; });
  for (const name of ["focus", "blur"]) canvas.addEventListener(name, () => { held = false; paint(); });

  const leaveHere = () => {
    set(leave(cross));
    status.textContent = tool === "erase" ? words.erased(drawing.points.length) : words.said(number + 1, place(), drawing.points.length);
  };

  /** @type {Record<string, [number, number]>} */
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (altKey) return;
    const [across = 0, up = 0] = MOVES[key] ?? [];
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") set(points.undone(drawing), words.undone);
    else if (ctrlKey || metaKey) return;
    else if (MOVES[key]) {
      const step = shiftKey ? LARGE_STEP : SMALL_STEP;
      cross = { x: points.inside(cross.x + across * step), y: points.inside(cross.y + up * step) };
      if (held) leaveHere();
      else { status.textContent = place(); paint(); }
    } else if (key === " " || key === "Enter") {
      drawing = points.begun(drawing);
      leaveHere();
    } else if (key.toLowerCase() === "d") {
      held = !held;
      if (held) drawing = points.begun(drawing);
      status.textContent = words.pen(held);
      if (held) leaveHere();
      else paint();
    } else if (key === "Backspace" || key === "Delete") {
      drawing = points.begun(drawing);
      set(points.erased(drawing, cross), words.erased);
    } else if (/^[1-6]$/.test(key)) choose(Number(key) - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  canvas.addEventListener("keydown", onKey);
  new ResizeObserver(paint).observe(canvas);
  set(drawing);

  return {
    element,
    show: () => set(drawing),
    repaint: paint,
    focus: () => canvas.focus(),
    isEmpty: () => drawing.points.length === 0,
    /** @param {Drawing} next */
    take: (next) => set(next),
    offer() {
      const used = points.counts(drawing).filter((count) => count > 0).length;
      if (used < 2) return { why: used === 0 ? words.empty : words.oneClass };
      const examples = points.examplesOf(drawing);
      return { examples, needs: { inputs: 2, classes: used, values: 0 }, count: drawing.points.length, why: drawing.points.length >= points.MOST_POINTS ? words.full(points.MOST_POINTS) : "" };
    },
  };
}
