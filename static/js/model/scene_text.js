// The stage in words, for those who hear the page: what is known of each layer at this step, in reading order.
// The same numbers as in the picture, at the same precision, and nothing that is still to come.

import { saidWithSecond } from "./scene_twins.js";

/** @typedef {import("./view.js").View} View */

/** Layers wider than this are summed up by their size alone. */
const MOST_NUMBERS = 20;

/**
 * @param {View} view
 * @param {number} layer
 * @param {string} quantity
 * @param {string} word
 * @returns {string|null}
 */
function listOf(view, layer, quantity, word) {
  if (view.known(`${quantity}:${layer}`) === "future") return null;
  const values = view.sizes[layer] ?? 0;
  if (values > MOST_NUMBERS) return null;
  const numbers = Array.from({ length: values }, (_, row) => view.value(`${quantity}:${layer}:${row}`));
  if (numbers.every((value) => value === null) && quantity !== "weighted_input") return null;
  return `${word} ${numbers.map((_, row) => (view.known(`${quantity}:${layer}:${row}`) === "future" ? "…" : saidWithSecond(view, `${quantity}:${layer}:${row}`))).join(", ")}`;
}

/** What a layer reads, where that does not go without saying. @param {View} view @param {number} layer */
function connected({ layout: { wiring }, texts, upper }, layer) {
  const read = (wiring.sources[layer] ?? []).map((from) => from.layer);
  const parts = [read.length > 1 || (layer > 0 && read[0] !== layer - 1) ? texts.reads(read.map(upper)) : "", wiring.adds[layer]?.length ? texts.adds(wiring.adds[layer].map(upper)) : ""];
  return parts.filter(Boolean).map((part) => `${part}, `).join("");
}

/**
 * @param {View} view
 * @returns {string[]} one sentence a layer, then the cost
 */
export function describe(view) {
  const { texts, last, sizes } = view;
  const layers = sizes.map((size, layer) => {
    const kind = layer === 0 ? texts.headings.input : layer === last ? texts.headings.output : texts.headings.hidden;
    const parts = [
      layer === 0 ? null : listOf(view, layer, "weighted_input", texts.quantities.weightedInput),
      listOf(view, layer, "activation", texts.quantities.activation),
      layer === last ? listOf(view, layer, "target", texts.quantities.target) : null,
      listOf(view, layer, "error", texts.quantities.error),
    ].filter((part) => part !== null);
    const grid = layer === 0 && view.layout.tile ? `${texts.tile.grid(view.layout.tile.columns, view.layout.tile.rows)}, ` : "";
    return `${kind}, ${texts.layer(view.upper(layer))}, ${connected(view, layer)}${grid}${size}: ${parts.join("; ") || texts.quantities.notYet}.`;
  });
  const ref = view.known("cost") === "future" && view.known("costs") !== "future" ? "costs" : "cost";
  const cost = view.known(ref) === "future" ? texts.quantities.notYet : saidWithSecond(view, ref);
  return [...layers, `${texts.quantities.cost}: ${cost}.`];
}
