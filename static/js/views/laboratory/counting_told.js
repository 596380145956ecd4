// What was counted: a table of the passes, their ratios, every equation, the two charts and the numbers behind them.

import { h } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { pointsOf, timeIn, WAYS } from "../../model/laboratory/counting.js";
import { shownLayer } from "../../model/lens.js";
import { counting as text } from "../../texts/en_lab_counting.js";
import { logChart } from "./log_chart.js";

/** @typedef {import("../../model/laboratory/counting.js").Answer} Answer */
/** @typedef {import("../../model/laboratory/counting.js").Row} Row */
/** @typedef {import("../../model/types.d.ts").State} State */

const KINDS = { forward: "first", backward: "second", numerical: "third" };

/** @param {number|null} value */
const time = (value) => (value === null ? text.notMeasured : timeIn(value));

/** @param {string} label @param {string[]} head @param {(string|number)[][]} rows */
function table(label, head, rows) {
  return h("div", { class: "ways-scroll", tabindex: 0, role: "region", "aria-label": label }, h("table", { class: "printed" },
    h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...rows.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, String(name)), ...cells.map((cell) => h("td", {}, String(cell))))))));
}

/** @param {Answer} answer */
export function countsOf(answer) {
  const names = /** @type {(keyof typeof text.passes)[]} */ (Object.keys(text.passes));
  const rows = names.map((name) => {
    const one = answer[name];
    return [text.passes[name], one.multiplications, one.additions, one.functions, one.operations, time(one.seconds)];
  });
  const { head } = text;
  return [
    table(text.countsTable, [head.pass, head.multiplications, head.additions, head.functions, head.operations, head.seconds], rows),
    h("p", { class: "says" }, `${text.functionsSays} ${answer.estimated ? text.estimated : ""}`),
  ];
}

/** @param {Answer} answer */
export function ratiosOf(answer) {
  const rows = [
    [text.ratios.backward, text.times(formatNumber(answer.backward_to_forward, 3))],
    [text.ratios.numerical, text.times(formatNumber(answer.numerical_to_backpropagation, 3))],
    [text.ratios.edges, String(answer.edges)],
    [text.ratios.parameters, String(answer.parameters)],
  ];
  return h("dl", { class: "counting-ratios" }, ...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** Layers are counted as the text counts. @param {Answer} answer @param {State["trace"]} trace */
export function equationsOf({ equations }, trace) {
  const { head, equationHead } = text;
  const rows = equations.map(({ kind, layer, count }) => [text.kinds[kind] ?? kind, shownLayer(trace, layer), count.multiplications, count.additions, count.functions]);
  return h("details", {}, h("summary", {}, text.byEquation), table(text.byEquation, [equationHead.equation, equationHead.layer, head.multiplications, head.additions, head.functions], rows));
}

/** @param {Row[]} rows @param {number} parameters of this network */
export function chartsOf(rows, parameters) {
  const series = (/** @type {boolean} */ isTimed) => WAYS.map((way) => ({ name: text.tableHead[way], kind: KINDS[way], points: pointsOf(rows, way, isTimed) }));
  const inside = rows.length > 0 && parameters >= Number(rows[0]?.parameters) && parameters <= Number(rows.at(-1)?.parameters) ? parameters : undefined;
  const isEstimated = rows.some(({ estimated }) => estimated);
  return [h("div", { class: "counting-papers" },
    h("section", {}, h("h3", {}, text.operations), logChart({ label: text.chart, x: text.parametersAxis, y: text.operationsAxis, isLog: true, series: series(false), now: inside })),
    h("section", {}, h("h3", {}, text.seconds), logChart({ label: text.timeChart, x: text.parametersAxis, y: text.secondsAxis, isLog: true, series: series(true), now: inside }),
      h("p", { class: "says" }, `${text.secondsSays} ${isEstimated ? text.secondsEstimated : ""}`)))];
}

/** @param {Row[]} rows */
export function seriesTable(rows) {
  const head = text.tableHead;
  const cells = rows.map((row) => [row.depth, row.width, row.parameters, row.edges, row.forward, row.backward, row.numerical, time(row.numerical_seconds)]);
  return h("details", {}, h("summary", {}, text.table), table(text.table, [head.depth, head.width, head.parameters, head.edges, head.forward, head.backward, head.numerical, head.times], cells));
}
