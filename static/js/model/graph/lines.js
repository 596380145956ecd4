// A line of a step may say several equations side by side; here they are taken apart, and a local derivative is put in one line.
// Pieces are only sorted, never made.

/** @typedef {import("../types.d.ts").Piece} Piece */
/** @typedef {import("../types.d.ts").Line} Line */

/** The equations that stand side by side in a line. @param {Piece[]} pieces @returns {Piece[][]} */
export function sideBySide(pieces) {
  /** @type {Piece[][]} */
  const parts = [[]];
  for (const piece of pieces) {
    if (typeof piece === "string" && /^,\\quad\s*$/.test(piece)) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts.filter((part) => part.length > 0);
}

/** What the last "=" of a line leads to. @param {Piece[]} pieces */
function lastOf(pieces) {
  const at = pieces.findLastIndex((piece) => typeof piece === "string" && piece.trim().startsWith("="));
  return pieces.slice(at + 1);
}

/**
 * A local derivative in symbols and, where that is not yet the number itself, as a number.
 * @param {Line} line
 * @returns {Piece[]}
 */
export function inOneLine({ symbols, numbers }) {
  const at = symbols.findIndex((piece) => typeof piece === "string" && piece.trim().startsWith("="));
  const right = symbols.slice(Math.max(0, at));
  const isPlain = at >= 0 && right.every((piece) => typeof piece === "string" || "value" in piece);
  const isNumber = isPlain && /^=\s*-?[\d.]+$/.test(right.map((piece) => (typeof piece === "string" ? piece : "0")).join("").trim());
  if (numbers.length === 0 || isNumber) return symbols;
  // Symbols without a name are numbers already; only what they come to is new.
  return [...symbols, "=", ...(isPlain ? lastOf(numbers) : numbers)];
}
