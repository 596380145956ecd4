// In crowded layers the neuron somebody points at, or a part of the step is about, opens to its full anatomy, on a sheet over its neighbours.
// Its ends stay where its edges arrive, and it never leaves the stage.

import { boxOf } from "./plates.js";
import { OPEN_TIER } from "./tiers.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./layout.js").NeuronBox} NeuronBox */

const TOP = 70;
const FOOT = 8;

/**
 * Neurons that are pointed at and have no room for their labels.
 * @param {View} view
 * @returns {NeuronBox[]}
 */
export function opened(view) {
  return view.layout.neurons.flat().filter((box) => {
    const crowded = box.tier.bias === "pointed" && !(view.layout.phone && box.input);
    return crowded && (!box.input || !box.tier.numbers) && isPointed(view, box);
  }).slice(0, 2);
}

/** @param {View} view @param {NeuronBox} box */
function isPointed(view, box) {
  const { neurons } = view.pointing;
  if (neurons.length) return neurons.some(({ layer, row }) => layer === box.layer && row === box.row);
  if (view.pointing.key !== "|") return view.pointing.bias(box.layer, box.row);
  return view.part !== null && view.part.run.rows > 1 && view.part.run.layer === box.layer && view.part.row === box.row;
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {{box: NeuronBox, area: import("./plates.js").Box}}
 */
export function openedBox(view, box) {
  const { height, above, below } = OPEN_TIER;
  const width = box.input ? OPEN_TIER.inputWidth : OPEN_TIER.width;
  const center = box.x + box.width / 2;
  const top = (view.layout.phone ? 30 : TOP) + (box.input ? 0 : above) + height / 2;
  const bottom = view.layout.height - FOOT - (box.input ? 0 : below) - height / 2;
  const x = box.input ? box.x + box.width - width : center - width / 2;
  const y = Math.min(bottom, Math.max(top, box.y));
  const open = { ...box, tier: OPEN_TIER, width, height, x, y, divider: box.input ? x : center };
  return { box: open, area: boxOf(x - 10, y - height / 2 - above - 4, x + width + 10, y + height / 2 + below + 4) };
}
