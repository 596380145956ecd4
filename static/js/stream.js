// The live side of a session: frames over a WebSocket, each acknowledged when it was drawn; as events where a WebSocket does not get through.
// A connection that breaks is taken up again after a pause that grows, from the last update that is known.

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;
/** Attempts that never opened, after which events are tried. */
const BEFORE_EVENTS = 2;
/** Attempts after which the connection is called lost; it is tried on. */
const BEFORE_LOST = 4;
const ENDED = new Set([4403, 4404, 4410]);
const BASE = "/api/v1/sessions";

/** @typedef {import("./model/learning/learning.d.ts").LiveFrame} LiveFrame */
/** @typedef {import("./model/learning/learning.d.ts").Connection} Connection */
/** @typedef {Record<string, number|boolean>} Wants */

/**
 * @param {{
 *   frame: (frame: LiveFrame) => void,
 *   connection: (value: Connection) => void,
 *   ended: (status: number, detail: string) => void,
 *   known: () => number,
 * }} page known is the number of updates whose costs are known
 */
export function createStream({ frame, connection, ended, known }) {
  /** @type {string|null} */
  let id = null;
  /** @type {Wants} */
  let wants = {};
  /** @type {WebSocket|null} */
  let socket = null;
  /** @type {EventSource|null} */
  let events = null;
  let attempts = 0;
  let neverOpened = 0;
  let wake = /** @type {ReturnType<typeof setTimeout>|undefined} */ (undefined);
  let acknowledged = 0;
  let newest = 0;

  /** @param {unknown} message */
  const say = (message) => { if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message)); };

  /** @param {string} text */
  function hear(text) {
    const heard = /** @type {LiveFrame} */ (JSON.parse(text));
    newest = heard.frame ?? 0;
    attempts = 0;
    // A hidden page draws nothing; the server is told that what it sent arrives.
    if (document.hidden) say({ got: newest });
    connection("live");
    frame(heard);
  }

  function connect() {
    clearTimeout(wake);
    if (id === null) return;
    if (neverOpened >= BEFORE_EVENTS) { listen(); return; }
    const mine = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${BASE}/${encodeURIComponent(id)}/stream`);
    let opened = false;
    socket = mine;
    acknowledged = newest = 0;
    mine.addEventListener("open", () => {
      opened = true;
      neverOpened = 0;
      say({ want: wants, after: known() });
    });
    mine.addEventListener("message", ({ data }) => { if (mine === socket) hear(data); });
    mine.addEventListener("close", ({ code, reason }) => {
      if (mine !== socket) return;
      socket = null;
      if (!opened) neverOpened += 1;
      if (ENDED.has(code)) ended(code - 4000, reason);
      else again();
    });
  }

  /** The same frames as events; what is wanted stands in the address. */
  function listen() {
    const asked = new URLSearchParams(Object.entries(wants).map(([name, value]) => [name, String(value)]));
    asked.set("known", String(known()));
    events = new EventSource(`${BASE}/${encodeURIComponent(id ?? "")}/events?${asked}`);
    events.addEventListener("message", ({ data }) => hear(data));
    events.addEventListener("error", () => {
      events?.close();
      events = null;
      neverOpened = 0;
      again();
    });
  }

  function again() {
    attempts += 1;
    connection(attempts > BEFORE_LOST ? "lost" : "reconnecting");
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1));
    // Pages that lost the same server do not all come back in the same moment.
    clearTimeout(wake);
    wake = setTimeout(connect, longest * (0.5 + Math.random() / 2));
  }

  function close() {
    clearTimeout(wake);
    const old = socket;
    socket = null;
    old?.close();
    events?.close();
    events = null;
  }

  return {
    /** @param {string|null} session the name of a session, null for none */
    open(session) {
      close();
      id = session;
      attempts = neverOpened = 0;
      if (session === null) return;
      connection("connecting");
      connect();
    },
    /** Other parts from the next frame on. @param {Wants} value */
    want(value) {
      if (JSON.stringify(value) === JSON.stringify(wants)) return;
      wants = value;
      say({ want: wants });
      if (events) { events.close(); listen(); }
    },
    /** What came last is on the screen. */
    drawn() {
      if (newest === acknowledged) return;
      acknowledged = newest;
      say({ ack: newest });
    },
    /** Tries again at once. */
    retry() {
      if (id !== null && !socket && !events) connect();
    },
  };
}
