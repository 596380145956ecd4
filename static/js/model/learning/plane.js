// The plane of two inputs, or the line of one: where each example stands, how it is drawn, which are wrong and which come next.
// Which are wrong the server says; here they are only found among the points.

/** @typedef {import("./frames.d.ts").Shown} Shown */
/** @typedef {import("./frames.d.ts").Field} Field */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{width: number, height: number, left: number, top: number}} Box */
/** @typedef {(x: number, y: number) => Point} Place */
/** @typedef {{part: "train"|"test", row: number, x: number, y: number, group: number, value: number|null}} Dot group is the class */

/** @typedef {"boundary"|"curve"|"confusion"|"none"} Kind */

/** @param {Shown["session"]} session @returns {Kind} what can be drawn of what the network answers */
export function kindOf(session) {
  const inputs = session.network.inputs;
  if (inputs === 2) return "boundary";
  if (inputs === 1) return "curve";
  return session.data?.is_regression ? "none" : "confusion";
}

/**
 * @param {{low: readonly number[], high: readonly number[]}} corners
 * @param {Box} box
 * @returns {Place} from what is fed to the paper, y upwards
 */
export function placing({ low, high }, { width, height, left, top }) {
  const [x0 = 0, y0 = 0] = low;
  const [x1 = 1, y1 = 1] = high;
  return (x, y) => ({ x: left + ((x - x0) / (x1 - x0 || 1)) * width, y: top + height - ((y - y0) / (y1 - y0 || 1)) * height });
}

/**
 * @param {NonNullable<Shown["data"]>} data
 * @param {boolean} plane whether the second input is the height, or the value to learn
 * @returns {Dot[]} test examples first, so that those it learns from lie on top
 */
export function dotsOf(data, plane) {
  return /** @type {const} */ (["test", "train"]).flatMap((part) => data[part].inputs.map((inputs, row) => {
    const value = data[part].values?.[row]?.[0] ?? null;
    const group = data[part].classes?.[row] ?? 0;
    return { part, row, x: inputs[0] ?? 0, y: plane ? inputs[1] ?? 0 : value ?? group, group, value };
  }));
}

/**
 * The field as the next update leaves it.
 * @param {Shown} state
 * @returns {Field|null}
 */
export function fieldAfter({ frame }) {
  const field = frame?.status === "running" ? null : frame?.boundary;
  return field?.after ? { ...field, ...field.after } : null;
}

/** @param {Shown} state @returns {import("./frames.d.ts").Curve|null} the curve as the next update leaves it */
export function curveAfter({ frame }) {
  const curve = frame?.status === "running" ? null : frame?.curve;
  return curve?.after ? { x: curve.x, y: curve.after } : null;
}

/** @param {Shown} state @returns {number} how many examples the wrong ones are counted among */
export function countOf({ samples, session }) {
  const sample = samples[samples.length - 1];
  return (sample?.train_rows ?? session.data?.train ?? 0) + (sample?.test_rows ?? session.data?.test ?? 0);
}

/** @param {Field|null|undefined} field @returns {number|null} how many examples are on the wrong side; null where nobody said */
export const wrongCount = (field) => (field?.wrong ? field.wrong.train.length + field.wrong.test.length : null);

/**
 * @param {Shown} state
 * @returns {{rows: number[], stepped: number|null}} training examples of the next update's batch, and the one that is stepped through
 */
export function nextRows({ frame, trace }) {
  const rows = frame?.status === "running" ? [] : frame?.next_rows ?? [];
  return { rows, stepped: rows.length ? rows[/** @type {any} */ (trace)?.example ?? 0] ?? null : null };
}

/** The largest of a list of numbers in size, at least a little. @param {(number|null)[]} values */
export const farthest = (values) => values.reduce((/** @type {number} */ most, value) => Math.max(most, Math.abs(value ?? 0)), 1e-12);
