// The way of an edge: one S-curve to the next column, and level through the columns that a long edge passes.
// As text for the drawing, and as a place for whatever travels along it.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{points: Point[], d: string, length: number}} Way points in pairs: every second stretch is level */

/** @param {number} value */
const px = (value) => Math.round(value * 10) / 10;

/**
 * @param {Point[]} points the end of the source, then in and out of every column passed, then the start of the target
 * @returns {Way}
 */
export function wayThrough(points) {
  const [first = { x: 0, y: 0 }, ...rest] = points;
  let d = `M${px(first.x)} ${px(first.y)}`;
  rest.forEach((to, at) => {
    const from = points[at] ?? first;
    if (at % 2 === 1) { d += `H${px(to.x)}`; return; }
    const middle = px((from.x + to.x) / 2);
    d += `C${middle} ${px(from.y)} ${middle} ${px(to.y)} ${px(to.x)} ${px(to.y)}`;
  });
  return { points, d, length: (points.at(-1)?.x ?? 0) - first.x };
}

/**
 * A point of the way, and how steep it is there.
 * @param {Way} way
 * @param {number} t 0 where it leaves its source, 1 where it reaches its target
 * @returns {Point & {angle: number}} the angle forward, in degrees
 */
export function wayAt({ points, length }, t) {
  const first = points[0] ?? { x: 0, y: 0 };
  const x = first.x + t * length;
  const at = Math.max(1, points.findIndex((point, index) => index > 0 && point.x >= x - 1e-6));
  const [from, to] = [points[at - 1] ?? first, points[at] ?? first];
  if (at % 2 === 0 || to.x === from.x) return { x, y: from.y, angle: 0 };
  return onCurve(from, to, (x - from.x) / (to.x - from.x));
}

/** @param {Point} from @param {Point} to @param {number} share of the distance across */
function onCurve(from, to, share) {
  // Across, the curve is 1.5 u (1 − u) + u³: steady enough that four steps of Newton find u.
  let u = share;
  for (let round = 0; round < 4; round += 1) u -= (1.5 * u * (1 - u) + u ** 3 - share) / (1.5 - 3 * u + 3 * u * u);
  const rise = to.y - from.y;
  const [across, down] = [(to.x - from.x) * (1.5 - 3 * u + 3 * u * u), rise * 6 * u * (1 - u)];
  return { x: from.x + (to.x - from.x) * share, y: from.y + rise * u * u * (3 - 2 * u), angle: (Math.atan2(down, across) * 180) / Math.PI };
}
