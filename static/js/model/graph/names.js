// How the stage writes the names of a graph: a letter with its index in the face of mathematics, longer names as words,
// and signs of operations at the size they need. The names come with the graph; nothing is worked out here.

/** @typedef {import("./graph.d.ts").Node} Node */
/** @typedef {import("../marks.js").Symbol} Symbol */

/** A map, for a user may name something “constructor”. */
const GREEK = new Map(Object.entries({
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", zeta: "ζ", eta: "η", theta: "θ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ",
  pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", chi: "χ", psi: "ψ", omega: "ω",
}));
const LONGEST = 9;

/** @param {string} text */
export function shortened(text) {
  return [...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("")}…` : text;
}

/** @param {string} name @returns {Symbol} */
export function symbolOf(name) {
  const [, letter = "", index = ""] = /^([A-Za-z]+?)_?(\d*)$/u.exec(name) ?? [];
  const base = GREEK.get(letter) ?? letter;
  if ([...base].length === 1) return index ? { base, lower: index } : { base };
  return { base: shortened(name) };
}

/** A name that is no single letter stands upright. @param {string} name */
export function isWord(name) {
  return [...symbolOf(name).base].length > 1;
}

/** Names in plain text. @param {Node} node */
export function textOf({ symbol, tex }) {
  return symbol || tex.replaceAll("-", "−");
}
