// The edges: as wide as the local derivative on them is large, with its number on a plate, and what travels along them:
// values forward as circles, products of gradient and local derivative backward as triangles.

import { formatNumber } from "../format.js";
import { mark, phrase, px, quantity, rectangle } from "../marks.js";
import { overlap, placeLabels, textWidth } from "../plates.js";
import { gradientItem } from "./scene_gradient.js";
import { wayAt } from "./way.js";

/** @typedef {import("./view.js").GraphView} GraphView */
/** @typedef {import("./graph.d.ts").Edge} Edge */
/** @typedef {import("../marks.js").Mark} Mark */
/** @typedef {import("../plates.js").Box} Box */

/** Read along the gradient's way back: the local derivative first, then the product, before it arrives. */
const LOCAL = [0.66, 0.58, 0.74, 0.5, 0.42, 0.82];
export const REST = 0.3;
const SIDES = [22, 34, 46, -22, -34, -46];
const SIZE = 14;

/** @param {GraphView} view @param {Edge} edge @returns {Mark[]} */
export function edgeMarks(view, edge) {
  const way = view.layout.ways[edge.id];
  if (!way) return [];
  const key = `edge:${edge.id}`;
  const knowledge = view.known(`local_gradient:${edge.id}`);
  const known = knowledge !== "future";
  const share = (edge.local_gradient ?? 0) / view.scales.local;
  const lit = view.lit.edges.has(edge.id);
  const width = known ? 1 + 6 * Math.abs(share) : 1.5;
  /** @type {Mark[]} */
  const marks = [];
  if (lit) marks.push(mark(`${key}:halo`, "path", { d: way.d, class: "graph-edge-halo", "stroke-width": px(width + 12) }));
  marks.push(
    mark(key, "path", known
      ? { d: way.d, class: "graph-edge", stroke: view.palette.line(share), "stroke-width": px(width), opacity: view.flights.includes(edge) || lit ? 0.8 : 0.5 }
      : { d: way.d, class: "graph-edge stage-future", "stroke-width": width }),
    mark(`${key}:hit`, "path", { d: way.d, class: "graph-hit", "data-point": `local_gradient:${edge.id}` }),
  );
  return marks;
}

/** What travels. @param {GraphView} view @returns {Mark[]} */
export function pulseMarks(view) {
  const { step, flights, progress } = view;
  if (!step) return [];
  const forward = step.phase === "forward";
  if (forward && view.f >= 1) return [];
  return flights.flatMap((edge, at) => {
    const way = view.layout.ways[edge.id];
    const done = progress.travel[at] ?? 1;
    if (!way || (!forward && edge.contribution === null)) return [];
    const { x, y, angle } = wayAt(way, forward ? done : 1 - (1 - REST) * done);
    const shape = forward
      ? mark("shape", "circle", { r: 9, class: "graph-pulse forward" })
      : mark("shape", "path", { d: "M-13.7 0L8.3 8.8V-8.8Z", class: "graph-pulse backward" });
    return [mark(`pulse:${edge.id}`, "g", { transform: `translate(${px(x)} ${px(y)}) rotate(${px(forward ? 0 : angle)})` }, [shape])];
  });
}

/** @param {GraphView} view @returns {Box[]} */
function obstacles(view) {
  const nodes = view.layout.boxes.map(({ x, y, width, height }) => ({ x: x + width / 2, y, width: width + 4, height: height + 4 }));
  const tags = view.layout.boxes.flatMap((box) => gradientItem({ ...view, progress: { ...view.progress, finish: 1 } }, box)?.area ?? []);
  const pulses = view.step?.phase === "backward" ? view.flights.flatMap((edge) => {
    const way = view.layout.ways[edge.id];
    return way ? [{ ...wayAt(way, REST), width: 24, height: 22 }] : [];
  }) : [];
  return [...nodes, ...tags, ...pulses];
}

/**
 * Where the numbers of the edges stand: each at the first free of its places. A product in flight that has no room as an equation
 * stands there as the number it is.
 * @param {GraphView} view
 */
export function placeEdgeLabels(view) {
  const carried = view.step?.phase === "backward" ? view.flights.filter(({ contribution }) => contribution !== null) : [];
  const locals = view.edges.filter(({ id }) => view.known(`local_gradient:${id}`) !== "future");
  const around = obstacles(view);
  const wide = placeLabels(carried.map((edge) => productLabel(view, `product:${edge.id}`, edge, productWidth(view, edge))), around);
  const short = carried.filter(({ id }) => !wide.has(`product:${id}`)).map((edge) => productLabel(view, `number:${edge.id}`, edge, textWidth(formatNumber(edge.contribution, view.digits), SIZE) + 10));
  const narrow = placeLabels(short, [...around, ...wide.values()]);
  const first = (/** @type {Edge} */ edge) => Number(!carried.includes(edge));
  const rest = placeLabels([...locals].sort((one, other) => first(one) - first(other)).map((edge) => label(
    `local:${edge.id}`, textWidth(formatNumber(edge.local_gradient, view.digits), SIZE) + 8, LOCAL.map((t) => wayAt(/** @type {any} */ (view.layout.ways[edge.id]), t)),
  )), [...around, ...wide.values(), ...narrow.values()]);
  return new Map([...wide, ...narrow, ...rest]);
}

/** Beside its edge, and on none. @param {GraphView} view @param {string} key @param {Edge} edge @param {number} width */
function productLabel(view, key, edge, width) {
  const lines = view.layout.ways.flatMap(crumbs);
  return label(key, width, productPlaces(view, edge).filter((place) => !lines.some((one) => overlap({ ...place, width, height: 18 }, one, 0))));
}

/** @param {string} key @param {number} width @param {{x: number, y: number}[]} places */
const label = (key, width, places) => ({ key, group: key, width, height: 20, places });

/** Small boxes along an edge, so that no product is written over it. @param {import("./way.js").Way} way */
function crumbs(way) {
  const count = Math.max(2, Math.round(way.length / 16));
  return Array.from({ length: count + 1 }, (_, at) => ({ ...wayAt(way, at / count), width: 6, height: 6 }));
}

/** The width of a product in flight as an equation. @param {GraphView} view @param {Edge} edge */
function productWidth({ nodes, digits }, { target, local_gradient: local, contribution }) {
  const text = [nodes[target]?.gradient ?? null, local, contribution].map((value) => formatNumber(value, digits)).join("");
  return textWidth(text, SIZE) + ((local ?? 0) < 0 ? 46 : 36);
}

/** Above an edge that falls, below one that rises: away from the others at its node. @param {GraphView} view @param {Edge} edge */
function productPlaces(view, edge) {
  const way = /** @type {import("./way.js").Way} */ (view.layout.ways[edge.id]);
  const falls = (way.points.at(-1)?.y ?? 0) >= (way.points[0]?.y ?? 0);
  return [REST, 0.38, 0.22, 0.46, 0.54].flatMap((t) => {
    const { x, y } = wayAt(way, t);
    return SIDES.map((side) => ({ x, y: y + (falls ? -side : side) }));
  });
}

/** @param {GraphView} view @param {Map<string, Box>} places @returns {Mark[]} */
export function edgeLabelMarks(view, places) {
  return view.edges.flatMap((edge) => [...localMarks(view, edge, places.get(`local:${edge.id}`)), ...productMarks(view, edge, places.get(`product:${edge.id}`), places.get(`number:${edge.id}`))]);
}

/** @param {GraphView} view @param {Edge} edge @param {Box|undefined} place */
function localMarks(view, edge, place) {
  if (!place) return [];
  const ref = `local_gradient:${edge.id}`;
  const now = view.known(ref) === "now";
  const lit = view.lit.edges.has(edge.id);
  return [
    rectangle(`local-plate:${edge.id}`, place, { rx: 3, class: `stage-plate${lit ? " stage-marked" : ""}`, "data-point": ref }),
    quantity(`local:${edge.id}`, place.x, place.y + 5, { ref, value: edge.local_gradient, digits: view.digits }, { class: `stage-number${now || lit ? "" : " stage-quiet"}`, size: SIZE, anchor: "middle" }),
  ];
}

/** @param {GraphView} view @param {Edge} edge @param {Box|undefined} wide @param {Box|undefined} narrow @returns {Mark[]} */
function productMarks(view, edge, wide, narrow) {
  const at = view.flights.indexOf(edge);
  const place = wide ?? narrow;
  if (!place || at < 0 || (view.progress.travel[at] ?? 1) < 1) return [];
  const gradient = view.nodes[edge.target]?.gradient ?? null;
  const colour = view.palette.sign(edge.contribution ?? 0);
  const number = (/** @type {string} */ ref, /** @type {number|null} */ value) => ({ number: { ref, value, digits: view.digits } });
  const local = (edge.local_gradient ?? 0) < 0;
  const ref = view.arrivals(edge.source).includes(edge.id) ? `contribution:${edge.id}` : `gradient:${edge.source}`;
  const result = { ...number(ref, edge.contribution), class: "stage-bold" };
  const equation = [number(`gradient:${edge.target}`, gradient), { text: local ? " · (" : " · " }, number(`local_gradient:${edge.id}`, edge.local_gradient), { text: local ? ") = " : " = " }, result];
  return [
    rectangle(`product-plate:${edge.id}`, place, { rx: 3, class: "stage-plate" }),
    phrase(`product:${edge.id}`, place.x, place.y + 5, wide ? equation : [result], { class: "stage-number", size: SIZE, anchor: "middle", fill: colour }),
  ];
}
