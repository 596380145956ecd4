// What is asked of the stream: what the charts want, without what nobody sees just now.
// A chart that is scrolled out of sight costs the server nothing.

import { wantsOf } from "./wants.js";

/** @typedef {import("./learning.d.ts").Learning} Learning */

const OF = { network: ["layers", "edges", "maps", "tile"], plane: ["boundary", "after", "curve", "confusion", "mistakes"], curves: ["histograms"] };

/** @param {Learning} state @returns {Record<string, number|boolean>} */
export function seenWants(state) {
  const wants = wantsOf(/** @type {any} */ (state));
  const unseen = Object.entries(OF).flatMap(([part, names]) => (state.visible[/** @type {keyof typeof OF} */ (part)] ? [] : names));
  return Object.fromEntries(Object.entries(wants).filter(([name]) => !unseen.includes(name)));
}
