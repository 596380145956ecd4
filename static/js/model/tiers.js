// How large a neuron is drawn and which of its labels stand beside it, by the room its row has.
// Tiers go from the whole anatomy down to a bare bar; a column takes the first one that fits.

/**
 * @typedef {object} Tier
 * @property {number} width of a neuron
 * @property {number} height of a neuron
 * @property {number} inputWidth of an input, which has the right half only
 * @property {number} above room for the error over the neuron
 * @property {number} below room for bias and slope under it
 * @property {boolean} symbols z and a are named inside
 * @property {boolean} numbers z and a are written inside
 * @property {number} font of the numbers inside
 * @property {"beside"|"over"|"none"} arrived where Σ w·δ stands: beside the error, on a line over it, or nowhere
 * @property {"tall"|"line"|"bar"} error how δ is drawn: arrow with tag, one line, or a signed bar at the left
 * @property {"drop"|"short"|"inline"|"pointed"} bias how the bias square hangs
 * @property {boolean} slope σ′ always has room
 */

/** @type {Tier} */
const FULL = {
  width: 164, height: 64, inputWidth: 72, above: 56, below: 72, symbols: true, numbers: true, font: 16,
  arrived: "beside", error: "tall", bias: "drop", slope: true,
};
/** @type {Tier} */
const MEDIUM = { ...FULL, width: 132, height: 44, inputWidth: 66, above: 34, below: 40, symbols: false, font: 15, arrived: "none", error: "line", bias: "short" };
/** Where height is left, what arrives gets a line of its own. @type {Tier} */
const STACKED = { ...MEDIUM, above: 54, arrived: "over" };
/** @type {Tier} */
const INLINE = { ...MEDIUM, width: 128, height: 38, inputWidth: 62, above: 26, below: 22, font: 14, bias: "inline" };
/** @type {Tier} */
const SLIM = { ...MEDIUM, width: 124, height: 30, inputWidth: 60, above: 22, below: 0, font: 13, bias: "pointed", slope: false };

/** A pointed-at neuron of a crowded layer opens to this. */
export const OPEN_TIER = /** @type {Tier} */ ({ ...INLINE, above: 54, arrived: "over" });

/** @type {readonly Tier[]} */
const CROWDED_TIERS = [
  { ...SLIM, width: 116, height: 24, inputWidth: 56, above: 18, font: 12 },
  { ...SLIM, width: 112, height: 22, inputWidth: 54, above: 0, font: 12, error: "bar" },
  { ...SLIM, width: 112, height: 16, inputWidth: 54, above: 0, font: 12, error: "bar" },
  { ...SLIM, width: 46, height: 12, inputWidth: 23, above: 0, numbers: false, font: 12, error: "bar" },
  { ...SLIM, width: 46, height: 4, inputWidth: 23, above: 0, numbers: false, font: 12, error: "bar" },
];

/** @type {readonly Tier[]} */
const COMPACT_TIERS = [STACKED, MEDIUM, INLINE, SLIM, ...CROWDED_TIERS];

/** From roomy to narrow. @type {readonly Tier[]} */
export const WIDE_TIERS = [FULL, { ...FULL, below: 46, bias: "short" }, ...COMPACT_TIERS];

/** For stages that are high enough but not wide enough: the same anatomy, neurons drawn in. @type {readonly Tier[]} */
export const NARROW_TIERS = COMPACT_TIERS.map((tier) => ({
  ...tier, width: Math.min(tier.width, 108), inputWidth: Math.min(tier.inputWidth, 54), font: Math.min(tier.font, 13),
}));

/** @type {readonly Tier[]} */
export const PHONE_TIERS = [
  { ...MEDIUM, width: 120, height: 52, inputWidth: 60, above: 36, below: 24, font: 14, bias: "inline" },
  { ...MEDIUM, width: 120, height: 36, inputWidth: 60, above: 28, below: 0, font: 14, bias: "pointed", slope: false },
  ...CROWDED_TIERS,
];

/** Room between the anatomies of two rows. */
const ROW_GAP = 4;

/** @typedef {{top: number, bottom: number, middle: number, maxPitch: number, inputErrors?: boolean}} Room */

/**
 * What a row needs over and under its neuron: inputs carry nothing, or their errors in a text that tells them.
 * @param {Tier} tier
 * @param {Room} room
 * @param {boolean} input
 */
function outside(tier, room, input) {
  return { above: input && !room.inputErrors ? 0 : tier.above, below: input ? 0 : tier.below };
}

/**
 * The rows of one column: the first tier whose rows fit between top and bottom, centred on the middle.
 * @param {number} count
 * @param {Room} room
 * @param {readonly Tier[]} tiers
 * @param {boolean} input
 * @returns {{tier: Tier, pitch: number, middle: number}}
 */
export function chooseTier(count, room, tiers, input) {
  let result = { tier: /** @type {Tier} */ (tiers[tiers.length - 1]), pitch: 1, middle: room.middle };
  for (const tier of tiers) {
    result = placeRows(count, room, tier, input);
    const { above, below } = outside(tier, room, input);
    const least = tier === tiers[tiers.length - 1] ? 0 : tier.height + above + below + ROW_GAP;
    if (count === 1 ? result.pitch >= 0 : result.pitch >= least) return result;
  }
  return { ...result, pitch: Math.max(result.pitch, 1) };
}

/**
 * @param {number} count
 * @param {Room} room
 * @param {Tier} tier
 * @param {boolean} input
 */
function placeRows(count, room, tier, input) {
  const { above, below } = outside(tier, room, input);
  const half = Math.min(room.middle - room.top - above, room.bottom - below - room.middle) - tier.height / 2;
  if (count === 1) return { tier, pitch: half, middle: room.middle };
  return { tier, pitch: Math.min(room.maxPitch, (2 * half) / (count - 1)), middle: room.middle };
}
