// What the timeline shows of a list of steps: its groups, which labels fit, and where the cursor goes.
// Everything is a function of steps, cursor and width, in pixels where pixels are meant.

/** @typedef {import("./types.d.ts").Step} Step */
/** @typedef {import("./types.d.ts").Trace} Trace */

const LABEL_WIDTH = 44;
const TAG_WIDTH = 72;
const BAR_WIDTH = 14;

/** @typedef {{name: string, short: string, phase: string, first: number, last: number}} Group */

/**
 * Consecutive steps of one group name.
 * @param {Step[]} steps
 * @returns {Group[]}
 */
export function groupsOf(steps) {
  /** @type {Group[]} */
  const groups = [];
  for (const step of steps) {
    const open = groups.at(-1);
    if (open && open.name === step.group) open.last = step.index;
    else groups.push({ name: step.group, short: step.group_short || step.group, phase: step.phase, first: step.index, last: step.index });
  }
  return groups;
}

/**
 * @param {Step[]} steps
 * @param {number} index
 */
export function startsGroup(steps, index) {
  return index === 0 || steps[index - 1]?.group !== steps[index]?.group;
}

/**
 * How dense the ticks are: every label, labels of group starts and now only, or bars.
 * @param {number} width of one tick
 * @returns {"labels"|"starts"|"bars"}
 */
export function density(width) {
  if (width >= LABEL_WIDTH) return "labels";
  return width >= BAR_WIDTH ? "starts" : "bars";
}

/** Whether there is room for the tag beside the symbol. @param {number} width of one tick */
export function showsTags(width) {
  return width >= TAG_WIDTH;
}

/**
 * @param {Step[]} steps
 * @param {number} index
 * @param {number} cursor
 * @param {"labels"|"starts"|"bars"} dense
 */
export function showsLabel(steps, index, cursor, dense) {
  if (index === cursor || dense === "labels") return true;
  if (!startsGroup(steps, index)) return false;
  return Math.abs(index - cursor) > 1;
}

/**
 * The step under a pointer at x.
 * @param {number[]} centres of the ticks, ascending
 * @param {number} x
 */
export function nearestTick(centres, x) {
  let best = 0;
  centres.forEach((centre, index) => {
    if (Math.abs(centre - x) < Math.abs((centres[best] ?? 0) - x)) best = index;
  });
  return best;
}

/** @param {Step|undefined} step */
function layerKey(step) {
  return step ? `${step.phase}:${step.layer}` : "";
}

/**
 * The first step of the next or previous layer within the passes.
 * @param {Step[]} steps
 * @param {number} cursor
 * @param {1|-1} direction
 */
export function layerEdge(steps, cursor, direction) {
  let index = cursor;
  if (direction > 0) {
    while (index < steps.length && layerKey(steps[index]) === layerKey(steps[cursor])) index += 1;
    return Math.min(index, steps.length - 1);
  }
  if (index > 0) index -= 1;
  while (index > 0 && layerKey(steps[index - 1]) === layerKey(steps[index])) index -= 1;
  return index;
}

/**
 * Where the cursor lands when the same update is told in other steps: the step that covers the last thing shown.
 * @param {Trace} before
 * @param {number} cursor
 * @param {Trace} after
 */
export function placeAfterRetelling(before, cursor, after) {
  for (let index = cursor; index >= 0; index -= 1) {
    const covers = before.steps[index]?.covers ?? [];
    for (const [kind, layer] of [...covers].reverse()) {
      const found = after.steps.findIndex((step) => step.covers.some(([k, l]) => k === kind && l === layer));
      if (found >= 0) return found;
    }
  }
  return 0;
}

/**
 * @param {Step[]} steps
 * @param {number} cursor
 * @param {number} update
 * @param {{granularity: string, part: number, count: number}|null} [part] within the step, at a granularity finer than an equation
 */
export function positionText(steps, cursor, update, part = null) {
  const step = `step ${cursor + 1} of ${steps.length}`;
  if (!part) return { update: `Update ${update}`, step, within: "" };
  return { update: `Update ${update}`, step, within: `${part.granularity} ${part.part + 1} of ${part.count}` };
}
