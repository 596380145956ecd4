// The V drawn: the error of the central difference at every step h, in both precisions, with the present step marked.
// The dashed lines are what truncation and round-off would make of it alone. Clicking chooses a step; so does the slider below.

import { h, s } from "../../dom.js";
import { formatTick } from "../../model/format.js";
import { across, branch, nameAt, nearest, path, powers, reach, runs, SIZE, upward } from "../../model/laboratory/check_curve.js";
import { PRECISIONS } from "../../model/laboratory/check.js";
import { check as page } from "../../texts/en_lab_check.js";

/** @typedef {import("../../model/laboratory/check.js").Curve} Curve */
/** @typedef {import("../../model/laboratory/check.js").Precision} Precision */
/** What of a curve is drawn. @typedef {Pick<Curve, "points"|"best"|"precision">} Drawn */
/** @typedef {{low: number, high: number}} Axis */
/** @typedef {import("../../model/laboratory/check_curve.js").Spot} Spot */

const text = page.curve;
const RIGHT = SIZE.width - SIZE.right;
const CROSS = 2.5;
const FOOT = SIZE.height - SIZE.bottom;

/** @param {Axis} axis */
function paper(axis) {
  const up = upward(axis);
  const lines = powers(axis).flatMap((power) => {
    const y = up(10 ** power);
    return [s("path", { class: "grid", d: `M${SIZE.left} ${y}H${RIGHT}` }), s("text", { x: SIZE.left - 6, y: y + 4, "text-anchor": "end" }, formatTick(10 ** power))];
  });
  const columns = [-12, -10, -8, -6, -4, -2].map((power) => s("text", { x: across(10 ** power), y: FOOT + 16, "text-anchor": "middle" }, formatTick(10 ** power)));
  return [...lines, ...columns, s("text", { class: "axis", x: RIGHT, y: FOOT + 16, "text-anchor": "end" }, text.h)];
}

/** A cross at every step that reaches a kink. @param {Drawn} curve @param {Axis} axis */
function crosses({ points }, axis) {
  const up = upward(axis);
  const bent = points.filter(({ crossings, absolute_error: error }) => crossings > 0 && error !== null);
  return bent.map(({ step_size: step, absolute_error: error }) => `M${(across(step) - CROSS).toFixed(1)} ${(up(Number(error)) - CROSS).toFixed(1)}l${2 * CROSS} ${2 * CROSS}m0 ${-2 * CROSS}l${-2 * CROSS} ${2 * CROSS}`).join("");
}

/** @param {Drawn} curve @param {Axis} axis @param {boolean} isChosen @param {Spot[]} spots the points of every curve */
function drawn(curve, axis, isChosen, spots) {
  const lines = runs(curve, upward(axis));
  const end = lines.flat().at(-1);
  const name = end && nameAt(end, spots);
  return s("g", { class: `of ${curve.precision}${isChosen ? " chosen" : ""}` },
    ...lines.map((line) => s("path", { class: "error", d: path(line) })),
    s("path", { class: "crossed", d: crosses(curve, axis) }),
    ...lines.flat().map(({ x, y }) => s("circle", { cx: x, cy: y, r: isChosen ? 2.5 : 2 })),
    name ? s("text", { class: "name", x: name.x, y: name.y, "text-anchor": name.anchor }, curve.precision) : null);
}

/** @param {Drawn} curve @param {Axis} axis */
function branches(curve, axis) {
  const right = branch(curve, "truncation", axis);
  const left = branch(curve, "round_off", axis);
  const middle = left[Math.floor(left.length / 2)];
  const low = right.at(-1);
  return [
    s("path", { class: "branch", d: path(right) }), s("path", { class: "branch", d: path(left) }),
    low ? s("text", { class: "branch-name", x: RIGHT, y: Math.min(FOOT - 8, low.y - 4), "text-anchor": "end" }, text.truncation) : null,
    middle ? s("text", { class: "branch-name", x: middle.x + 8, y: Math.max(SIZE.top + 8, middle.y - 6) }, text.roundOff) : null,
  ];
}

/** @param {Drawn} curve @param {Axis} axis @param {number} at */
function present(curve, axis, at) {
  const point = curve.points[at];
  if (!point) return [];
  const x = across(point.step_size);
  const isShown = point.absolute_error !== null;
  const y = isShown ? upward(axis)(Number(point.absolute_error)) : FOOT;
  return [
    s("path", { class: "now", d: `M${x} ${SIZE.top}V${FOOT}` }),
    isShown ? s("circle", { class: "ring", cx: x, cy: y, r: 6 }) : null,
  ];
}

/** @param {(at: number) => void} choose */
export function createCurve(choose) {
  const root = h("div", { class: "curve-paper" });
  /** @type {Drawn|null} */
  let shown = null;
  let isDragging = false;

  /** @param {PointerEvent} event */
  function chooseAt(event) {
    const box = root.getBoundingClientRect();
    if (shown && box.width > 0) choose(nearest(((event.clientX - box.left) / box.width) * SIZE.width, shown.points));
  }
  root.addEventListener("pointerdown", (event) => {
    isDragging = true;
    root.setPointerCapture(event.pointerId);
    chooseAt(event);
  });
  root.addEventListener("pointermove", (event) => { if (isDragging) chooseAt(event); });
  for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => { isDragging = false; });

  return {
    root,
    /** @param {Partial<Record<Precision, Drawn>>} answers @param {Precision} precision @param {number} at */
    update(answers, precision, at) {
      const curve = /** @type {Drawn} */ (answers[precision]);
      shown = curve;
      const axis = reach(Object.values(answers));
      const best = curve.best === null ? null : curve.points[curve.best];
      const spots = Object.values(answers).flatMap((one) => runs(one, upward(axis)).flat());
      const others = PRECISIONS.filter((one) => one !== precision).flatMap((one) => answers[one] ?? []);
      root.replaceChildren(s("svg", {
        class: "plot v-curve", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img",
        "aria-label": best ? text.label(formatTick(best.step_size)) : text.none,
      }, ...paper(axis), ...branches(curve, axis), ...others.map((other) => drawn(other, axis, false, spots)), drawn(curve, axis, true, spots), ...present(curve, axis, at)));
    },
  };
}
