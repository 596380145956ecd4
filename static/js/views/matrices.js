// The same step as matrices: an equation drawn as furniture, each matrix at its shape, linked with everything else on the page.
// On a wide page it stands under the network at full width, on a phone in the place of the explanation.

import { byId, h, marked } from "../dom.js";
import { sourcesOf } from "../model/matrices.js";
import { sizesOf, widthOf } from "../model/matrix_size.js";
import { stepNow } from "../model/state.js";
import { page } from "../texts/en_page.js";
import { factorsOf, rowOf } from "./arrangement.js";
import { createMatrix, pointAt } from "./matrix.js";
import { readPalette } from "./colours.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Arrangement} Arrangement */
/** @typedef {import("./matrix.js").Matrix} Matrix */

const text = page.matrices;
/** Head, foot and the space around. */
const HEAD = 116;

/**
 * @param {HTMLElement} root
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 */
export function mountMatrices(root, dispatch) {
  const sheet = byId("page", HTMLElement);
  /** Title of the view chosen among those of a step; the same view stays open where the next step has it. */
  let wanted = "";
  /** Row of the batch the pointed number is of, where a matrix shows several. @type {number|null} */
  let hovered = null;
  /** @type {{state: State, matrices: Matrix[], arrangement: Arrangement|undefined}|null} */
  let shown = null;

  const noteExample = (/** @type {Event} */ event) => {
    const cell = event.target instanceof Element ? event.target.closest("[data-example]") : null;
    hovered = cell instanceof HTMLElement ? Number(cell.dataset.example) : null;
  };
  root.addEventListener("pointerover", noteExample);
  root.addEventListener("focusin", noteExample);

  const does = {
    select: (/** @type {string} */ ref) => dispatch({ type: "select", ref }),
    point: (/** @type {string|null} */ ref, /** @type {number|null} */ example) => { hovered = example; dispatch({ type: "point", ref }); },
  };

  /** @param {Arrangement[]} all @param {Arrangement|undefined} chosen */
  function toggles(all, chosen) {
    if (all.length < 2) return null;
    return h("div", { class: "segments", role: "group", "aria-label": text.views }, ...all.map((one) => h("button", {
      type: "button", "aria-pressed": String(one === chosen),
      onclick: () => { wanted = one.title; if (shown) draw(shown.state); },
    }, one.title || text.theStep)));
  }

  /** @param {State} state */
  function draw(state) {
    const all = stepNow(state).matrices ?? [];
    const arrangement = all.find(({ title }) => title === wanted) ?? all[0];
    const head = h("div", { class: "matrices-head" }, h("h2", {}, text.title), toggles(all, arrangement));
    const focused = root.contains(document.activeElement) && document.activeElement instanceof HTMLElement ? document.activeElement.textContent : null;
    if (!arrangement) {
      shown = { state, matrices: [], arrangement };
      root.replaceChildren(head, h("p", { class: "quiet" }, text.none));
      return;
    }
    const factors = factorsOf(arrangement);
    const style = getComputedStyle(root);
    const room = { width: root.clientWidth - 2 * parseFloat(style.paddingLeft), height: root.clientHeight - HEAD - (arrangement.braces.length > 0 ? 44 : 0) };
    const sizes = sizesOf(state, factors, room);
    const palette = readPalette(root);
    const matrices = factors.map((factor, index) => createMatrix(state, factor, /** @type {import("../model/matrix_size.js").Drawn} */ (sizes[index]), palette, does));
    shown = { state, matrices, arrangement };
    const about = [arrangement.place, arrangement.note].filter(Boolean).join(". ");
    const foot = h("p", { class: "matrices-foot" }, h("span", {}, ...marked(about)), h("span", { class: "matrices-scale" }, text.scale));
    root.replaceChildren(head, rowOf(arrangement, matrices, widthOf(sizes) > room.width), foot);
    if (focused !== null) [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".segments button"))].find((button) => button.textContent === focused)?.focus();
    light(state);
  }

  /** @param {State} state */
  function light({ pointed, example }) {
    if (!shown?.arrangement) return;
    const { matrices, arrangement } = shown;
    const places = matrices.map((matrix) => pointAt(matrix, pointed, hovered ?? example));
    const result = matrices.findIndex(({ factor }) => factor.result);
    const place = places[result];
    const sources = place ? sourcesOf(arrangement.row, place) : [];
    matrices.forEach(({ body }, index) => {
      const source = sources.find(({ factor }) => factor === index);
      body.outline(source ?? null);
    });
  }

  const redraw = () => { if (shown && !root.hidden) draw(shown.state); };
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(root.clientWidth - width) < 1) return;
    width = root.clientWidth;
    redraw();
  }).observe(root);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", redraw);

  return {
    /** @param {State} state */
    update(state) {
      const isOn = state.tab === "matrices";
      sheet.toggleAttribute("data-matrices", isOn);
      sheet.toggleAttribute("data-selected", state.selected !== null);
      root.hidden = !isOn;
      if (isOn) draw(state);
      else if (shown) { shown = null; root.replaceChildren(); }
    },
    point: light,
  };
}
