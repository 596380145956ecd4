// How the activations of each layer are spread, and how many of its neurons stand still: small multiples in a fold.
// The bars are counts of the frame; a saturated or dead share is said in words beside them.

import { h, s } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { charts as text } from "../../texts/en_train_charts.js";
import { offsetOf } from "./curves.js";
import { createPace } from "./pace.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/frames.d.ts").HistogramNow} HistogramNow */

const words = text.histogram;
const WIDTH = 144;
const HEIGHT = 44;
const DIGITS = 3;
const GAP = 80;

/** @param {HistogramNow} one @returns {string} the outline of all bars at once */
function barsOf({ counts }) {
  const most = Math.max(1, ...counts);
  const step = WIDTH / counts.length;
  return counts.map((count, at) => (count ? `M${(at * step + 0.5).toFixed(1)} ${HEIGHT}v${(-(count / most) * (HEIGHT - 2)).toFixed(1)}h${(step - 1).toFixed(1)}V${HEIGHT}Z` : "")).join("");
}

/** @param {HTMLElement} root @param {(action: {type: "histograms", value: boolean}) => void} [send] */
export function mountHistograms(root, send) {
  const list = h("ul", { class: "histograms" });
  const fold = h("details", { class: "fold learning-fold" }, h("summary", {}, text.details), list);
  fold.addEventListener("toggle", () => {
    send?.({ type: "histograms", value: fold.open });
    if (fold.open && last) draw(last);
  });
  root.replaceChildren(fold);
  /** @type {{root: HTMLElement, title: HTMLElement, bars: SVGElement, low: HTMLElement, high: HTMLElement, shares: HTMLElement, said: HTMLElement}[]} */
  let items = [];
  const pace = createPace(GAP);
  /** @type {Shown|null} */
  let last = null;

  function createItem() {
    const bars = s("path", { class: "bars" });
    const picture = s("svg", { class: "histogram", viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, "aria-hidden": "true", preserveAspectRatio: "none" }, bars, s("path", { class: "foot", d: `M0 ${HEIGHT + 0.5}H${WIDTH}` }));
    const [title, low, high, shares, said] = [h("span", { class: "name" }), h("span"), h("span"), h("span", { class: "shares" }), h("span", { class: "visually-hidden" })];
    const item = h("li", {}, h("span", { "aria-hidden": "true", class: "histogram-top" }, title, shares), picture, h("span", { class: "ends", "aria-hidden": "true" }, low, high), said);
    return { root: item, title, bars, low, high, shares, said };
  }

  /** @param {Shown} state */
  function draw(state) {
    const shown = state.frame?.histograms ?? [];
    if (items.length !== shown.length) {
      items = shown.map(createItem);
      list.replaceChildren(...items.map(({ root: item }) => item));
    }
    const sample = state.samples[state.samples.length - 1];
    for (const [at, one] of shown.entries()) {
      const item = items[at];
      if (!item) continue;
      const number = one.layer + offsetOf(state);
      const shares = [[sample?.saturated?.[one.layer - 1], words.saturated], [sample?.dead?.[one.layer - 1], words.dead]].flatMap(([share, name]) => (share ? [`${text.percent(/** @type {number} */ (share))} ${name}`] : []));
      const [low, high] = [formatNumber(one.low, DIGITS), formatNumber(one.high, DIGITS)];
      const fullest = one.counts.indexOf(Math.max(...one.counts));
      const most = formatNumber(one.low + ((fullest + 0.5) / one.counts.length) * (one.high - one.low), 2);
      item.title.textContent = words.layer(number, state.session.network.layers[one.layer - 1]?.activation ?? "");
      item.shares.textContent = shares.join(", ");
      item.bars.setAttribute("d", barsOf(one));
      item.low.textContent = low;
      item.high.textContent = high;
      if (state.frame?.status !== "running" || !item.said.textContent) item.said.textContent = words.says(number, low, high, most, shares.length ? `, ${shares.join(", ")}` : "");
    }
  }

  return {
    /** @param {Shown} state */
    update(state) {
      const same = state.frame === last?.frame;
      last = state;
      if (fold.open && !same && pace.due(state.frame?.status === "running")) draw(state);
    },
  };
}
