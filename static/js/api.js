// The only file that talks to the server: small questions and answers in JSON, nothing kept.
// A lost connection is told and tried again until it answers or another question takes its place.

import { createData } from "./api_data.js";
import { createSessions } from "./api_sessions.js";

const RETRY_AFTER = 3000;
const BACK_FOR = 4000;
const LINES = "application/x-ndjson";

/** @typedef {import("./model/types.d.ts").Problem} Problem */

/** An answer that is a problem document: the server understood and says what is wrong. */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return { title: `The server answered ${response.status}`, detail: "Try again; if it stays, restart the server." };
  }
}

/** An answer that cannot be read is no lost connection: asking again would not help. @param {Response} response */
async function answerOf(response) {
  const text = await response.text();
  try {
    if (response.headers.get("content-type")?.startsWith(LINES)) return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return JSON.parse(text);
  } catch {
    throw new ProblemError({ title: "The answer is not JSON", detail: "Something between this page and Backscope answered in its place. Try again." });
  }
}

/** @param {(connection: "lost"|"back"|null) => void} onConnection */
export function createApi(onConnection) {
  /** @type {AbortController|null} */
  let pending = null;
  /** @type {(() => void)|null} */
  let wake = null;
  let lost = false;

  /** @param {AbortSignal} signal */
  function pause(signal) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, RETRY_AFTER, undefined);
      wake = () => { clearTimeout(timer); resolve(undefined); };
      signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
    });
  }

  function found() {
    if (!lost) return;
    lost = false;
    onConnection("back");
    setTimeout(() => { if (!lost) onConnection(null); }, BACK_FOR);
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   * @param {AbortSignal} signal
   * @param {(response: Response) => Promise<any>} [read]
   */
  async function ask(path, init, signal, read = answerOf) {
    for (;;) {
      try {
        const response = await fetch(path, { ...init, signal });
        found();
        if (!response.ok) throw new ProblemError(await problemOf(response));
        return await read(response);
      } catch (error) {
        if (error instanceof ProblemError || signal.aborted) throw error;
        lost = true;
        onConnection("lost");
        await pause(signal);
      }
    }
  }

  /** @param {string} path @param {unknown} [body] */
  function latest(path, body) {
    pending?.abort(new DOMException("Another question took its place", "AbortError"));
    pending = new AbortController();
    const init = body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return ask(path, init, pending.signal);
  }

  return {
    /** @param {unknown} body */
    trace: async (body) => {
      const trace = await latest("/api/v1/traces", body);
      if (!Array.isArray(trace?.steps) || !Array.isArray(trace.layers)) {
        throw new ProblemError({ title: "The answer is no trace", detail: "Page and server are of different versions. Reload the page." });
      }
      return trace;
    },
    /** The steps of a window alone, one a line. @param {unknown} body @returns {Promise<import("./model/types.d.ts").Step[]>} */
    steps: (body) => ask(
      "/api/v1/traces", { method: "POST", headers: { "content-type": "application/json", accept: LINES }, body: JSON.stringify(body) },
      new AbortController().signal,
    ),
    /** @param {unknown} body @returns {Promise<import("./model/types.d.ts").Panel>} */
    panel: (body) => ask(
      "/api/v1/panels", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }, new AbortController().signal,
    ),
    /** @param {unknown} body @param {AbortSignal} signal @returns {Promise<import("./model/types.d.ts").Inspection>} */
    inspection: (body, signal) => ask(
      "/api/v1/inspections", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }, signal,
    ),
    /** Whatever an experiment asks. @param {string} path below /api/v1/ @param {unknown} body @param {AbortSignal} signal @returns {Promise<any>} */
    question: (path, body, signal) => ask(
      `/api/v1/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }, signal,
    ),
    /** The derivation as a document. @param {string} path below /api/v1/ @param {unknown} body @param {string} type of the document @returns {Promise<string>} */
    document: (path, body, type) => ask(
      `/api/v1/${path}`, { method: "POST", headers: { "content-type": "application/json", accept: type }, body: JSON.stringify(body) },
      new AbortController().signal, (response) => response.text(),
    ),
    /** @param {string} id */
    example: (id) => latest(`/api/v1/examples/${encodeURIComponent(id)}`),
    /** @param {string} name @param {number} reach @param {number} slopeAtZero of ReLU */
    curve: (name, reach, slopeAtZero) => ask(
      `/api/v1/activations/${encodeURIComponent(name)}/curve?low=${-reach}&high=${reach}&points=241&relu_slope_at_zero=${slopeAtZero}`,
      {}, new AbortController().signal,
    ),
    sessions: createSessions(ask),
    data: createData(ask),
    /** Tries again at once. */
    retry: () => wake?.(),
  };
}
