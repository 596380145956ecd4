// The receipt: every value so far, one row a step, the newest inverted, old beside new where a parameter moves.
// Rows are kept with their step, so moving on only adds what is new.

import { glyph, h } from "../dom.js";
import { partAt } from "../model/fine.js";
import { known } from "../model/known.js";
import { receiptRows } from "../model/receipt.js";
import { stepNow } from "../model/state.js";
import { page as text } from "../texts/en_page.js";
import { symbol, writeNumber } from "./equation.js";
import { overline } from "./explanation.js";
import { marked } from "../dom.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Step} Step */
/** @typedef {import("../model/types.d.ts").Dispatch} Dispatch */

/** @type {WeakMap<Step, {digits: number, rows: HTMLTableRowElement[]}>} */
const kept = new WeakMap();

/** @param {import("../model/receipt.js").Entry|null} entry @param {number} digits */
function valueCell(entry, digits) {
  if (!entry) return h("td", { class: "value" }, "…");
  const number = h("span");
  writeNumber(number, entry.now, digits);
  if (!entry.old) return h("td", { class: "value" }, number);
  const old = h("span");
  writeNumber(old, entry.old, digits);
  old.classList.add("old");
  return h("td", { class: "value" }, old, h("span", { class: "old" }, " → "), number);
}

/** A fraction is higher than a row, so it is written in one line. @param {Step} step */
function symbolOf({ label, label_text: plain }) {
  return label.includes("\\frac") ? plain : symbol(label, plain);
}

/** @param {State} state @param {Step} step @param {number} columns */
function rowsOf(state, step, columns) {
  const part = step.index === state.cursor ? partAt(state.trace, state.granularity, state.cursor, state.part) : null;
  if (part) return makeRows(state, step, columns, part);
  const found = kept.get(step);
  if (found && found.digits === state.digits) return found.rows;
  const rows = makeRows(state, step, columns, null);
  kept.set(step, { digits: state.digits, rows });
  return rows;
}

/** @param {State} state @param {Step} step @param {number} columns @param {import("../model/fine.js").PartNow|null} part what it writes later is not there yet */
function makeRows(state, step, columns, part) {
  const isLater = (/** @type {string} */ ref) => part !== null && known(state.trace.steps, state.cursor, ref, part) === "future";
  const starts = step.index > 0 && state.trace.steps[step.index - 1]?.phase !== step.phase;
  return receiptRows(state.trace, state.example, step).map((entries, line) => {
    const gap = columns - entries.length;
    return h("tr", { class: line === 0 && starts ? "first" : false, "data-phase": step.phase },
      line === 0 ? h("th", { scope: "row", class: "step" }, String(step.index + 1)) : h("td"),
      h("td", { class: "mark" }, line === 0 ? glyph(step.phase) : null),
      h("td", {}, line === 0 ? symbolOf(step) : null),
      ...entries.map((entry) => valueCell(entry && isLater(entry.now.ref) ? null : entry, state.digits)),
      ...Array.from({ length: gap }, () => h("td")));
  });
}

/** @param {State} state */
function table(state) {
  const { steps } = state.trace;
  const columns = Math.max(1, ...steps.map((step) => Math.max(0, ...receiptRows(state.trace, state.example, step).map((row) => row.length))));
  const rows = steps.slice(0, state.cursor + 1).flatMap((step) => {
    const own = rowsOf(state, step, columns);
    for (const row of own) row.classList.toggle("newest", step.index === state.cursor);
    return own;
  });
  const caption = h("caption", { class: "visually-hidden" }, text.receipt.caption);
  const heads = [text.receipt.step, text.receipt.kind, text.receipt.symbol, text.receipt.values];
  const head = h("thead", { class: "visually-hidden" }, h("tr", {}, ...heads.map((name, index) => h("th", { scope: "col", colspan: index === 3 ? columns : false }, name))));
  return h("div", { class: "receipt-scroll" }, h("table", { class: "receipt" }, caption, head, h("tbody", {}, ...rows)));
}

/** @param {Dispatch} dispatch @param {number} digits */
function digitsControl(dispatch, digits) {
  const choose = (/** @type {Event} */ event) => dispatch({ type: "digits", value: Number(/** @type {HTMLSelectElement} */ (event.target).value) });
  const options = [2, 3, 4, 5, 6, 8, 10, 12, 15, 17].map((value) => h("option", { value: String(value), selected: value === digits }, `${text.receipt.digits} ${value}`));
  return h("span", { class: "select quiet" }, h("select", { "aria-label": text.receipt.digits, onchange: choose }, ...options));
}

/**
 * The panel of the Receipt tab.
 * @param {State} state
 * @param {Dispatch} dispatch
 * @param {(button: HTMLElement, kind: "text"|"csv"|"tex") => void} copy
 */
export function receipt(state, dispatch, copy) {
  const step = stepNow(state);
  const kinds = /** @type {("text"|"csv"|"tex")[]} */ (["text", "csv", "tex"]);
  return [
    overline(step, state.trace),
    h("h1", { class: "title small" }, ...marked(step.name)),
    table(state),
    h("div", { class: "foot" }, text.receipt.copyAs,
      ...kinds.map((kind) => h("button", { class: "copy", type: "button", onclick: (/** @type {Event} */ event) => copy(/** @type {HTMLElement} */ (event.currentTarget), kind) }, text.receipt[kind])),
      digitsControl(dispatch, state.digits)),
  ];
}
