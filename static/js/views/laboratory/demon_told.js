// What the demon found: the promise and what happened as bars and numbers, what there is to gain, and the table of halved pushes.
// Every number is written as the server gave it; the bars only place them.

import { h, marked, s } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { shownLayer } from "../../model/lens.js";
import { barsOf } from "../../model/laboratory/number_line.js";
import { parseRef } from "../../model/refs.js";
import { segments } from "../../model/tex.js";
import { demon as text } from "../../texts/en_lab_demon.js";
import { equation, symbol, writeNumber } from "../equation.js";
import { chainOf } from "./demon_chain.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/laboratory/demon.js").Nudge} Nudge */
/** @typedef {Nudge["pushes"][number]} Push */

const WIDTH = 400;
const EDGE = 4;
const ROW = 22;
const FOOT = 20;

/** @param {number|null} value @param {number} digits @param {string} [ref] */
function number(value, digits, ref = "") {
  const span = h("span");
  writeNumber(span, { value, ref }, digits);
  return span;
}

/** @param {number} share */
const across = (share) => EDGE + share * (WIDTH - 2 * EDGE);

/** Two bars from 0 on one line; what is not finite has none. @param {Push} push */
function bars(push) {
  const { low, high, zero, bars: both } = barsOf(push);
  const x0 = across(zero);
  const drawn = both.flatMap(({ name, end, value }, row) => {
    if (end === null || value === null) return [];
    const x = across(end);
    return [s("rect", { class: `bar ${name} ${value < 0 ? "negative" : "positive"}`, x: Math.min(x0, x), y: 3 + row * ROW, width: Math.max(1, Math.abs(x - x0)), height: ROW - 6 })];
  });
  const bottom = both.length * ROW + 2;
  const ticks = [[low, EDGE, "start"], [0, x0, "middle"], [high, WIDTH - EDGE, "end"]].map(([value, x, anchor]) => s("text", { x, y: bottom + FOOT - 5, "text-anchor": anchor }, formatNumber(value, 3)));
  return s("svg", { class: "demon-bars", viewBox: `0 0 ${WIDTH} ${bottom + FOOT}`, role: "img", "aria-label": text.bars },
    s("path", { class: "axis", d: `M${EDGE} ${bottom}H${WIDTH - EDGE}M${EDGE} ${bottom - 3}v6M${WIDTH - EDGE} ${bottom - 3}v6` }), ...drawn, s("path", { class: "zero", d: `M${x0} 0V${bottom + 3}` }), ...ticks);
}

/** @param {State} state @param {Nudge} nudge @param {Push} push */
function numbers({ digits }, { told }, push) {
  const change = symbol(`\\Delta ${told.cost_tex}`, text.actual);
  const row = (/** @type {string} */ kind, /** @type {string} */ name, /** @type {Node|null} */ sign, /** @type {number|null} */ value) => h("div", { class: kind }, h("dt", {}, h("i", { class: "swatch", "aria-hidden": "true" }), sign, ` ${name}`), h("dd", {}, number(value, digits)));
  return h("dl", { class: "demon-numbers" },
    row("predicted", text.predicted, symbol(`${told.derivative_tex}\\,\\Delta ${told.tex}`, text.predicted), push.predicted),
    row("actual", text.actual, change, push.actual), row("gap", text.gap, null, push.gap));
}

/** @param {State} state @param {Nudge} nudge */
function halved({ digits }, { pushes }) {
  const rows = pushes.map((push) => h("tr", {}, ...[push.change, push.predicted, push.actual, push.gap].map((value, at) => h(at === 0 ? "th" : "td", at === 0 ? { scope: "row" } : {}, number(value, at === 0 ? 6 : digits))), h("td", {}, last(push, digits))));
  const head = Object.values(text.head).map((words) => h("th", { scope: "col" }, words));
  return h("div", { class: "table-scroll tall", role: "group", tabindex: 0, "aria-label": text.halved }, h("table", { class: "printed demon-halved" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)));
}

/** @param {Push} push @param {number} digits */
function last({ shrunk, round_off: isRoundOff, kinks }, digits) {
  if (kinks > 0) return text.corner;
  if (isRoundOff) return text.roundOff;
  return shrunk === null ? "" : h("b", {}, text.times(formatNumber(shrunk, Math.min(digits, 3))));
}

/** @param {Nudge} nudge */
function law({ pushes }) {
  if (pushes[0]?.change === 0) return text.lawNone;
  if (pushes.some(({ kinks }) => kinks > 0)) return text.lawCorner;
  return pushes[0]?.round_off ? text.lawRound : text.law;
}

/** @param {State} state @param {Nudge} nudge */
function corners({ trace }, { kinks, pushes }) {
  const count = pushes[0]?.kinks ?? 0;
  if (count === 0) return null;
  const shown = kinks.slice(0, 3).map(({ ref, example }) => {
    const { layer, row } = parseRef(ref) ?? {};
    return text.corners(shownLayer(trace, layer ?? 0), (row ?? 0) + 1, trace.costs.length > 1 ? example + 1 : 0);
  });
  return h("p", { class: "note" }, text.kinks(shown.join(", "), count - shown.length));
}

/** @param {State} state @param {Nudge} nudge */
export function answerOf(state, nudge) {
  const { told, pushes } = nudge;
  const first = /** @type {Push} */ (pushes[0]);
  const line = /** @type {import("../../model/types.d.ts").Line} */ (told.derivation);
  return [
    h("p", { class: "label demon-name" }, told.name, ". ", ...marked(told.cost_text), text.isCost(told.cost_words)),
    bars(first), numbers(state, nudge, first), corners(state, nudge),
    nudge.chain.length > 0 ? h("div", { class: "block demon-chain" }, ...chainOf(state, nudge)) : null,
    h("div", { class: "block" }, h("h2", { class: "label" }, line.title), equation(segments(line.symbols), "symbols", state.digits, "demon"), line.numbers.length > 0 ? equation(segments(line.numbers), "numbers", state.digits, "demon") : null),
    h("div", { class: "block" }, h("h2", { class: "label" }, told.question), h("p", { class: "demon-answer" }, ...marked(told.sentence)), ...told.reasons.map((reason) => h("p", { class: "note" }, ...marked(reason)))),
    h("div", { class: "block" }, h("h2", { class: "label" }, text.halved), halved(state, nudge), h("p", { class: "says" }, law(nudge))),
  ].filter((node) => node !== null);
}
