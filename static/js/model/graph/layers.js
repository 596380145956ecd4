// A graph in layers: every node in a column after all it is made of, long edges with a place in each column they pass,
// and the columns ordered so that few edges cross.

/** @typedef {import("./graph.d.ts").Node} Node */
/** @typedef {import("./graph.d.ts").Edge} Edge */
/**
 * @typedef {object} Item a node, or the place where a long edge passes a column
 * @property {number} column
 * @property {number} node −1 where an edge passes
 * @property {number} edge −1 where a node stands
 * @property {number[]} before items of the column before it that it is joined to
 * @property {number[]} after
 */
/** @typedef {{items: Item[], columns: number[][], chains: number[][]}} Layers columns hold indices of items from top to bottom, chains the items of each edge */

const SWEEPS = 12;
const MOST_PASSES = 150;

/**
 * The longest path from what is given; a constant stands just before its first use.
 * @param {Node[]} nodes in evaluation order
 * @returns {number[]} the column of each node
 */
export function depthsOf(nodes) {
  /** @type {number[]} */
  const depths = [];
  for (const { operands } of nodes) depths.push(operands.length === 0 ? 0 : 1 + Math.max(...operands.map((k) => depths[k] ?? 0)));
  for (const { id, operation } of nodes) {
    if (operation !== "constant") continue;
    const users = nodes.filter(({ operands }) => operands.includes(id)).map((user) => depths[user.id] ?? 1);
    depths[id] = Math.max(0, Math.min(...users, Infinity) - 1);
    if (!Number.isFinite(depths[id] ?? 0)) depths[id] = 0;
  }
  return depths;
}

/**
 * @param {Node[]} nodes
 * @param {Edge[]} edges
 * @returns {Layers}
 */
export function layersOf(nodes, edges) {
  const depths = depthsOf(nodes);
  /** @type {Item[]} */
  const items = nodes.map(({ id }) => ({ column: depths[id] ?? 0, node: id, edge: -1, before: [], after: [] }));
  /** Only neighbours order each other. @param {number} from @param {number} to */
  const join = (from, to) => {
    if ((items[to]?.column ?? 0) - (items[from]?.column ?? 0) !== 1) return;
    items[from]?.after.push(to);
    items[to]?.before.push(from);
  };
  const passes = edges.reduce((sum, { source, target }) => sum + (depths[target] ?? 0) - (depths[source] ?? 0) - 1, 0);
  const chains = edges.map(({ id, source, target }) => {
    const chain = [source];
    // Of a graph with very many of them the long edges run behind its nodes.
    if (passes <= MOST_PASSES) for (let column = (depths[source] ?? 0) + 1; column < (depths[target] ?? 0); column += 1) {
      items.push({ column, node: -1, edge: id, before: [], after: [] });
      chain.push(items.length - 1);
    }
    chain.push(target);
    chain.forEach((item, at) => { if (at > 0) join(/** @type {number} */ (chain[at - 1]), item); });
    return chain;
  });
  /** @type {number[][]} */
  const columns = Array.from({ length: 1 + Math.max(...depths) }, () => []);
  for (const [index, { column }] of items.entries()) columns[column]?.push(index);
  return { items, columns: ordered(items, columns), chains };
}

/**
 * Sorts each column by the middle of its neighbours, there and back, and keeps the order with the fewest crossings.
 * @param {Item[]} items
 * @param {number[][]} columns
 */
function ordered(items, columns) {
  let best = columns.map((column) => [...column]);
  let fewest = crossings(items, best);
  let present = best;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const back = sweep % 2 === 1;
    present = present.map((column) => [...column]);
    const order = back ? [...present.keys()].reverse() : [...present.keys()];
    for (const at of order) {
      const places = placesOf(present[back ? at + 1 : at - 1] ?? []);
      const column = present[at] ?? [];
      const own = placesOf(column);
      const middle = new Map(column.map((index) => [index, middleOf((back ? items[index]?.after : items[index]?.before) ?? [], places) ?? (own.get(index) ?? 0)]));
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0) || (own.get(a) ?? 0) - (own.get(b) ?? 0));
    }
    const found = crossings(items, present);
    if (found < fewest) [best, fewest] = [present, found];
  }
  return best;
}

/** @param {number[]} column @returns {Map<number, number>} */
function placesOf(column) {
  return new Map(column.map((index, at) => [index, at]));
}

/** @param {number[]} neighbours @param {Map<number, number>} places */
function middleOf(neighbours, places) {
  const found = neighbours.map((index) => places.get(index)).filter((place) => place !== undefined);
  return found.length > 0 ? found.reduce((sum, place) => sum + place, 0) / found.length : null;
}

/**
 * How many pairs of edges cross between neighbouring columns.
 * @param {Item[]} items
 * @param {number[][]} columns
 */
export function crossings(items, columns) {
  let count = 0;
  columns.slice(1).forEach((column, at) => {
    const places = placesOf(columns[at] ?? []);
    /** @type {number[]} */
    const ends = [];
    for (const index of column) {
      const own = (items[index]?.before ?? []).map((other) => places.get(other) ?? 0);
      for (const place of own) count += ends.filter((end) => end > place).length;
      ends.push(...own);
    }
  });
  return count;
}
