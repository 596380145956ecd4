// What the number above a neuron is called: the error in the letters of the text, or what has arrived where that comes first.
// Beside its number the name has its place only where it fits.

import { symbolWidth } from "./marks.js";

/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./view.js").View} View */

/**
 * Where a text goes from layer to layer in two steps, what has arrived stands in the place of the error until that is there.
 * @param {View} view
 * @param {NeuronBox} box
 */
export function standsForError(view, box) {
  if (!view.backward || box.input || box.layer === view.last) return false;
  return view.known(`error:${box.layer}`) === "future" && view.known(`activation_gradient:${box.layer}`) !== "future";
}

/** @param {View} view @param {NeuronBox} box */
export function errorSymbol(view, box) {
  if (standsForError(view, box)) return { base: view.letters("arrived") };
  return view.symbol(box.input && view.letters("input_error") ? "input_error" : "error", box.layer, box.row);
}

/**
 * A long name beside the number is left out where it would reach past its neuron.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number} taken
 * @param {number} size
 */
export function fittingSymbol(view, box, taken, size) {
  const symbol = { base: errorSymbol(view, box).base };
  return symbol.base.length > 1 && taken + symbolWidth(symbol, size) > box.width + 16 ? { base: "" } : symbol;
}
