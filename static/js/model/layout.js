// Where everything of the network stands: columns, neurons, bias squares, edges, wires and the cost block.
// A pure function of the network's shape and the room there is; units are CSS pixels before zoom.

import { LANE, lanesOf, skips } from "./lanes.js";
import { chooseTier, NARROW_TIERS, PHONE_TIERS, WIDE_TIERS } from "./tiers.js";
import { isTiled, placeTile, tileRow } from "./tiles.js";
import { wiringOf } from "./wiring.js";

/** @typedef {import("./tiers.js").Tier} Tier */
/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} NeuronBox
 * @property {number} layer
 * @property {number} row
 * @property {number} x left end
 * @property {number} y centre line
 * @property {number} width
 * @property {number} height
 * @property {number} divider x where z ends and a begins; the left end of an input
 * @property {boolean} input
 * @property {Tier} tier
 */
/** @typedef {{layer: number, kind: "input"|"hidden"|"output"|"cost", x: number, left: number, right: number, pitch: number}} Column */
/** @typedef {{x: number, top: number, y: number, size: number, labelX: number, labelY: number}} BiasBox */
/** @typedef {{x: number, y: number, width: number, height: number}} CostBox centre and size */
/**
 * @typedef {object} Layout
 * @property {number} width of the content
 * @property {number} height
 * @property {boolean} phone
 * @property {Column[]} columns input, layers, cost
 * @property {(Column & {layers: number[]})[]} stacks the same by depth: layers that stand over one another are one
 * @property {import("./wiring.js").Wiring} wiring
 * @property {Map<string, import("./lanes.js").Lane>} lanes where connections pass the layers they skip
 * @property {NeuronBox[][]} neurons by layer; none for inputs that stand as a picture
 * @property {import("./tiles.js").Tile|null} tile the picture
 * @property {CostBox} cost
 * @property {boolean[]} curved by layer: edges into this layer are S-curves
 * @property {number} slotPitch phone: distance of two columns; else 0
 */

const MARGIN = 24;
const HEADING_BOTTOM = 72;
const FOOT = 62;
const MAX_PITCH = 228;
const MAX_GAP = 300;
/** In a half of such a neuron every number of four digits has room. */
const WIDENED = 132;
/** Tiers, the least gap between their columns, and the gap they keep when they widen. @type {[readonly Tier[], number, number][]} */
const SIZES = [[WIDE_TIERS, 118, 136], [WIDE_TIERS.slice(2), 104, 120], [NARROW_TIERS, 84, 90]];
const COST = { width: 88, height: 76, gap: 64, middleGap: 116 };
const PHONE = { top: 36, foot: 20, maxPitch: 140, margin: 28, narrowMargin: 12, narrowBelow: 380, cost: { width: 76, height: 64, gap: 0 } };
/** On a tablet held upright two columns stand on a stage so high that rows may lie further apart: so many to it. */
const TALL = 4;
/** Below this width only two columns are on the screen at a time. */
const NARROW = 640;
/** Layers wider than this get S-curves instead of straight edges. */
const STRAIGHT_UP_TO = 12;
/** The lanes that have their full height; of more each has less. */
const MOST_LANES = { wide: 6, phone: 3 };

/**
 * @param {import("./types.d.ts").Network} network
 * @param {number} width
 * @param {number} height
 * @param {{phone?: boolean, inputErrors?: boolean}} [options] inputErrors: the text tells the error of the input as well
 * @returns {Layout}
 */
export function layoutNetwork(network, width, height, options = {}) {
  const wiring = wiringOf(network);
  // Layers of one depth stand over one another, with a row free between them.
  const sizes = wiring.stacks.map((layers) => layers.reduce((sum, layer) => sum + (wiring.sizes[layer] ?? 0), layers.length - 1));
  const phone = Boolean(options.phone);
  const narrow = phone && width < NARROW;
  const mostLanes = phone ? MOST_LANES.phone : MOST_LANES.wide;
  const room = { ...verticalRoom(height, phone, Math.min(mostLanes, skips(wiring).length)), low: phone && !narrow, narrow, inputErrors: Boolean(options.inputErrors) };
  const rows = aligned(sizes, rowsThatFit(sizes, room, width, phone));
  const stacks = (narrow ? phoneColumns(sizes, rows, width) : wideColumns(sizes, rows, width)).map((column, at) => ({ ...column, layers: wiring.stacks[at] ?? [] }));
  const tile = isTiled(sizes) ? placeTile(sizes[0] ?? 0, room, stacks[0]?.left ?? 0) : null;
  const neurons = wiring.sizes.map((_, layer) => (layer === 0 && tile ? [] : columnOfNeurons(wiring, layer, rows, stacks)));
  const last = /** @type {Column} */ (stacks[stacks.length - 1]);
  const block = phone ? PHONE.cost : COST;
  return {
    width: narrow ? width : Math.max(width, last.right + MARGIN),
    height,
    phone,
    columns: [...wiring.depth.map((depth, layer) => ({ .../** @type {Column} */ (stacks[depth]), layer })), { ...last, layer: wiring.sizes.length }],
    stacks,
    wiring,
    lanes: lanesOf(wiring, neurons, stacks, mostLanes),
    neurons,
    tile,
    cost: { x: last.x, y: room.middle, width: block.width, height: block.height },
    curved: wiring.sizes.map((count, layer) => Math.max(count, wiring.widths[layer] ?? 0) > STRAIGHT_UP_TO),
    slotPitch: narrow ? phonePitch(rows, width) : 0,
  };
}

/**
 * @param {number} height
 * @param {boolean} phone
 * @param {number} lanes under the network
 */
function verticalRoom(height, phone, lanes) {
  const taken = lanes * LANE;
  if (phone) return { top: PHONE.top, bottom: height - PHONE.foot - taken, middle: (height - taken) / 2 + 11, maxPitch: Math.max(PHONE.maxPitch, Math.min(MAX_PITCH, height / TALL)) };
  return { top: HEADING_BOTTOM, bottom: height - FOOT - taken, middle: (height - taken) / 2 - 3, maxPitch: MAX_PITCH };
}

/** @typedef {{tier: Tier, pitch: number, middle: number}} Rows */

/**
 * Tiers for all columns: smaller ones while the columns would stand too close.
 * @param {number[]} sizes
 * @param {import("./tiers.js").Room & {low: boolean, narrow: boolean}} room
 * @param {number} width
 * @param {boolean} phone
 * @returns {Rows[]}
 */
function rowsThatFit(sizes, room, width, phone) {
  const choose = (/** @type {readonly Tier[]} */ tiers) => sizes.map((count, layer) => (
    layer === 0 && isTiled(sizes) ? tileRow(count, room, tiers) : chooseTier(count, room, tiers, layer === 0)));
  if (phone) return choose(width < PHONE.narrowBelow ? narrowed(PHONE_TIERS) : PHONE_TIERS);
  let rows = /** @type {Rows[]} */ ([]);
  for (const [tiers, leastGap, keptGap] of SIZES) {
    rows = choose(tiers);
    const gap = gapBetween(rows, width, costGap(sizes));
    if (gap >= leastGap) return widened(rows, (gap - keptGap) * (rows.length - 1));
  }
  return rows;
}

/**
 * Small neurons take what the gaps can spare, so that longer numbers fit into them.
 * @param {Rows[]} rows
 * @param {number} spare
 * @returns {Rows[]}
 */
function widened(rows, spare) {
  const narrow = rows.filter(({ tier }) => tier.numbers && tier.width < WIDENED);
  const halves = narrow.reduce((sum, row) => sum + (row === rows[0] ? 1 : 2), 0);
  if (spare <= 0 || halves === 0) return rows;
  return rows.map((row) => {
    if (!narrow.includes(row)) return row;
    const width = Math.min(WIDENED, Math.floor(row.tier.width + (2 * spare) / halves));
    return { ...row, tier: { ...row.tier, width, inputWidth: Math.max(row.tier.inputWidth, width / 2) } };
  });
}

/**
 * Columns of as many neurons have their rows at the same heights.
 * @param {number[]} sizes
 * @param {Rows[]} rows
 */
function aligned(sizes, rows) {
  return rows.map((row, layer) => ({
    ...row, pitch: Math.min(...rows.filter((_, other) => sizes[other] === sizes[layer]).map(({ pitch }) => pitch)),
  }));
}

/** @param {readonly Tier[]} tiers */
function narrowed(tiers) {
  return tiers.map((tier, index) => (index === 0 ? { ...tier, width: 112, height: 48, inputWidth: 56 } : tier));
}

/** @param {Rows} row @param {number} layer */
const widthOf = (row, layer) => (layer === 0 ? row.tier.inputWidth : row.tier.width);

/**
 * @param {Rows[]} rows
 * @param {number} width
 * @param {number} beforeCost
 */
function gapBetween(rows, width, beforeCost) {
  const neurons = rows.reduce((sum, row, layer) => sum + widthOf(row, layer), 0);
  return (width - 2 * MARGIN - neurons - beforeCost - COST.width) / (rows.length - 1);
}

/**
 * The wire of a middle output runs straight into the block, so its target needs room before it.
 * @param {number[]} sizes
 */
function costGap(sizes) {
  return (sizes[sizes.length - 1] ?? 0) % 2 ? COST.middleGap : COST.gap;
}

/**
 * @param {number} layer
 * @param {number} count of layers with the input
 * @returns {"input"|"hidden"|"output"}
 */
function kindOf(layer, count) {
  return layer === 0 ? "input" : layer === count - 1 ? "output" : "hidden";
}

/**
 * @param {number[]} sizes
 * @param {Rows[]} rows
 * @param {number} width
 * @returns {Column[]}
 */
function wideColumns(sizes, rows, width) {
  const beforeCost = costGap(sizes);
  const gap = Math.min(MAX_GAP, Math.max(84, gapBetween(rows, width, beforeCost)));
  const total = rows.reduce((sum, row, layer) => sum + widthOf(row, layer), 0) + gap * (rows.length - 1) + beforeCost + COST.width;
  let left = Math.max(MARGIN, (width - total) / 2);
  const columns = rows.map((row, layer) => {
    const right = left + widthOf(row, layer);
    const column = { layer, kind: kindOf(layer, sizes.length), x: (left + right) / 2, left, right, pitch: row.pitch };
    left = right + gap;
    return column;
  });
  const start = left - gap + beforeCost;
  return [...columns, { layer: sizes.length, kind: "cost", x: start + COST.width / 2, left: start, right: start + COST.width, pitch: 0 }];
}

/** @param {number} width */
const phoneMargin = (width) => (width < PHONE.narrowBelow ? PHONE.narrowMargin : PHONE.margin);

/** @param {Rows[]} rows @param {number} width */
function phonePitch(rows, width) {
  return width - 2 * phoneMargin(width) - Math.max(...rows.map((row) => row.tier.width));
}

/**
 * On a phone columns stand in slots of equal distance, two of which fill the screen.
 * @param {number[]} sizes
 * @param {Rows[]} rows
 * @param {number} width
 * @returns {Column[]}
 */
function phoneColumns(sizes, rows, width) {
  const slot = Math.max(...rows.map((row) => row.tier.width));
  const pitch = phonePitch(rows, width);
  const margin = phoneMargin(width);
  const columns = rows.map((row, layer) => {
    const own = widthOf(row, layer);
    const left = margin + layer * pitch + (layer === 0 ? slot - own : (slot - own) / 2);
    return { layer, kind: kindOf(layer, sizes.length), x: left + own / 2, left, right: left + own, pitch: row.pitch };
  });
  const left = margin + sizes.length * pitch + (slot - PHONE.cost.width) / 2;
  return [...columns, { layer: sizes.length, kind: "cost", x: left + PHONE.cost.width / 2, left, right: left + PHONE.cost.width, pitch: 0 }];
}

/**
 * @param {import("./wiring.js").Wiring} wiring
 * @param {number} layer
 * @param {Rows[]} rows by depth
 * @param {(Column & {layers: number[]})[]} stacks
 * @returns {NeuronBox[]}
 */
function columnOfNeurons({ sizes, depth }, layer, rows, stacks) {
  const { tier, pitch, middle } = /** @type {Rows} */ (rows[depth[layer] ?? 0]);
  const { left, right, layers } = /** @type {Column & {layers: number[]}} */ (stacks[depth[layer] ?? 0]);
  const count = layers.reduce((sum, other) => sum + (sizes[other] ?? 0), layers.length - 1);
  const above = layers.slice(0, layers.indexOf(layer)).reduce((sum, other) => sum + (sizes[other] ?? 0) + 1, 0);
  const input = layer === 0;
  return Array.from({ length: sizes[layer] ?? 0 }, (_, row) => ({
    layer, row, input, tier,
    x: left,
    y: middle + (count === 1 ? 0 : (above + row - (count - 1) / 2) * pitch),
    width: right - left,
    height: tier.height,
    divider: input ? left : (left + right) / 2,
  }));
}

/**
 * The bias square under a neuron and the place of its number.
 * @param {NeuronBox} neuron
 * @returns {BiasBox|null} null where it has no room of its own
 */
export function biasBox(neuron) {
  const bottom = neuron.y + neuron.height / 2;
  const { bias } = neuron.tier;
  if (neuron.input || bias === "pointed") return null;
  if (bias === "inline") {
    return { x: neuron.x + 17, top: bottom, y: bottom + 13, size: 13, labelX: neuron.x + 29, labelY: bottom + 13 };
  }
  const [drop, size] = bias === "drop" ? [54, 18] : [20, 16];
  const labelY = bias === "drop" ? bottom + 27 : bottom + drop + size / 2 - 1;
  return { x: neuron.x + 24, top: bottom, y: bottom + drop + size / 2, size, labelX: neuron.x + 38, labelY };
}
