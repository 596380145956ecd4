// The receipt as data: for every step its values with their refs, old beside new in updates, and the same as text, CSV and TeX.
// Nothing is computed here; a value is the step's result or the trace's.

import { exactText, formatNumber, formatTex } from "./format.js";
import { valueOf } from "./refs.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./types.d.ts").NumberPiece} NumberPiece */
/** @typedef {{now: NumberPiece, old: NumberPiece|null}} Entry */

/** @param {Trace} trace @param {number} example @param {string} ref @param {number|null} value @returns {Entry} */
function entry(trace, example, ref, value) {
  const before = /^updated_(weights|biases)(:.*)$/.exec(ref);
  const old = before ? `${before[1]}${before[2]}` : null;
  return { now: { value, ref }, old: old === null ? null : { value: valueOf(trace, example, old), ref: old } };
}

/** @type {WeakMap<Step, {example: number, rows: Entry[][]}>} */
const kept = new WeakMap();

/**
 * A vector lies in one row, a matrix has its own rows.
 * @param {Trace} trace
 * @param {number} example
 * @param {Step} step
 * @returns {Entry[][]}
 */
export function receiptRows(trace, example, step) {
  const found = kept.get(step);
  if (found?.example === example) return found.rows;
  const rows = makeRows(trace, example, step);
  kept.set(step, { example, rows });
  return rows;
}

/** @param {Trace} trace @param {number} example @param {Step} step @returns {Entry[][]} */
function makeRows(trace, example, { result, result_ref: ref, orientation }) {
  if (!Array.isArray(result)) return [[entry(trace, example, ref, result)]];
  if (orientation === "column") {
    return [result.map((row, at) => entry(trace, example, `${ref}:${at}`, Array.isArray(row) ? row[0] ?? null : row))];
  }
  return result.map((row, at) => (Array.isArray(row) ? row : [row]).map((value, column) => entry(trace, example, `${ref}:${at}:${column}`, value)));
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
  const say = (/** @type {Entry} */ { now, old }) => (old ? `${formatNumber(old.value, digits)} → ` : "") + formatNumber(now.value, digits);
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
  const rows = lines(trace, example, cursor).flatMap(({ step, rows: own }) => own.flat().map(({ now, old }) => [
    step.index + 1, step.phase, now.ref, old ? exactText(old.value) : "", exactText(now.value),
  ].join(",")));
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
    const inner = rows.map((row) => row.map(({ now }) => formatTex(now.value, digits)).join(" & ")).join(" \\\\ ");
    const value = rows.length === 1 && rows[0]?.length === 1 ? inner : `\\begin{bmatrix} ${step.orientation === "column" ? inner.replaceAll(" & ", " \\\\ ") : inner} \\end{bmatrix}`;
    const sign = step.phase === "update" ? "\\rightarrow" : "=";
    return `  ${step.label} &${sign} ${value}`;
  });
  return `\\begin{aligned}\n${body.join(" \\\\\n")}\n\\end{aligned}`;
}
