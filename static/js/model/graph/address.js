// A link to an expression: the formula and its values in the fragment, whole and readable, with the place in its steps.
// What comes from a link is untrusted: what is not understood is left at its default, and what is damaged is said.

/** @typedef {import("./graph.d.ts").GraphState} GraphState */
/** @typedef {import("./graph.d.ts").Values} Values */
/** @typedef {{example: string|null, lens: string|null, request: import("./graph.d.ts").GraphRequest|null, step: number, granularity: import("./graph.d.ts").Granularity, digits: number, selected: string|null, tab: import("./graph.d.ts").Tab, damaged: boolean}} GraphAddress */

const GRANULARITIES = ["pass", "node", "term"];
const TABS = ["equation", "receipt", "check", "published", "call"];
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** @param {string|null} text @param {number} otherwise @param {number} most */
function whole(text, otherwise, most) {
  return text !== null && /^\d{1,9}$/.test(text) ? Math.min(most, Number(text)) : otherwise;
}

/** @param {string} text x:-2,y:5 @returns {Values|null} null if this is no such list */
export function readValues(text) {
  const pairs = text.split(",").filter(Boolean).map((one) => one.split(":"));
  const isRead = pairs.every(([name, value, ...rest]) => rest.length === 0 && /^[A-Za-z_]\w*$/.test(name ?? "") && NUMBER.test(value ?? "") && Number.isFinite(Number(value)));
  return isRead ? Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) : null;
}

/** A number as somebody types it: a comma is no point, but a long minus is a minus. @param {string} text @returns {number|null} */
export function typedNumber(text) {
  const plain = text.trim().replaceAll("−", "-");
  return NUMBER.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** What a link to this very place says after the path. @param {GraphState} state */
export function writeGraphAddress({ trace, cursor, granularity, textbook, digits, selected, tab }) {
  const parts = new URLSearchParams();
  parts.set("f", trace.expression);
  parts.set("v", Object.entries(trace.values).map(([name, value]) => `${name}:${value}`).join(","));
  if (cursor > 0) parts.set("step", String(cursor));
  if (granularity !== "node") parts.set("by", granularity);
  if (digits !== 4) parts.set("digits", String(digits));
  if (selected) parts.set("select", selected);
  if (tab !== "equation") parts.set("tab", tab);
  return `?lens=${encodeURIComponent(textbook)}#${parts.toString()}`;
}

/** @param {string} search @param {string} hash @returns {GraphAddress} */
export function readGraphAddress(search, hash) {
  const query = new URLSearchParams(search);
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const [expression, written] = [parts.get("f"), parts.get("v") ?? ""];
  const values = readValues(written);
  const selected = parts.get("select") ?? "";
  const by = parts.get("by") ?? "";
  const tab = parts.get("tab") ?? "";
  return {
    example: query.get("example"),
    lens: query.get("lens"),
    request: expression !== null && values ? { expression, values } : null,
    step: whole(parts.get("step"), 0, 1e6),
    granularity: /** @type {any} */ (GRANULARITIES.includes(by) ? by : "node"),
    digits: Math.max(1, whole(parts.get("digits"), 4, 17)),
    selected: /^(value|gradient|local_gradient|contribution):\d{1,4}$/.test(selected) ? selected : null,
    tab: /** @type {any} */ (TABS.includes(tab) ? tab : "equation"),
    damaged: (expression === null && hash.length > 1 && parts.has("v")) || (expression !== null && values === null),
  };
}
