// The stage of a graph: it draws a pure scene (model/graph/scene.js) in one SVG and tells the page what the reader
// points at and selects; it computes nothing and keeps no state but where the drawing lies.

import { h, s } from "../../dom.js";
import { graphCamera, wholeCamera } from "../../model/graph/camera.js";
import { describeGraph } from "../../model/graph/describe.js";
import { layoutGraph } from "../../model/graph/layout.js";
import { createGraphScenes } from "../../model/graph/scene.js";
import { splitPosition } from "../../model/motion.js";
import { cameByPointer } from "../../modality.js";
import { graph as texts } from "../../texts/en_graph.js";
import { onNewColours, readPalette } from "../colours.js";
import { createZoomButtons } from "../stage_foot.js";
import { createPatcher } from "../stage_svg.js";
import { createZoom } from "../stage_zoom.js";
import { createGraphLegend } from "./legend.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

/** Narrower than this there is no room for a key. */
const PHONE = 560;

/**
 * @param {HTMLElement} root
 * @param {GraphDispatch} dispatch
 * @returns {{update: (state: GraphState) => void, frame: (position: number) => void}}
 */
export function mountGraphStage(root, dispatch) {
  const world = s("g", { class: "stage-world" });
  const svg = s("svg", { class: "stage-svg", role: "group", "aria-label": texts.network, "aria-describedby": "stage-description" }, world);
  const description = h("p", { id: "stage-description", class: "visually-hidden" });
  const legend = createGraphLegend();
  root.replaceChildren(svg, description, legend.root);
  const drawWorld = createPatcher(world);
  const buildScene = createGraphScenes();
  let palette = readPalette(root);
  /** @type {GraphState|null} */
  let state = null;
  let position = 0;
  let [width, height] = [0, 0];
  /** @type {import("../../model/graph/layout.js").GraphLayout|null} */
  let layout = null;
  /** @type {unknown[]} */
  let layoutKey = [];
  let camera = { scale: 1, x: 0, y: 0 };
  let moved = false;

  const zoom = createZoom(root, { get: () => camera, set(next) { camera = next; moved = true; place(); } });
  root.append(createZoomButtons({ zoom: zoom.by, fit: showAll }));

  function measure() {
    [width, height] = [root.clientWidth, root.clientHeight];
    root.toggleAttribute("data-phone", width < PHONE);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  /** All of it; where that is too small to read, the next step leads back to what it is about. */
  function showAll() {
    if (!layout) return;
    camera = wholeCamera(layout, { width, height, foot: legend.height() });
    moved = true;
    place();
  }

  function place() {
    world.setAttribute("transform", `translate(${camera.x} ${camera.y}) scale(${camera.scale})`);
  }

  /** @param {GraphState} present */
  function currentLayout({ trace: { nodes, edges } }) {
    const shape = nodes.map(({ operation, operands, symbol }) => `${operation}(${operands.join()})${symbol}`).join();
    const key = [shape, width, height];
    if (!layout || key.some((part, at) => part !== layoutKey[at])) {
      layout = layoutGraph(nodes, edges, width, height - legend.height());
      layoutKey = key;
      moved = false;
    }
    return layout;
  }

  function draw() {
    if (!state || width === 0 || height === 0) return;
    const { trace, reducedMotion, digits, pointed, selected } = state;
    const { index, f } = splitPosition(reducedMotion ? state.cursor : position, trace.steps.length);
    const placed = currentLayout(state);
    if (!moved) camera = graphCamera(placed, { width, height, foot: legend.height() }, trace, index);
    const { view, marks } = buildScene({ trace, index, f, digits, pointed, selected, layout: placed, palette, texts });
    drawWorld(marks);
    place();
    root.toggleAttribute("data-moved", moved);
    if (f < 1) return;
    const said = describeGraph(view).join(" ");
    if (description.textContent !== said) description.textContent = said;
    legend.update(palette);
  }

  /** @param {Event} event @returns {string|null} */
  function refUnder(event) {
    const holder = event.target instanceof Element ? event.target.closest("[data-ref], [data-point]") : null;
    return holder && svg.contains(holder) ? holder.getAttribute("data-ref") || holder.getAttribute("data-point") : null;
  }

  /** @param {string|null} ref */
  const point = (ref) => { if (state && ref !== state.pointed) dispatch({ type: "point", ref }); };
  /** @param {string|null} ref */
  const choose = (ref) => { if (state && (ref !== null || state.selected !== null)) dispatch({ type: "select", ref: ref === state.selected ? null : ref }); };

  root.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch" && event.buttons === 0) point(refUnder(event)); });
  root.addEventListener("pointerleave", () => point(null));
  root.addEventListener("click", (event) => {
    if (!zoom.wasDragged() && !(event.target instanceof Element && event.target.closest("button"))) choose(refUnder(event));
  });
  root.addEventListener("focusin", (event) => { if (!cameByPointer()) point(refUnder(event)); });
  root.addEventListener("focusout", () => { if (!cameByPointer()) point(null); });
  root.addEventListener("keydown", (event) => {
    const node = event.target instanceof Element ? event.target.closest(".graph-node") : null;
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Enter" && (event.key !== " " || cameByPointer())) return;
    choose(node.getAttribute("data-point"));
    event.preventDefault();
    event.stopPropagation();
  });
  new ResizeObserver(() => { measure(); draw(); }).observe(root);
  onNewColours(() => { palette = readPalette(root); draw(); });

  return {
    update(next) {
      const before = state;
      const elsewhere = before === null || next.cursor !== before.cursor || next.trace !== before.trace;
      const glides = before !== null && next.motion === "animate" && !next.reducedMotion && before.trace === next.trace && Math.abs(next.cursor - before.cursor) === 1;
      if (before && next.theme !== before.theme) palette = readPalette(root);
      if (layout && elsewhere && layout.width * camera.scale > width + 1) moved = false;
      state = next;
      // The clock's first frame draws a step's motion from its start; drawing its end here would be for nothing.
      if (glides) return;
      if (elsewhere) position = next.cursor;
      if (width === 0) measure();
      draw();
    },
    frame(next) {
      if (next === position) return;
      position = next;
      draw();
    },
  };
}
