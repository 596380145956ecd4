// What stands at the foot of the stage: the key to colour, width and shape, the zoom buttons, and the words for
// those who hear the page: the network's present state and, for a selected neuron, its weights as buttons.

import { formatNumber } from "../model/format.js";
import { createPatcher } from "./stage_svg.js";
import { mark } from "../model/marks.js";
import { stage as texts } from "../texts/en_stage.js";

/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../model/palette.js").Palette} Palette */
/** @typedef {import("../model/view.js").View} View */

const RAMP = { steps: 16, width: 112, height: 10 };

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {string} [text]
 */
function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

/** @param {string} className @param {number} width */
function picture(className, width) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ class: className, width, height: 12, "aria-hidden": "true", focusable: "false" })) svg.setAttribute(name, String(value));
  return svg;
}

/**
 * @returns {{root: HTMLElement, update: (palette: Palette, scene: import("../model/scene.js").Scene) => void}}
 */
export function createLegend() {
  const root = element("div", "stage-legend");
  const ramp = picture("stage-key", RAMP.width);
  const drawRamp = createPatcher(ramp);
  const wedge = picture("stage-key", 28);
  createPatcher(wedge)([mark("wedge", "path", { d: "M0 5L28 2V10L0 7Z", class: "stage-key-wedge" })]);
  const circle = picture("stage-key", 12);
  createPatcher(circle)([mark("circle", "circle", { cx: 6, cy: 6, r: 5, class: "stage-key-forward" })]);
  const triangle = picture("stage-key", 12);
  createPatcher(triangle)([mark("triangle", "path", { d: "M1 6L11 1.5V10.5Z", class: "stage-key-backward" })]);
  const square = picture("stage-key", 12);
  const drawSquare = createPatcher(square);
  const outline = mark("square", "rect", { x: 1, y: 1, width: 10, height: 10, rx: 2, class: "stage-bias" });
  const hatch = mark("hatch", "path", { d: "M1 6L6 1M1 11L11 1M6 11L11 6", class: "stage-hatch" });
  const width = element("span", "stage-key-words", texts.legend.width);
  const [forward, backward] = [element("span", ""), element("span", "")];
  const biasWords = element("span", "");
  const bias = item("stage-key-bias", square, biasWords);
  const hint = element("span", "stage-key-item stage-key-hint", texts.legend.pointAt);
  root.append(
    item("stage-key-ramp", element("span", "", texts.legend.negative), ramp, element("span", "", texts.legend.positive)),
    item("", wedge, width),
    item("", circle, forward),
    item("", triangle, backward),
    bias,
    hint,
  );
  return {
    root,
    update(palette, { strongest, weights: all, summed, view }) {
      const { freeze_biases: frozen, network } = view.trace;
      forward.textContent = texts.legend.forward(view.letters("forward"));
      backward.textContent = texts.legend.backward(view.letters("backward"));
      bias.hidden = network.bias === false;
      hint.hidden = !summed;
      drawSquare(frozen ? [outline, hatch] : [outline]);
      biasWords.textContent = frozen ? texts.legend.frozen : texts.legend.bias;
      const step = RAMP.width / RAMP.steps;
      drawRamp(Array.from({ length: RAMP.steps }, (_, index) => mark(String(index), "rect", {
        x: index * step, y: 1, width: step, height: RAMP.height, fill: palette.ramp((2 * index) / (RAMP.steps - 1) - 1),
      })));
      const words = strongest === null ? texts.legend.width : `${texts.legend.width}, ${texts.legend.strongest(strongest, all, view.selected !== null)}`;
      if (width.textContent !== words) width.textContent = words;
    },
  };
}

/** @param {string} className @param {Element[]} children */
function item(className, ...children) {
  const node = element("span", `stage-key-item ${className}`);
  node.append(...children);
  return node;
}

/**
 * @param {{zoom: (direction: 1|-1) => void, fit: () => void}} actions
 * @returns {HTMLElement}
 */
export function createZoomButtons({ zoom, fit }) {
  const root = element("div", "stage-zoom");
  /** @type {[string, string, () => void][]} */
  const buttons = [
    [texts.zoom.out, "M3 8H13", () => zoom(-1)],
    [texts.zoom.fit, "M3 6V3H6M10 3H13V6M13 10V13H10M6 13H3V10", fit],
    [texts.zoom.in, "M3 8H13M8 3V13", () => zoom(1)],
  ];
  for (const [label, d, run] of buttons) {
    const button = element("button", "stage-zoom-button");
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.title = label;
    const svg = picture("", 16);
    svg.setAttribute("height", "16");
    createPatcher(svg)([mark("path", "path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.6 })]);
    button.append(svg);
    button.addEventListener("click", run);
    root.append(button);
  }
  return root;
}

/**
 * The weights, bias and target of the selected neuron as buttons, hidden until the keyboard reaches them.
 * @param {Dispatch} dispatch
 * @returns {{root: HTMLElement, update: (view: View) => void}}
 */
export function createParts(dispatch) {
  const root = element("div", "stage-parts");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", texts.parts);
  root.hidden = true;
  let before = "";
  /** The neuron whose parts these are. */
  let owner = "";

  /** Who was on a part stays on it, or goes back to its neuron; the stage answers a focus with an action, which has to wait. @param {string} ref */
  function keep(ref) {
    const same = root.querySelector(`[data-part="${ref}"]`);
    const kept = /** @type {HTMLElement|SVGElement|null} */ (same ?? root.parentElement?.querySelector(`.stage-neuron${owner}`));
    queueMicrotask(() => kept?.focus());
  }

  return {
    root,
    update(view) {
      const parts = partsOf(view);
      const now = parts.map(([ref, words]) => ref + words).join("|");
      if (now === before) return;
      before = now;
      const at = document.activeElement;
      const held = at && root.contains(at) ? at.getAttribute("data-part") : null;
      const last = view.selected ? view.pointing.neurons.at(-1) : undefined;
      if (last && parts.length > 0) owner = `[data-layer="${last.layer}"][data-row="${last.row}"]`;
      root.hidden = parts.length === 0;
      root.replaceChildren(...parts.map(([ref, words]) => {
        const button = element("button", "stage-part", words);
        button.type = "button";
        button.dataset.part = ref;
        button.addEventListener("focus", () => dispatch({ type: "point", ref }));
        button.addEventListener("blur", () => dispatch({ type: "point", ref: null }));
        button.addEventListener("click", () => dispatch({ type: "select", ref }));
        return button;
      }));
      if (held !== null) keep(held);
    },
  };
}

/**
 * @param {View} view
 * @returns {[string, string][]} ref and words
 */
function partsOf(view) {
  const [neuron] = view.selected && view.pointing.neurons.length ? view.pointing.neurons.slice(-1) : [];
  if (!neuron) return [];
  const { layer, row } = neuron;
  const { wiring } = view.layout;
  // Weights that stand as a picture are reached there, by the arrow keys.
  const incoming = Array.from({ length: layer === 1 && view.layout.tile ? 0 : (wiring.widths[layer] ?? 0) }, (_, column) => /** @type {const} */ ([layer, row, column]));
  const outgoing = wiring.readers(layer).flatMap((reader) => Array.from({ length: view.sizes[reader.layer] ?? 0 }, (_, to) => /** @type {const} */ ([reader.layer, to, reader.first + row])));
  /** @param {string} ref */
  const said = (ref) => formatNumber(view.value(ref), view.digits);
  const weights = [...incoming, ...outgoing].map(([at, to, from]) => {
    const ref = `weights:${at}:${to}:${from}`;
    return /** @type {[string, string]} */ ([ref, texts.weightInto(to + 1, from + 1, said(ref))]);
  });
  /** @type {[string, string][]} */
  const others = [[`biases:${layer}:${row}`, texts.quantities.bias], [`target:${layer}:${row}`, texts.quantities.target]];
  return [...weights, ...others.filter(([ref]) => view.value(ref) !== null).map(([ref, word]) => /** @type {[string, string]} */ ([ref, `${word}: ${said(ref)}`]))];
}
