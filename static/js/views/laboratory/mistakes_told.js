// What one mistake does, told: its equation under the right one, the numbers, a number in print, training, and what finds it.
// Every number is written as the server gave it; only the curves' places are worked out, in the model.

import { h, s } from "../../dom.js";
import { digitsApart, formatNumber, MINUS } from "../../model/format.js";
import * as model from "../../model/laboratory/mistakes.js";
import { shownLayer } from "../../model/lens.js";
import { segments } from "../../model/tex.js";
import { texWords } from "../../model/tex_words.js";
import { detectives, mistakes as text } from "../../texts/en_lab_mistakes.js";
import { equation, symbol, writeNumber } from "../equation.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/mistakes.js").Turn} Turn */
/** @typedef {import("../../model/laboratory/mistakes.js").Check} Check */

const WIDTH = 400;
const HEIGHT = 96;
const FOOT = 20;

/** @param {number|null} value @param {number} digits @param {string} [kind] */
function number(value, digits, kind = "") {
  const span = h("span", { class: kind });
  writeNumber(span, { value, ref: "" }, digits);
  return span;
}

/** @param {State} state @param {Turn["told"]["right"]} written @param {string} place */
function lines({ digits }, { symbols, numbers }, place) {
  const [above, below] = [model.piecesOf(symbols), model.piecesOf(numbers)];
  return [equation(segments(above), "symbols", digits, `mistake.${place}`), equation(segments(below), "numbers", digits, `mistake.${place}`)];
}

/** @param {State} state @param {Turn} turn */
export function equationsOf(state, { told }) {
  return [
    h("div", { class: "block" }, h("h2", { class: "label" }, text.right, " ", h("span", { class: "quiet" }, text.of(told.of))), ...lines(state, told.right, "right")),
    h("div", { class: "block mistake-wrong" }, h("h2", { class: "label" }, "✕ ", text.wrong), ...lines(state, told.wrong, "wrong")),
  ];
}

/** What is said aloud when it is switched on. @param {State} state @param {Turn} turn */
export function saidOf({ digits }, turn) {
  const [one] = model.numbersOf(turn, false);
  if (!turn.first || !one) return text.saidSame(turn.told.title);
  const figures = digitsApart(one.right, one.wrong, digits);
  return text.said(turn.told.title, `${one.name} ${texWords(one.tex)}`, formatNumber(one.right, figures), formatNumber(one.wrong, figures));
}

/** In per cent, with its sign. @param {number|null} share */
function percent(share) {
  if (share === null) return "";
  const shown = formatNumber(share * 100, 3);
  return `${shown.startsWith(MINUS) ? "" : "+"}${shown} %`;
}

/** @param {State} state @param {Turn} turn @param {boolean} all */
export function tableOf({ digits }, turn, all) {
  const rows = model.numbersOf(turn, all).map(({ tex, name, right, wrong, off_by: off }) => h("tr", {},
    h("th", { scope: "row" }, symbol(tex, `${name} ${texWords(tex)}`)), h("td", {}, number(right, digitsApart(right, wrong, digits))), h("td", {}, number(wrong, digitsApart(right, wrong, digits), "mistake-number")), h("td", { class: "quiet" }, percent(off))));
  const [after, wrongAfter] = [turn.costs[1], turn.wrong_costs[1]];
  if (after !== undefined && wrongAfter !== undefined && turn.update === 1) {
    rows.push(h("tr", {}, h("th", { scope: "row" }, symbol(turn.told.cost_tex, "C"), ` ${text.costAfter}`), h("td", {}, number(after, Math.max(digits, 9))), h("td", {}, number(wrongAfter, Math.max(digits, 9), "mistake-number")), h("td", {}, "")));
  }
  const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, text.table)), h("th", { scope: "col" }, text.head.right), h("th", { scope: "col", class: "no" }, text.head.wrong), h("th", { scope: "col" }, text.head.off));
  return h("div", { class: `table-scroll${all ? "" : " unrolled"}`, role: "group", tabindex: 0, id: "mistake-table", "aria-label": text.table }, h("table", { class: "printed mistake-numbers" }, h("thead", {}, head), h("tbody", {}, ...rows)));
}

/** @param {Turn} turn */
export function printedOf({ printed }) {
  if (!printed) return null;
  return h("div", { class: "note mistake-printed" }, h("b", {}, text.explains), ` ${text.printed(printed.author, printed.digits, printed.words)} `, h("span", { class: "quiet" }, printed.note));
}

/** @param {State} state @param {Turn} turn */
export function trainingOf({ digits }, turn) {
  if (turn.costs.length < 2) return h("p", { class: "quiet" }, text.noRate);
  const { top, right, wrong, isCut } = model.curvesOf(turn, WIDTH, HEIGHT);
  const last = turn.costs.length - 1;
  const figures = digitsApart(turn.costs[last] ?? null, turn.wrong_costs[last] ?? null, digits);
  const shown = (/** @type {number|null|undefined} */ value) => formatNumber(value ?? null, figures);
  const picture = s("svg", { class: "mistake-curves", viewBox: `-1 -16 ${WIDTH + 2} ${HEIGHT + FOOT + 16}`, role: "img", "aria-label": `${text.curves}: ${text.keyRight} ${shown(turn.costs[last])}, ${text.keyWrong} ${shown(turn.wrong_costs[last])}` },
    s("path", { class: "axis", d: `M0 0V${HEIGHT}H${WIDTH}` }), s("path", { class: "right", d: right }), s("path", { class: "wrong", d: wrong }),
    s("text", { x: 0, y: -5 }, formatNumber(top, 3)), s("text", { x: 0, y: HEIGHT + FOOT - 5 }, "0"), s("text", { x: WIDTH, y: HEIGHT + FOOT - 5, "text-anchor": "end" }, text.updates(last)));
  const key = (/** @type {string} */ kind, /** @type {string} */ words, /** @type {number|null|undefined} */ value) => h("span", { class: `mistake-key ${kind}` }, s("svg", { viewBox: "0 0 24 8", "aria-hidden": "true" }, s("path", { class: kind, d: "M0 4H24" })), `${words} `, number(value ?? null, figures));
  return h("div", {}, picture, h("p", { class: "mistake-keys" }, key("right", text.keyRight, turn.costs[last]), key("wrong", text.keyWrong, turn.wrong_costs[last])), isCut ? h("p", { class: "quiet" }, text.cut) : null);
}

/** @param {State} state @param {Check} check @returns {string[]} */
export function verdictsOf({ trace }, check) {
  const apart = check.arrays.filter(({ passed }) => !passed).map(({ parameter, layer }) => detectives.of(detectives.parameters[parameter] ?? parameter, shownLayer(trace, layer)));
  const gradient = check.compared === 0 ? detectives.nothing : check.passed ? detectives.passes : detectives.fails(formatNumber(check.largest_relative_error, 2), detectives.in(apart));
  if (!check.step) return [gradient];
  const { passed, promised, happened } = check.step;
  return [gradient, passed ? (check.passed ? detectives.stepPasses : "") : detectives.stepFails(formatNumber(promised, 3), formatNumber(happened, 3))].filter(Boolean);
}

/** @param {State} state @param {Check|null} check */
export function foundOf(state, check) {
  return check ? verdictsOf(state, check).map((words) => h("p", { class: "says" }, words)) : [h("p", { class: "quiet" }, text.checking)];
}

/** A step by its label, which leads there. @param {State} state @param {number} step @param {Dispatch} dispatch */
export function stepLink({ trace }, step, dispatch) {
  const one = trace.steps[step];
  return one ? h("button", { type: "button", class: "link", id: "mistake-first", onclick: () => dispatch({ type: "seek", step }) }, symbol(one.label, one.label_text)) : null;
}

