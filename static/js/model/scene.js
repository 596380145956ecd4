// The scene of one moment: marks for the SVG, strokes for the edge canvas, pulses for the moving one.
// Placing labels is the costly part and does not depend on the motion, so it is done once a step.

import { rectangle } from "./marks.js";
import { boxOf, NO_PLACE, placeLabels, placePointed } from "./plates.js";
import { edgePoint } from "./edge_path.js";
import { restOf } from "./resting.js";
import { itemsAround } from "./scene_around.js";
import { costMark, drawsCost, outputItems, wireMarks } from "./scene_cost.js";
import { addedBoxes, addedMarks, addedPulses, addedWays } from "./scene_added.js";
import { edgeStrokes } from "./scene_edges.js";
import { labelWishes } from "./scene_labels.js";
import { neuronMark } from "./scene_neuron.js";
import { summariesOf, summaryMarks } from "./scene_summary.js";
import { numberPlate } from "./scene_plates.js";
import { pulsesOf } from "./scene_pulses.js";
import { pictureMarks, picturesOf } from "./scene_tiles.js";
import { opened, openedBox } from "./scene_opened.js";
import { fewInUse } from "./scene_part.js";
import { sentAlong, waysOf } from "./senders.js";
import { drawnEdges } from "./strongest.js";
import { createView } from "./view.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./plates.js").Box} Box */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./scene_labels.js").Wish} Wish */
/** @typedef {import("./scene_edges.js").Stroke} Stroke */
/** @typedef {Parameters<typeof createView>[0]} Moment */
/**
 * @typedef {object} Scene
 * @property {View} view
 * @property {Mark[]} marks
 * @property {Stroke[]} strokes
 * @property {import("./scene_added.js").Added[]} added connections without weights
 * @property {import("./scene_pulses.js").Pulse[]} pulses
 * @property {import("./scene_tiles.js").Picture[]} pictures inputs and weights as grids of cells
 * @property {number} weights how many there are, drawn or not
 * @property {number|null} strongest how many of them were chosen for their size; null where all are drawn
 * @property {boolean} summed numbers are new that only show at the neuron somebody points at
 */

const FRAME_HEIGHT = 26;

/**
 * Everything labels must keep clear of.
 * @param {View} view
 * @param {Stroke[]} strokes
 * @returns {Box[]}
 */
export function obstaclesOf(view, strokes) {
  const boxes = view.layout.neurons.flat().flatMap((box) => [
    boxOf(box.x - 2, box.y - box.height / 2 - 2, box.x + box.width + 2, box.y + box.height / 2 + 2),
    ...itemsAround(view, box).map((item) => item.box),
  ]);
  const outputs = (view.layout.neurons[view.last] ?? []).flatMap((box) => outputItems(view, box).map((item) => item.box));
  const pulses = pulsesOf(view, strokes).map(({ x, y, radius }) => ({ x, y, width: 2 * radius, height: 2 * radius }));
  return [...boxes, ...outputs, ...pulses, ...addedBoxes(view), view.layout.cost];
}

/**
 * Makes scenes and remembers the places of labels between them.
 * @returns {(moment: Moment) => Scene}
 */
export function createSceneBuilder() {
  /** @type {Base} */
  let base = { key: [], placed: NO_PLACE, obstacles: [], summaries: [] };
  /** Of every step of one picture: whoever jumps to and fro meets the same few again. @type {{key: unknown[], steps: Map<number, Base>}} */
  let bases = { key: [], steps: new Map() };
  /** @type {{key: unknown[], placed: Map<string, Box>}} */
  let shown = { key: [], placed: NO_PLACE };
  /** @type {{key: unknown[], strokes: Stroke[]}} */
  let drawn = { key: [], strokes: [] };

  /** @param {Moment} moment */
  function basePlaces(moment) {
    const picture = [moment.trace, moment.example, moment.digits, moment.layout, moment.twin];
    if (!same(picture, bases.key)) bases = { key: picture, steps: new Map() };
    base = bases.steps.get(moment.index) ?? makeBase(moment, [...picture, moment.index]);
    bases.steps.set(moment.index, base);
    return base;
  }

  /** @param {Moment} moment @param {View} view */
  function strokesOf(moment, view) {
    const key = [moment.trace, moment.index, moment.part, moment.granularity, moment.example, moment.layout, moment.palette, moment.pointed, moment.selected, moment.cone];
    const rolling = view.step?.phase === "update";
    if (rolling || !same(key, drawn.key)) drawn = { key: rolling ? [] : key, strokes: edgeStrokes(view) };
    return drawn.strokes;
  }

  /** @param {Moment} moment @param {View} view @param {Wish[]} wishes @param {Stroke[]} strokes */
  function places(moment, view, wishes, strokes) {
    const { key, placed } = basePlaces(moment);
    const full = [...key, moment.part, moment.granularity, moment.pointed, moment.selected, moment.cone];
    if (!same(full, shown.key)) {
      const copy = new Map(placed);
      const pointed = wishes.filter((wish) => wish.attended).sort(byImportance).map((wish) => wish.label);
      if (pointed.length) {
        const rest = view.f < 1 ? createView({ ...moment, f: 1 }) : view;
        const areas = opened(rest).map((box) => openedBox(rest, box).area);
        placePointed(copy, pointed, [...(view.part ? base.obstacles : obstaclesOf(rest, strokes)), ...areas]);
        if (fewInUse(view)) insist(copy, pointed);
      }
      shown = { key: full, placed: copy };
    }
    return shown.placed;
  }

  return (moment) => {
    const view = createView(moment);
    const strokes = strokesOf(moment, view);
    const wishes = labelWishes(view, strokes);
    const placed = places(moment, view, wishes, strokes);
    const weights = view.trace.layers.reduce((sum, layer) => sum + (layer.weights?.length ?? 0) * (layer.weights?.[0]?.length ?? 0), 0);
    const summaries = view.part ? [] : base.summaries;
    const pictures = picturesOf(view);
    const marks = [...pictureMarks(view, pictures), ...marksOf(view, wishes, placed, summaries)];
    return { view, strokes, weights, strongest: drawnEdges(view).strongest, pictures, summed: summaries.length > 0, marks, added: addedWays(view), pulses: [...pulsesOf(view, strokes), ...addedPulses(view)] };
  };
}

/** @typedef {{key: unknown[], placed: Map<string, Box>, obstacles: Box[], summaries: import("./scene_summary.js").Summary[]}} Base places of a step's labels while nothing is pointed at */
/**
 * A step told in parts keeps the places of the whole one, so that no label jumps.
 * @param {Moment} moment
 * @param {unknown[]} key
 * @returns {Base}
 */
function makeBase(moment, key) {
  const view = createView({ ...moment, granularity: "equation", part: 0, f: 1, pointed: null, selected: null, cone: null });
  const strokes = edgeStrokes(view);
  const labels = labelWishes(view, strokes).map((wish) => wish.label);
  const obstacles = obstaclesOf(view, strokes);
  const placed = placeLabels(labels, obstacles);
  return { key, placed, obstacles, summaries: summariesOf(view, placed, obstacles) };
}

/** @param {unknown[]} one @param {unknown[]} other */
function same(one, other) {
  return one.length === other.length && one.every((part, at) => part === other[at]);
}

/**
 * Marked edges first, then what is new, then the larger number.
 * @param {Wish} one
 * @param {Wish} other
 */
function byImportance(one, other) {
  /** @param {Wish} wish */
  const rank = ({ content }) => (content.marked ? 0 : 2) + (content.kind === "weight" ? 1 : 0);
  return rank(one) - rank(other) || Math.abs(other.content.value ?? 0) - Math.abs(one.content.value ?? 0);
}

/**
 * @param {View} view
 * @param {Wish[]} wishes
 * @param {Map<string, Box>} placed
 * @param {import("./scene_summary.js").Summary[]} summaries
 * @returns {Mark[]}
 */
function marksOf(view, wishes, placed, summaries) {
  const outputs = view.layout.neurons[view.last] ?? [];
  return [
    ...wireMarks(view),
    ...addedMarks(view),
    ...bareOutlines(view),
    ...view.layout.neurons.flat().map((box) => neuronMark(view, box)),
    ...outputs.map((box) => ({ key: `output:${box.row}`, tag: "g", attributes: { class: "stage-output" }, children: keyed(outputItems(view, box)) })),
    ...(drawsCost(view) ? [costMark(view)] : []),
    ...summaryMarks(view, summaries, placed),
    ...wishes.flatMap((wish) => labelMarks(view, wish, placeOf(view, wish, placed))),
    ...opened(view).map((box) => neuronMark(view, openedBox(view, box).box, true)),
  ];
}

/**
 * Bars too thin for outlines of their own are outlined together when they are now.
 * @param {View} view
 * @returns {Mark[]}
 */
function bareOutlines(view) {
  return view.layout.neurons.flatMap((boxes, layer) => {
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    if (!first || !last || first.tier.height >= 8) return [];
    /** @type {[string, number, number][]} */
    const parts = [["weighted_input", first.x, first.divider], ["activation", first.divider, first.x + first.width], ["error", first.x - 36, first.x - 3]];
    return parts.filter(([quantity]) => view.known(`${quantity}:${layer}`) === "now").map(([quantity, left, right]) => {
      return rectangle(`bare:${quantity}:${layer}`, boxOf(left - 3, first.y - 5, right + 3, last.y + 5), { rx: 4, class: "stage-plate stage-now" });
    });
  });
}

/** @param {import("./scene_around.js").Item[]} items */
function keyed(items) {
  return items.map((item, at) => ({ key: String(at), tag: "g", attributes: {}, children: item.marks }));
}

/**
 * What a part of a step is about is shown even where there is no room for it.
 * @param {Map<string, Box>} placed
 * @param {import("./plates.js").Label[]} labels
 */
function insist(placed, labels) {
  for (const { key, places: [first], width, height } of labels) {
    if (first && !placed.has(key)) placed.set(key, { ...first, width, height });
  }
}

/**
 * Places are those of the whole step; an edge whose number is still to come keeps its weight there.
 * @param {View} view
 * @param {Wish} wish
 * @param {Map<string, Box>} placed
 */
function placeOf(view, { label: { key }, content }, placed) {
  if (!view.part || content.kind !== "weight" || placed.has(key)) return placed.get(key);
  return ["gradient", "update"].map((kind) => placed.get(key.replace("weight", kind))).find((box) => box !== undefined);
}

/**
 * @param {View} view
 * @param {Wish} wish
 * @param {Box|undefined} box
 * @returns {Mark[]}
 */
function labelMarks(view, wish, box) {
  if (!box) return [];
  const { content, label } = wish;
  const place = { ...slid(view, wish, box), size: wish.size, height: wish.content.compact ? 22 : FRAME_HEIGHT, anchor: /** @type {const} */ ("middle") };
  const hidden = content.kind === "term" && !hasArrived(view, wish);
  return numberPlate(view, label.key, place, hidden ? { ...content, opacity: 0 } : content).marks;
}

/** @param {View} view @param {Wish} wish */
function hasArrived(view, { content }) {
  const [layer = 1, row = 0, column = 0] = content.ref.split(":").map(Number);
  const sent = sentAlong(view.step, { layer, row, column });
  return (view.progress.travel[sent?.sender ?? 0] ?? 1) >= restOf(view.layout, { layer, row, column }, sent?.back ?? false);
}

/**
 * While the step moves backward the weights slide from where the forward flow starts to the far end.
 * @param {View} view
 * @param {Wish} wish
 * @param {Box} box
 */
function slid(view, { content }, box) {
  const { slide } = view.progress;
  if (slide >= 1 || content.kind !== "weight") return box;
  const [, layer = 1, row = 0, column = 0] = content.ref.split(":").map(Number);
  if (!waysOf(view.step).some((way) => way.back && way.layer === layer)) return box;
  const from = edgePoint(view.layout, layer, row, column, 0.27);
  return { x: from.x + (box.x - from.x) * slide, y: from.y + (box.y - from.y) * slide };
}
