// The receipt as data: for every step its values with their refs, old beside new in updates, and the same as text, CSV and TeX.
// Nothing is computed here; a value is the step's result or the trace's.

import { exactText, formatNumber, formatTex } from "./format.js";
import { valueOf } from "./refs.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./types.d.ts").NumberPiece} NumberPiece */
/** @typedef {{now: NumberPiece, old: NumberPiece|null}} Entry */
/** @typedef {(Entry|null)[]} Row null stands for what is left out of a long row or between long rows */

/** Of more rows or columns than these the first and the last are shown, as in the equations. */
const EDGE = 8;

/** @param {number} count @returns {(number|null)[]} */
function kept(count) {
  if (count <= EDGE) return Array.from({ length: count }, (_, at) => at);
  return [...Array.from({ length: EDGE - 2 }, (_, at) => at), null, count - 1];
}

/** Where the text writes vectors lying, matrices turned or one column an example, a place is not yet an index of the array. */
const NAMES = /** @type {Record<string, (ref: string, row: number, column: number) => {ref: string, example?: number}>} */ ({
  column: (ref, row) => ({ ref: `${ref}:${row}` }),
  row: (ref, _, column) => ({ ref: `${ref}:${column}` }),
  "transposed matrix": (ref, row, column) => ({ ref: `${ref}:${column}:${row}` }),
  "matrix, one column an example": (ref, row, column) => ({ ref: `${ref}:${row}`, example: column }),
});

/**
 * What the number at a place of a step's result is called.
 * @param {Pick<Step, "result_ref"|"orientation"|"scale">} step
 * @param {number} row
 * @param {number} column
 * @returns {{ref: string, example?: number, scale?: number}}
 */
export function resultName({ result_ref: ref, orientation, scale }, row, column) {
  const name = NAMES[orientation]?.(ref, row, column) ?? { ref: `${ref}:${row}:${column}` };
  return scale === 1 ? name : { ...name, scale };
}

/** @param {Trace} trace @param {number} example @param {{ref: string, example?: number, scale?: number}} name @param {number|null} value @returns {Entry} */
function entry(trace, example, name, value) {
  const { ref } = name;
  const before = /^updated_([a-z_]+)(:.*)$/.exec(ref);
  const old = before ? `${before[1]}${before[2]}` : null;
  return { now: { value, ...name }, old: old === null ? null : { value: valueOf(trace, example, old), ref: old } };
}

/** @type {WeakMap<Step, {example: number, rows: Row[]}>} */
const made = new WeakMap();

/**
 * A vector lies in one row, a matrix has its own rows; of long ones the beginning and the end.
 * @param {Trace} trace
 * @param {number} example
 * @param {Step} step
 * @returns {Row[]}
 */
export function receiptRows(trace, example, step) {
  const found = made.get(step);
  if (found?.example === example) return found.rows;
  const rows = makeRows(trace, example, step, kept);
  made.set(step, { example, rows });
  return rows;
}

/**
 * @param {Trace} trace
 * @param {number} example
 * @param {Step} step
 * @param {(count: number) => (number|null)[]} shown
 * @returns {Row[]}
 */
function makeRows(trace, example, step, shown) {
  const { result, result_ref: ref, orientation } = step;
  // A step of an expression names each of its numbers.
  if (result !== null && typeof result === "object" && !Array.isArray(result)) return [Object.entries(result).map(([name, value]) => entry(trace, example, { ref: name }, value))];
  if (!Array.isArray(result)) return [[entry(trace, example, { ref }, result)]];
  const values = result.map((row) => (Array.isArray(row) ? row : [row]));
  if (orientation === "column") {
    return [shown(values.length).map((at) => (at === null ? null : entry(trace, example, resultName(step, at, 0), values[at]?.[0] ?? null)))];
  }
  const columns = shown(values[0]?.length ?? 0);
  return shown(values.length).map((at) => columns.map((column) => (
    at === null || column === null ? null : entry(trace, example, resultName(step, at, column), values[at]?.[column] ?? null))));
}

/** @param {Trace} trace @param {number} example @param {number} cursor */
function lines(trace, example, cursor) {
  return trace.steps.slice(0, cursor + 1).map((step) => ({ step, rows: receiptRows(trace, example, step) }));
}

/**
 * @param {Trace} trace
 * @param {number} example
 * @param {number} cursor
 * @param {number} digits
 */
export function receiptText(trace, example, cursor, digits) {
  const say = (/** @type {Entry|null} */ of) => (of ? (of.old ? `${formatNumber(of.old.value, digits)} → ` : "") + formatNumber(of.now.value, digits) : "…");
  return lines(trace, example, cursor).flatMap(({ step, rows }) => rows.map((row, at) => [
    at === 0 ? String(step.index + 1) : "", at === 0 ? step.label_text : "", ...row.map(say),
  ].join("\t"))).join("\n");
}

/**
 * @param {Trace} trace
 * @param {number} example
 * @param {number} cursor
 */
export function receiptCsv(trace, example, cursor) {
  const every = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => at);
  const rows = trace.steps.slice(0, cursor + 1).flatMap((step) => makeRows(trace, example, step, every).flat().map((of) => (of ? [
    step.index + 1, step.phase, of.now.ref, of.old ? exactText(of.old.value) : "", exactText(of.now.value),
  ].join(",") : "")));
  return ["step,phase,ref,old,value", ...rows].join("\n");
}

/**
 * @param {Trace} trace
 * @param {number} example
 * @param {number} cursor
 * @param {number} digits
 */
export function receiptTex(trace, example, cursor, digits) {
  const body = lines(trace, example, cursor).map(({ step, rows }) => {
    const inner = rows.map((row) => row.map((of) => (of ? formatTex(of.now.value, digits) : "\\cdots")).join(" & ")).join(" \\\\ ");
    const value = rows.length === 1 && rows[0]?.length === 1 ? inner : `\\begin{bmatrix} ${step.orientation === "column" ? inner.replaceAll(" & ", " \\\\ ") : inner} \\end{bmatrix}`;
    const sign = step.phase === "update" ? "\\rightarrow" : "=";
    return `  ${step.label} &${sign} ${value}`;
  });
  return `\\begin{aligned}\n${body.join(" \\\\\n")}\n\\end{aligned}`;
}
