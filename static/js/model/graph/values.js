// What the values become when the names of an expression change: known names keep theirs, new ones begin with 1, old ones go.
// The server says which names it misses and which it does not know.

/** @typedef {import("./graph.d.ts").Values} Values */

const FIRST = 1;

/**
 * @param {import("../types.d.ts").Problem} problem
 * @param {Values} values as asked
 * @param {Values} before of the graph that is drawn
 * @returns {Values|null} null where the problem is another one
 */
export function newNames(problem, values, before) {
  const found = { ...values };
  let changed = false;
  for (const { pointer = "" } of problem.errors ?? []) {
    const name = /^\/values\/(.+)$/.exec(pointer)?.[1];
    if (name === undefined) continue;
    changed = true;
    if (name in values) delete found[name];
    else found[name] = before[name] ?? FIRST;
  }
  return changed && /missing-field|unknown-field/.test(String(/** @type {any} */ (problem).type ?? "")) ? found : null;
}
