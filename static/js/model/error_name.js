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

/** How far a name may reach past its neuron: beside an output stand its target and ∂C/∂a, and what comes back rests beside an input. */
const BEYOND = { output: 6, hidden: 10, input: 4 };
/** A frame over an input grows to the left, up to here. */
const LEAST_LEFT = 4;

/**
 * Where the frame of an error begins: over the start of its neuron; over an input, which is short, so that it ends with it.
 * @param {NeuronBox} box
 * @param {number} width
 */
export function errorLeft({ input, x, width: own }, width) {
  return input ? Math.max(LEAST_LEFT, Math.min(x, x + own - width)) : x;
}

/**
 * A long name beside the number is left out where it would reach far past its neuron.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number} taken by everything else in its frame
 * @param {number} size
 */
export function fittingSymbol(view, box, taken, size) {
  const symbol = { base: errorSymbol(view, box).base };
  const width = taken + symbolWidth(symbol, size);
  const beyond = errorLeft(box, width) + width - box.x - box.width;
  const most = box.input ? BEYOND.input : box.layer === view.last ? BEYOND.output : BEYOND.hidden;
  return beyond > most ? { base: "" } : symbol;
}
