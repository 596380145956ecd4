// Who sends in a step: neurons one after the other, over every way that products travel or that leads along without weights.
// In a chain there is one way; where layers skip or join there are several, and a part of the step is about one sender of one.

/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./fine.js").Beat} Beat */
/**
 * @typedef {import("./types.d.ts").Products & {back: boolean, to: number, start: number, count: number}} Way
 * `to` is the layer it arrives at, `start` the number of its first sender among all of the step
 */
/** @typedef {{sender: number, value: number, to: number, row: number, back: boolean}} Sent what one sender has for one neuron of layer `to` */

/** @type {WeakMap<Step, Way[]>} */
const known = new WeakMap();

/** @param {Step|undefined} step @returns {Way[]} */
export function waysOf(step) {
  if (!step) return [];
  let ways = known.get(step);
  if (!ways) {
    let start = 0;
    ways = [...(step.terms ? [step.terms] : []), ...(step.branches ?? [])].map((products) => {
      const back = products.kind.endsWith("_error");
      const count = isAdded(products) ? 1 : back ? products.values.length : products.values[0]?.length ?? 0;
      start += count;
      return { ...products, back, to: back ? products.source ?? products.layer - 1 : products.layer, start: start - count, count };
    });
    known.set(step, ways);
  }
  return ways;
}

/** Whether it comes along without weights. @param {import("./types.d.ts").Products} products */
const isAdded = ({ kind }) => kind.startsWith("added_");

/** How many senders a step has. @param {Step|undefined} step */
export function senderCount(step) {
  const last = waysOf(step).at(-1);
  return last ? last.start + last.count : 0;
}

/**
 * What an edge carries in a step.
 * @param {Step|undefined} step
 * @param {{layer: number, row: number, column: number}} edge
 * @returns {Sent|null}
 */
export function sentAlong(step, { layer, row, column }) {
  for (const { first = 0, back, to, start, ...way } of waysOf(step)) {
    const value = way.layer === layer && !isAdded(way) ? way.values[row]?.[column - first] : undefined;
    if (value !== undefined) return { value, to, back, sender: start + (back ? row : column - first), row: back ? column - first : row };
  }
  return null;
}

/**
 * What goes between two neurons of one row, along a connection without a weight.
 * @param {Step|undefined} step
 * @param {{source: number, layer: number, row: number}} connection
 * @returns {Sent|null}
 */
export function sentAsItIs(step, { source, layer, row }) {
  const way = waysOf(step).find((one) => one.layer === layer && one.source === source && isAdded(one));
  const value = way?.values[0]?.[row];
  return way && value !== undefined ? { value, to: way.to, back: way.back, sender: way.start, row } : null;
}

/**
 * All that comes to one neuron in a step.
 * @param {Step|undefined} step
 * @param {{layer: number, row: number}} neuron
 * @param {boolean} back
 * @returns {Sent[]}
 */
export function sentTo(step, { layer, row }, back) {
  return waysOf(step).filter((way) => way.to === layer && way.back === back).flatMap((way) => Array.from({ length: way.count }, (_, at) => ({
    value: (isAdded(way) ? way.values[0]?.[row] : back ? way.values[at]?.[row] : way.values[row]?.[at]) ?? 0,
    sender: way.start + at, to: layer, row, back,
  })));
}

/** Whether the parts of a beat are about one sender each. @param {Beat} beat */
export const sends = ({ kind, edges }) => kind === "added" || (kind === "product" && edges !== "");

/**
 * How far a neuron's sum is told at a part: so many senders came before, and the next is on its way or not.
 * @param {import("./fine.js").PartNow} part
 * @returns {{arrived: number, next: boolean}}
 */
export function toldSenders({ run, beat, at }) {
  if (!run.beats.some(sends)) return { arrived: Infinity, next: false };
  const before = run.beats.slice(0, run.beats.indexOf(beat)).filter(sends).reduce((sum, { count }) => sum + count, 0);
  return sends(beat) ? { arrived: before + at, next: true } : { arrived: before, next: false };
}
