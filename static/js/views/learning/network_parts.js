// What lies over and under the painted network: a button for each neuron, the headings of the layers, the key at the foot.
// One tab stop for the whole network; arrow keys lead from neuron to neuron.

import { h, s } from "../../dom.js";
import { map as text } from "../../texts/en_train_charts.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/frames.d.ts").Neuron} Neuron */
/** @typedef {import("../../model/learning/layers.js").Placed} Placed */
/** @typedef {import("../../model/palette.js").Palette} Palette */

const RAMP_STEPS = 16;
/** A button is never smaller than a finger or a pointer can find among its neighbours. */
const LEAST = 12;
/** Columns closer than this have no room for the activation under their heading, and closer than that none for a word. */
const NARROW = 112;
const NARROWEST = 52;

/** @param {(neuron: Neuron|null) => void} point */
export function createButtons(point) {
  const root = h("div", { class: "net-buttons", role: "group", "aria-label": text.how });
  /** @type {HTMLButtonElement[][]} */
  let columns = [];
  let shape = "";

  /** @param {number} layer @param {number} neuron */
  function create(layer, neuron) {
    const here = { layer, neuron };
    return h("button", {
      type: "button", class: "net-neuron", tabindex: "-1", "data-layer": layer, "data-neuron": neuron,
      onpointerenter: () => point(here), onpointerleave: () => point(null), onfocus: () => point(here), onblur: () => point(null),
      onclick: () => point(here),
    });
  }

  root.addEventListener("keydown", (event) => {
    const at = event.target instanceof HTMLButtonElement ? event.target : null;
    if (!at) return;
    const [layer, neuron] = [Number(at.dataset.layer), Number(at.dataset.neuron)];
    const moves = /** @type {Record<string, [number, number]>} */ ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] });
    const move = moves[event.key];
    if (event.key === "Escape") { point(null); return; }
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const column = columns[layer + move[0]] ?? [];
    const next = column[Math.min(column.length - 1, neuron + move[1])];
    if (!next) return;
    at.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  return {
    root,
    /** @param {Placed} placed */
    place(placed) {
      const next = placed.columns.map(({ spots }) => spots.length).join("-");
      if (next !== shape) {
        shape = next;
        columns = placed.columns.map(({ layer, spots }) => spots.map((_, neuron) => create(layer, neuron)));
        root.replaceChildren(...columns.flat());
        const first = columns.flat()[0];
        if (first) first.tabIndex = 0;
      }
      for (const { layer, spots } of placed.columns) {
        for (const { neuron, x, y, r } of spots) {
          const button = columns[layer]?.[neuron];
          if (!button) continue;
          const size = Math.max(LEAST, 2 * r + 4);
          button.style.width = button.style.height = `${size}px`;
          button.style.transform = `translate(${x - size / 2}px, ${y - size / 2}px)`;
        }
      }
    },
    /** @param {(layer: number, neuron: number) => {label: string, title: string}} nameOf */
    name(nameOf) {
      for (const button of columns.flat()) {
        const { label, title } = nameOf(Number(button.dataset.layer), Number(button.dataset.neuron));
        if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
        if (button.title !== title) button.title = title;
      }
    },
  };
}

export function createHeadings() {
  const root = h("div", { class: "net-headings", "aria-hidden": "true" });
  return {
    root,
    /** @param {Placed} placed @param {Shown} state @param {number} offset */
    update(placed, { session }, offset) {
      const { layers, inputs } = session.network;
      const pitch = (placed.columns[2]?.x ?? Infinity) - (placed.columns[1]?.x ?? 0);
      root.replaceChildren(...placed.columns.map(({ layer, x, tile }) => {
        const last = layer === layers.length;
        const words = layer === 0 ? text.headings.input : last ? text.headings.output : pitch < NARROWEST ? "" : text.headings.hidden;
        const activation = text.activation(layers[layer - 1]?.activation ?? "");
        const number = pitch < NARROWEST ? String(layer + offset) : text.layer(layer + offset);
        const under = layer === 0 ? (tile ? text.inputs(inputs) : number) : last ? activation : pitch < NARROW ? number : `${number} · ${activation}`;
        const heading = h("div", { class: "net-heading" }, h("b", {}, words || "\u00a0"), h("span", {}, under ?? ""));
        // The outermost stand flush with the paper's edges.
        heading.classList.add(layer === 0 ? "first" : last ? "last" : "between");
        heading.style.left = layer === 0 ? "0px" : last ? `${placed.width}px` : `${x}px`;
        return heading;
      }));
    },
  };
}

export function createKey() {
  const ramp = s("svg", { class: "legend-icon", viewBox: "0 0 88 18", width: 88, height: 18, "aria-hidden": "true" });
  const wedge = s("svg", { class: "legend-icon", viewBox: "0 0 28 18", width: 28, height: 18, "aria-hidden": "true" }, s("path", { d: "M0 8L28 5V13L0 10Z", class: "wedge" }));
  const triangle = s("svg", { class: "legend-icon", viewBox: "0 0 14 18", width: 14, height: 18, "aria-hidden": "true" }, s("path", { d: "M1 9L12 4V14Z", class: "error" }));
  const width = h("span", {}, text.legend.width);
  const error = h("li", { hidden: true }, triangle, h("span", {}, text.legend.error));
  const dashes = s("svg", { class: "legend-icon", viewBox: "0 0 28 18", width: 28, height: 18, "aria-hidden": "true" }, s("path", { d: "M0 9H28", class: "added" }));
  const added = h("li", { hidden: true }, dashes, h("span", {}, text.legend.added));
  const scale = h("li", {}, h("span", {}, text.legend.negative), ramp, h("span", {}, text.legend.positive));
  const root = h("ul", { class: "chart-legend" }, scale, h("li", {}, wedge, width), added, error);
  return { root, scale, ramp, width, added, error, painted: /** @type {{palette: Palette|null}} */ ({ palette: null }) };
}

/**
 * @param {ReturnType<typeof createKey>} key
 * @param {Palette} palette
 * @param {{shown: number, all: number, added: boolean, errors: boolean, scale: boolean}} what scale where it does not stand beside the plane already
 */
export function drawKey({ ramp, width, added, error, scale, painted }, palette, { shown, all, added: hasAdded, errors, scale: hasScale }) {
  if (painted.palette !== palette) {
    painted.palette = palette;
    const step = 88 / RAMP_STEPS;
    ramp.replaceChildren(...Array.from({ length: RAMP_STEPS }, (_, at) => s("rect", { x: at * step, y: 4, width: step + 0.3, height: 10, fill: palette.ramp((2 * at) / (RAMP_STEPS - 1) - 1) })));
  }
  const words = shown && shown < all ? `${text.legend.width}, ${text.legend.strongest(shown, all)}` : text.legend.width;
  if (width.textContent !== words) width.textContent = words;
  added.hidden = !hasAdded;
  error.hidden = !errors;
  scale.hidden = !hasScale;
}
