// The table of one's own cell by cell: one tab stop, arrows to move, typing or Enter to edit, rows added and removed.
// Every change becomes the text that the server reads; what it refuses is marked in the very cell.

import { h } from "../../dom.js";
import * as table from "../../model/learning/data_table.js";
import { data as text } from "../../texts/en_data.js";
import { offerOf } from "./data_paste.js";

const words = text.table;

/** @typedef {import("../../model/learning/data_table.js").Grid} Grid */
/** @typedef {import("./data_own.js").Own} Own */

/**
 * @param {ReturnType<typeof import("./data_own.js").ownTable>} own
 * @param {() => void} toText
 */
export function gridTab(own, toText) {
  /** @type {Grid|null} */
  let grid = null;
  /** The text that the grid stands for; another one was typed elsewhere. */
  let known = "";
  let separator = "comma";
  let at = { row: 0, column: 0 };
  /** @type {HTMLInputElement|null} */
  let editor = null;

  const body = h("tbody", {});
  const head = h("tr", { role: "row" });
  const cells = h("table", { class: "data-grid", role: "grid", "aria-label": words.grid, "aria-describedby": "data-grid-help" }, h("thead", {}, head), body);
  const scroller = h("div", { class: "data-grid-frame" }, cells);
  const add = h("button", { class: "button", type: "button", onclick: () => addRow() }, words.addRow);
  const remove = h("button", { class: "button", type: "button", onclick: () => removeRow() }, words.removeRow);
  const problem = h("div", { class: "data-problem", role: "alert" });
  const help = h("p", { class: "quiet", id: "data-grid-help" }, words.help);
  const sentence = h("p", {});
  const other = h("button", { class: "button", type: "button", onclick: () => toText() }, words.toText);
  const instead = h("div", { class: "data-instead" }, sentence, h("div", { class: "data-row" }, other));
  const element = h("div", { class: "data-table" }, instead, help, scroller, h("div", { class: "data-row" }, add, remove), problem);

  /** @param {number} row @param {number} column */
  const cellAt = (row, column) => /** @type {HTMLTableCellElement|undefined} */ ((row < 0 ? head : body.rows[row])?.cells[column + 1]);
  /** @param {Grid} of @param {number} row @param {number} column */
  const valueAt = (of, row, column) => (row < 0 ? of.names : of.rows[row])?.[column] ?? "";

  /** @param {Grid} next @param {string} sign */
  function take(next, sign) {
    grid = next;
    separator = sign;
    at = { row: Math.min(at.row, next.rows.length - 1), column: Math.min(at.column, next.names.length - 1) };
    draw();
  }

  function changedGrid() {
    if (!grid) return;
    known = table.textOf(grid, separator);
    own.type(known);
    if (own.get().options.header !== "yes") own.choose({ header: "yes", separator });
  }

  function draw() {
    if (!grid) return;
    const { names, rows } = grid;
    head.replaceChildren(h("td", { class: "corner", role: "gridcell" }, words.names), ...names.map((name) => h("th", { scope: "col", role: "columnheader", tabindex: -1 }, name)));
    body.replaceChildren(...rows.map((row, index) => h("tr", { role: "row" },
      h("th", { scope: "row", role: "rowheader" }, String(index + 1)), ...row.map((value) => h("td", { role: "gridcell", tabindex: -1 }, value)))));
    cellAt(at.row, at.column)?.setAttribute("tabindex", "0");
    mark(own.get());
  }

  function focusCell() {
    cells.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    const cell = cellAt(at.row, at.column);
    cell?.setAttribute("tabindex", "0");
    cell?.focus();
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {string|null} [typed] the key that began it, which takes the place of what was there */
  function edit(typed = null) {
    const cell = cellAt(at.row, at.column);
    if (!grid || !cell || editor) return;
    const name = `${at.row < 0 ? words.names : words.row(at.row + 1)}, ${grid.names[at.column]}`;
    editor = h("input", { class: "data-cell-editor", value: typed ?? valueAt(grid, at.row, at.column), "aria-label": name, autocomplete: "off", spellcheck: "false", onblur: () => commit(), onkeydown: onEditorKey });
    cell.replaceChildren(editor);
    editor.focus();
    if (typed === null) editor.select();
  }

  /** @param {boolean} [keep] */
  function commit(keep = true) {
    if (!editor || !grid) return;
    const typed = editor.value;
    editor = null;
    const before = valueAt(grid, at.row, at.column);
    const cell = cellAt(at.row, at.column);
    if (keep && typed !== before) grid = table.withCell(grid, at.row, at.column, typed);
    cell?.replaceChildren(valueAt(grid, at.row, at.column));
    if (keep && typed !== before) changedGrid();
  }

  /** @param {KeyboardEvent} event */
  function onEditorKey(event) {
    event.stopPropagation();
    const moves = /** @type {Record<string, string>} */ ({ Enter: event.shiftKey ? "ArrowUp" : "ArrowDown", Tab: event.shiftKey ? "ArrowLeft" : "ArrowRight" });
    const move = moves[event.key];
    if (event.key !== "Escape" && !move) return;
    event.preventDefault();
    commit(event.key !== "Escape");
    if (move && grid) at = table.cellAfter(move, false, at, grid) ?? at;
    focusCell();
  }

  cells.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (editor || !grid || altKey) return;
    const next = table.cellAfter(key, ctrlKey || metaKey, at, grid);
    if (next) {
      at = next;
      focusCell();
    } else if (key === "Enter" || key === "F2") edit();
    else if (key === "Delete" || key === "Backspace") {
      grid = table.withCell(grid, at.row, at.column, "");
      cellAt(at.row, at.column)?.replaceChildren("");
      changedGrid();
    } else if (key.length === 1 && !ctrlKey && !metaKey) edit(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /** @param {Event} event */
  function cellOf(event) {
    const cell = /** @type {Element} */ (event.target).closest("td, th");
    const row = cell?.closest("tr");
    if (!(cell instanceof HTMLTableCellElement) || !row || cell.cellIndex === 0) return null;
    return { row: row === head ? -1 : row.sectionRowIndex, column: cell.cellIndex - 1 };
  }
  cells.addEventListener("pointerdown", (event) => {
    const found = cellOf(event);
    if (!found || /** @type {Element} */ (event.target).closest("input")) return;
    event.preventDefault();
    const again = found.row === at.row && found.column === at.column && document.activeElement === cellAt(at.row, at.column);
    commit();
    at = found;
    focusCell();
    if (again) edit();
  });

  function addRow() {
    if (!grid) return;
    commit();
    at = { row: at.row + 1, column: 0 };
    take(table.withRow(grid, at.row - 1), separator);
    changedGrid();
    focusCell();
  }

  function removeRow() {
    if (!grid || at.row < 0) return;
    commit();
    take(table.withoutRow(grid, at.row), separator);
    changedGrid();
    focusCell();
  }

  /** The server counts lines of the text; here rows are counted below the names. @param {import("../../model/learning/data_table.js").Complaint} complaint */
  function ofRow({ line, column, detail }) {
    if (!line || !column) return detail;
    return `${line > 1 ? words.row(line - 1) : words.names}: ${detail.replace(`Line ${line}, column ${column}: `, "")}`;
  }

  /** Marks what the server refused where it stands. @param {Own} state */
  function mark({ problem: found, waiting }) {
    for (const cell of cells.querySelectorAll("[aria-invalid]")) {
      cell.removeAttribute("aria-invalid");
      cell.removeAttribute("title");
    }
    for (const [place, said] of table.placesOf(found?.errors ?? [])) {
      const [row = 0, column = 0] = place.split(":").map(Number);
      const cell = cellAt(row, column);
      cell?.setAttribute("aria-invalid", "true");
      cell?.setAttribute("title", said);
    }
    if (waiting) return;
    const said = found ? (found.errors.length > 0 ? found.errors.map(ofRow) : [found.detail]) : [];
    problem.replaceChildren(...said.slice(0, 5).map((one) => h("p", { class: "problem" }, one)));
  }

  /** @param {Own} state */
  function follow(state) {
    const { text: typed, reading } = state;
    if (typed !== known || !grid) {
      known = typed;
      grid = null;
      const columns = reading?.columns.length ?? 0;
      const rows = reading?.cells?.length ?? 0;
      if (typed.trim() === "") take(table.blankGrid(), "comma");
      else if (reading && rows <= table.MOST_ROWS && columns <= table.MOST_COLUMNS) take(table.gridOfReading(reading), reading.separator);
      else {
        known = "\0";
        sentence.textContent = !reading ? words.unread : rows > table.MOST_ROWS ? words.tooLong(rows, table.MOST_ROWS) : words.tooWide(columns, table.MOST_COLUMNS);
      }
    }
    instead.hidden = grid !== null;
    for (const part of [help, scroller, add, remove, problem]) part.hidden = grid === null;
    mark(state);
  }

  return {
    element,
    show: () => follow(own.get()),
    repaint() {},
    focus: () => (grid ? focusCell() : other.focus()),
    /** @param {Own} state */
    update: (state) => { if (element.checkVisibility()) follow(state); },
    /** @param {Grid} next such as that of a drawing */
    open(next) {
      own.replace(table.textOf(next, "comma"), { options: { header: "yes", separator: "comma", learn: "classes", decimal: "point" } });
      known = own.get().text;
      take(next, "comma");
    },
    offer() {
      const { reading, problem: found } = own.get();
      return reading ? offerOf(reading) : { why: found ? text.paste.unreadable : own.get().waiting ? text.paste.reading : words.empty };
    },
  };
}
