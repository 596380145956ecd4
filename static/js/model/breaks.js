// Where a long equation may go on in the next line: before a sign of its outermost sum, before ⊙ and before a matrix factor.
// What stands between braces, in a fraction or between brackets that grow is never torn apart; a sum of matrices gets brackets of a fixed height.

/** @typedef {import("./types.d.ts").Piece} Piece */

/** Letters a line has room for before it is worth a break. */
const ROOM = 34;
const NUMBER = 7;
const INDEX = 0.8;
const BREAK = /^\s*(?:[-+]|\\odot|\\cdot)\s*$/;
const CLOSED = /^(.*(?:\\right\)|\\Big\)|\)))\s*(\\odot|\\cdot)\s*$/;

/** @param {Piece} piece */
function lengthOf(piece) {
  if (typeof piece === "string") return piece.replace(/\\[a-zA-Z]+|[{}\s]/g, "").length + 1;
  if ("matrix" in piece) return NUMBER * Math.max(0, ...piece.matrix.map((row) => row.length)) + 2;
  return "tex" in piece ? Math.max(2, piece.shape?.length ?? 0, lettersOf(piece.tex)) : NUMBER;
}

/** About how many letters wide a symbol is, its indices being smaller. @param {string} tex */
function lettersOf(tex) {
  const seen = tex.replace(/\\(?:begin|end)\{[a-z]*\}|\\htmlData\{[^{}]*\}/g, "").replace(/\\[a-zA-Z]+|[\s{}^_&\\]/g, "");
  return Math.ceil(seen.length * INDEX);
}

/** How many braces, environments and growing brackets a text opens, less those it closes. @param {string} tex */
function opened(tex) {
  const count = (/** @type {RegExp} */ pattern) => (tex.match(pattern) ?? []).length;
  return count(/\{/g) - count(/\}/g) + count(/\\begin(?![a-z])/g) - count(/\\end(?![a-z])/g) + count(/\\left(?![a-z])/g) - count(/\\right(?![a-z])/g);
}

/** Around numbers brackets need not grow, around matrices their height is known, and then the sum in them can break. @param {Piece[]} part */
function flat(part) {
  if (part.some((piece) => (typeof piece === "string" ? /frac|begin/.test(piece) : "tex" in piece))) return part;
  const rows = Math.max(0, ...part.map((piece) => (isMatrix(piece) ? piece.matrix.length : 0)));
  if (rows > 0 && !addsInside(part)) return part;
  const size = rows === 0 ? "" : rows === 1 ? "\\big" : rows === 2 ? "\\bigg" : "\\Bigg";
  const sized = (/** @type {string} */ side) => (size ? size + side.charAt(0) : "");
  return part.map((piece) => (typeof piece === "string" ? piece.replace(/\\(left|right)(?![a-z])/g, (_, side) => sized(side)) : piece));
}

/** Whether brackets that grow stand around a sum. @param {Piece[]} part */
function addsInside(part) {
  let depth = 0;
  return part.some((piece) => {
    if (typeof piece === "string") depth += opened(piece);
    return depth > 0 && typeof piece === "string" && /^\s*[-+]\s*$/.test(piece);
  });
}

/**
 * The pieces of a segment, cut where it may break; one that is short stays whole.
 * @param {Piece[]} segment
 * @returns {Piece[][]}
 */
export function breaks(segment) {
  if (segment.reduce((sum, piece) => sum + lengthOf(piece), 0) <= ROOM) return [segment];
  /** @type {Piece[][]} */
  const parts = [[]];
  let depth = 0;
  /** @type {Piece|undefined} */
  let before;
  const add = (/** @type {Piece} */ piece) => { /** @type {Piece[]} */ (parts.at(-1)).push(piece); };
  for (const piece of flat(segment)) {
    const isText = typeof piece === "string";
    const depthBefore = depth;
    if (isText) depth += opened(piece);
    const closed = isText && depth === 0 ? CLOSED.exec(piece) : null;
    if (closed) {
      add(closed[1] ?? "");
      parts.push([`{}${closed[2]} `]);
    } else if (isText && depthBefore === 0 && before !== undefined && BREAK.test(piece) && !(/cdot/.test(piece) && !isBracket(before))) {
      parts.push([`{}${piece} `]);
    } else {
      if (depthBefore === 0 && isMatrix(piece) && isMatrix(before)) parts.push([]);
      add(piece);
    }
    before = piece;
  }
  return parts;
}

/** @param {Piece|undefined} piece @returns {piece is import("./types.d.ts").MatrixPiece} */
const isMatrix = (piece) => typeof piece === "object" && "matrix" in piece;

/** @param {Piece} piece */
const isBracket = (piece) => typeof piece === "string" && /\)\s*$/.test(piece);
