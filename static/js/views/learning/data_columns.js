// The columns of a table as the server read them: what each holds, which are learned from and which is learned.
// Names and classes come from somebody's file; they are only ever set as text.

import { h } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { data as text } from "../../texts/en_data.js";

const words = text.paste;

/** @typedef {import("../../model/api-types.d.ts").components["schemas"]["ColumnEntry"]} Column */
/** @typedef {(options: Partial<import("./data_own.js").Options>) => void} Choose */

/** @param {Column} column */
function holds({ kind, min, max, missing, classes }) {
  const what = kind === "empty" ? words.nothing : kind === "text" ? words.words(classes) : words.range(formatNumber(min ?? 0), formatNumber(max ?? 0));
  return missing > 0 && kind !== "empty" ? `${what} (${words.missing(missing)})` : what;
}

/** @param {Column} column @param {Column[]} columns @param {Choose} choose */
function row(column, columns, choose) {
  const isTarget = column.role === "target";
  const input = h("input", {
    type: "checkbox", checked: column.role === "input", disabled: isTarget || column.kind !== "number", "aria-label": words.useAsInput(column.name),
    onchange: () => {
      const inputs = columns.filter((one) => (one === column ? input.checked : one.role === "input"));
      // Without any input there is nothing to learn from: the last one stays.
      if (inputs.length === 0) input.checked = true;
      else choose({ inputs: inputs.map((one) => String(one.number)) });
    },
  });
  const target = h("input", {
    type: "radio", name: "data-target", checked: isTarget, disabled: column.kind === "empty", "aria-label": words.useAsTarget(column.name),
    // What is learned from follows anew: it may have been the very column that is learned now.
    onchange: () => choose({ target: String(column.number), inputs: [], learn: "auto" }),
  });
  return h("tr", { "data-role": column.role },
    h("th", { scope: "row" }, h("span", { class: "data-cell-name" }, column.name)), h("td", {}, holds(column)), h("td", { class: "pick" }, input), h("td", { class: "pick" }, target));
}

/** @param {Column[]} columns @param {Choose} choose */
export function columnTable(columns, choose) {
  return h("table", { class: "data-columns" },
    h("thead", {}, h("tr", {}, ...[words.column, words.holds, words.input, words.target].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...columns.map((column) => row(column, columns, choose))));
}
