// Two papers: the output and the cost of either side, update after update, with a slider that reads both at one moment.
// Where an author printed an output, it stands on the paper at its place.

import { h, s } from "../../dom.js";
import { formatNumber, formatTick } from "../../model/format.js";
import { across, costAxis, path, SHARES, SIZE, upward, wordsAt } from "../../model/laboratory/pair_curves.js";
import { UPDATES } from "../../model/laboratory/pairs.js";
import { isAsPublished } from "../../model/state.js";
import { pairs as text } from "../../texts/en_lab_pairs.js";
import { number } from "./pairs_numbers.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/types.d.ts").Dispatch} Dispatch */
/** @typedef {import("../../model/laboratory/pairs.js").Comparison} Comparison */
/** @typedef {import("../../model/laboratory/pair_curves.js").Axis} Axis */
/** @typedef {import("../../model/laboratory/pair_curves.js").Values} Values */
/** @typedef {{ref: string, digits: string, words: string, after: number, computed: number}} Printed */

const NAMES = ["quadratic", "entropy"];
const RIGHT = SIZE.width - SIZE.right;
const FOOT = SIZE.height - SIZE.bottom;

/** @param {Axis} axis @param {number} updates */
function paper(axis, updates) {
  const rows = axis.ticks.flatMap((tick) => {
    const y = upward(tick, axis);
    return [s("path", { class: "grid", d: `M${SIZE.left} ${y}H${RIGHT}` }), s("text", { x: SIZE.left - 6, y: y + 4, "text-anchor": "end" }, formatTick(tick))];
  });
  const columns = [0, updates / 3, (2 * updates) / 3, updates].map((update) => s("text", { x: across(update, updates), y: FOOT + 18, "text-anchor": "middle" }, String(Math.round(update))));
  return [...rows, ...columns, s("text", { x: RIGHT + 22, y: FOOT + 18 }, text.updates)];
}

/** What an author printed of an output under the quadratic cost, if what is shown is what was published. @param {State} state @param {number} output @returns {Printed[]} */
function printedOf(state, output) {
  if (!isAsPublished(state) || state.trace.network.cost !== "quadratic") return [];
  const ref = `activation:${state.trace.network.layers.length}:${output}`;
  return /** @type {Printed[]} */ (state.published?.printed ?? []).filter((one) => one.ref === ref && (one.after ?? 0) <= UPDATES);
}

/** @param {Values[]} lines @param {Axis} axis @param {number} at @param {Comparison["sides"]} sides @param {Printed[]} printed */
function drawing(lines, axis, at, sides, printed) {
  const updates = UPDATES;
  const heights = wordsAt(lines.map((line) => line.at(-1) ?? null), axis);
  const x = across(at, updates);
  return [
    ...paper(axis, updates),
    s("path", { class: "now", d: `M${x} ${SIZE.top}V${FOOT}` }),
    ...lines.map((line, side) => s("path", { class: `course ${NAMES[side]}`, d: path(line, axis) })),
    ...lines.map((_, side) => s("text", { class: `end ${NAMES[side]}`, x: RIGHT + 10, y: Number(heights[side]) + 4 }, text.short[/** @type {keyof typeof text.short} */ (sides[side]?.cost)] ?? "")),
    ...lines.flatMap((line, side) => { const value = line[at] ?? null; return value === null ? [] : [s("circle", { class: `at ${NAMES[side]}`, cx: x, cy: upward(value, axis), r: 3.5 })]; }),
    ...printed.map(({ after = 0, digits }) => s("rect", { class: "print", x: across(after, updates) - 5, y: upward(Number(digits), axis) - 5, width: 10, height: 10 })),
  ];
}

/** @param {string} title */
function mountPaper(title) {
  const svg = s("svg", { class: "plot pair-curve", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img" });
  const name = h("h3", { class: "label" }, title);
  return { root: h("figure", {}, name, svg), svg, name };
}

/** @param {Dispatch} dispatch */
export function mountCurves(dispatch) {
  const outputs = mountPaper(text.outputs);
  const costs = mountPaper(text.cost);
  const slider = h("input", { class: "range", type: "range", id: "pairs-after", min: 0, max: UPDATES, step: 1, oninput: () => dispatch({ type: "lab", to: "pairs", action: { type: "after", value: Number(slider.value) } }) });
  const count = h("output", { for: "pairs-after", "aria-live": "off" });
  const reading = h("table", { class: "printed pairs-reading" });
  const printedAt = h("div", {});
  const root = h("section", { class: "pairs-curves" }, h("h2", { class: "title small" }, text.learning), h("div", { class: "pair-papers" }, outputs.root, costs.root),
    h("div", { class: "pairs-after" }, h("label", { for: "pairs-after" }, text.after), slider, count), reading, h("p", { class: "says" }, text.costNote), printedAt);
  /** @type {unknown[]} */
  let drawn = [];

  return {
    root,
    /** @param {State} state @param {Comparison} comparison */
    update(state, comparison) {
      const at = Number(state.lab?.pairs.after);
      const now = [comparison, at, state.digits, state.published, state.request];
      if (now.every((one, index) => one === drawn[index])) return;
      drawn = now;
      const courses = comparison.sides.map(({ course }) => course);
      root.hidden = courses.some((course) => course.costs.length === 0);
      if (root.hidden) return;
      const shares = courses.map((course) => course.outputs.map((row) => row[comparison.output] ?? null));
      const falling = courses.map((course) => /** @type {Values} */ (course.costs));
      const printed = printedOf(state, comparison.output);
      outputs.name.textContent = comparison.traces[0]?.network.layers.at(-1)?.size === 1 ? text.outputs : text.outputCurve(comparison.output + 1);
      draw(outputs, shares, SHARES, printed);
      draw(costs, falling, costAxis(falling), []);
      if (Number(slider.value) !== at) slider.value = String(at);
      count.textContent = String(at);
      const [first = "", second = ""] = shares.map((share) => formatNumber(share[at] ?? null, state.digits));
      slider.setAttribute("aria-valuetext", text.afterSaid(at, outputs.name.textContent ?? "", first, second));
      write(reading, shares, falling);
      printedAt.replaceChildren(...printed.map((one) => h("p", { class: "says pairs-print" }, text.printedLine(String(state.published?.author ?? ""), one.words, one.digits, formatNumber(shares[0]?.[one.after ?? 0] ?? null, state.digits)))));

      /** @param {ReturnType<typeof mountPaper>} paper @param {Values[]} lines @param {Axis} axis @param {Printed[]} prints */
      function draw({ svg, name }, lines, axis, prints) {
        const [first, second] = lines.map((line) => formatNumber(line.at(-1) ?? null, state.digits));
        svg.setAttribute("aria-label", text.curve(name.textContent ?? "", first ?? "", second ?? ""));
        svg.replaceChildren(...drawing(lines, axis, at, comparison.sides, prints));
      }

      /** @param {HTMLElement} table @param {Values[]} one @param {Values[]} other */
      function write(table, one, other) {
        const head = comparison.sides.map(({ cost }) => h("th", { scope: "col" }, text.costs[/** @type {keyof typeof text.costs} */ (cost)]));
        const row = (/** @type {string} */ what, /** @type {Values[]} */ lines) => h("tr", {}, h("th", { scope: "row" }, what), ...lines.map((line) => h("td", {}, number(line[at] ?? null, state.digits))));
        table.replaceChildren(h("thead", {}, h("tr", {}, h("th", { scope: "col" }, `${text.after} ${at}`), ...head)), h("tbody", {}, row(outputs.name.textContent ?? "", one), row(text.cost, other)));
      }
    },
  };
}
