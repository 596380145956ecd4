// What travels at this moment: circles forward with w·a, triangles backward with w·δ, and where they rest.
// Positions, sizes and headings only; the canvas draws them.

import { edgePoint } from "./edge_path.js";
import { biasBox } from "./layout.js";
import { appearing } from "./motion.js";
import { restOf } from "./resting.js";
import { attendedEdges } from "./scene_edges.js";
import { inUseNow, isAbout, isCarried } from "./scene_part.js";
import { sentAlong, waysOf } from "./senders.js";
import { wirePoint } from "./wires.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./scene_edges.js").Stroke} Stroke */
/** @typedef {{shape: "circle"|"triangle", x: number, y: number, radius: number, angle: number, opacity: number}} Pulse */

const CIRCLE = 9;
const TRIANGLE = 11;
const WIRE_REST = 0.75;
const OUTPUT_REST = 28;
const LEAST_CROSSING = 4;
/** On the line of the symbols, which are short. */
const BESIDE_SYMBOLS = 10;
/** In layers wider than this a pulse is as large as its share. */
const FULL_SIZE_UP_TO = 8;
/** More pulses than these are only shown travelling; at rest those of the pointed-at neuron stay. */
const MOST_RESTING = 40;
/** In a wide layer a product under this share of the largest carries nothing anybody could see. */
const LEAST_SHARE = 0.002;
/** More outputs than these have no room for pulses on their wires. */
const MOST_ON_WIRES = 6;

/**
 * @param {View} view
 * @param {Stroke[]} strokes the edges that are drawn
 * @returns {Pulse[]}
 */
export function pulsesOf(view, strokes) {
  const { step } = view;
  if (!step) return [];
  if (waysOf(step).length) return [...termPulses(view, strokes), ...biasPulses(view), ...(view.part?.beat.kind === "slope" ? crossing(view, "triangle", step.layer) : [])];
  switch (step.kind) {
    case "activation": return crossing(view, "circle", step.layer);
    case "output_error": return crossing(view, "triangle", step.layer);
    case "cost": return onWires(view, "circle");
    case "cost_gradient": return onWires(view, "triangle");
    case "weight_gradient": return view.f < 1 ? meeting(view, strokes) : [];
    default: return [];
  }
}

/**
 * @param {View} view
 * @param {Stroke[]} strokes
 * @returns {Pulse[]}
 */
function termPulses(view, strokes) {
  const carried = strokes.flatMap((stroke) => {
    const sent = sentAlong(view.step, stroke);
    return sent && isCarried(view, sent) ? [{ stroke, ...sent }] : [];
  });
  const most = Math.max(...carried.map(({ value }) => Math.abs(value)), 1e-300);
  const wide = waysOf(view.step).some(({ values }) => Math.max(values.length, ...values.map((row) => row.length)) > FULL_SIZE_UP_TO);
  const attended = attendedEdges(view);
  const seen = wide ? carried.filter(({ value }) => Math.abs(value) >= LEAST_SHARE * most) : carried;
  return seen.flatMap(({ stroke, value, sender, back }) => {
    const travel = view.progress.travel[sender] ?? 1;
    const full = back ? TRIANGLE : CIRCLE;
    const radius = wide ? Math.min(full, 3 + 7 * Math.sqrt(Math.abs(value) / most)) : full;
    /** @type {Pulse[]} */
    const pulses = [];
    const rests = seen.length <= MOST_RESTING || attended(stroke.layer, stroke.row, stroke.column);
    const rest = restOf(view.layout, stroke, back);
    if (travel >= rest && rests) pulses.push(pulseAt(view, stroke, rest, back, radius));
    if (travel > 0 && travel < 1) pulses.push(pulseAt(view, stroke, travel, back, radius));
    return pulses;
  });
}

/**
 * @param {View} view
 * @param {Stroke} stroke
 * @param {number} travelled
 * @param {boolean} back
 * @param {number} radius
 * @returns {Pulse}
 */
function pulseAt(view, { layer, row, column }, travelled, back, radius) {
  const t = back ? 1 - travelled : travelled;
  const at = edgePoint(view.layout, layer, row, column, t);
  const ahead = edgePoint(view.layout, layer, row, column, t + (back ? -0.01 : 0.01));
  return { shape: back ? "triangle" : "circle", ...at, radius, angle: Math.atan2(ahead.y - at.y, ahead.x - at.x), opacity: 1 };
}

/**
 * @param {View} view
 * @returns {Pulse[]}
 */
function biasPulses(view) {
  const t = view.progress.bias;
  if (view.step?.terms?.kind !== "weighted_activation" || view.f >= 1 || t <= 0 || t >= 1 || view.trace.network.bias === false) return [];
  return (view.layout.neurons[view.step.layer] ?? []).filter(({ row }) => isAbout(view, row)).flatMap((box) => {
    const place = biasBox(box);
    if (!place) return [];
    const from = place.y - place.size / 2;
    return [{ shape: /** @type {const} */ ("circle"), x: place.x, y: from + (place.top - from) * t, radius: 6, angle: -Math.PI / 2, opacity: 1 }];
  });
}

/**
 * On the divider of every neuron of a layer: Σ becomes σ, or the error passes the slope.
 * @param {View} view
 * @param {"circle"|"triangle"} shape
 * @param {number} layer
 * @returns {Pulse[]}
 */
function crossing(view, shape, layer) {
  const back = shape === "triangle";
  // An input has no divider to stand on: what crosses it is seen on its way alone.
  if (layer === 0 && view.f >= 1) return [];
  return (view.layout.neurons[layer] ?? []).filter((box) => box.tier.numbers && isAbout(view, box.row)).map((box) => {
    const away = (1 - view.progress.cross) * (box.width / 4) * (back ? 1 : -1);
    const full = back ? TRIANGLE : CIRCLE;
    // Numbers may fill their halves, so it crosses above them.
    const above = (box.height - box.tier.font) / 4 - 1;
    const onLine = box.tier.symbols && !view.twin;
    const radius = onLine ? full : view.twin ? LEAST_CROSSING : Math.max(LEAST_CROSSING, Math.min(full, above));
    return { shape, x: box.divider + away, y: onLine ? box.y - BESIDE_SYMBOLS : box.y - box.height / 2 + radius + 1, radius, angle: back ? Math.PI : 0, opacity: 1 };
  });
}

/**
 * @param {View} view
 * @param {"circle"|"triangle"} shape
 * @returns {Pulse[]}
 */
function onWires(view, shape) {
  const boxes = view.layout.neurons[view.last] ?? [];
  if (boxes.length > MOST_ON_WIRES) return [];
  const back = shape === "triangle";
  const scale = Math.min(1, (boxes[0]?.height ?? 64) / 44);
  return boxes.filter(({ row }) => isAbout(view, row)).map((box) => {
    const end = view.layout.cost.x - box.x - box.width;
    const rest = back ? OUTPUT_REST / Math.max(end, 40) : WIRE_REST;
    const t = back ? 1 - (1 - rest * 0.5) * view.progress.wire : rest * view.progress.wire;
    const { angle, ...at } = wirePoint(view.layout, box.row, t);
    return { shape, ...at, radius: (back ? TRIANGLE : CIRCLE) * scale, angle: back ? angle + Math.PI : angle, opacity: 1 };
  });
}

/**
 * The activation comes from one end of the edge, the error from the other; where they meet the gradient appears.
 * @param {View} view
 * @param {Stroke[]} strokes
 * @returns {Pulse[]}
 */
function meeting(view, strokes) {
  const { meet } = view.progress;
  const opacity = 1 - appearing(meet);
  return strokes.filter(({ layer, row, column }) => layer === view.step?.layer && (!view.part || inUseNow(view, layer, row, column))).flatMap((stroke) => [
    { ...pulseAt(view, stroke, 0.5 * meet, false, CIRCLE * 0.8), opacity },
    { ...pulseAt(view, stroke, 0.5 * meet, true, TRIANGLE * 0.8), opacity },
  ]);
}
