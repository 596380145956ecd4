// Pan and zoom by pointer, wheel, pinch and buttons; the arithmetic is in model/camera.js.
// A drag that moves becomes a pan; one that does not stays a click for whatever lies under it.

import { panned, zoomed } from "../model/camera.js";

/** @typedef {import("../model/camera.js").Camera} Camera */

const STEP = 1.25;
const WHEEL = 0.0016;
const DRAG_THRESHOLD = 5;

/**
 * @param {HTMLElement} area
 * @param {{get: () => Camera, set: (camera: Camera) => void}} camera
 * @returns {{by: (direction: 1|-1) => void, wasDragged: () => boolean}}
 */
export function createZoom(area, camera) {
  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map();
  let dragged = false;
  let travelled = 0;

  /** @param {PointerEvent|WheelEvent} event */
  const placeOf = (event) => {
    const { left, top } = area.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  area.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && event.deltaMode === 0 && Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    camera.set(zoomed(camera.get(), Math.exp(-event.deltaY * WHEEL), placeOf(event)));
  }, { passive: false });

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
    fingers.set(event.pointerId, placeOf(event));
    [dragged, travelled] = [false, 0];
  });

  area.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (!dragged && travelled < DRAG_THRESHOLD) return;
    if (!dragged) area.setPointerCapture(event.pointerId);
    dragged = true;
    fingers.set(event.pointerId, now);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    camera.set(other ? pinched(camera.get(), before, now, other) : panned(camera.get(), now.x - before.x, now.y - before.y));
  });

  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    area.addEventListener(name, (event) => { fingers.delete(event.pointerId); });
  }

  return {
    by(direction) {
      const about = { x: area.clientWidth / 2, y: area.clientHeight / 2 };
      camera.set(zoomed(camera.get(), direction > 0 ? STEP : 1 / STEP, about));
    },
    wasDragged: () => dragged,
  };
}

/**
 * Two fingers: the distance zooms, the moving one drags along.
 * @param {Camera} camera
 * @param {{x: number, y: number}} before
 * @param {{x: number, y: number}} now
 * @param {{x: number, y: number}} other
 */
function pinched(camera, before, now, other) {
  const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
  return panned(zoomed(camera, factor, other), (now.x - before.x) / 2, (now.y - before.y) / 2);
}
