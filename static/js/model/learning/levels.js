// A level is a colour: −100 to 100 looked up in one table made from the page's ramp, so that a picture is filled without arithmetic.
// Classes beyond two have a colour of their own each, faded towards the paper where the answer is narrow.

import { parseColour } from "../palette.js";

/** @typedef {import("../palette.js").Palette} Palette */

export const FULL = 100;
/** How far along the ramp a field goes, so that points and lines stand out on it. */
const STRENGTH = { light: 0.66, dark: 0.6 };
/** A class fills its region with this much of its colour, from a narrow answer to a sure one. */
const TINT = { from: 0.16, to: 0.5 };

/** @param {readonly number[]} rgb one pixel as a canvas stores it: the first byte is red */
export function pixelOf([r = 0, g = 0, b = 0]) {
  return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

/** Tables by palette: each is made once. @type {WeakMap<Palette, Uint32Array<ArrayBuffer>>} */
const ramps = new WeakMap();

/** @param {Palette} palette @returns {Uint32Array<ArrayBuffer>} a pixel for each level, the lowest first */
export function levelTable(palette) {
  const known = ramps.get(palette);
  if (known) return known;
  const strength = palette.dark ? STRENGTH.dark : STRENGTH.light;
  const table = Uint32Array.from({ length: 2 * FULL + 1 }, (_, at) => pixelOf(parseColour(palette.ramp(((at - FULL) / FULL) * strength))));
  ramps.set(palette, table);
  return table;
}

/**
 * @param {readonly string[]} colours of the classes
 * @param {string} paper
 * @returns {Uint32Array<ArrayBuffer>[]} a table for each class, by level from 0
 */
export function classTables(colours, paper) {
  const ground = parseColour(paper);
  return colours.map((colour) => {
    const ink = parseColour(colour);
    return Uint32Array.from({ length: FULL + 1 }, (_, level) => {
      const share = TINT.from + (TINT.to - TINT.from) * (level / FULL);
      return pixelOf(ground.map((part, at) => part + ((ink[at] ?? 0) - part) * share));
    });
  });
}

/** @type {WeakMap<Palette, Uint32Array<ArrayBuffer>>} */
const greys = new WeakMap();
const GREYS = 256;

/** From the quiet paper to ink, for pictures that have no sign. @param {Palette} palette */
export function greyTable(palette) {
  const known = greys.get(palette);
  if (known) return known;
  const [paper, ink] = [parseColour(palette.tokens.sunk), parseColour(palette.tokens.ink)];
  const table = Uint32Array.from({ length: GREYS }, (_, at) => pixelOf(paper.map((part, which) => part + (((ink[which] ?? 0) - part) * at) / (GREYS - 1))));
  greys.set(palette, table);
  return table;
}

/** @param {number} level */
const within = (level) => Math.max(-FULL, Math.min(FULL, level | 0));

/**
 * @param {Uint32Array} pixels
 * @param {ArrayLike<number>} values levels
 * @param {Uint32Array} table
 */
export function fillLevels(pixels, values, table) {
  for (let at = 0; at < pixels.length; at++) pixels[at] = table[within(values[at] ?? 0) + FULL] ?? 0;
}

/**
 * @param {Uint32Array} pixels
 * @param {ArrayLike<number>} values levels
 * @param {ArrayLike<number>} classes
 * @param {Uint32Array[]} tables
 */
export function fillClasses(pixels, values, classes, tables) {
  for (let at = 0; at < pixels.length; at++) {
    const table = tables[(classes[at] ?? 0) % tables.length];
    pixels[at] = table?.[Math.abs(within(values[at] ?? 0))] ?? 0;
  }
}
