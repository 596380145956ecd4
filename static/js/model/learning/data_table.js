// A table of one's own as cells: edited one by one, written as the text that the server reads.
// The same text stands in the box to paste into, so either way to type leads to the same table.

/** @typedef {{names: string[], rows: string[][]}} Grid */
/** @typedef {{line?: number, column?: number, detail: string}} Complaint */

export const MOST_ROWS = 500;
export const MOST_COLUMNS = 40;

/** @returns {Grid} */
export const blankGrid = () => ({ names: ["x₁", "x₂", "class"], rows: [["", "", ""], ["", "", ""], ["", "", ""], ["", "", ""]] });

const SIGNS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" };

/** @param {string} cell @param {string} sign */
function written(cell, sign) {
  const plain = cell.replace(/[\r\n]+/g, " ");
  return plain.includes(sign) || plain.includes('"') || plain !== plain.trim() ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** @param {Grid} grid @param {string} separator by name @returns {string} */
export function textOf({ names, rows }, separator) {
  const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (separator)] ?? ",";
  // A row of one empty cell after the other would be a blank line, which is no row to the server but keeps its number.
  return [names, ...rows].map((cells) => `${cells.map((cell) => written(cell, sign)).join(sign)}\n`).join("");
}

/** @param {{columns: {name: string}[], cells?: string[][]}} reading @returns {Grid} */
export const gridOfReading = ({ columns, cells }) => ({ names: columns.map(({ name }) => name), rows: cells ?? [] });

/** @param {{input_names: string[], inputs: number[][], classes?: number[], class_names?: string[], values?: number[][], value_names?: string[]}} examples @returns {Grid} */
export function gridOfExamples({ input_names, inputs, classes, class_names, values, value_names }) {
  const learned = classes
    ? { names: ["class"], cells: (/** @type {number} */ row) => [class_names?.[classes[row] ?? 0] ?? ""] }
    : { names: value_names?.length ? value_names : ["value"], cells: (/** @type {number} */ row) => (values?.[row] ?? []).map(String) };
  return { names: [...input_names, ...learned.names], rows: inputs.map((cells, row) => [...cells.map(String), ...learned.cells(row)]) };
}

/** Row −1 is that of the names. @param {Grid} grid @param {number} row @param {number} column @param {string} value @returns {Grid} */
export function withCell(grid, row, column, value) {
  const put = (/** @type {string[]} */ cells) => cells.map((cell, at) => (at === column ? value : cell));
  if (row < 0) return { ...grid, names: put(grid.names) };
  return { ...grid, rows: grid.rows.map((cells, at) => (at === row ? put(cells) : cells)) };
}

/** @param {Grid} grid @param {number} below the row after which the new one stands @returns {Grid} */
export function withRow(grid, below) {
  if (grid.rows.length >= MOST_ROWS) return grid;
  return { ...grid, rows: [...grid.rows.slice(0, below + 1), grid.names.map(() => ""), ...grid.rows.slice(below + 1)] };
}

/** @param {Grid} grid @param {number} row @returns {Grid} */
export function withoutRow(grid, row) {
  return grid.rows.length > 1 ? { ...grid, rows: grid.rows.filter((_, at) => at !== row) } : grid;
}

/** The cells that complaints are about: “row:column” → what is said; names are row −1. @param {Complaint[]} complaints @returns {Map<string, string>} */
export function placesOf(complaints) {
  const found = complaints.flatMap(({ line, column, detail }) => (line && column ? [/** @type {[string, string]} */ ([`${line - 2}:${column - 1}`, detail])] : []));
  return new Map(found.reverse());
}

/**
 * Where a key leads from a cell; null for a key that leads nowhere.
 * @param {string} key
 * @param {boolean} far with Ctrl or Command
 * @param {{row: number, column: number}} from
 * @param {Grid} grid
 */
export function cellAfter(key, far, { row, column }, { names, rows }) {
  const [last, end] = [rows.length - 1, names.length - 1];
  const clamp = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, value));
  /** @type {Record<string, [number, number]>} */
  const moves = {
    ArrowUp: [far ? -1 : row - 1, column],
    ArrowDown: [far ? last : row + 1, column],
    ArrowLeft: [row, far ? 0 : column - 1],
    ArrowRight: [row, far ? end : column + 1],
    Home: [far ? -1 : row, 0],
    End: [far ? last : row, end],
    PageUp: [row - 10, column],
    PageDown: [row + 10, column],
  };
  const to = moves[key];
  return to ? { row: clamp(to[0], -1, last), column: clamp(to[1], 0, end) } : null;
}
