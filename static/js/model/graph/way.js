// The way of an edge: a smooth curve from the end of its source through the places where it passes columns to its target.
// As text for the drawing, and as a place for whatever travels along it; across it goes steadily, so a share of it is a share of the width.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{points: Point[], slopes: number[], d: string, length: number}} Way */

/** @param {number} value */
const px = (value) => Math.round(value * 10) / 10;

/**
 * @param {Point[]} points from left to right
 * @returns {Way} level at both ends, and between them never beyond its points
 */
export function wayThrough(points) {
  const rises = points.slice(1).map((to, at) => {
    const from = /** @type {Point} */ (points[at]);
    return (to.y - from.y) / Math.max(1e-6, to.x - from.x);
  });
  const slopes = points.map((_, at) => {
    const [before, after] = [rises[at - 1], rises[at]];
    if (before === undefined || after === undefined || before * after <= 0) return 0;
    return Math.sign(before) * Math.min(Math.abs(before + after) / 2, 3 * Math.abs(before), 3 * Math.abs(after));
  });
  const [first = { x: 0, y: 0 }, ...rest] = points;
  let d = `M${px(first.x)} ${px(first.y)}`;
  rest.forEach((to, at) => {
    const from = points[at] ?? first;
    const third = (to.x - from.x) / 3;
    d += `C${px(from.x + third)} ${px(from.y + third * (slopes[at] ?? 0))} ${px(to.x - third)} ${px(to.y - third * (slopes[at + 1] ?? 0))} ${px(to.x)} ${px(to.y)}`;
  });
  return { points, slopes, d, length: (points.at(-1)?.x ?? 0) - first.x };
}

/**
 * A point of the way, and how steep it is there.
 * @param {Way} way
 * @param {number} t 0 where it leaves its source, 1 where it reaches its target
 * @returns {Point & {angle: number}} the angle forward, in degrees
 */
export function wayAt({ points, slopes, length }, t) {
  const first = points[0] ?? { x: 0, y: 0 };
  const x = first.x + t * length;
  const found = points.findIndex((point, index) => index > 0 && point.x >= x - 1e-6);
  const at = found < 0 ? points.length - 1 : found;
  const [from, to] = [points[at - 1] ?? first, points[at] ?? first];
  const width = to.x - from.x;
  if (width <= 0) return { x, y: from.y, angle: 0 };
  const u = (x - from.x) / width;
  const [start, end] = [(slopes[at - 1] ?? 0) * width, (slopes[at] ?? 0) * width];
  const rise = to.y - from.y;
  const y = from.y + rise * u * u * (3 - 2 * u) + start * u * (1 - u) ** 2 - end * u * u * (1 - u);
  const slope = (rise * 6 * u * (1 - u) + start * (1 - u) * (1 - 3 * u) + end * u * (3 * u - 2)) / width;
  return { x, y, angle: (Math.atan(slope) * 180) / Math.PI };
}
