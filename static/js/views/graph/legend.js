// The key of the graph's stage: colour is sign, width is the local derivative, shape is direction.
// Drawn with the marks of the stage itself.

import { h, s } from "../../dom.js";
import { mark } from "../../model/marks.js";
import { graph as texts } from "../../texts/en_graph.js";
import { createPatcher } from "../stage_svg.js";

const RAMP = { steps: 16, width: 96, height: 10 };
/** What it takes of the stage's height, with the air around it. */
const HEIGHT = 76;

/** @param {number} width @param {Element} [content] */
function picture(width, content) {
  return s("svg", { class: "stage-key", width, height: 12, "aria-hidden": "true", focusable: "false" }, content);
}

export function createGraphLegend() {
  const ramp = picture(RAMP.width);
  const drawRamp = createPatcher(ramp);
  const item = (/** @type {(Node|string)[]} */ ...children) => h("span", { class: "stage-key-item" }, ...children);
  const words = texts.legend;
  const root = h("div", { class: "stage-legend" },
    item(words.negative, ramp, words.positive),
    item(picture(28, s("path", { d: "M0 5L28 2V10L0 7Z", class: "stage-key-wedge" })), words.width),
    item(picture(12, s("circle", { cx: 6, cy: 6, r: 5, class: "stage-key-forward" })), words.forward),
    item(picture(12, s("path", { d: "M1 6L11 1.5V10.5Z", class: "stage-key-backward" })), words.backward));
  return {
    root,
    height: () => (root.clientHeight > 0 ? HEIGHT : 8),
    /** @param {import("../../model/palette.js").Palette} palette */
    update(palette) {
      const step = RAMP.width / RAMP.steps;
      drawRamp(Array.from({ length: RAMP.steps }, (_, index) => mark(String(index), "rect", {
        x: index * step, y: 1, width: step, height: RAMP.height, fill: palette.ramp((2 * index) / (RAMP.steps - 1) - 1),
      })));
    },
  };
}
