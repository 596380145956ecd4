// Connections without weights: what a layer has added to its weighted input, neuron by neuron, and what travels along them.
// They are drawn dashed and grey, for they have no number of their own.

import { wayBetween, wayPoint } from "./edge_path.js";
import { mark, rectangle, words } from "./marks.js";
import { restAdded } from "./resting.js";
import { isCarried } from "./scene_part.js";
import { sentAsItIs } from "./senders.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./scene_pulses.js").Pulse} Pulse */
/** @typedef {import("./edge_path.js").Way} Way */
/** @typedef {Way & {source: number, layer: number, row: number, colour: string, opacity: number, marked: boolean}} Added */

/** So high that plus and pulse stand clear of a number on the edge below; less where rows are close. */
const BOW = 36;
const BOW_OF_PITCH = 0.4;
/** What has travelled rests on the top of the bow, clear of the edge below. */
const RESTING = 0.5;
const PLUS = { size: 16, onBow: 0.8, inLane: 0.93, offBend: 8, step: 18 };
const OPACITY = { used: 1, waiting: 0.7, past: 0.6 };
/** Beside what carries a push on, the others stand back. */
const ASIDE = 0.5;
const RADIUS = { circle: 9, triangle: 11 };

/** @param {View} view @returns {Added[]} */
export function addedWays(view) {
  const { wiring, neurons } = view.layout;
  return wiring.adds.flatMap((sources, layer) => sources.flatMap((source) => (neurons[layer] ?? []).map(({ row }) => {
    const sent = travels(view, { source, layer, row });
    const marked = !view.wide && (view.cone?.added(source, layer, row) ?? false);
    const opacity = sent ? OPACITY.used : view.known(`weighted_input:${layer}`) === "future" ? OPACITY.waiting : OPACITY.past;
    return {
      ...wayBetween(view.layout, { layer: source, row }, { layer, row }, null, true),
      // Beside the edge with weights between the same two neurons.
      bow: Math.min(BOW, BOW_OF_PITCH * (pitchOf(view, layer) || BOW / BOW_OF_PITCH)),
      source, layer, row, marked,
      colour: sent || marked ? view.palette.tokens.muted : view.palette.tokens.line2,
      opacity: view.cone && !marked ? ASIDE * opacity : opacity,
    };
  })));
}

/** How far apart the neurons of a layer stand; 0 where there is one. @param {View} view @param {number} layer */
function pitchOf({ layout: { neurons } }, layer) {
  const [first, second] = neurons[layer] ?? [];
  return first && second ? second.y - first.y : 0;
}

/** What goes along the connection now. @param {View} view @param {{source: number, layer: number, row: number}} connection */
function travels(view, connection) {
  const sent = sentAsItIs(view.step, connection);
  return sent && isCarried(view, sent) ? sent : null;
}

/** @param {View} view @returns {Pulse[]} */
export function addedPulses(view) {
  return addedWays(view).flatMap((way) => {
    const sent = travels(view, way);
    const travelled = sent ? view.progress.travel[sent.sender] ?? 1 : 0;
    if (!sent || travelled <= 0) return [];
    return [pulseOn(way, travelled >= 1 ? restAdded(view.layout, way, sent.back) ?? RESTING : travelled, sent.back, sent.back ? "triangle" : "circle")];
  });
}

/** @param {Way} way @param {number} travelled @param {boolean} back @param {"circle"|"triangle"} shape @returns {Pulse} */
function pulseOn(way, travelled, back, shape) {
  const t = back ? 1 - travelled : travelled;
  const [at, ahead] = [wayPoint(way, t), wayPoint(way, t + (back ? -0.01 : 0.01))];
  return { shape, ...at, radius: RADIUS[shape], angle: Math.atan2(ahead.y - at.y, ahead.x - at.x), opacity: 1 };
}

/** Where each connection arrives; in a lane at its end, one beside the other, clear of whatever stands under a neuron. @param {Added} way @returns {import("./plates.js").Box} */
function plusBox(way) {
  const { lane, row } = way;
  const x = lane ? lane.right - PLUS.offBend - row * PLUS.step : 0;
  const at = !lane ? wayPoint(way, PLUS.onBow) : x < (lane.left + lane.right) / 2 ? wayPoint(way, PLUS.inLane) : { x, y: lane.y };
  return { ...at, width: PLUS.size, height: PLUS.size };
}

/** What labels must keep clear of. @param {View} view @returns {import("./plates.js").Box[]} */
export function addedBoxes(view) {
  const pulses = addedPulses(view).map(({ x, y, radius }) => ({ x, y, width: 2 * radius, height: 2 * radius }));
  return [...addedWays(view).map(plusBox), ...pulses];
}

/** A plus where each connection arrives. @param {View} view @returns {import("./marks.js").Mark[]} */
export function addedMarks(view) {
  return addedWays(view).map((way) => {
    const box = plusBox(way);
    return mark(`plus:${way.source}:${way.layer}:${way.row}`, "g", {}, [
      rectangle("plate", box, { rx: PLUS.size / 2, class: "stage-plate" }),
      words("plus", box.x, box.y + 5, "+", { class: "stage-quiet", size: 14, anchor: "middle" }),
    ]);
  });
}
