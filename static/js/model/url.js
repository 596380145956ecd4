// A link that opens the page exactly as it is: the example in the query, everything else in the fragment.
// An edited network travels whole, as base64url of its JSON, so that every weight comes back to the last bit.

import { isTheSessions, named, sessionIn } from "./attached.js";
import { fineIndex } from "./fine.js";
import { MOST_EDITS, MOST_MADE } from "./retrace.js";

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").TraceRequest} TraceRequest */
/** @typedef {{example: string|null, lens: string|null, step: number, granularity: string, row: number, digits: number, selected: string|null, tab: string|null, experiment: string|null, lab: string, update: number, made: number, edits: import("./retrace.js").Edit[], request: TraceRequest|null, session: {id: string, may: "drive"|"watch"}|null, damaged: boolean}} Address */

const GRANULARITIES = new Set(["pass", "layer", "equation", "neuron", "term"]);
/** Characters of an experiment's own part of a link. */
const MOST_TEXT = 4000;
const TABS = new Set(["equation", "matrices", "receipt", "published", "call"]);

/** @param {unknown} value */
export function encodeJson(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * @param {string} text
 * @returns {any} null if this is no such text
 */
export function decodeJson(text) {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (sign) => sign.charCodeAt(0))));
  } catch {
    return null;
  }
}

/** @type {WeakMap<TraceRequest, string>} */
const written = new WeakMap();

/** A request is written again and again while its steps are walked through. @param {TraceRequest} request */
function encoded(request) {
  const text = written.get(request) ?? encodeJson(request);
  written.set(request, text);
  return text;
}

/**
 * The text whose words are used: the one asked for if there is one of that name, else the example's own, else the first.
 * @param {any} catalogue
 * @param {{textbook?: string}|null|undefined} example
 * @param {string|null} wanted
 * @returns {string}
 */
export function lensOf(catalogue, example, wanted) {
  const names = /** @type {{name: string}[]} */ (catalogue?.textbooks ?? []).map(({ name }) => name);
  if (wanted !== null && names.includes(wanted)) return wanted;
  return example?.textbook || names[0] || "nielsen";
}

/**
 * @param {State} state
 * @param {{changed: boolean, start?: import("./retrace.js").Start, laboratory?: {experiment: string, text: string}|null}} about
 *   the request to begin with, whether it differs from that of the example, and the experiment if there is one
 */
export function writeAddress(state, { changed, start = { request: state.request, edits: [], made: 0 }, laboratory = null }) {
  const fragment = new URLSearchParams();
  const step = fineIndex(state);
  // The laboratory opens further on where a link names no step, so there the first one has to be named.
  if (step > 0 || laboratory) fragment.set("step", String(step));
  if (state.granularity !== "equation") fragment.set("by", state.granularity);
  if (state.example > 0) fragment.set("row", String(state.example));
  if (state.digits !== 4) fragment.set("digits", String(state.digits));
  if (state.tab !== "experiment" && state.tab !== (laboratory ? "experiment" : "equation")) fragment.set("tab", state.tab);
  if (state.selected) fragment.set("select", state.selected);
  if (state.session && isTheSessions(state)) fragment.set(...named(state.session));
  else writeRequest(fragment, state.update, changed, start);
  const query = new URLSearchParams(state.published ? { example: state.published.id } : {});
  if (state.textbook !== lensOf(state.catalogue, state.published, null)) query.set("lens", state.textbook);
  if (laboratory) query.set("experiment", laboratory.experiment);
  if (laboratory?.text) fragment.set("lab", laboratory.text);
  const hash = fragment.toString().replaceAll("%3A", ":");
  return `${query.size > 0 ? `?${query}` : ""}${hash ? `#${hash}` : ""}`;
}

/**
 * What has to be computed again, for whoever opens the link.
 * @param {URLSearchParams} fragment
 * @param {number} update
 * @param {boolean} changed
 * @param {import("./retrace.js").Start} start
 */
function writeRequest(fragment, update, changed, start) {
  if (update > 1) fragment.set("update", String(update));
  if (start.made > 0) fragment.set("made", String(start.made));
  if (start.edits.length > 0) fragment.set("set", start.edits.map(({ ref, value }) => `${ref}=${value}`).join());
  if (changed) fragment.set("request", encoded(start.request));
}

/**
 * @param {string|null} text
 * @param {number} fallback
 * @param {number} largest
 */
function wholeNumber(text, fallback, largest) {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 0 && value <= largest ? value : fallback;
}

/**
 * What a link carries, if it has the shape of a request; whether its numbers fit is for the server to say.
 * @param {any} value
 * @returns {TraceRequest|null}
 */
function requestIn(value) {
  const fits = Array.isArray(value?.network?.layers) && Array.isArray(value?.batch?.inputs) && Array.isArray(value.batch.inputs[0]);
  if (!fits) return null;
  const { steps: _, ...request } = value;
  return request;
}

/** @param {string|null} text @returns {import("./retrace.js").Edit[]|null} null if this is no list of numbers to change */
function editsIn(text) {
  if (text === null) return [];
  const edits = text.split(",").map((one) => /^((?:weights|biases)(?::\d+)+)=(-?[\d.]+(?:e[+-]?\d+)?)$/.exec(one)).map((found) => ({ ref: found?.[1] ?? "", value: Number(found?.[2] ?? NaN) }));
  return edits.length <= MOST_EDITS && edits.every(({ value }) => Number.isFinite(value)) ? edits : null;
}

/**
 * @param {string} search
 * @param {string} hash
 * @returns {Address} what is not understood is left at its default
 */
export function readAddress(search, hash) {
  const query = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#/, ""));
  const by = fragment.get("by") ?? "equation";
  const tab = fragment.get("tab") ?? "";
  const wanted = fragment.get("request");
  const request = wanted === null ? null : requestIn(decodeJson(wanted));
  const edits = editsIn(fragment.get("set"));
  return {
    example: query.get("example"),
    lens: query.get("lens"),
    step: wholeNumber(fragment.get("step"), 0, 1e6),
    granularity: GRANULARITIES.has(by) ? by : "equation",
    row: wholeNumber(fragment.get("row"), 0, 1e6),
    digits: Math.max(1, wholeNumber(fragment.get("digits"), 4, 17)),
    selected: /^[a-z_]+(:\d+){0,3}$/.test(fragment.get("select") ?? "") ? fragment.get("select") : null,
    tab: TABS.has(tab) ? tab : null,
    experiment: query.get("experiment"),
    lab: (fragment.get("lab") ?? "").slice(0, MOST_TEXT),
    update: Math.max(1, wholeNumber(fragment.get("update"), 1, 1e9)),
    made: wholeNumber(fragment.get("made"), 0, MOST_MADE),
    request,
    session: sessionIn(hash),
    edits: edits ?? [],
    damaged: (wanted !== null && request === null) || edits === null,
  };
}
