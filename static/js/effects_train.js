// What the page of training asks of the server: sessions made and opened, driven one change after the other, traced when they rest.
// A change that meets a session which has moved on is not made; the session is read again, and that is said.

import { ProblemError } from "./api.js";
import { stepAddress } from "./model/learning/train_address.js";
import { FIRST_PRESET, recipeLike } from "./model/learning/recipe.js";
import { drives, isRunning } from "./model/learning/state.js";
import { train as text } from "./texts/en_train.js";

/** @typedef {import("./model/learning/learning.d.ts").Learning} Learning */
/** @typedef {import("./model/learning/learning.d.ts").LearningAction} Action */
/** @typedef {import("./model/learning/learning.d.ts").Link} Link */
/** @typedef {import("./model/types.d.ts").SessionDocument} SessionDocument */
/** @typedef {import("./model/types.d.ts").Problem} Problem */

const GONE = new Set([403, 404, 410]);
const NO_STOP = { epochs: null, cost_below: null, accuracy: null, patience: null };

/**
 * @param {{
 *   get: () => Learning,
 *   send: (action: Action) => void,
 *   api: ReturnType<typeof import("./api.js").createApi>,
 *   stream: ReturnType<typeof import("./stream.js").createStream>,
 *   leave: (address: string) => void,
 * }} parts leave goes to another page
 */
export function createTrainEffects({ get, send, api, stream, leave }) {
  const { sessions } = api;
  /** @type {Promise<unknown>} */
  let line = Promise.resolve();

  /** One change after the other, each about what the one before has left. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  function inLine(work) {
    const turn = line.then(work, work);
    line = turn.catch(() => undefined);
    return turn;
  }

  /** @param {unknown} error @returns {Problem} */
  function problemOf(error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }

  /** @param {Link} link */
  async function reread(link) {
    const session = await sessions.get(link.id);
    if (get().link?.id === link.id) send({ type: "session", session });
  }

  /**
   * Drives the session; the answer is the problem, or null where it was done.
   * @param {(id: string, revision: number) => Promise<SessionDocument>} work
   * @returns {Promise<Problem|null>}
   */
  const drive = (work) => inLine(async () => {
    const { link, session } = get();
    if (!link || !session || !drives(get())) return null;
    send({ type: "busy", value: true });
    try {
      const answer = await work(link.id, session.revision);
      if (get().link?.id === link.id) send({ type: "session", session: answer });
      return null;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status === 412) {
        await reread(link);
        send({ type: "notice", value: text.movedOn });
      } else if (GONE.has(problem.status ?? 0)) end(problem);
      else send({ type: "problem", problem });
      return problem;
    } finally {
      send({ type: "busy", value: false });
    }
  });

  /** @param {Problem} problem */
  function end(problem) {
    stream.open(null);
    send({ type: "ended", problem });
  }

  /** @param {Link} link @param {{preset?: string|null, replaces?: boolean, document?: SessionDocument}} [how] @returns {Promise<boolean>} */
  async function open(link, { preset = null, replaces = false, document } = {}) {
    try {
      const session = document ?? await sessions.get(link.id);
      const [history, data] = await Promise.all([sessions.history(link.id), sessions.data(link.id)]);
      send({ type: "opened", link: { id: link.id, may: session.may }, session, history, data, preset, replaces });
      stream.open(link.id);
      return true;
    } catch (error) {
      end(problemOf(error));
      return false;
    }
  }

  /**
   * A new session in place of the one that is open.
   * @param {unknown} recipe
   * @param {string|null} preset
   * @returns {Promise<Problem|null>}
   */
  const create = (recipe, preset = null) => inLine(async () => {
    const replaces = get().session !== null && get().ended === null;
    send({ type: "busy", value: true });
    try {
      const before = get();
      if (before.link && before.session && isRunning(before) && drives(before)) await sessions.pause(before.link.id, before.session.revision).catch(problemOf);
      const document = await sessions.create(recipe);
      await open({ id: document.id ?? "", may: "drive" }, { preset, replaces, document });
      if (replaces) send({ type: "notice", value: text.newSession });
      return null;
    } catch (error) {
      const problem = problemOf(error);
      if (get().session) send({ type: "problem", problem });
      else send({ type: "ended", problem });
      return problem;
    } finally {
      send({ type: "busy", value: false });
    }
  });

  /** What the page begins with. @param {{link: Link|null, preset: string|null}} wanted */
  async function begin({ link, preset }) {
    if (link) return open(link);
    const presets = get().presets ?? [];
    const chosen = presets.find(({ name }) => name === preset) ?? presets.find(({ name }) => name === FIRST_PRESET);
    const problem = await create(chosen?.recipe, chosen?.name ?? null);
    if (preset !== null && chosen?.name !== preset) send({ type: "notice", value: text.noPreset });
    return problem === null;
  }

  async function undo() {
    const last = get().earlier.at(-1);
    if (!last) return;
    send({ type: "back", link: last.link });
    if (await open(last.link)) send({ type: "notice", value: text.undone });
  }

  let following = false;

  /** To the update wished for last; those wished for while an answer is on its way are passed over. */
  async function follow() {
    if (following) return;
    following = true;
    try {
      for (let to = get().wanted; to !== null; to = get().wanted) {
        const goal = to;
        const problem = await drive((id, revision) => sessions.move(id, revision, { to: goal }));
        if (get().wanted === goal || problem) send({ type: "wanted", value: null });
      }
    } finally {
      following = false;
    }
  }

  /** @param {number} [step] of the present update */
  async function freeze(step = 0) {
    const state = get();
    if (!state.link) return;
    if (isRunning(state) && drives(state) && await drive((id, revision) => sessions.pause(id, revision))) return;
    leave(stepAddress(state.link, state.textbook, step));
  }

  async function start() {
    const { session, speed } = get();
    if (session?.status === "running") return drive((id, revision) => sessions.pause(id, revision));
    // A run whose rule holds goes on only without it.
    if (session?.status === "finished" && await drive((id, revision) => sessions.patch(id, revision, { training: { stop: NO_STOP } }))) return null;
    return drive((id, revision) => sessions.start(id, revision, { speed }));
  }

  async function halve() {
    const rate = (get().session?.training.learning_rate ?? 0) / 2;
    if (await drive((id, revision) => sessions.patch(id, revision, { training: { learning_rate: rate } })) === null) await start();
  }

  /** @type {Record<import("./model/learning/learning.d.ts").Does, () => unknown>} */
  const does = {
    start,
    freeze: () => freeze(),
    back: () => drive((id, revision) => sessions.move(id, revision, { count: -1 })),
    one: () => drive((id, revision) => sessions.move(id, revision, { count: 1 })),
    epoch: () => drive((id, revision) => sessions.move(id, revision, { epochs: 1 })),
    epochBack: () => drive((id, revision) => sessions.move(id, revision, { epochs: -1 })),
    rewind: () => drive((id, revision) => sessions.move(id, revision, { to: 0 })),
    halve,
  };

  /** @param {Action} action @returns {unknown} */
  function after(action) {
    switch (action.type) {
      case "does": return does[action.what]();
      case "to": return follow();
      case "patch": return drive((id, revision) => sessions.patch(id, revision, action.what));
      case "anew": return create(get().session && !action.preset ? recipeLike(/** @type {SessionDocument} */ (get().session), action.recipe) : action.recipe, action.preset ?? null);
      case "undo": return undo();
      case "speed": return isRunning(get()) ? drive((id, revision) => sessions.start(id, revision, { speed: action.value })) : undefined;
      default: return undefined;
    }
  }

  let asking = new AbortController();
  let askedFor = "";

  /** The trace of the update at which the session rests, for the wedge and the marks; none while it runs. */
  async function trace() {
    const { link, session, textbook, trace: shown } = get();
    if (!link || !session || session.status === "running") { askedFor = ""; asking.abort(); return; }
    const key = `${link.id} ${session.revision} ${session.update} ${textbook}`;
    if (key === askedFor && (shown || !asking.signal.aborted)) return;
    askedFor = key;
    asking.abort();
    const { signal } = (asking = new AbortController());
    try {
      const found = await sessions.trace(link.id, { textbook, granularity: "equation" }, signal);
      if (!signal.aborted) send({ type: "trace", trace: found });
    } catch (error) {
      // A trace too large to tell is no problem of training: the wedge is left out.
      if (!signal.aborted) problemOf(error);
    }
  }

  /** Reads the document again where frames tell that somebody else may have changed the session. */
  async function catchUp() {
    const { link, session, read, busy, frame } = get();
    const isAlone = session?.status === "running" && (frame?.viewers ?? 1) < 2;
    if (!link || !session || busy || isAlone || session.revision <= read) return;
    await inLine(() => reread(link)).catch((error) => { end(problemOf(error)); });
  }

  return { after, begin, open, create, freeze, trace, catchUp, end };
}
