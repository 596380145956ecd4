// What a matrix of digits and one drawn as a picture share: how it is said, where an arrow key leads, and the frames laid over cells.
// A frame stands round one cell, a row or a column.

import { h } from "../dom.js";
import { GAP } from "../model/matrix_size.js";
import { cameByPointer } from "../modality.js";
import { page } from "../texts/en_page.js";

/** @typedef {import("../model/types.d.ts").Factor} Factor */
/** @typedef {import("../model/matrices.js").Place} Place */
/** @typedef {import("../model/matrix_size.js").Drawn} Drawn */
/** @typedef {{row: number|null, column: number|null}} Span a cell, or a whole row or column where the other is null */

const text = page.matrices;
/** Colours of cells reach this share of the ramp, so that digits keep their contrast. */
export const FULL = 0.72;
const MOVES = /** @type {Record<string, [number, number]>} */ ({ ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] });

/**
 * Where an arrow key leads within a matrix; elsewhere the arrows are steps.
 * @param {KeyboardEvent} event
 * @param {Place} from
 * @param {{rows: number, columns: number}} factor
 * @returns {Place|null}
 */
export function moved(event, from, { rows, columns }) {
  const move = MOVES[event.key];
  if (!move || event.shiftKey || cameByPointer()) return null;
  event.preventDefault();
  event.stopPropagation();
  return { row: Math.max(0, Math.min(rows - 1, from.row + move[0])), column: Math.max(0, Math.min(columns - 1, from.column + move[1])) };
}

/** @param {Factor} factor */
export function labelOf({ words, rows, columns }) {
  return `${words ? `${words}, ` : ""}${text.shape(rows, columns)}`;
}

/**
 * A frame over cells.
 * @param {string} kind
 * @param {Drawn} drawn
 * @param {Factor} factor
 */
export function createFrame(kind, { cell }, { rows, columns }) {
  const frame = h("div", { class: `matrix-frame ${kind}`, hidden: true, "aria-hidden": "true" });
  const gap = cell.font > 0 ? GAP : 0;
  const length = (/** @type {number} */ count, /** @type {number} */ size) => count * (size + gap) - gap;
  return {
    frame,
    /** @param {Span|null} span */
    place(span) {
      frame.hidden = span === null;
      if (!span) return;
      const [top, left] = [(span.row ?? 0) * (cell.height + gap), (span.column ?? 0) * (cell.width + gap)];
      const style = { top, left, height: length(span.row === null ? rows : 1, cell.height), width: length(span.column === null ? columns : 1, cell.width) };
      for (const [name, value] of Object.entries(style)) frame.style.setProperty(name, `${value}px`);
    },
  };
}

