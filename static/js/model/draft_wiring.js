// The wiring of a network as a person types it: which layers a layer reads and which are added to it, by the numbers of the table.
// There the input is layer 1, as it stands in the first row; what travels to the server counts it as 0.

/** @typedef {{size: string, activation: string, sources: string, adds: string}} LayerDraft */
/** @typedef {import("./types.d.ts").LayerShape} LayerShape */

/** @param {LayerShape} layer @returns {LayerDraft} */
export function layerDraft({ size, activation, sources, adds }) {
  return { size: String(size), activation, sources: numbersOf(sources), adds: numbersOf(adds) };
}

/** @param {number[]|undefined} layers */
const numbersOf = (layers) => (layers ?? []).map((layer) => layer + 1).join(", ");

/** Whether any layer says what it reads. @param {LayerDraft[]} layers */
export function isWired(layers) {
  return layers.some(({ sources, adds }) => sources.trim() !== "" || adds.trim() !== "");
}

/**
 * The layers a text names, counted as the server counts.
 * @param {string} text
 * @param {number} at index of the layer that names them; before it stand the input and as many layers
 * @returns {number[]|null} null where a name is none, comes later or comes twice
 */
export function layersNamed(text, at) {
  const names = text.split(/[\s,;.]+/).filter(Boolean);
  const numbers = names.map((name) => (/^\d+$/.test(name) ? Number(name) - 1 : -1));
  const fits = numbers.every((layer, index) => layer >= 0 && layer <= at && numbers.indexOf(layer) === index);
  return fits ? numbers : null;
}

/**
 * What the server refuses, in the numbers of the table and without the pointer, which is for programs.
 * @param {string} words
 */
export function refusalInTable(words) {
  return words.replace(/^\/\S+: /, "").replace(/\blayer (\d+)/g, (_, layer) => `layer ${Number(layer) + 1}`);
}

/**
 * The layers without one of them: what named it names it no more, and those behind it move up.
 * @param {LayerDraft[]} layers
 * @param {number} at
 * @returns {LayerDraft[]}
 */
export function without(layers, at) {
  const gone = at + 2;
  const renamed = (/** @type {string} */ text) => text.split(/[\s,;.]+/).filter((name) => name !== "" && Number(name) !== gone)
    .map((name) => (Number(name) > gone ? String(Number(name) - 1) : name)).join(", ");
  return layers.filter((_, index) => index !== at).map((layer) => ({ ...layer, sources: renamed(layer.sources), adds: renamed(layer.adds) }));
}

/** What tells one wiring from another. @param {LayerShape[]} layers */
export function wiringKey(layers) {
  return layers.map(({ sources, adds }, at) => `${(sources?.length ? sources : [at]).join()}+${(adds ?? []).join()}`).join("|");
}
