// The calls that concern data: what there is, examples of it, and the reading of a table of one's own.
// A table is sent as it was typed; a newer question of the same kind takes the place of the one before.

const BASE = "/api/v1/datasets";

/** @typedef {(path: string, init: RequestInit, signal: AbortSignal) => Promise<any>} Ask */
/** @typedef {import("./model/api-types.d.ts").components["schemas"]} Schemas */

/** @param {Record<string, string|number|string[]|undefined>} values what is empty is left out */
function queryOf(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const one of value) query.append(name, one);
    else if (value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size > 0 ? `?${query}` : "";
}

/** @param {Ask} ask asks until the server answers */
export function createData(ask) {
  return {
    /** @param {AbortSignal} signal @returns {Promise<Schemas["DatasetEntry"][]>} */
    list: (signal) => ask(BASE, {}, signal),
    /** @param {string} name @param {{count?: number, noise?: number, classes?: number, seed?: number}} how @param {AbortSignal} signal @returns {Promise<Schemas["ExamplesAnswer"]>} */
    examples: (name, how, signal) => ask(`${BASE}/${encodeURIComponent(name)}${queryOf(how)}`, {}, signal),
    /** @param {string} text @param {Record<string, string|string[]>} how @param {AbortSignal} signal @returns {Promise<Schemas["ReadingAnswer"]>} */
    reading: (text, how, signal) => ask(`${BASE}/readings${queryOf(how)}`, { method: "POST", headers: { "content-type": "text/csv" }, body: text }, signal),
  };
}
