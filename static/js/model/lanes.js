// The lanes under the network in which connections pass the layers they skip, and the way along such a connection.
// A way leaves its neuron, bends down into its lane, runs straight under what it passes and bends up again.

/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./wiring.js").Wiring} Wiring */
/** @typedef {{left: number, right: number, y: number, spread: number}} Lane */

/** What one lane takes of the height. */
export const LANE = 18;
const CLEARANCE = 14;
const ASIDE = 12;
/** The ways of one connection lie this far apart at most, and so wide together at most. */
const APART = 4;
const SPREAD = 14;

/** @param {number} source @param {number} layer */
export const laneKey = (source, layer) => `${source}:${layer}`;
/** Of what is added, where the layer reads the same one with weights as well. @param {number} source @param {number} layer */
export const addedLaneKey = (source, layer) => `${laneKey(source, layer)}+`;

/** Connections that pass at least one layer. @param {Wiring} wiring @returns {[number, number][]} from, to */
export function skips({ sources, adds, depth }) {
  return sources.flatMap((read, layer) => [...read.map((from) => from.layer), ...(adds[layer] ?? [])]
    .filter((from) => (depth[layer] ?? 0) - (depth[from] ?? 0) > 1)
    .map((from) => /** @type {[number, number]} */ ([from, layer])));
}

/**
 * @param {Wiring} wiring
 * @param {NeuronBox[][]} neurons by layer
 * @param {Column[]} stacks columns by depth
 * @param {number} most lanes that have their full height
 * @returns {Map<string, Lane>}
 */
export function lanesOf(wiring, neurons, stacks, most) {
  /** @type {Map<string, Lane>} */
  const lanes = new Map();
  const shorter = skips(wiring).sort((one, other) => passed(wiring, one).length - passed(wiring, other).length);
  const step = LANE * Math.min(1, most / Math.max(1, shorter.length));
  shorter.forEach(([from, to], index) => {
    const between = passed(wiring, [from, to]);
    const boxes = between.flatMap((depth) => (wiring.stacks[depth] ?? []).flatMap((layer) => neurons[layer] ?? []));
    const lowest = Math.max(...boxes.map((box) => box.y + box.height / 2 + (box.input ? 0 : box.tier.below)));
    const ways = wiring.sizes[from] ?? 1;
    lanes.set(lanes.has(laneKey(from, to)) ? addedLaneKey(from, to) : laneKey(from, to), {
      left: (stacks[between[0] ?? 0]?.left ?? 0) - ASIDE, right: (stacks[between.at(-1) ?? 0]?.right ?? 0) + ASIDE,
      y: lowest + CLEARANCE + index * step, spread: Math.min(APART, SPREAD / Math.max(1, ways - 1)),
    });
  });
  return lanes;
}

/** The depths that a connection passes. @param {Wiring} wiring @param {[number, number]} ends */
function passed({ depth }, [from, to]) {
  const [first, last] = [(depth[from] ?? 0) + 1, depth[to] ?? 0];
  return Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
}

/**
 * A point of a way in a lane, by its share of the width.
 * @param {Point} from
 * @param {Point} to
 * @param {Lane} lane
 * @param {number} t
 * @returns {Point}
 */
export function lanePoint(from, to, { left, right, y }, t) {
  const x = from.x + (to.x - from.x) * t;
  if (x <= left) return bent(from, { x: left, y }, left > from.x ? (x - from.x) / (left - from.x) : 1);
  if (x < right) return { x, y };
  return bent({ x: right, y }, to, to.x > right ? (x - right) / (to.x - right) : 1);
}

/** An S-curve, level at both ends. @param {Point} from @param {Point} to @param {number} t @returns {Point} */
export function bent(from, to, t) {
  const bend = (to.x - from.x) * 0.5;
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3];
  return { x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x, y: (a + b) * from.y + (c + d) * to.y };
}
