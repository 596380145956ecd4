// The stage: the network as a picture of one moment. It draws a pure scene (model/scene.js) with one SVG between two
// canvases and tells the page what the reader points at and selects; it computes nothing and keeps no state of its own.

import { fittingCamera } from "../model/camera.js";
import { fineIndex, placeAt, stepCount } from "../model/fine.js";
import { coneNow } from "../model/inspecting.js";
import { layoutNetwork } from "../model/layout.js";
import { letters } from "../model/lens.js";
import { splitPosition } from "../model/motion.js";
import { nearestEdge } from "../model/nearest.js";
import { createSceneBuilder } from "../model/scene.js";
import { headingMarks } from "../model/scene_headings.js";
import { pictureRefAt } from "../model/scene_tiles.js";
import { describe } from "../model/scene_text.js";
import { stage as texts } from "../texts/en_stage.js";
import { onNewColours, readPalette } from "./colours.js";
import { createSurface, paintAdded, paintEdges, paintPictures, paintPulses } from "./stage_canvas.js";
import { createLegend, createParts, createZoomButtons } from "./stage_foot.js";
import { createKeys } from "./stage_keys.js";
import { createPatcher } from "./stage_svg.js";
import { createZoom } from "./stage_zoom.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../model/scene.js").Scene} Scene */

const REFERENCE = { width: 976, height: 692 };
const LARGEST_TEXT = 1.25;
const PHONE = { width: 560, height: 420 };
const HIT_REACH = 6;

/**
 * @param {HTMLElement} root
 * @param {Dispatch} dispatch
 * @returns {{update: (state: State) => void, frame: (position: number) => void, fit: () => void}}
 */
export function mountStage(root, dispatch) {
  const parts = buildElements(root, dispatch);
  const buildScene = createSceneBuilder();
  const keys = createKeys(parts.world, dispatch);
  let palette = readPalette(root);
  /** @type {State|null} */
  let state = null;
  /** @type {Scene|null} */
  let scene = null;
  let position = 0;
  let [width, height, textScale] = [0, 0, 1];
  /** @type {unknown[]} */
  let layoutKey = [];
  /** @type {import("../model/layout.js").Layout|null} */
  let layout = null;
  let camera = { scale: 1, x: 0, y: 0 };
  let moved = false;
  /** @type {unknown[]} */
  let edgesKey = [];

  const zoom = createZoom(root, { get: () => camera, set(next) { camera = next; moved = true; draw(); } });
  root.append(createZoomButtons({ zoom: zoom.by, fit }));

  function measure() {
    [width, height] = [root.clientWidth, root.clientHeight];
    textScale = Math.min(LARGEST_TEXT, Math.max(1, Math.min(width / REFERENCE.width, height / REFERENCE.height)));
    if (width < REFERENCE.width) textScale = 1;
    parts.edges.resize(width, height);
    parts.pulses.resize(width, height);
    parts.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  function currentLayout() {
    const { network, steps } = /** @type {State} */ (state).trace;
    const key = [network, width, height];
    if (!layout || key.some((part, at) => part !== layoutKey[at])) {
      const phone = width < PHONE.width || height < PHONE.height;
      layout = layoutNetwork(network, width / textScale, height / textScale, { phone, inputErrors: steps.some(({ kind }) => kind === "input_error") });
      layoutKey = key;
      root.toggleAttribute("data-phone", phone);
      moved = false;
    }
    return layout;
  }

  function draw() {
    if (!state || width === 0 || height === 0) return;
    const { trace, granularity, reducedMotion, digits, example, pointed, selected, lab } = state;
    const cone = coneNow(state);
    const { index: at, f } = splitPosition(reducedMotion ? fineIndex(state) : position, stepCount(trace, granularity));
    const { cursor: index, part } = placeAt(trace, granularity, at);
    const moment = { index, part, granularity, f };
    const placed = currentLayout();
    if (!moved) camera = fittingCamera(placed, width, textScale, trace.steps[moment.index], letters(trace, "cost") !== "");
    scene = buildScene({ trace, ...moment, example, digits, pointed, selected, cone, twin: lab?.twin ?? null, layout: placed, palette, texts });
    parts.drawWorld(scene.marks);
    parts.world.setAttribute("transform", `translate(${camera.x} ${camera.y}) scale(${camera.scale})`);
    parts.headings.setAttribute("transform", `scale(${textScale})`);
    parts.drawHeadings(headingMarks(scene.view, camera, textScale, width));
    root.toggleAttribute("data-moved", moved);
    drawEdges(scene);
    paintPulses(parts.pulses, camera, scene.pulses, palette);
    keys.refresh();
    if (moment.f >= 1) settle(scene);
  }

  /** @param {Scene} present */
  function drawEdges(present) {
    const { trace, granularity, pointed, selected, example } = /** @type {State} */ (state);
    const rolling = present.view.step?.phase === "update" ? present.view.f : 1;
    const key = [trace, present.view.index, present.view.part?.index, granularity, example, pointed, selected, present.view.cone, palette, layout, width, height, camera.scale, camera.x, camera.y, rolling];
    if (key.length === edgesKey.length && key.every((part, at) => part === edgesKey[at])) return;
    edgesKey = key;
    paintEdges(parts.edges, camera, present.strokes, palette, present.added);
    paintAdded(parts.edges, present.added);
    paintPictures(parts.edges, present.pictures, palette);
  }

  /** @param {Scene} present */
  function settle(present) {
    const said = describe(present.view).join(" ");
    if (parts.description.textContent !== said) parts.description.textContent = said;
    parts.list.update(present.view);
    parts.legend.update(palette, present);
  }

  function fit() {
    moved = false;
    draw();
  }

  function repaint() {
    palette = readPalette(root);
    draw();
  }

  /** @param {PointerEvent|MouseEvent} event */
  function refUnder(event) {
    const target = event.target instanceof Element ? event.target : null;
    const { left, top } = root.getBoundingClientRect();
    const point = { x: (event.clientX - left - camera.x) / camera.scale, y: (event.clientY - top - camera.y) / camera.scale };
    const holder = target?.closest("[data-ref], [data-point]");
    if (scene && holder?.classList.contains("stage-tile")) return pictureRefAt(scene.pictures, point);
    if (holder && root.contains(holder)) return holder.getAttribute("data-ref") || holder.getAttribute("data-point");
    if (!scene || !layout || !target?.closest(".stage-svg")) return null;
    const edge = nearestEdge(layout, scene.strokes, point, HIT_REACH / camera.scale);
    return edge ? `weights:${edge.layer}:${edge.row}:${edge.column}` : null;
  }

  /** @param {string|null} ref */
  function point(ref) {
    if (state && ref !== state.pointed) dispatch({ type: "point", ref });
  }

  root.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && event.buttons === 0) point(refUnder(event));
  });
  root.addEventListener("pointerleave", () => point(null));
  root.addEventListener("click", (event) => {
    if (zoom.wasDragged() || (event.target instanceof Element && event.target.closest("button"))) return;
    const ref = refUnder(event);
    if (state && (ref !== null || state.selected !== null)) dispatch({ type: "select", ref });
  });
  new ResizeObserver(() => { measure(); draw(); }).observe(root);
  onNewColours(repaint);

  return {
    update(next) {
      const [from, to] = [state ? fineIndex(state) : 0, fineIndex(next)];
      const followed = state !== null && position === from;
      const elsewhere = state === null || to !== from || next.trace !== state.trace || next.granularity !== state.granularity;
      if (state && next.theme !== state.theme) palette = readPalette(root);
      if (layout && elsewhere && (layout.phone || layout.width * camera.scale > width + 1)) moved = false;
      const glides = next.motion === "animate" && !next.reducedMotion && state?.trace === next.trace && state.granularity === next.granularity && Math.abs(to - from) === 1;
      state = next;
      // The clock's first frame draws a step's motion from its start; drawing its end here would be for nothing.
      if (glides) return;
      if (elsewhere || followed) position = to;
      if (width === 0) measure();
      draw();
    },
    frame(next) {
      if (next === position) return;
      position = next;
      draw();
    },
    fit,
  };
}

/**
 * @param {HTMLElement} root
 * @param {Dispatch} dispatch
 */
function buildElements(root, dispatch) {
  root.classList.add("stage");
  /** @param {string} tag @param {Record<string, string>} attributes */
  const svgElement = (tag, attributes) => {
    const node = /** @type {SVGElement} */ (document.createElementNS("http://www.w3.org/2000/svg", tag));
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  /** @param {string} className */
  const canvas = (className) => {
    const node = document.createElement("canvas");
    node.className = className;
    node.setAttribute("aria-hidden", "true");
    return node;
  };
  const [edges, pulses] = [canvas("stage-edges"), canvas("stage-pulses")];
  const svg = svgElement("svg", { class: "stage-svg", role: "group", "aria-label": texts.network, "aria-describedby": "stage-description" });
  const world = svgElement("g", { class: "stage-world" });
  const headings = svgElement("g", { class: "stage-headings", "aria-hidden": "true" });
  svg.append(world, headings);
  const description = document.createElement("p");
  description.id = "stage-description";
  description.className = "visually-hidden";
  const list = createParts(dispatch);
  const legend = createLegend();
  root.replaceChildren(edges, svg, pulses, description, list.root, legend.root);
  return {
    svg, world, headings, description, list, legend,
    edges: createSurface(edges), pulses: createSurface(pulses),
    drawWorld: createPatcher(world), drawHeadings: createPatcher(headings),
  };
}
