// The labels of the edges as wishes for a place, most important first.
// Which label an edge carries follows from the step: weight, product, gradient, or old and new.

import { edgePoint } from "./edge_path.js";
import { appearing, REST } from "./motion.js";
import { distanceToSegment } from "./nearest.js";
import { attendedEdges, usedLayer } from "./scene_edges.js";
import { restOf } from "./resting.js";
import { inUseNow, termOf } from "./scene_part.js";
import { plateSize } from "./scene_plates.js";
import { secondOf } from "./scene_twins.js";
import { changePlate, gradientNow, keptNow } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./plates.js").Label} Label */
/** @typedef {import("./scene_edges.js").Stroke} Stroke */
/** @typedef {import("./scene_plates.js").PlateContent} PlateContent */
/** @typedef {{label: Label, content: PlateContent, attended: boolean, size: number}} Wish */

/** More edges than this between two layers show labels only for what is pointed at. */
const MOST_LABELLED = 48;
const FEW_LABELS = 4;
/** Another edge nearer than this to a label's middle makes it unclear whose label it is. */
const CLEAR_OF_OTHERS = 12;
/** Between columns closer than this only the new number fits on an edge. */
const COMPACT_GAP = 132;
const LABEL_SIZE = 14;
const COMPACT_SIZE = 12;
const PRODUCT_SIDE = 24;
const PAIR_SIDE = 34;
/** Neighbours in a lane stand closer than their numbers are wide, so these stand small, in several lines under it, or over it. */
const BESIDE_LANE = [24, 42, 60, 78, -24];

/** Places along an edge, best first, measured from where the flow starts. */
const AT_START = { straight: [0.27, 0.22, 0.33], crossing: [0.27, 0.22, 0.18, 0.33] };
const AT_START_BACK = { straight: [0.22, 0.27, 0.18, 0.32], crossing: [0.175, 0.22, 0.14, 0.27, 0.32, 0.36] };
const AT_MIDDLE = { straight: [0.5, 0.42, 0.58, 0.34], crossing: [0.34, 0.3, 0.26, 0.39, 0.42, 0.44, 0.22, 0.6, 0.66, 0.5, 0.55] };

/**
 * What the edges would like to show, most important first.
 * @param {View} view
 * @param {Stroke[]} strokes
 * @returns {Wish[]}
 */
export function labelWishes(view, strokes) {
  const attended = attendedEdges(view);
  const layers = Array.from({ length: view.last + 1 }, (_, layer) => strokes.filter((stroke) => stroke.layer === layer)).reverse();
  const wishes = layers.flatMap((siblings) => {
    const near = mostTelling(view, siblings.filter((stroke) => attended(stroke.layer, stroke.row, stroke.column)));
    const labelled = siblings.length > MOST_LABELLED ? near : siblings;
    const ordered = [...labelled].sort((one, other) => one.row - other.row || one.column - other.column);
    return ordered.flatMap((stroke) => wishesOf(view, stroke, near.includes(stroke)).map((wish) => clearOf(view, wish, stroke, siblings)));
  });
  const rank = { gradient: 0, update: 1, term: 2, weight: 3 };
  return wishes.sort((one, other) => Number(other.content.now ?? false) - Number(one.content.now ?? false) || rank[one.content.kind] - rank[other.content.kind]);
}

/**
 * Of too many edges only the one pointed at and the few that carry most have labels.
 * @param {View} view
 * @param {Stroke[]} near
 * @returns {Stroke[]}
 */
function mostTelling(view, near) {
  if (near.length <= MOST_LABELLED) return near;
  const size = (/** @type {Stroke} */ stroke) => (stroke.marked ? Infinity : Math.abs(termOf(view, stroke) ?? stroke.weight));
  return [...near].sort((one, other) => size(other) - size(one)).slice(0, FEW_LABELS);
}

/**
 * Leaves out places where it would be unclear which edge the label belongs to, or that the screen does not show.
 * @param {View} view
 * @param {Wish} wish
 * @param {Stroke} stroke
 * @param {Stroke[]} siblings
 * @returns {Wish}
 */
function clearOf(view, wish, stroke, siblings) {
  const { frame } = view;
  const half = wish.label.width / 2;
  const visible = frame ? wish.label.places.filter(({ x }) => x - half > frame.left && x + half < frame.right) : wish.label.places;
  if (wish.attended) return { ...wish, label: { ...wish.label, places: visible } };
  const others = wish.content.kind === "term" || siblings.length > MOST_LABELLED ? [] : siblings.filter((other) => other !== stroke);
  const places = visible.filter((place) => others.every((other) => other.lane !== null || distanceToSegment(place, other.from, other.to) > CLEAR_OF_OTHERS));
  return { ...wish, label: { ...wish.label, places } };
}

/**
 * @param {View} view
 * @param {Stroke} stroke
 * @param {boolean} attended
 * @returns {Wish[]}
 */
function wishesOf(view, stroke, attended) {
  const { layer, row, column } = stroke;
  const straight = stroke.lane === null && Math.abs(stroke.from.y - stroke.to.y) < 4;
  const { marked } = stroke;
  const indices = `${layer}:${row}:${column}`;
  const weightRef = `weights:${indices}`;
  const gradient = gradientNow(view, "weight", layer);
  const written = gradient ? view.known(`${gradient}:${indices}`) : "future";
  if (gradient && written !== "future") {
    const ref = `${gradient}:${indices}`;
    const now = written === "now";
    return [wish(view, stroke, { kind: "gradient", ref, value: view.value(ref), now, marked, opacity: now ? appearing(view.progress.meet) : 1 }, attended, placesAlong(view, stroke, AT_MIDDLE, straight))];
  }
  const moved = keptNow(view, "weight", layer) ?? "weights";
  if (["now", "past"].includes(view.known(`updated_${moved}:${indices}`))) {
    return [wish(view, stroke, { ...changePlate(view, moved, indices), marked }, attended, placesAlong(view, stroke, AT_MIDDLE, straight))];
  }
  const old = view.value(weightRef);
  const term = termOf(view, stroke);
  const back = term !== null && view.step?.terms?.kind === "weighted_error";
  const used = (view.part ? inUseNow(view, layer, row, column) : usedLayer(view, layer)) || attended;
  const weight = wish(view, stroke, { kind: "weight", ref: weightRef, value: old, attended: used, marked }, attended, weightPlaces(view, stroke, straight, back));
  if (term === null) return [weight];
  // Where another weight is read, the pair is what the step is about, and the product of the right one says nothing.
  if (weight.content.second?.kind === "wrong") return [{ ...weight, label: { ...weight.label, places: [...weight.label.places, ...pairPlaces(view, stroke, straight)] } }];
  const content = /** @type {PlateContent} */ ({ kind: "term", ref: indices, value: term });
  return [wish(view, stroke, content, attended, productPlaces(view, stroke, straight, back, content, attended)), weight];
}

/**
 * @param {View} view
 * @param {Stroke} stroke
 * @param {PlateContent} content
 * @param {boolean} attended
 * @param {Point[]} along
 * @returns {Wish}
 */
function wish(view, stroke, content, attended, along) {
  const key = `${content.kind}:${stroke.layer}:${stroke.row}:${stroke.column}`;
  const straight = Math.abs(stroke.from.y - stroke.to.y) < 4;
  const compact = stroke.to.x - stroke.from.x < COMPACT_GAP && !content.marked && (content.kind === "update" || content.kind === "gradient");
  const own = content.kind !== "term" ? "" : stroke.lane ? ":lane" : straight ? ":straight" : "";
  const second = content.kind === "term" ? null : secondOf(view, content.ref);
  const isNarrow = second !== null && stroke.to.x - stroke.from.x < COMPACT_GAP;
  const size = compact || isNarrow || own === ":lane" ? COMPACT_SIZE : LABEL_SIZE;
  const full = { ...content, compact, second };
  const places = second && content.kind !== "weight" ? [...along, ...pairPlaces(view, stroke, straight)] : along;
  const group = `${content.kind}:${stroke.layer}${own}`;
  return { content: full, attended, size, label: { key, group, ...plateSize(full, view.digits, size), places } };
}

/**
 * Two lines need more room than one: anywhere along the edge that pulses leave, over it or under it.
 * @param {View} view
 * @param {Stroke} stroke
 * @param {boolean} straight
 */
function pairPlaces(view, stroke, straight) {
  const along = placesAlong(view, stroke, AT_MIDDLE, straight);
  const outwards = stroke.from.y < view.layout.cost.y ? -1 : 1;
  return straight ? along.flatMap(({ x, y }) => [{ x, y }, { x, y: y + outwards * PAIR_SIDE }, { x, y: y - outwards * PAIR_SIDE }]) : along;
}

/**
 * @param {View} view
 * @param {Stroke} stroke
 * @param {{straight: number[], crossing: number[]}} choices
 * @param {boolean} straight
 */
function placesAlong(view, { layer, row, column }, choices, straight) {
  return (straight ? choices.straight : choices.crossing).map((t) => edgePoint(view.layout, layer, row, column, t));
}

/**
 * A weight stands where the flow starts; while the step moves backward it slides over to the far end.
 * @param {View} view
 * @param {Stroke} stroke
 * @param {boolean} straight
 * @param {boolean} back
 */
function weightPlaces(view, { layer, row, column }, straight, back) {
  const choices = back ? AT_START_BACK : AT_START;
  return (straight ? choices.straight : choices.crossing).map((t) => edgePoint(view.layout, layer, row, column, back ? 1 - t : t));
}

/**
 * A product stands beside its pulse, on the side away from the other edges.
 * @param {View} view
 * @param {Stroke} stroke
 * @param {boolean} straight
 * @param {boolean} back
 * @param {PlateContent} content
 * @param {boolean} attended it is the subject, so that any place on its edge will do
 * @returns {Point[]}
 */
function productPlaces(view, { layer, row, column, from, to, lane }, straight, back, content, attended) {
  const rest = restOf(view.layout, { layer, row, column }, back);
  const at = edgePoint(view.layout, layer, row, column, back ? 1 - rest : rest);
  if (lane && rest !== REST) return BESIDE_LANE.map((away) => ({ x: at.x, y: lane.y + away })).filter(({ y }) => y + LABEL_SIZE < view.layout.height);
  const { width } = plateSize(content, view.digits, LABEL_SIZE);
  const outwards = at.y < view.layout.cost.y ? -1 : 1;
  const aside = (back ? 1 : -1) * (16 + width / 2);
  const rising = Math.sign(from.y - to.y) * (back ? 1 : -1);
  const beside = [5, -3, -11].map((shift) => ({ x: at.x + aside, y: at.y + shift * rising }));
  const [over, under] = [{ x: at.x, y: at.y + outwards * PRODUCT_SIDE }, { x: at.x, y: at.y - outwards * PRODUCT_SIDE }];
  if (straight) {
    const inwards = Math.sign(back ? to.x - from.x : from.x - to.x);
    return [over, under, ...[over, under].flatMap((place) => [10, 18, 26].map((shift) => ({ ...place, x: place.x + inwards * shift })))];
  }
  const further = attended ? [0.6, 0.5, 0.4].map((t) => edgePoint(view.layout, layer, row, column, back ? 1 - t : t)) : [];
  return view.frame ? [...beside, ...further] : [...beside, over, under, { x: at.x - aside, y: at.y }, ...further];
}
