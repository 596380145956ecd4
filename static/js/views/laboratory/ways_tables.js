// Every derivative in one table, and how the cost of each way grows when the expression is put into itself: in numbers and drawn.

import { h } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { ways as text } from "../../texts/en_lab_ways.js";
import { logChart } from "./log_chart.js";

/** @typedef {import("../../model/laboratory/ways.js").Answer} Answer */
/** @typedef {import("../../model/laboratory/ways.js").Variable} Variable */

/** @param {Variable} variable @param {Answer} answer */
function verdict({ agrees, symbolic }, { corners }) {
  if (agrees === true) return text.yes;
  if (agrees === false) return text.no;
  return corners.length > 0 && symbolic !== null ? text.corner : text.unknown;
}

/** @param {Answer} answer @param {number} digits */
export function derivativesTable(answer, digits) {
  const shown = (/** @type {number|null} */ value, figures = digits) => (value === null ? "–" : formatNumber(value, figures));
  const { head } = text;
  const rows = answer.variables.map((one) => h("tr", {},
    h("th", { scope: "row" }, one.name), h("td", {}, shown(one.value)), h("td", {}, shown(one.symbolic)), h("td", {}, shown(one.numerical)),
    h("td", {}, shown(one.numerical_error, 2)), h("td", {}, shown(one.automatic)), h("td", { class: one.agrees === false ? "no" : "" }, verdict(one, answer))));
  return [
    h("h2", { class: "title small", id: "ways-table" }, text.table),
    h("div", { class: "ways-scroll", tabindex: 0, role: "region", "aria-labelledby": "ways-table" }, h("table", { class: "printed" },
      h("thead", {}, h("tr", {}, ...[head.name, head.value, head.symbolic, head.numerical, head.error, head.automatic, head.agrees].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...rows))),
  ];
}

/** @param {Answer} answer @param {boolean} isWhole @param {string} missing why there are no formulas */
export function growthOf({ growth }, isWhole, missing) {
  if (growth.length < 2) return [];
  const points = (/** @type {"derivatives"|"shared"|"automatic"} */ name) => growth.flatMap((row) => (row[name] ? [{ x: row.times, y: Number(row[name]) }] : []));
  const head = text.growthHead;
  const none = missing ? text.unknown : isWhole ? text.tooLarge : text.waiting;
  const rows = growth.map((row) => h("tr", {}, h("th", { scope: "row" }, String(row.times)), ...[row.written, row.derivatives ?? none, row.shared ?? none, row.automatic].map((value) => h("td", {}, String(value)))));
  return [
    h("h2", { class: "title small", id: "ways-growth" }, text.growth),
    h("p", { class: "says" }, text.growthSays),
    h("div", { class: "ways-swelling" },
      logChart({
        label: text.chart, x: text.timesAxis, y: text.operationsAxis, isLog: false,
        series: [{ name: text.lines.derivatives, kind: "first", points: points("derivatives") }, { name: text.lines.shared, kind: "second", points: points("shared") }, { name: text.lines.automatic, kind: "third", points: points("automatic") }],
      }),
      h("div", { class: "ways-scroll", tabindex: 0, role: "region", "aria-labelledby": "ways-growth" }, h("table", { class: "printed" },
        h("thead", {}, h("tr", {}, ...[head.times, head.written, head.derivatives, head.shared, head.automatic].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, ...rows)))),
  ];
}
