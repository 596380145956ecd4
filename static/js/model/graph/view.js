// Everything the drawing of one moment asks: what is known at this step, what is now, what is pointed at, and on what scale.
// A function of the graph, the cursor and the share of the step's motion that is done.

import { known } from "../known.js";
import { arrayRef } from "../refs.js";
import { carried, progressOf } from "./motion.js";

/** @typedef {import("./graph.d.ts").GraphTrace} GraphTrace */
/** @typedef {import("./layout.js").GraphLayout} GraphLayout */
/** @typedef {import("../known.js").Knowledge} Knowledge */
/**
 * @typedef {object} Moment
 * @property {GraphTrace} trace
 * @property {number} index of the step
 * @property {number} f share of its motion, 1 at rest
 * @property {number} digits
 * @property {string|null} pointed
 * @property {string|null} selected
 * @property {GraphLayout} layout
 * @property {import("../palette.js").Palette} palette
 * @property {any} texts
 */
/** @typedef {ReturnType<typeof createGraphView>} GraphView */

/** @param {Moment} moment */
export function createGraphView(moment) {
  const { trace, index, f, pointed, selected } = moment;
  const { nodes, edges, steps } = trace;
  const step = steps[index];
  const flights = step ? carried(step, trace) : [];
  /** @param {string} ref @returns {Knowledge} */
  const knows = (ref) => {
    const node = /^value:(\d+)$/.exec(ref);
    const given = node && nodes[Number(node[1])];
    return given && given.operation === "constant" && !given.name ? "given" : known(steps, index, ref);
  };
  return {
    ...moment, nodes, edges, step, flights,
    progress: progressOf(step, flights.length, f),
    known: knows,
    /** The edges over which a gradient comes back to a node, in the order in which it does. @param {number} node */
    arrivals: (node) => arrivalsOf(trace).get(node) ?? [],
    scales: scalesOf(trace),
    lit: litBy(trace, pointed ?? selected),
  };
}

/** @type {WeakMap<GraphTrace, {value: number, error: number, local: number}>} */
const scales = new WeakMap();

/** The largest of each kind of number, so that colours and widths are shares of it. @param {GraphTrace} trace */
function scalesOf(trace) {
  let found = scales.get(trace);
  if (!found) {
    const most = (/** @type {(number|null)[]} */ all) => Math.max(0, ...all.map((one) => Math.abs(one ?? 0))) || 1;
    found = {
      value: most(trace.nodes.map(({ value }) => value)),
      error: most(trace.nodes.map(({ gradient }) => gradient)),
      local: most(trace.edges.map(({ local_gradient: local }) => local)),
    };
    scales.set(trace, found);
  }
  return found;
}

/** @type {WeakMap<GraphTrace, Map<number, number[]>>} */
const arrivals = new WeakMap();

/** @param {GraphTrace} trace */
function arrivalsOf(trace) {
  let found = arrivals.get(trace);
  if (!found) {
    found = new Map();
    const refs = trace.steps.flatMap(({ writes }) => writes.filter((ref) => ref.startsWith("contribution:")));
    for (const id of refs.map((ref) => Number(ref.split(":")[1]))) {
      const source = trace.edges[id]?.source ?? -1;
      found.set(source, [...(found.get(source) ?? []), id]);
    }
    arrivals.set(trace, found);
  }
  return found;
}

/**
 * The nodes and edges that a reference is about.
 * @param {GraphTrace} trace
 * @param {string|null} ref
 * @returns {{nodes: Set<number>, edges: Set<number>, related: Set<number>}} related: what a node is made of and what is made of it
 */
export function litBy({ nodes, edges }, ref) {
  const lit = { nodes: /** @type {Set<number>} */ (new Set()), edges: /** @type {Set<number>} */ (new Set()), related: /** @type {Set<number>} */ (new Set()) };
  const [quantity, id] = (arrayRef(ref ?? "") || "").split(":");
  const at = Number(id);
  if (!quantity || !Number.isInteger(at)) return lit;
  if (quantity === "local_gradient" || quantity === "contribution") {
    const edge = edges[at];
    if (!edge) return lit;
    lit.edges.add(at);
    lit.nodes.add(edge.source).add(edge.target);
  } else if (nodes[at]) {
    lit.nodes.add(at);
    for (const { source, target } of edges) {
      if (source === at) lit.related.add(target);
      if (target === at) lit.related.add(source);
    }
  }
  return lit;
}
