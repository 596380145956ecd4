// The steps as the timeline names them: many ticks leave room for a name, not for an equation.

/** @typedef {import("./graph.d.ts").GraphTrace} GraphTrace */
/** @typedef {import("../types.d.ts").Step} Step */

/** From so many steps on the names stand alone. */
const MANY = 12;
const FEW_NAMES = 3;

/** @type {WeakMap<GraphTrace, Step[]>} */
const kept = new WeakMap();

/** @param {GraphTrace} trace */
export function ticksOf(trace) {
  let steps = kept.get(trace);
  if (!steps) kept.set(trace, (steps = trace.steps.map((step) => ({ ...step, ...nameOf(step, trace) }))));
  return steps;
}

/** @param {Step} step @param {GraphTrace} trace @returns {Partial<Step>} */
function nameOf(step, { nodes, steps }) {
  const written = step.writes.flatMap((ref) => (ref.startsWith("value:") ? nodes[Number(ref.split(":")[1])] ?? [] : []));
  if (step.kind === "input") {
    const [first, last] = [written[0], written.at(-1)];
    if (!first || !last || (step.members?.length ?? 1) > 1) return {};
    const gap = written.length > FEW_NAMES ? ",\\,\\ldots,\\," : null;
    return { label: gap ? `${first.tex}${gap}${last.tex}` : written.map(({ tex }) => tex).join(",\\,") };
  }
  const [only] = written;
  return steps.length > MANY && only && step.kind === "operation" ? { label: only.tex } : {};
}
