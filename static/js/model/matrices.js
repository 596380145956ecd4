// The cells of a factor: which number of the trace stands at which place, however the text turns, repeats or scales the array.
// Both directions are here, from a place to a ref and from a ref to its places, so that pointing works both ways.

import { lookUp, makeRef, parseRef } from "./refs.js";

/** @typedef {import("./types.d.ts").Trace} Trace */
/** @typedef {import("./types.d.ts").Factor} Factor */
/** @typedef {{row: number, column: number}} Place */
/**
 * @typedef {object} Cells
 * @property {(row: number, column: number) => number|null} value as the text has it: scale times the array's; null where it is not finite
 * @property {(row: number, column: number) => string} ref empty where the cell names nothing
 * @property {(row: number, column: number) => number|null} example row of the batch, where a matrix shows several or another one
 * @property {(row: number, column: number) => boolean} structural a zero, or the one of an identity, by the shape of the matrix
 */

const BATCHES = new Set(["batch", "batch_transposed"]);

/** @param {unknown} value @param {number} scale */
function finite(value, scale) {
  return typeof value === "number" ? value * scale : null;
}

/** Indices into the array for a place, in the order of the ref. @param {string} form @param {number} row @param {number} column @returns {number[]} */
function indices(form, row, column) {
  switch (form) {
    case "matrix": return [row, column];
    case "transposed": return [column, row];
    case "row": case "batch_transposed": return [column];
    case "number": return [];
    default: return [row];
  }
}

/**
 * @param {Trace} trace
 * @param {number} stepped row of the batch the steps speak of
 * @param {Factor} factor
 * @returns {Cells}
 */
export function cellsOf(trace, stepped, factor) {
  const { form, ref, scale } = factor;
  if (form === "cells") return given(factor);
  if (form === "identity") return { value: (row, column) => Number(row === column), ref: () => "", example: () => null, structural: () => true };
  const own = factor.example ?? null;
  const isBatch = BATCHES.has(form);
  const exampleAt = (/** @type {number} */ row, /** @type {number} */ column) => (form === "batch" ? column : form === "batch_transposed" ? row : own);
  const arrays = isBatch ? trace.costs.map((_, example) => lookUp(trace, example, ref)) : [lookUp(trace, own ?? stepped, ref)];
  const isZero = (/** @type {number} */ row, /** @type {number} */ column) => form === "diagonal" && row !== column;
  return {
    value: (row, column) => {
      if (isZero(row, column)) return 0;
      const array = arrays[isBatch ? exampleAt(row, column) ?? 0 : 0];
      return finite(indices(form, row, column).reduce((/** @type {any} */ part, index) => part?.[index], array), scale);
    },
    ref: (row, column) => (isZero(row, column) ? "" : [ref, ...indices(form, row, column)].join(":")),
    example: exampleAt,
    structural: isZero,
  };
}

/** Numbers that belong to the factor alone. @param {Factor} factor @returns {Cells} */
function given({ cells, scale }) {
  const at = (/** @type {number} */ row, /** @type {number} */ column) => cells[row]?.[column] ?? null;
  return {
    value: (row, column) => (at(row, column) === null ? 0 : finite(at(row, column), scale)),
    ref: () => "", example: () => null,
    structural: (row, column) => at(row, column) === null,
  };
}

/**
 * Where in a factor a number of the trace stands.
 * @param {Factor} factor
 * @param {string|null} text
 * @param {number} example the number is of
 * @returns {Place|null}
 */
export function placeIn({ form, ref, rows, columns, example: own }, text, example) {
  const wanted = parseRef(text);
  if (!wanted || !ref || makeRef(wanted.quantity, wanted.layer) !== ref.split(":").slice(0, 2).join(":")) return null;
  if (form === "number") return ref === text ? { row: 0, column: 0 } : null;
  if (wanted.row === null || (typeof own === "number" && own !== example)) return null;
  const first = wanted.row;
  const places = /** @type {Record<string, () => Place|null>} */ ({
    matrix: () => (wanted.column === null ? null : { row: first, column: wanted.column }),
    transposed: () => (wanted.column === null ? null : { row: wanted.column, column: first }),
    column: () => ({ row: first, column: 0 }),
    row: () => ({ row: 0, column: first }),
    diagonal: () => ({ row: first, column: first }),
    batch: () => ({ row: first, column: example }),
    batch_transposed: () => ({ row: example, column: first }),
  });
  const place = places[form]?.() ?? null;
  return place && place.row < rows && place.column < columns ? place : null;
}

/**
 * What counts as full strength of colour: each matrix has its own scale.
 * @param {Cells} cells
 * @param {Factor} factor
 */
export function strongest(cells, { rows, columns }) {
  let most = 0;
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) most = Math.max(most, Math.abs(cells.value(row, column) ?? 0));
  return most || 1;
}

const ELEMENTWISE = /\\odot|\\circ|\+|-/;

/** @typedef {{factor: number, row: number|null, column: number|null}} Source a cell, a whole row (column null) or a whole column (row null) */

/** The factors of an arrangement in products: each entry the positions of factors that are multiplied. @param {(string|Factor)[]} row */
function productsOf(row) {
  /** @type {number[][]} */
  const products = [[]];
  let position = -1;
  for (const part of row) {
    if (typeof part === "string") {
      if (part.includes(",") || ELEMENTWISE.test(part) || part.includes("=")) products.push([]);
      continue;
    }
    position += 1;
    if (!part.result) products.at(-1)?.push(position);
  }
  return products.filter((one) => one.length > 0);
}

/**
 * Which rows and columns one cell of the result is made from.
 * @param {(string|Factor)[]} row of the arrangement
 * @param {Place} place in the result
 * @returns {Source[]}
 */
export function sourcesOf(row, place) {
  const factors = /** @type {Factor[]} */ (row.filter((part) => typeof part !== "string"));
  const result = factors.find((factor) => factor.result);
  if (!result || factors.length < 2) return [];
  return productsOf(row).flatMap((positions) => chain(positions, factors, result, place));
}

/**
 * @param {number[]} positions of factors multiplied with one another
 * @param {Factor[]} factors
 * @param {Factor} result
 * @param {Place} place
 * @returns {Source[]}
 */
function chain(positions, factors, result, { row, column }) {
  const real = positions.filter((at) => factors[at]?.form !== "number");
  const numbers = positions.filter((at) => factors[at]?.form === "number").map((factor) => ({ factor, row: 0, column: 0 }));
  const [first, last] = [real[0], real.at(-1)];
  if (first === undefined || last === undefined) return numbers;
  const [left, right] = [/** @type {Factor} */ (factors[first]), /** @type {Factor} */ (factors[last])];
  if (left.rows !== result.rows || right.columns !== result.columns) return turned(real, factors, result, { row, column });
  if (first === last) return [...numbers, { factor: first, row, column }];
  return [...numbers, whole(left, { factor: first, row, column: null }), whole(right, { factor: last, row: null, column })];
}

/** A row of one number is that number. @param {Factor} factor @param {Source} source @returns {Source} */
function whole({ rows, columns }, source) {
  if (source.column === null && columns === 1) return { ...source, column: 0 };
  return source.row === null && rows === 1 ? { ...source, row: 0 } : source;
}

/** A column under a transpose sign gives the row of the result. @param {number[]} positions @param {Factor[]} factors @param {Factor} result @param {Place} place @returns {Source[]} */
function turned([only, ...more], factors, result, { row, column }) {
  const factor = only === undefined ? undefined : factors[only];
  if (!factor || more.length > 0 || factor.rows !== result.columns || factor.columns !== result.rows) return [];
  return [{ factor: /** @type {number} */ (only), row: column, column: row }];
}
