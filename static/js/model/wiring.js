// How the layers of a network are connected: which neuron stands behind a column of a layer's weights, and who reads a layer.
// In a chain each layer reads the one before; a layer may also read several joined, or have others added to it without weights.

/** @typedef {import("./types.d.ts").Network} Network */
/** @typedef {{layer: number, row: number}} Place */
/** @typedef {{layer: number, first: number, size: number}} Source a layer that is read, and its first column in the weights of who reads it */
/**
 * @typedef {object} Wiring
 * @property {number[]} sizes neurons a layer, inputs first
 * @property {Source[][]} sources by layer
 * @property {number[][]} adds by layer: the layers added to its weighted input
 * @property {number[]} widths by layer: columns of its weights
 * @property {number[]} depth by layer: the longest way from the input
 * @property {number[][]} stacks layers by depth; one each in a chain
 * @property {(layer: number, column: number) => Place} source
 * @property {(layer: number) => Source[]} readers who reads a layer with weights, and from which column on
 * @property {(layer: number) => boolean} isAdded whether a layer is added to another
 * @property {number} edges how many weights there are
 * @property {boolean} isChain whether each layer reads the one before and nothing else
 */

/** @type {WeakMap<Network, Wiring>} */
const known = new WeakMap();

/** @param {Network} network @returns {Wiring} */
export function wiringOf(network) {
  let wiring = known.get(network);
  if (!wiring) known.set(network, (wiring = makeWiring(network)));
  return wiring;
}

/** @param {Network} network @returns {Wiring} */
function makeWiring(network) {
  const sizes = [network.inputs, ...network.layers.map((layer) => layer.size)];
  const sources = [[], ...network.layers.map((layer, at) => joined(layer.sources?.length ? layer.sources : [at], sizes))];
  const adds = [[], ...network.layers.map((layer) => layer.adds ?? [])];
  const widths = sources.map((read) => read.reduce((sum, { size }) => sum + size, 0));
  const depth = depths(sources, adds);
  const stacks = Array.from({ length: Math.max(...depth) + 1 }, (_, at) => sizes.flatMap((__, layer) => (depth[layer] === at ? [layer] : [])));
  return {
    sizes, sources, adds, widths, depth, stacks,
    edges: sizes.reduce((sum, size, layer) => sum + size * (widths[layer] ?? 0), 0),
    isChain: sources.every((read, layer) => layer === 0 || (read.length === 1 && read[0]?.layer === layer - 1 && adds[layer]?.length === 0)),
    source(layer, column) {
      const from = sources[layer]?.findLast(({ first }) => first <= column);
      return { layer: from?.layer ?? layer - 1, row: column - (from?.first ?? 0) };
    },
    isAdded: (layer) => adds.some((added) => added.includes(layer)),
    readers: (layer) => sources.flatMap((read, at) => read.filter((from) => from.layer === layer).map((from) => ({ ...from, layer: at }))),
  };
}

/** @param {number[]} layers @param {number[]} sizes @returns {Source[]} */
function joined(layers, sizes) {
  let first = 0;
  return layers.map((layer) => {
    const size = sizes[layer] ?? 0;
    first += size;
    return { layer, first: first - size, size };
  });
}

/** @param {Source[][]} sources @param {number[][]} adds */
function depths(sources, adds) {
  /** @type {number[]} */
  const depth = [];
  sources.forEach((read, layer) => {
    const before = [...read.map((from) => from.layer), ...(adds[layer] ?? [])].map((from) => depth[from] ?? 0);
    depth.push(layer === 0 ? 0 : 1 + Math.max(...before));
  });
  return depth;
}
