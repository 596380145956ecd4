// What a step page that belongs to a session asks of it: its next update's trace, one update on, one update back.
// Moves go one after the other and name the update they lead to, so that a quick reader and a slow answer end in the same place.

import { attachedTo } from "./model/attached.js";
import { requestOf } from "./model/state.js";
import { toldAs } from "./model/fine.js";

/** @typedef {import("./model/types.d.ts").State} State */
/** @typedef {import("./model/types.d.ts").Attached} Attached */
/** @typedef {import("./model/types.d.ts").Trace} Trace */

/** @param {{get: () => State, api: ReturnType<typeof import("./api.js").createApi>}} parts */
export function createAttached({ get, api }) {
  /** @type {Promise<unknown>} */
  let line = Promise.resolve();
  /** The newest revision known of each session. @type {Map<string, number>} */
  const revisions = new Map();

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  function inLine(work) {
    const turn = line.then(work, work);
    line = turn.catch(() => undefined);
    return turn;
  }

  /**
   * @param {string} id
   * @param {{granularity?: string, textbook?: string, example?: number}} [told]
   * @returns {Promise<Trace>}
   */
  function traceOf(id, told = {}) {
    const state = get();
    const granularity = toldAs(/** @type {State["granularity"]} */ (told.granularity ?? state.granularity));
    return api.sessions.trace(id, { granularity, textbook: told.textbook ?? state.textbook, example: told.example ?? state.example });
  }

  /** @param {string} id @param {Parameters<typeof traceOf>[1]} [told] */
  async function shown(id, told) {
    const document = await api.sessions.get(id);
    revisions.set(id, document.revision);
    const trace = await traceOf(id, told);
    return { session: attachedTo(id, document), request: requestOf(trace), trace };
  }

  /**
   * The session moved to an update, with the trace of the one after it.
   * @param {Attached} from
   * @param {number} to
   */
  const moved = (from, to) => inLine(async () => {
    const document = await api.sessions.move(from.id, revisions.get(from.id) ?? from.revision, { to });
    revisions.set(from.id, document.revision);
    const trace = await traceOf(from.id);
    return { session: attachedTo(from.id, document), request: requestOf(trace), trace };
  });

  return { shown, moved };
}
