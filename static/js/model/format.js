// The one way a number becomes text on the screen: at most n significant digits, no trailing zeros, powers of ten
// below 1e-4 and from 1e4. The same rule lives in backprop_core/textbooks/numbers.py, and one table of cases tests both.

const SMALLEST_PLAIN_EXPONENT = -4;
const SMALLEST_POWER_EXPONENT = 4;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The minus sign of running text: as wide as a digit, which the hyphen is not. */
export const MINUS = "−";

/** What JSON's null stands for: a number that is NaN or infinite, and does not say which. */
export const NOT_FINITE = "not finite";

/** @typedef {{negative: boolean, mantissa: string, exponent: number}} Decimal mantissa is its figures without a point */

/**
 * A finite number rounded to so many significant figures, without trailing zeros.
 * @param {number} value
 * @param {number} digits
 * @returns {Decimal}
 */
function toDecimal(value, digits) {
  if (value === 0) return { negative: false, mantissa: "0", exponent: 0 };
  const [figures = "0", exponent = "0"] = Math.abs(value).toExponential(digits - 1).split("e");
  return { negative: value < 0, mantissa: figures.replace(".", "").replace(/0+$/, ""), exponent: Number(exponent) };
}

/** @param {Decimal} decimal */
function needsPower({ exponent }) {
  return exponent < SMALLEST_PLAIN_EXPONENT || exponent >= SMALLEST_POWER_EXPONENT;
}

/** @param {Decimal} decimal */
function plainFigures({ mantissa, exponent }) {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${mantissa}`;
  const whole = mantissa.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = mantissa.slice(exponent + 1);
  return fraction ? `${whole}.${fraction}` : whole;
}

/** @param {Decimal} decimal */
function pointedMantissa({ mantissa }) {
  return mantissa.length > 1 ? `${mantissa[0]}.${mantissa.slice(1)}` : mantissa;
}

/** @param {number} exponent */
function superscript(exponent) {
  const figures = [...String(Math.abs(exponent))].map((figure) => SUPERSCRIPTS[Number(figure)]).join("");
  return exponent < 0 ? `⁻${figures}` : figures;
}

/**
 * @param {unknown} value
 * @returns {string|null} the word for what is not a finite number, null if it is one
 */
function wordFor(value) {
  if (typeof value !== "number") return NOT_FINITE;
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return null;
  return value > 0 ? "∞" : `${MINUS}∞`;
}

/**
 * Plain text: 0.3775, −12.5, 3.625·10⁻⁵, NaN, ∞.
 * @param {unknown} value a number; anything else (JSON's null stands for it) is NaN
 * @param {number} [digits] significant digits
 */
export function formatNumber(value, digits = 4) {
  const word = wordFor(value);
  if (word !== null) return word;
  const decimal = toDecimal(/** @type {number} */ (value), digits);
  const sign = decimal.negative ? MINUS : "";
  if (!needsPower(decimal)) return sign + plainFigures(decimal);
  return `${sign}${pointedMantissa(decimal)}·10${superscript(decimal.exponent)}`;
}

/** How many more digits may be shown so that two numbers are seen to differ. */
const TELLING = 4;

/**
 * The digits at which two numbers that differ are written differently, a few more than asked at most.
 * @param {unknown} one
 * @param {unknown} other
 * @param {number} digits
 */
export function digitsApart(one, other, digits) {
  for (let more = 0; more <= TELLING; more++) if (formatNumber(one, digits + more) !== formatNumber(other, digits + more)) return digits + more;
  return digits;
}

/** Figures before a short text turns to a power of ten. */
const NARROWEST = 1e-3;
const WIDEST = 1e5;

/** For an axis, where there is little room: 0.003, but 10⁻⁴ and 3·10⁻⁴. @param {number} value */
export function formatTick(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0 || (size >= NARROWEST && size < WIDEST)) return formatNumber(value, 3);
  const decimal = toDecimal(value, 2);
  const power = `10${superscript(decimal.exponent)}`;
  return `${decimal.negative ? MINUS : ""}${decimal.mantissa === "1" ? "" : `${pointedMantissa(decimal)}·`}${power}`;
}

/**
 * TeX: 0.3775, -12.5, 3.625\times10^{-5}.
 * @param {unknown} value
 * @param {number} [digits] significant digits
 */
export function formatTex(value, digits = 4) {
  const word = wordFor(value);
  if (word !== null) return word === "NaN" ? "\\text{NaN}" : word.replace(MINUS, "-").replace("∞", "\\infty");
  const decimal = toDecimal(/** @type {number} */ (value), digits);
  const sign = decimal.negative ? "-" : "";
  if (!needsPower(decimal)) return sign + plainFigures(decimal);
  return `${sign}${pointedMantissa(decimal)}\\times10^{${decimal.exponent}}`;
}

/**
 * Everything the number has, for titles and for data-value: reads back to the same number.
 * @param {unknown} value
 */
export function exactText(value) {
  const word = wordFor(value);
  return word === null ? String(Object.is(value, -0) ? 0 : value) : word;
}
