// The stage by keyboard: one tab stop that wanders over the neurons with the arrow keys; Enter selects, Escape lets go.
// Arrow keys are taken only while the keyboard brought the focus here, else they belong to the timeline.

import { cellBeside } from "../model/tiles.js";
import { cameByPointer } from "../modality.js";

/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */

const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0],
});

/**
 * @param {SVGElement} world
 * @param {Dispatch} dispatch
 * @returns {{refresh: () => void}}
 */
export function createKeys(world, dispatch) {
  let byPointer = false;

  /** @param {number} layer @param {number} row */
  const at = (layer, row) => world.querySelector(`.stage-neuron[data-layer="${layer}"]:is([data-row="${row}"], .stage-tile)`);

  /** @param {number} layer */
  const countOf = (layer) => world.querySelectorAll(`.stage-neuron[data-layer="${layer}"]`).length;

  /** @param {Element} next */
  function moveStop(next) {
    for (const stop of world.querySelectorAll('[tabindex="0"]')) stop.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
  }

  /**
   * @param {Element} from
   * @param {[number, number]} move
   * @returns {Element|null}
   */
  function neighbour(from, [sideways, down]) {
    const [layer, row] = [Number(from.getAttribute("data-layer")), Number(from.getAttribute("data-row"))];
    if (sideways === 0 && from.matches(".stage-tile")) return world.querySelector(`.stage-tile[data-tile="${down > 0 ? "weights" : "inputs"}"]`);
    if (sideways === 0) return at(layer, row + down);
    const [here, there] = [Number(from.getAttribute("data-count")) || countOf(layer), countOf(layer + sideways)];
    if (there === 0) return null;
    return at(layer + sideways, Math.min(there - 1, Math.floor(((row + 0.5) / here) * there)));
  }

  /**
   * Within a picture the arrow keys lead from cell to cell; over its edge they go on like anywhere.
   * @param {Element} tile
   * @param {string} key
   */
  function moveInside(tile, key) {
    const next = cellBeside(Number(tile.getAttribute("data-count")), Number(tile.getAttribute("data-row")), key);
    const ref = tile.getAttribute("data-point")?.replace(/\d+$/, String(next)) ?? null;
    if (next !== null) dispatch({ type: "point", ref });
    return next !== null;
  }

  // A browser lets Tab stop at an SVG element that listens for focus, so the listeners are on the HTML element around the drawing.
  const around = world.closest("svg")?.parentElement ?? world;
  world.addEventListener("pointerdown", () => { byPointer = true; });
  around.addEventListener("focusin", (event) => {
    const neuron = event.target instanceof Element ? event.target.closest(".stage-neuron") : null;
    if (!neuron) return;
    moveStop(neuron);
    if (!byPointer) dispatch({ type: "point", ref: neuron.getAttribute("data-point") });
  });
  around.addEventListener("focusout", () => {
    if (!byPointer) dispatch({ type: "point", ref: null });
    byPointer = false;
  });
  world.addEventListener("keydown", (event) => {
    const neuron = event.target instanceof Element ? event.target.closest(".stage-neuron") : null;
    if (!neuron || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Enter" || (event.key === " " && !cameByPointer())) dispatch({ type: "select", ref: neuron.getAttribute("data-point") });
    else if (event.key === "Escape") dispatch({ type: "select", ref: null });
    else if (MOVES[event.key] && !byPointer) {
      const inside = neuron.matches(".stage-tile") && moveInside(neuron, event.key);
      const next = inside ? null : neighbour(neuron, MOVES[event.key] ?? [0, 0]);
      if (next instanceof SVGElement) next.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    refresh() {
      if (world.querySelector('[tabindex="0"]')) return;
      world.querySelector(".stage-neuron")?.setAttribute("tabindex", "0");
    },
  };
}
