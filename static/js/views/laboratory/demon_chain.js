// A chain of single neurons as number lines: one line a number, with where it was, where it went, and the sensitivity of the next.
// All lines are drawn alike, so that a push can be followed down the column with the eye.

import { h, s } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { shownLayer } from "../../model/lens.js";
import { chainLines } from "../../model/laboratory/number_line.js";
import { parseRef } from "../../model/refs.js";
import { segments } from "../../model/tex.js";
import { demon as text } from "../../texts/en_lab_demon.js";
import { equation, symbol, writeNumber } from "../equation.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/laboratory/demon.js").Nudge} Nudge */
/** @typedef {ReturnType<typeof chainLines>[number]} ChainLine */

const WIDTH = 240;
const EDGE = 8;
const MIDDLE = 11;
const HEIGHT = 30;

/** @param {number} share */
const across = (share) => EDGE + share * (WIDTH - 2 * EDGE);

/** @param {ChainLine} line */
function axis({ low, high, zero, before, after, moved }) {
  const point = (/** @type {number|null} */ place, /** @type {string} */ kind) => (place === null ? [] : [s("circle", { class: kind, cx: across(place), cy: MIDDLE, r: kind === "was" ? 4 : 5.5 })]);
  const way = moved && before.place !== null && after.place !== null ? [s("path", { class: `way ${after.place < before.place ? "negative" : "positive"}`, d: `M${across(before.place)} ${MIDDLE}H${across(after.place)}` })] : [];
  const ends = [[low, EDGE, "start"], [high, WIDTH - EDGE, "end"]].map(([value, x, anchor]) => s("text", { x, y: HEIGHT - 1, "text-anchor": anchor }, formatNumber(value, 3)));
  return s("svg", { class: "line", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", focusable: "false" },
    s("path", { class: "axis", d: `M${EDGE} ${MIDDLE}H${WIDTH - EDGE}` }), s("path", { class: "zero", d: `M${across(zero)} ${MIDDLE - 5}v10` }),
    ...way, ...point(before.place, "was"), ...(moved ? point(after.place, "is") : []), ...ends);
}

/** @param {number|null} before @param {number|null} after @param {boolean} moved @param {string} ref @param {number} digits */
function change(before, after, moved, ref, digits) {
  const old = h("span", { class: moved ? "old" : "" });
  writeNumber(old, { value: before, ref }, digits);
  if (!moved) return h("span", { class: "change" }, old);
  const now = h("b");
  writeNumber(now, { value: after, ref: "" }, digits);
  return h("span", { class: "change" }, old, " → ", now);
}

/** @param {State} state @param {ChainLine} line */
function row({ trace, digits }, line) {
  const { quantity = "", layer } = parseRef(line.ref) ?? {};
  const name = layer === null || layer === undefined ? text.numbers.costs : text.ofLayer(text.numbers[/** @type {"activation"} */ (quantity)] ?? "", shownLayer(trace, layer));
  const { next } = line;
  return h("li", { class: line.isPushed ? "pushed" : "" },
    h("div", { class: "at" }, symbol(line.tex, name), axis(line), change(line.before.value, line.after.value, line.moved, line.ref, digits)),
    next ? h("div", { class: next.isPushed ? "to pushed" : "to" }, h("span", { "aria-hidden": "true" }, "↓ ×"), symbol(next.tex, text.sensitivity), h("span", { "aria-hidden": "true" }, "="), change(next.before, next.after, next.moved, next.ref, digits)) : null);
}

/** @param {State} state @param {Nudge} nudge */
export function chainOf(state, nudge) {
  const line = /** @type {import("../../model/types.d.ts").Line|null} */ (nudge.told.chain_product);
  return [
    h("h2", { class: "label" }, text.chain), h("p", { class: "says" }, text.chainAbout),
    h("ol", { class: "lines" }, ...chainLines(nudge).map((one) => row(state, one))),
    ...(line ? [equation(segments(line.symbols), "numbers", state.digits, "chain"), equation(segments(line.numbers), "numbers", state.digits, "chain.n")] : []),
  ];
}
