// Which class is taken for which, as a table whose cells are darker the more examples they hold, and the digits it gets wrong.
// Right answers stand on the diagonal in grey; everything beside it is a mistake and stands in its own colour.

import { h } from "../../dom.js";
import { plane as text } from "../../texts/en_train_charts.js";

/** @typedef {NonNullable<import("../../model/learning/frames.d.ts").Frame["confusion"]>} Counts */
/** @typedef {import("../../model/palette.js").Palette} Palette */

const words = text.confusionTable;
/** A cell is never fuller than this, so that its digits are read. */
const FULLEST = 0.62;

export function createConfusion() {
  const table = h("table", { class: "confusion" });
  const foot = h("p", { class: "chart-foot" }, words.caption);
  const root = h("div", { class: "confusion-block" }, h("div", { class: "confusion-scroll" }, table), foot);
  /** @type {{element: HTMLElement, count: number, full: number}[][]} */
  let cells = [];
  let built = "";

  /** @param {string[]} classes */
  function build(classes) {
    built = classes.join("\n");
    cells = classes.map((of) => classes.map((as) => ({ element: h("td", { "data-of": of, "data-as": as }), count: -1, full: -1 })));
    table.classList.toggle("wide", classes.length > 6);
    table.replaceChildren(
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.corner), ...classes.map((name) => h("th", { scope: "col", title: name }, name)))),
      h("tbody", {}, ...classes.map((name, row) => h("tr", {}, h("th", { scope: "row", title: name }, name), ...(cells[row] ?? []).map(({ element }) => element)))),
    );
  }

  return {
    root,
    /** @param {Counts} counts @param {Palette} palette @param {boolean} recoloured */
    update({ classes, counts }, palette, recoloured) {
      if (classes.join("\n") !== built) build(classes);
      const wrong = counts.flatMap((row, of) => row.filter((_, as) => as !== of));
      const [most, mostWrong] = [Math.max(1, ...counts.flat()), Math.max(1, ...wrong)];
      for (const [of, row] of counts.entries()) {
        for (const [as, count] of row.entries()) {
          const cell = cells[of]?.[as];
          const full = of === as ? count / most : count / mostWrong;
          if (!cell || (cell.count === count && cell.full === full && !recoloured)) continue;
          Object.assign(cell, { count, full });
          cell.element.textContent = count ? String(count) : "";
          cell.element.className = of === as ? "right" : count ? "mistaken" : "";
          cell.element.title = words.cell(count, classes[of] ?? "", classes[as] ?? "");
          cell.element.style.backgroundColor = of !== as && count ? palette.half((0.25 + 0.75 * full), true) : "";
          cell.element.style.setProperty("--full", String(of === as ? full * FULLEST : 0));
        }
      }
    },
  };
}

/** @param {Counts} counts @returns {{wrong: number, all: number}} */
export function tally({ counts }) {
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  return { wrong: all - right, all };
}
