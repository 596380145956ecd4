// An equation as plain text, for who hears it: fractions become quotients with the brackets they need, signs are kept.

import { formatNumber } from "./format.js";
import { isWrapped } from "./tex.js";

/** @typedef {import("./types.d.ts").Piece} Piece */
/** @typedef {import("./types.d.ts").NumberPiece} NumberPiece */

const BUILT = /\\(?:([td]?frac)|sqrt)(?![a-zA-Z])/;
/** What cannot stand above or below a stroke in a line without brackets around it. */
const SEVERAL = /.[-+−=·/(]|^\(|\\(?:cdot|odot|times|circ|left|sum|quad)/;
/** A derivative is read as one sign; any other quotient wants brackets where a factor follows. */
const DERIVATIVE = /^\s*(?:\\htmlClass\{\w+\}\{)?\\(?:partial|delta|Delta|nabla)/;
const OVER = /^\s*(?:$|[-+=,;.)\]}&/]|\\(?:right|cdot|times|approx|odot|circ|rightarrow|leftarrow|quad|end|\\|[Bb]igg?r))/;
const WORDS = /** @type {[RegExp, string][]} */ ([
  [/\\html(?:Class|Data)\{[^{}]*\}/g, " "],
  // What stands one below the other is heard as one thing.
  [/\\begin\{bmatrix\}((?:(?!\\begin|\\end)[^])*\\\\(?:(?!\\begin|\\end)[^])*)\\end\{bmatrix\}/g, "[$1]"],
  [/\\begin\{[a-z]*\}|\\end\{[a-z]*\}|\\(left|right|[Bb]igg?[lr]?|displaystyle|quad|qquad|text|mathrm|mathbf|operatorname)(?![a-z])/g, " "],
  [/\\hat\s*\{?([A-Za-z])\}?/g, "$1\u0302"],
  [/\\odot/g, "⊙"], [/\\otimes/g, "⊗"], [/\\circ/g, "∘"], [/\\cdot(?!s)/g, "·"], [/\\times/g, "×"], [/\\[cvdl]?dots/g, "…"], [/\\pm/g, "±"],
  [/\\sigma/g, "σ"], [/\\delta/g, "δ"], [/\\Delta/g, "Δ"], [/\\(?:var)?phi/g, "φ"], [/\\alpha/g, "α"], [/\\beta/g, "β"], [/\\gamma/g, "γ"], [/\\eta/g, "η"], [/\\theta/g, "θ"], [/\\lambda/g, "λ"], [/\\(?:var)?epsilon/g, "ε"],
  [/\\approx/g, "≈"], [/\\partial/g, "∂"], [/\\nabla/g, "∇"], [/\\sum/g, "Σ"], [/\\prime/g, "′"], [/\\top/g, "T"], [/\\Vert/g, "‖"], [/\\langle/g, "⟨"], [/\\rangle/g, "⟩"],
  [/\\rightarrow|\\to(?![a-z])/g, "→"], [/\\leftarrow/g, "←"], [/\\(exp|ln|log|max|min|tanh|sinh|cosh|sin|cos|tan)(?![a-z])/g, "$1"],
  [/\\\\/g, "; "], [/\\[,;:! ]/g, " "], [/\\\{/g, "("], [/\\\}/g, ")"], [/[{}]/g, ""], [/&/g, " "], [/\\[a-zA-Z]+/g, " "], [/\s+/g, " "],
]);

/**
 * What is in the braces that open at a place, or the one sign that stands there.
 * @param {string} tex
 * @param {number} from
 * @returns {[string, number]} and where it ends
 */
function group(tex, from) {
  if (tex[from] === " ") return group(tex, from + 1);
  if (tex[from] !== "{") return [tex[from] ?? "", from + 1];
  let depth = 0;
  for (let at = from; at < tex.length; at++) {
    if (tex[at] === "\\") at += 1;
    else if (tex[at] === "{") depth += 1;
    else if (tex[at] === "}" && --depth === 0) return [tex.slice(from + 1, at), at + 1];
  }
  return [tex.slice(from + 1), tex.length];
}

/** What stands raised or lowered is no factor. @param {string} tex */
const bracketed = (tex) => (SEVERAL.test(tex.trim().replace(/[\^_]\{[^{}]*\}/g, "")) ? `(${tex.trim()})` : tex.trim());

/** Fractions and roots written in one line. @param {string} tex @returns {string} */
function flat(tex) {
  const found = BUILT.exec(tex);
  if (!found) return tex;
  const before = tex.slice(0, found.index);
  const [first, middle] = group(tex, found.index + found[0].length);
  if (!found[1]) return `${before}√${bracketed(flat(first))}${flat(tex.slice(middle))}`;
  const [second, end] = group(tex, middle);
  const quotient = `${bracketed(flat(first))}/${bracketed(flat(second))}`;
  const after = tex.slice(end);
  return `${before}${DERIVATIVE.test(first) || OVER.test(after) ? quotient : `(${quotient}) `}${flat(after)}`;
}

/** A rough reading of TeX as text. @param {string} tex */
export function texWords(tex) {
  return WORDS.reduce((text, [pattern, word]) => text.replace(pattern, word), flat(tex)).trim().normalize("NFC");
}

/** @param {NumberPiece} number @param {number} digits */
function numberWords(number, digits) {
  const shown = formatNumber(number.value, digits);
  return (number.sign ?? "") + (isWrapped(number) ? `(${shown})` : shown);
}

/**
 * The line as plain text, for a screen reader.
 * @param {Piece[]} pieces
 * @param {number} digits
 */
export function lineWords(pieces, digits) {
  // Numbers keep a place that is no TeX: a fraction may begin in one piece and end in another.
  const numbers = /** @type {string[]} */ ([]);
  const held = (/** @type {string} */ words) => `\u0001${numbers.push(words) - 1}\u0001`;
  const tex = pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    if ("matrix" in piece) return held(`[${piece.matrix.map((row) => row.map((cell) => (cell ? numberWords(cell, digits) : "…")).join(", ")).join("; ")}]`);
    return "tex" in piece ? piece.tex : held(numberWords(piece, digits));
  }).join(" ");
  return texWords(tex).replace(/\u0001(\d+)\u0001/g, (_, at) => numbers[at] ?? "").replace(/\^([-−]?) /g, "^$1").replace(/\s+/g, " ").trim();
}
