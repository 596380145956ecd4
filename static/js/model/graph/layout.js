// Where every node and edge of a graph lies: columns from left to right, in each the nodes apart from one another
// and as near as that allows to what they are joined to. A function of the graph and of the room there is.

import { layersOf } from "./layers.js";
import { wayAt, wayThrough } from "./way.js";

/** @typedef {import("./graph.d.ts").Node} Node */
/** @typedef {import("./graph.d.ts").Edge} Edge */
/** @typedef {import("./layers.js").Layers} Layers */
/**
 * @typedef {object} NodeBox
 * @property {number} id
 * @property {"operation"|"leaf"|"constant"} shape
 * @property {number} x of the left end
 * @property {number} y of the middle
 * @property {number} width
 * @property {number} height
 * @property {number} divide from the left end to the line between sign and value
 * @property {number} column
 */
/** @typedef {{boxes: NodeBox[], ways: import("./way.js").Way[], width: number, height: number, output: number, wire: number, gap: number}} GraphLayout */

const ROOMY = { operation: 140, divide: 70, wide: 70, leaf: 120, constant: 72, height: 64, above: 62, below: 16, gap: { least: 104, most: 190 }, lane: 22, margin: { x: 34, y: 14 }, wire: 44, end: 96 };
const SMALL = { ...ROOMY, operation: 96, divide: 31, wide: 46, leaf: 92, constant: 52, height: 46, above: 42, below: 10, gap: { least: 66, most: 120 }, lane: 16, margin: { x: 20, y: 10 }, end: 64 };
/** On a phone, so that the output of a small graph is seen too. */
const TINY = { ...SMALL, margin: { x: 12, y: 10 }, wire: 22, end: 42 };
const PHONE = 400;
/** A graph of more columns than this is drawn with less air. */
const FEW = 5;
/** Rows are drawn apart to fill the stage, up to this. */
const MOST_STRETCH = 1.35;
const ROUNDS = 24;
const STRAIGHT = 8;

/** @param {Node} node @returns {NodeBox["shape"]} */
export function shapeOf({ operation }) {
  return operation === "input" ? "leaf" : operation === "constant" ? "constant" : "operation";
}

/**
 * @param {Node[]} nodes in evaluation order, the output last
 * @param {Edge[]} edges
 * @param {number} width of the stage
 * @param {number} height
 * @returns {GraphLayout}
 */
export function layoutGraph(nodes, edges, width, height) {
  const layers = layersOf(nodes, edges);
  const count = layers.columns.length;
  const size = width < PHONE ? TINY : count > FEW || width < 640 ? SMALL : ROOMY;
  const fixed = 2 * size.margin.x + size.end + count * size.operation;
  const gap = Math.min(size.gap.most, Math.max(size.gap.least, (width - fixed) / Math.max(1, count - 1)));
  const rows = placeRows(layers, size);
  const [top, bottom] = [Math.min(...rows.map(({ from }) => from)), Math.max(...rows.map(({ to }) => to))];
  const stretch = Math.min(MOST_STRETCH, Math.max(1, (height - 2 * size.margin.y) / (bottom - top)));
  const left = (/** @type {number} */ column) => size.margin.x + column * (size.operation + gap);
  const y = (/** @type {number} */ item) => size.margin.y + ((rows[item]?.y ?? 0) - top) * stretch;
  const boxes = nodes.map((node) => {
    const shape = shapeOf(node);
    const column = layers.items[node.id]?.column ?? 0;
    // What is given stands at the right end of its column, so that no edge starts late, except in the first one.
    const x = left(column) + (column > 0 ? size.operation - size[shape] : 0);
    return { id: node.id, shape, x, y: y(node.id), width: size[shape], height: size.height, divide: [...node.sign].length > 1 ? size.wide : size.divide, column };
  });
  const middle = (/** @type {number} */ item) => ({ x: left(layers.items[item]?.column ?? 0) + size.operation / 2, y: y(item) });
  const ways = edges.map((edge) => wayOf(edge, nodes, boxes, (layers.chains[edge.id] ?? []).slice(1, -1).map(middle)));
  return { boxes, ways, width: left(count - 1) + size.operation + size.end + size.margin.x, height: (bottom - top) * stretch + 2 * size.margin.y, output: nodes.length - 1, wire: size.wire, gap };
}

/**
 * @param {Edge} edge
 * @param {Node[]} nodes
 * @param {NodeBox[]} boxes
 * @param {import("./way.js").Point[]} passes
 */
function wayOf({ source, target, place }, nodes, boxes, passes) {
  const [begin, end] = /** @type {[NodeBox, NodeBox]} */ ([boxes[source], boxes[target]]);
  const from = { x: begin.x + begin.width, y: begin.y };
  const to = { x: end.x, y: end.y + entry(nodes[target]?.operands ?? [], place, end.height) };
  const direct = wayThrough([from, to]);
  if (passes.length === 0 || isFree(direct, boxes, begin, end)) return direct;
  return wayThrough([from, ...passes, to]);
}

/** The same value used twice by one operation arrives at two places. @param {number[]} operands @param {number} place @param {number} height */
function entry(operands, place, height) {
  const same = operands.filter((other) => other === operands[place]).length;
  if (same < 2) return 0;
  const nth = operands.slice(0, place).filter((other) => other === operands[place]).length;
  return (nth - (same - 1) / 2) * height * 0.36;
}

const CLEAR = { above: 8, below: 10 };

/**
 * Whether a single curve passes no other node too closely.
 * @param {import("./way.js").Way} way
 * @param {NodeBox[]} boxes
 * @param {NodeBox} begin
 * @param {NodeBox} end
 */
function isFree(way, boxes, begin, end) {
  const [from, to] = /** @type {[import("./way.js").Point, import("./way.js").Point]} */ (way.points);
  return boxes.every((box) => {
    if (box === begin || box === end || box.x > to.x || box.x + box.width < from.x) return true;
    // The curve only rises or only falls, so its ends over the box bound it there.
    const heights = [box.x, box.x + box.width].map((x) => wayAt(way, Math.min(1, Math.max(0, (x - from.x) / way.length))).y);
    return Math.max(...heights) < box.y - box.height / 2 - CLEAR.above - box.height || Math.min(...heights) > box.y + box.height / 2 + CLEAR.below;
  });
}

/**
 * Rows as near to their neighbours as their order and their sizes allow: a few rounds, there and back.
 * @param {Layers} layers
 * @param {typeof ROOMY} size
 * @returns {{y: number, from: number, to: number}[]} for each item its middle and the room it takes
 */
function placeRows({ items, columns }, size) {
  const room = items.map(({ node }) => (node < 0 ? { above: size.lane / 2, below: size.lane / 2 } : { above: size.height / 2 + size.above, below: size.height / 2 + size.below }));
  const rows = items.map(() => 0);
  for (const column of columns) place(column, column.map(() => 0), rows, room);
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? columns : [...columns].reverse();
    for (const column of order) {
      place(column, column.map((index) => wished(items, items[index], rows, rows[index] ?? 0)), rows, room);
    }
  }
  return rows.map((y, at) => ({ y, from: y - (room[at]?.above ?? 0), to: y + (room[at]?.below ?? 0) }));
}

/** @param {import("./layers.js").Item[]} items @param {import("./layers.js").Item|undefined} item @param {number[]} rows @param {number} own */
function wished(items, item, rows, own) {
  let [sum, weights] = [0, 0];
  for (const index of [...(item?.before ?? []), ...(item?.after ?? [])]) {
    // A long edge had better be straight than near to what it joins.
    const weight = item?.node === -1 && items[index]?.node === -1 ? STRAIGHT : 1;
    sum += weight * (rows[index] ?? 0);
    weights += weight;
  }
  return weights > 0 ? sum / weights : own;
}

/**
 * The rows of one column that differ least from what is wished and keep their distances: blocks of rows that touch share their mean.
 * @param {number[]} column items from top to bottom
 * @param {number[]} wishes
 * @param {number[]} rows written
 * @param {{above: number, below: number}[]} room
 */
function place(column, wishes, rows, room) {
  /** @type {{sum: number, size: number}[]} */
  const blocks = [];
  /** @type {number[]} */
  const offsets = [];
  column.forEach((index, at) => {
    const before = column[at - 1];
    const offset = before === undefined ? 0 : (offsets[at - 1] ?? 0) + (room[before]?.below ?? 0) + (room[index]?.above ?? 0);
    offsets.push(offset);
    blocks.push({ sum: (wishes[at] ?? 0) - offset, size: 1 });
    for (let last = blocks.length - 1; last > 0; last -= 1) {
      const [upper, lower] = /** @type {[{sum: number, size: number}, {sum: number, size: number}]} */ ([blocks[last - 1], blocks[last]]);
      if (upper.sum / upper.size <= lower.sum / lower.size) break;
      blocks.splice(last - 1, 2, { sum: upper.sum + lower.sum, size: upper.size + lower.size });
    }
  });
  let at = 0;
  for (const { sum, size } of blocks) {
    for (let count = 0; count < size; count += 1, at += 1) rows[column[at] ?? 0] = sum / size + (offsets[at] ?? 0);
  }
}
