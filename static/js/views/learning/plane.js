// The middle of the Train page: what the network answers, drawn as its inputs allow: a plane, a curve, or classes and mistakes.
// It is a function of the page's state; between frames nothing is drawn.

import { h, s } from "../../dom.js";
import { markOf, outline } from "../../model/learning/data_marks.js";
import { countOf, curveAfter, fieldAfter, kindOf, nextRows, wrongCount } from "../../model/learning/plane.js";
import { plane as text } from "../../texts/en_train_charts.js";
import { onNewColours, readPalette } from "../colours.js";
import { createBoundary } from "./boundary.js";
import { createConfusion, tally } from "./confusion.js";
import { drawFitted } from "./fitted.js";
import { createMistakes } from "./mistakes.js";
import { createPace } from "./pace.js";
import { createSurface } from "./surface.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/palette.js").Palette} Palette */

const RAMP_STEPS = 16;
const TABLE_GAP = 100;

/** @param {HTMLElement} root @returns {{update: (state: Shown) => void}} */
export function mountPlane(root) {
  const title = h("h2", { class: "chart-heading" });
  const canvas = h("canvas", { class: "plane-canvas", role: "img" });
  const holder = h("div", { class: "plane" }, canvas);
  const legend = h("ul", { class: "chart-legend" });
  const note = h("p", { class: "chart-note" });
  const [confusion, mistakes] = [createConfusion(), createMistakes()];
  root.classList.add("learning-plane");
  root.replaceChildren(title, holder, legend, confusion.root, mistakes.root, note);
  const surface = createSurface(canvas);
  const boundary = createBoundary();
  const pace = createPace(TABLE_GAP);
  let palette = readPalette(root);
  let recoloured = true;
  let side = 0;
  let legendKey = "";
  /** The network whose answers are on the paper. @type {unknown} */
  let shownOf = null;
  /** @type {Shown|null} */
  let state = null;
  /** @type {unknown[]} */
  let key = [];

  /** A part that is out of sight is not asked for; what was drawn of it last stays. @param {Shown} present @param {"boundary"|"curve"|"confusion"|"none"} kind */
  const isMissing = ({ session, frame }, kind) => kind !== "none" && shownOf === session.network && !frame?.[kind] && (kind !== "confusion" || session.data?.test !== 0);

  function draw() {
    if (!state) return;
    const kind = kindOf(state.session);
    if (isMissing(state, kind)) return;
    if (kind !== "none" && state.frame?.[kind]) shownOf = state.session.network;
    const { frame } = state;
    holder.hidden = legend.hidden = kind === "none" || kind === "confusion";
    const shown = kind === "confusion" ? frame?.confusion : null;
    confusion.root.hidden = mistakes.root.hidden = !shown;
    note.hidden = !(kind === "none" || !frame || (kind === "confusion" && !shown));
    note.textContent = !frame ? text.waiting : kind === "none" ? text.noPicture(state.session.network.inputs) : text.noTest;
    if (shown && !recoloured && !pace.due(frame?.status === "running")) return;
    set(title, headingOf(state));
    if (shown) {
      confusion.update(shown, palette, recoloured);
      mistakes.update(state, palette, tally(shown).wrong, recoloured);
    }
    if (!holder.hidden && side > 0) {
      const box = { left: 0, top: 0, width: side, height: side };
      if (kind === "boundary") boundary.draw(state, surface, box, palette);
      else drawFitted(state, surface, box, palette);
      drawLegend(kind);
      if (frame?.status !== "running" || !canvas.hasAttribute("aria-label")) canvas.setAttribute("aria-label", says(state, title.textContent ?? ""));
    }
    recoloured = false;
  }

  /** @param {"boundary"|"curve"|"confusion"|"none"} kind */
  function drawLegend(kind) {
    const present = /** @type {Shown} */ (state);
    const items = legendOf(present, kind, palette);
    const next = items.map(({ words }) => words).join("|") + String(recoloured);
    if (next === legendKey) return;
    legendKey = next;
    legend.replaceChildren(...items.map(({ icon, words }) => h("li", {}, ...icon, words && h("span", {}, words))));
  }

  function repaint() {
    palette = readPalette(root);
    recoloured = true;
    key = [];
    draw();
  }

  function measure() {
    const width = holder.clientWidth;
    if (width === 0 || width === side) return;
    side = width;
    surface.resize(side, side);
    draw();
  }

  onNewColours(repaint);
  new ResizeObserver(measure).observe(holder);
  return {
    update(next) {
      const nextKey = [next.frame, next.data, next.session.network, next.trace, next.theme];
      if (state && nextKey.every((part, at) => part === key[at])) return;
      const themed = state !== null && state.theme !== next.theme;
      key = nextKey;
      state = next;
      if (themed) { palette = readPalette(root); recoloured = true; }
      if (side === 0) measure();
      draw();
    },
  };
}

/** @param {HTMLElement} element @param {string} words */
function set(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** @param {Shown} state */
function headingOf(state) {
  const { frame, session } = state;
  const kind = kindOf(session);
  if (kind === "curve") return text.curve;
  if (kind === "none") return text.nothing;
  if (kind === "boundary") return session.data?.is_regression ? text.surface : text.boundary(wrongCount(frame?.boundary), countOf(state));
  const { wrong, all } = frame?.confusion ? tally(frame.confusion) : { wrong: 0, all: 0 };
  return text.confusion(wrong, all);
}

/** @param {Shown} state */
function namesOf({ session, data }) {
  const count = Math.max(2, session.data?.classes ?? 0);
  const names = data?.class_names?.length ? data.class_names : session.data?.class_names ?? [];
  return Array.from({ length: count }, (_, at) => text.className(names[at] ?? String(at + 1)));
}

/** @param {Shown} state @param {string} title */
function says(state, title) {
  const { data, frame } = state;
  const classes = data?.train.classes;
  const named = classes ? namesOf(state).map((name, group) => /** @type {[string, number]} */ ([name, [...classes, ...(data.test.classes ?? [])].filter((one) => one === group).length])) : [];
  const wrong = frame?.boundary?.wrong ? text.wrongRows(frame.boundary.wrong.train.length, frame.boundary.wrong.test.length) : "";
  const { rows } = nextRows(state);
  return text.describe(title, frame?.update ?? 0, named.length ? text.groups(named) + wrong : "", rows.length ? text.next(rows.length) : "");
}

/** @param {string} className @param {SVGElement[]} parts @param {number} [width] */
const icon = (className, parts, width = 18) => s("svg", { class: `legend-icon ${className}`, viewBox: `0 0 ${width} 18`, width, height: 18, "aria-hidden": "true" }, ...parts);

/** @param {number} group */
function markIcon(group) {
  const { colour, shape, filled } = markOf(group);
  return icon(`mark-${colour}`, [s("path", { d: outline(shape, 9, 9, 4.2), class: filled ? "full" : "hollow" })]);
}

/** @param {string} className */
const plainIcon = (className) => icon(`plain ${className}`, [s("circle", { cx: 9, cy: 9, r: 4 })]);

/** @param {Palette} palette */
function rampIcon(palette) {
  const step = 88 / RAMP_STEPS;
  return icon("", Array.from({ length: RAMP_STEPS }, (_, at) => s("rect", { x: at * step, y: 4, width: step + 0.3, height: 10, fill: palette.ramp((2 * at) / (RAMP_STEPS - 1) - 1) })), 88);
}

/**
 * @param {Shown} state
 * @param {string} kind
 * @param {Palette} palette
 * @returns {{icon: Node[], words: string}[]}
 */
function legendOf(state, kind, palette) {
  const { rows } = nextRows(state);
  const words = text.legend;
  /** @type {{icon: Node[], words: string}[]} */
  const items = [];
  const regression = state.session.data?.is_regression;
  if (regression) items.push({ icon: [plainIcon(kind === "curve" ? "full-disc" : "open-disc")], words: words.train }, { icon: [plainIcon("")], words: words.test });
  else if (!regression) namesOf(state).forEach((name, group) => items.push({ icon: [markIcon(group)], words: name }));
  const dashed = s("path", { d: "M1 9H27", class: "dashed" });
  if (kind === "boundary" && !regression) items.push({ icon: [icon("wrong", [s("circle", { cx: 9, cy: 9, r: 7 })])], words: words.wrong });
  if (rows.length) items.push({ icon: [icon("next", [s("circle", { cx: 9, cy: 9, r: 7 })])], words: words.next }, { icon: [icon("stepped", [s("rect", { x: 2, y: 2, width: 14, height: 14 })])], words: words.stepped });
  if (kind === "boundary" && !regression && fieldAfter(state)) items.push({ icon: [icon("", [dashed], 28)], words: words.after });
  if (kind === "curve" && curveAfter(state)) items.push({ icon: [icon("", [dashed], 28)], words: words.curveAfter });
  if (kind === "boundary" && namesOf(state).length === 2) items.push({ icon: [h("span", {}, regression ? words.low : words.negative), rampIcon(palette), h("span", {}, regression ? words.high : words.positive)], words: "" });
  return items;
}
