// The stage is drawn as a list of marks: plain descriptions of SVG elements with a key.
// The scene makes them, views/stage_svg.js turns them into elements and changes only what differs.

import { exactText, formatNumber } from "./format.js";

/**
 * @typedef {object} Mark
 * @property {string} key unique among its siblings
 * @property {string} tag
 * @property {Record<string, string|number|null|undefined>} attributes
 * @property {string} [text]
 * @property {Mark[]} [children]
 */
/** @typedef {{base: string, upper?: string, lower?: string, prime?: boolean}} Symbol z with upper "2" and lower "1" is z²₁ */

/** Width of a figure of the mathematical face, in em. */
const FIGURE = 0.5;
const SCRIPT = 0.7;
const NARROW = /** @type {Record<string, number>} */ ({ "(": 0.39, ")": 0.39, ",": 0.28 });

/** In em of its own size. @param {string|undefined} text */
const scriptWidth = (text) => [...(text ?? "")].reduce((sum, sign) => sum + (NARROW[sign] ?? FIGURE), 0);

/**
 * @param {string} key
 * @param {string} tag
 * @param {Mark["attributes"]} attributes
 * @param {Mark[]|string} [content]
 * @returns {Mark}
 */
export function mark(key, tag, attributes, content) {
  if (typeof content === "string") return { key, tag, attributes, text: content };
  return content ? { key, tag, attributes, children: content } : { key, tag, attributes };
}

/** @param {number} value tenths of a pixel are enough for any screen */
export const px = (value) => Math.round(value * 10) / 10;

/**
 * @param {string} key
 * @param {import("./plates.js").Box} box
 * @param {Mark["attributes"]} attributes
 */
export function rectangle(key, box, attributes) {
  return mark(key, "rect", {
    x: px(box.x - box.width / 2), y: px(box.y - box.height / 2), width: px(box.width), height: px(box.height), ...attributes,
  });
}

/**
 * @typedef {object} TextStyle
 * @property {string} [class]
 * @property {number} [size]
 * @property {"start"|"middle"|"end"} [anchor]
 * @property {string} [fill]
 * @property {string} [title]
 */

/**
 * @param {string} key
 * @param {number} x
 * @param {number} y baseline
 * @param {string} content
 * @param {TextStyle} [style]
 */
export function words(key, x, y, content, style = {}) {
  return mark(key, "text", {
    x: px(x), y: px(y), class: style.class, "font-size": style.size ?? 14, "text-anchor": style.anchor ?? "start", fill: style.fill,
  }, content);
}

/**
 * A number of the trace, with the hooks that tie it to its other appearances.
 * @param {string} key
 * @param {number} x
 * @param {number} y baseline
 * @param {{ref: string, value: number|null, digits: number, scale?: number}} number
 * @param {TextStyle} [style]
 */
export function quantity(key, x, y, { ref, value, digits, scale = 1 }, style = {}) {
  const result = words(key, x, y, formatNumber(value, digits), style);
  result.attributes["data-ref"] = ref;
  result.attributes["data-value"] = exactText(value);
  if (scale !== 1) result.attributes["data-scale"] = scale;
  if (value === null) result.attributes["class"] = "stage-bad";
  return result;
}

/**
 * A number on its way to a number of the trace: it has no ref, for it stands for nothing yet.
 * @param {string} key
 * @param {number} x
 * @param {number} y
 * @param {number} value
 * @param {number} digits
 * @param {TextStyle} [style]
 */
export function passing(key, x, y, value, digits, style = {}) {
  const result = words(key, x, y, formatNumber(value, digits), style);
  result.attributes["data-term"] = "moving";
  return result;
}

/**
 * A symbol with super- and subscript one over the other, in the face of the equations.
 * @param {string} key
 * @param {number} x
 * @param {number} y baseline
 * @param {Symbol} symbol
 * @param {TextStyle} [style]
 */
export function symbolMark(key, x, y, symbol, style = {}) {
  const size = style.size ?? 15;
  const small = px(size * SCRIPT);
  const children = [mark("base", "tspan", { class: "stage-math" }, symbol.base + (symbol.prime ? "′" : ""))];
  let raised = 0;
  if (symbol.upper) {
    raised = -0.4 * size;
    children.push(mark("upper", "tspan", { class: "stage-figures", "font-size": small, dy: px(raised) }, symbol.upper));
  }
  if (symbol.lower) {
    const back = symbol.upper ? -scriptWidth(symbol.upper) * small : 0;
    children.push(mark("lower", "tspan", { class: "stage-figures", "font-size": small, dx: px(back), dy: px(0.24 * size - raised) }, symbol.lower));
  }
  return mark(key, "text", {
    x: px(x), y: px(y), class: style.class, "font-size": size, "text-anchor": style.anchor ?? "start", fill: style.fill,
  }, children);
}

/**
 * How wide symbolMark draws a symbol.
 * @param {Symbol} symbol
 * @param {number} [size]
 */
export function symbolWidth(symbol, size = 15) {
  const scripts = Math.max(scriptWidth(symbol.upper), scriptWidth(symbol.lower)) * SCRIPT;
  return size * (0.52 * symbol.base.length + (symbol.prime ? 0.28 : 0) + scripts);
}

/**
 * Several pieces of text in one line, set close as words are; a piece with a ref is a number of the trace.
 * @param {string} key
 * @param {number} x
 * @param {number} y baseline
 * @param {{text?: string, number?: {ref: string, value: number|null, digits: number, scale?: number}, class?: string, size?: number, gap?: number, fill?: string}[]} pieces
 * @param {TextStyle} [style]
 */
export function phrase(key, x, y, pieces, style = {}) {
  const result = words(key, x, y, "", style);
  delete result.text;
  result.children = pieces.map((piece, at) => {
    const attributes = { class: piece.class, "font-size": piece.size, dx: piece.gap, fill: piece.fill };
    if (!piece.number) return mark(String(at), "tspan", attributes, piece.text ?? "");
    const { ref, value, digits, scale = 1 } = piece.number;
    const spoiled = value === null ? "stage-bad" : piece.class;
    return mark(String(at), "tspan", { ...attributes, class: spoiled, "data-ref": ref, "data-value": exactText(value), "data-scale": scale === 1 ? null : scale }, formatNumber(value, digits));
  });
  return result;
}
