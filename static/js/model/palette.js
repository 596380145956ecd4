// Colour is sign: one ramp from negative over neutral to positive, mixed in OKLab so that equal steps look equal.
// A palette is made from the page's resolved colour tokens; nothing here reads the document.

/** @typedef {[number, number, number]} Triple */
/** @typedef {"bg"|"sunk"|"line"|"line2"|"ink"|"muted"|"faint"|"neg"|"mid"|"pos"|"fwd"|"bwd"|"mark"|"bad"} Token */
/** @typedef {Record<Token, string>} Tokens */
/**
 * @typedef {object} Palette
 * @property {Tokens} tokens
 * @property {boolean} dark
 * @property {(t: number) => string} ramp −1 … 1
 * @property {(t: number) => string} line colour of an edge; weak ones stay visible
 * @property {(t: number, now: boolean) => string} half fill of half a neuron
 * @property {(t: number) => string} ink black or white, whichever reads better on the ramp at t
 * @property {(value: number) => string} sign the colour of a signed number or arrow
 */

const TABLE_SIZE = 256;
/** Lines start at this share of the ramp: thin pale lines vanish on paper. */
const LINE_START = 0.34;
const LIGHT = { strength: 0.62, past: 0.26 };
const DARK = { strength: 0.38, past: 0.4 };

/** @type {readonly Token[]} */
export const TOKENS = [
  "bg", "sunk", "line", "line2", "ink", "muted", "faint", "neg", "mid", "pos", "fwd", "bwd", "mark", "bad",
];

/**
 * Reads #rgb, #rrggbb, rgb(…) and color(srgb …), the forms a resolved token can have.
 * @param {string} text
 * @returns {Triple} 0 … 255
 */
export function parseColour(text) {
  const trimmed = text.trim();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(trimmed)?.[1];
  if (hex) {
    const full = hex.length === 3 ? [...hex].map((figure) => figure + figure).join("") : hex;
    return /** @type {Triple} */ ([0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)));
  }
  const [r = 0, g = 0, b = 0] = (trimmed.match(/-?[\d.]+(e-?\d+)?/gi) ?? []).map(Number);
  return trimmed.startsWith("color(") ? [r * 255, g * 255, b * 255] : [r, g, b];
}

/** @param {Triple} rgb */
function toCss(rgb) {
  const [r, g, b] = rgb.map((part) => Math.round(Math.min(255, Math.max(0, part))));
  return `rgb(${r}, ${g}, ${b})`;
}

/** @param {number} part */
const toLinear = (part) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
/** @param {number} part */
const fromLinear = (part) => 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055);

/** Relative luminance at which black and white contrast alike. */
const EVEN = 0.179;

/** @param {Triple} rgb */
function luminance(rgb) {
  const [r, g, b] = /** @type {Triple} */ (rgb.map(toLinear));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * @param {Triple} rgb
 * @returns {Triple}
 */
export function toOklab(rgb) {
  const [r, g, b] = /** @type {Triple} */ (rgb.map(toLinear));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/**
 * @param {Triple} lab
 * @returns {Triple}
 */
export function fromOklab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return /** @type {Triple} */ (
    [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ].map(fromLinear)
  );
}

/**
 * @param {Triple} from
 * @param {Triple} to
 * @param {number} share
 * @returns {Triple}
 */
function blend(from, to, share) {
  return /** @type {Triple} */ (from.map((part, at) => part + ((to[at] ?? 0) - part) * share));
}

/**
 * The ramp as a table of CSS colours, −1 at the start, 1 at the end.
 * @param {Tokens} tokens
 * @returns {Triple[]}
 */
function rampTable(tokens) {
  const [negative, middle, positive] = [tokens.neg, tokens.mid, tokens.pos].map((t) => toOklab(parseColour(t)));
  return Array.from({ length: TABLE_SIZE }, (_, index) => {
    const t = (2 * index) / (TABLE_SIZE - 1) - 1;
    const end = /** @type {Triple} */ (t < 0 ? negative : positive);
    return fromOklab(blend(/** @type {Triple} */ (middle), end, Math.abs(t)));
  });
}

/**
 * @param {Tokens} tokens resolved colours
 * @returns {Palette}
 */
export function createPalette(tokens) {
  const table = rampTable(tokens);
  const css = table.map(toCss);
  const background = parseColour(tokens.bg);
  const dark = toOklab(background)[0] < 0.5;
  const { strength, past } = dark ? DARK : LIGHT;
  /** @param {number} t */
  const slot = (t) => Math.round(((Math.min(1, Math.max(-1, t || 0)) + 1) / 2) * (TABLE_SIZE - 1));
  return {
    tokens,
    dark,
    ramp: (t) => css[slot(t)] ?? tokens.mid,
    line: (t) => css[slot(Math.sign(t) * (LINE_START + (1 - LINE_START) * Math.abs(t)))] ?? tokens.mid,
    half(t, now) {
      const full = table[slot(t * strength)] ?? background;
      return toCss(now ? full : blend(background, full, past));
    },
    ink: (t) => (luminance(table[slot(t)] ?? background) > EVEN ? "#000" : "#fff"),
    sign: (value) => (value < 0 ? tokens.neg : value > 0 ? tokens.pos : tokens.muted),
  };
}
