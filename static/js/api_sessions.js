// The calls that concern a session: a network that learns on the server, driven from here or only watched.
// Every change names the revision it is about, and carries a key of its own, so that asking again after a lost answer changes nothing twice.

const BASE = "/api/v1/sessions";

/** @typedef {import("./model/types.d.ts").SessionDocument} SessionDocument */
/** @typedef {(path: string, init: RequestInit, signal: AbortSignal) => Promise<any>} Ask */

/** @param {string} id @param {string} [rest] */
const pathOf = (id, rest = "") => `${BASE}/${encodeURIComponent(id)}${rest}`;

/** @param {Record<string, string|number|boolean>} values */
const queryOf = (values) => new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();

/** A page served without encryption has no randomUUID. */
const keyOf = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Ask} ask asks until the server answers */
export function createSessions(ask) {
  /** @param {string} path @param {RequestInit} [init] @param {AbortSignal} [signal] */
  const answer = (path, init = {}, signal = new AbortController().signal) => ask(path, init, signal);

  /**
   * @param {string} method
   * @param {string} path
   * @param {number|null} revision the session is believed to be at
   * @param {unknown} [body]
   * @returns {Promise<SessionDocument>}
   */
  const change = (method, path, revision, body) => answer(path, {
    method,
    headers: {
      "idempotency-key": keyOf(),
      ...(revision === null ? {} : { "if-match": `"${revision}"` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

  return {
    /** @param {unknown} recipe */
    create: (recipe) => change("POST", BASE, null, recipe),
    /** @param {string} id @returns {Promise<SessionDocument>} */
    get: (id) => answer(pathOf(id)),
    /** @param {string} id @param {number} revision */
    remove: (id, revision) => change("DELETE", pathOf(id), revision),
    /** Other hyper-parameters, another cost, or other values of single parameters. @param {string} id @param {number} revision @param {unknown} what */
    patch: (id, revision, what) => change("PATCH", pathOf(id), revision, what),
    /** Forward or back: by a count, to an update, or by epochs. @param {string} id @param {number} revision @param {{count: number}|{to: number}|{epochs: number}} how */
    move: (id, revision, how) => change("POST", pathOf(id, "/updates"), revision, how),
    /** @param {string} id @param {number} revision @param {{speed?: number|null}} [how] */
    start: (id, revision, how = {}) => change("POST", pathOf(id, "/training"), revision, how),
    /** @param {string} id @param {number} revision */
    pause: (id, revision) => change("DELETE", pathOf(id, "/training"), revision),
    /** The trace of the next update, not made. @param {string} id @param {Record<string, string|number|boolean>} [how] @param {AbortSignal} [signal] */
    trace: (id, how = {}, signal = new AbortController().signal) => answer(`${pathOf(id, "/trace")}?${queryOf(how)}`, {}, signal),
    /** @param {string} id @param {number} [points] */
    history: (id, points = 1000) => answer(`${pathOf(id, "/history")}?${queryOf({ points })}`),
    /** @param {string} id */
    data: (id) => answer(pathOf(id, "/data")),
    /** One frame as the stream sends it. @param {string} id @param {Record<string, string|number|boolean>} wants */
    frame: (id, wants) => answer(`${pathOf(id, "/frame")}?${queryOf(wants)}`),
  };
}
