// Turns the pieces of a line into TeX with a data attribute on every symbol and number; tex_words.js is for those who hear it.
// The numbers in the TeX are placeholders: the view writes them as text, so a line is typeset once and its numbers change freely.

import { formatTex } from "./format.js";

/** @typedef {import("./types.d.ts").Piece} Piece */
/** @typedef {import("./types.d.ts").NumberPiece} NumberPiece */

/** @param {Record<string, string|number|undefined>} data @param {string} tex */
function tagged(data, tex) {
  const pairs = Object.entries(data).filter(([, value]) => value !== undefined && value !== "");
  return pairs.length > 0 ? `{\\htmlData{${pairs.map(([name, value]) => `${name}=${value}`).join(",")}}{${tex}}}` : `{${tex}}`;
}

/** @param {{result?: boolean}} piece @param {string} tex */
function outlined(piece, tex) {
  return piece.result ? `{\\htmlData{result=1}{${tex}}}` : tex;
}

/** @param {NumberPiece} piece */
export function isWrapped({ paren, value }) {
  return Boolean(paren) && typeof value === "number" && value < 0;
}

/** @param {NumberPiece} piece @param {NumberPiece[]} numbers @param {number} digits */
function numberTex(piece, numbers, digits) {
  numbers.push(piece);
  const bold = piece.bold || piece.result ? "1" : undefined;
  const body = tagged({ n: numbers.length - 1, bold }, formatTex(piece.value, digits).replace(/^-/, "{-}"));
  const wrapped = isWrapped(piece) ? `(${body})` : body;
  return outlined(piece, (piece.sign ?? "") + wrapped);
}

/** @param {(NumberPiece|null)[][]} rows @param {(cell: NumberPiece) => string} write */
function matrixTex(rows, write) {
  const isGap = rows.map((row) => row.every((cell) => cell === null));
  const columnGap = (rows[isGap.indexOf(false)] ?? []).map((_, column) => rows.every((row, at) => isGap[at] || row[column] === null));
  const lines = rows.map((row, at) => row.map((cell, column) => {
    if (cell !== null) return write(cell);
    if (!isGap[at]) return "\\cdots";
    return columnGap[column] ? "\\ddots" : "\\vdots";
  }).join("&"));
  return `\\begin{bmatrix}${lines.join("\\\\")}\\end{bmatrix}`;
}

/**
 * @param {Piece[]} pieces
 * @param {number} digits
 * @returns {{tex: string, numbers: NumberPiece[], structure: string}} structure is the TeX without its numbers
 */
export function lineTex(pieces, digits) {
  /** @type {NumberPiece[]} */
  const numbers = [];
  const grows = pieces.some((piece) => typeof piece === "string" && /\\left(?![a-z])/.test(piece));
  const inside = depths(pieces);
  const isFree = (/** @type {Piece|undefined} */ piece) => piece === undefined || typeof piece === "string";
  /** @param {Piece} piece @param {(piece: NumberPiece) => string} write @param {number} [index] */
  const one = (piece, write, index = 0) => {
    if (typeof piece === "string") return piece;
    if ("matrix" in piece) {
      const cells = piece.result || piece.bold ? piece.matrix.map((row) => row.map((cell) => cell && { ...cell, bold: true })) : piece.matrix;
      return outlined(piece, matrixTex(cells, write));
    }
    if ("tex" in piece) return outlined(piece, symbolTex(piece, isFree(pieces[index - 1]) && isFree(pieces[index + 1]) && !inside[index] && !(index === 0 && isWide(piece)), grows));
    return write(piece);
  };
  const tex = pieces.map((piece, index) => one(piece, (number) => numberTex(number, numbers, digits), index)).join(" ");
  const structure = pieces.map((piece, index) => one(piece, (number) => `#${isWrapped(number)}${number.sign ?? ""}${number.bold ?? ""}`, index)).join(" ");
  return { tex, numbers, structure };
}

/**
 * Which pieces stand within braces that literals have opened, as in a fraction: there is no room for a shape under them.
 * @param {Piece[]} pieces
 * @returns {boolean[]}
 */
function depths(pieces) {
  let depth = 0;
  return pieces.map((piece) => {
    const was = depth;
    if (typeof piece === "string") for (const sign of piece.replace(/\\[{}]/g, "")) depth += Number(sign === "{") - Number(sign === "}");
    return was > 0;
  });
}

/**
 * Cuts a line before every "=" or arrow at its top level, so that it can break there.
 * @param {Piece[]} pieces
 * @returns {Piece[][]}
 */
export function segments(pieces) {
  /** @type {Piece[][]} */
  const parts = [[]];
  for (const piece of pieces) {
    const open = /** @type {Piece[]} */ (parts.at(-1));
    if (typeof piece !== "string" || !piece.includes("=") || isInside(parts.at(-1) ?? [], piece)) {
      open.push(piece);
      continue;
    }
    const at = piece.indexOf("=");
    if (piece.slice(0, at).trim()) open.push(piece.slice(0, at));
    if (open.length > 0) parts.push([piece.slice(at)]);
    else open.push(piece.slice(at));
  }
  return parts;
}

/** Whether the "=" of a string stands inside brackets or braces. @param {Piece[]} before @param {string} text */
function isInside(before, text) {
  const all = [...before.filter((piece) => typeof piece === "string"), text.slice(0, text.indexOf("="))].join(" ");
  const count = (/** @type {RegExp} */ pattern) => (all.match(pattern) ?? []).length;
  return count(/\{/g) !== count(/\}/g) || count(/\\left(?![a-z])/g) !== count(/\\right(?![a-z])/g);
}

/**
 * The result first, where the eye starts, then what it is equal to, the shortest form next to it.
 * @param {Piece[]} pieces
 * @returns {Piece[][]} segments
 */
export function resultFirst(pieces) {
  const parts = segments(pieces);
  const last = parts.at(-1) ?? [];
  const result = last.at(-1);
  const alone = last.length === 2 && typeof last[0] === "string" && last[0].trim() === "=";
  if (parts.length < 3 && isName(parts[0] ?? [])) return parts;
  if (!alone || typeof result !== "object" || !result.result) return parts;
  const middle = parts.slice(isName(parts[0] ?? []) ? 1 : 0, -1);
  const [head = [], ...rest] = middle;
  const first = typeof head[0] === "string" && head[0].startsWith("=") ? head : ["=", ...head];
  return [[result], ...[first, ...rest].reverse()];
}

/**
 * The segments of a line whose left-hand side already stands above it.
 * @param {Piece[]} pieces
 * @returns {Piece[][]}
 */
export function withoutName(pieces) {
  const parts = segments(pieces);
  if (parts.length > 1 && isName(parts[0] ?? [])) return parts.slice(1);
  const [first = [], ...rest] = parts;
  return typeof first[0] === "string" && first[0].startsWith("=") ? parts : [["=", ...first], ...rest];
}

/** A left-hand side that only names the result. @param {Piece[]} part */
function isName(part) {
  return part.every((piece) => typeof piece === "string" || "tex" in piece);
}

/** A shape so wide that it would stand out of the line's beginning. @param {import("./types.d.ts").SymbolPiece} piece */
function isWide({ shape }) {
  return (shape?.length ?? 0) > 3;
}

/** @param {import("./types.d.ts").SymbolPiece} piece @param {boolean} alone no other symbol beside it, so its shape needs no room of its own @param {boolean} grows brackets of the line grow with what they hold */
function symbolTex({ tex, ref, shape }, alone, grows) {
  const symbol = tagged({ ref }, tex);
  if (!shape) return symbol;
  const size = shape.replaceAll("×", "{\\times}");
  const under = `\\htmlData{shape=1}{${size}}`;
  // A rule without width keeps all shapes on one line; a phantom would be seen in forced colours.
  const both = `\\underset{${alone ? `\\mathclap{${under}}` : under}}{${symbol}\\rule[-0.25em]{0em}{0.5em}}`;
  return grows ? `\\smash[b]{${both}}` : both;
}
