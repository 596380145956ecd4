// What an action asks of the server: a trace of edited numbers, the next update, another example or another granularity.
// Each effect ends in one action that carries the answer, or in the problem the server named.

import { ProblemError } from "./api.js";
import { createAttached } from "./effects_attached.js";
import { openPanels, stepAsked } from "./model/asking.js";
import { drives, hasEarlier } from "./model/attached.js";
import { bodyOf } from "./model/calls.js";
import { withValue } from "./model/edit.js";
import { isFine, missingWindow, toldAs } from "./model/fine.js";
import { subjectOf } from "./model/inspect.js";
import { standIn } from "./model/laboratory/stand_in.js";
import { nextRequest } from "./model/retrace.js";
import { hasNextUpdate, isLast, requestOf } from "./model/state.js";

/** @typedef {import("./model/types.d.ts").State} State */
/** @typedef {import("./model/types.d.ts").Action} Action */
/** @typedef {import("./model/types.d.ts").TraceRequest} TraceRequest */
/** @typedef {import("./model/types.d.ts").Trace} Trace */

/**
 * @param {{get: () => State, send: (action: Action) => void, api: ReturnType<typeof import("./api.js").createApi>}} parts
 */
export function createEffects({ get, send, api }) {
  const attached = createAttached({ get, api });

  /**
   * The last edit whose answer is not here yet: what is asked next starts from it, so that no edit is lost to a later question.
   * @type {TraceRequest|null}
   */
  let unanswered = null;

  /** @typedef {Partial<{granularity: State["granularity"], example: number, textbook: string}>} Told */

  /**
   * How the reader wants it told and it is not told yet: what is asked next is asked so, so that no choice is lost to another.
   * @type {Told}
   */
  let wished = {};

  /**
   * @param {() => Promise<void>} work
   * @param {string} [control] whose problem it would be
   * @returns {Promise<boolean>} whether it was done
   */
  async function busily(work, control) {
    send({ type: "busy", value: true });
    try {
      await work();
      send({ type: "busy", value: false });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return false;
      forget();
      send({ type: "busy", value: false });
      if (!(error instanceof ProblemError)) throw error;
      send({ type: "problem", problem: { ...error.problem, ...(control ? { control } : {}) } });
      return false;
    }
  }

  /** What was still wanted is here, or is wanted no more. */
  function forget() {
    unanswered = null;
    wished = {};
  }

  /** @param {TraceRequest} request @param {Told} [other] @returns {Promise<Trace>} */
  function traceOf(request, other = {}) {
    const { granularity, example, textbook } = { ...get(), ...wished, ...other };
    const row = Math.min(example, request.batch.inputs.length - 1);
    return api.trace(bodyOf({ request, granularity: toldAs(granularity), textbook, example: row }));
  }

  /** @param {TraceRequest} request @param {string} control */
  const edit = (request, control) => {
    unanswered = request;
    return busily(async () => {
      const trace = await traceOf(request);
      forget();
      send({ type: "edited", request: requestOf(trace), trace });
    }, control);
  };

  /** Whoever has gone back while the answer was on its way stays where they are. */
  const nextUpdate = () => busily(async () => {
    const { trace: from, session, update } = get();
    if (session && drives(get())) {
      const there = await attached.moved(session, update);
      if (get().trace === from && isLast(get())) send({ type: "updated", ...there });
      else send({ type: "session", session: there.session });
      return;
    }
    const trace = await traceOf(nextRequest(get()));
    if (get().trace === from && isLast(get())) send({ type: "updated", request: requestOf(trace), trace });
  });

  /** Back over the start of what is shown: the session goes back one update, and its last step is shown. @param {State} before */
  const earlier = async (before) => {
    const session = /** @type {import("./model/types.d.ts").Attached} */ (before.session);
    goesBack = true;
    await busily(async () => send({ type: "earlier", ...(await attached.moved(session, before.update - 2)) }));
    goesBack = false;
  };
  /** A second press while the update before is on its way would ask for the same one. */
  let goesBack = false;

  /** The session follows a reader who went back to an update that is still here. @param {State} before */
  const follow = (before) => busily(async () => {
    const session = /** @type {import("./model/types.d.ts").Attached} */ (before.session);
    send({ type: "session", session: (await attached.moved(session, before.update - 2)).session });
  });

  /** Opens the update a session is at. @param {string} id @param {import("./model/url.js").Address} address */
  const openSession = (id, address) => busily(async () => {
    const told = { granularity: address.granularity, textbook: address.lens ?? get().textbook, example: address.row };
    const { session, request, trace } = await attached.shown(id, told);
    send({ type: "opened", request, trace, session, published: null, update: session.update + 1, cursor: address.step, granularity: /** @type {State["granularity"]} */ (address.granularity) });
  }, "session");

  /** @param {Told} other */
  const retell = (other) => {
    wished = { ...wished, ...other };
    return busily(async () => {
      const [edits, { granularity }] = [unanswered, wished];
      const trace = await traceOf(edits ?? get().request);
      forget();
      if (edits) send({ type: "edited", request: requestOf(trace), trace });
      else send({ type: "retold", trace, ...(granularity ? { granularity } : {}) });
    });
  };

  /** What a panel says; its problem stands in its place, for it concerns nothing else. @param {string} kind */
  async function askPanel(kind) {
    const state = get();
    const { trace, cursor } = state;
    if (!(kind in openPanels(state))) return;
    const body = { ...bodyOf({ ...state, granularity: "equation" }), step: stepAsked(state), panel: kind };
    const answer = await api.panel(body).then((panel) => ({ panel }), (error) => {
      if (error instanceof ProblemError) return { problem: error.problem };
      throw error;
    });
    send({ type: "panelTold", trace, cursor, kind, answer });
  }

  let openings = 0;
  /** What is opened last is shown, however long what was opened before it takes. @returns {() => void} throws once something else is */
  function opens() {
    const own = ++openings;
    return () => { if (own !== openings) throw new DOMException("something else is opened", "AbortError"); };
  }

  /** @param {string} id */
  const load = (id) => busily(async () => {
    const wanted = opens();
    forget();
    const published = await api.example(id);
    wanted();
    // A text's own example opens in its words; any other in those the reader has chosen.
    const textbook = published.textbook || get().textbook;
    const trace = await traceOf(published.request, { example: published.request.example ?? 0, textbook });
    const request = requestOf(trace);
    send({ type: "opened", request, trace, published: { ...published, request } });
  }, "example");

  /**
   * Opens what a link says; what it leaves out is as in the example.
   * @param {import("./model/url.js").Address} address
   * @param {string} fallback id of the example when the link names none
   */
  const open = (address, fallback) => busily(async () => {
    const wanted = opens();
    forget();
    const shown = get();
    const id = address.example ?? fallback;
    const published = shown.published?.id === id ? shown.published : await api.example(id);
    wanted();
    const granularity = /** @type {State["granularity"]} */ (address.granularity);
    const told = { granularity, example: address.row, textbook: address.lens ?? shown.textbook };
    const first = await traceOf(address.request ?? published.request, told);
    const own = address.request ? published : { ...published, request: requestOf(first) };
    const before = { request: requestOf(first), trace: first, cursor: 0, update: 1, history: [], published: own, session: null };
    const changed = address.edits.reduce((request, { ref, value }) => withValue(request, ref, value, first.example ?? 0, first), before.request);
    const start = address.edits.length > 0 ? await traceOf(changed, told) : first;
    const line = [{ request: requestOf(start), trace: start }];
    for (let made = 0; made < address.made; made++) {
      const trace = await traceOf(nextRequest(/** @type {import("./model/types.d.ts").Past} */ (line[made])), told);
      line.push({ request: requestOf(trace), trace });
    }
    const last = /** @type {import("./model/types.d.ts").Past} */ (line.pop());
    send({ type: "opened", ...last, history: line, undo: start === first ? [] : [before], published: own, cursor: address.step, update: address.update, granularity });
  }, "example");

  /**
   * @param {Action} action
   * @param {State} before the state the action met
   */
  function after(action, before) {
    if (action.type === "next" && !action.hold && isLast(before) && hasNextUpdate(before) && !before.busy) return nextUpdate();
    if (action.type === "back" && hasEarlier(before) && !goesBack) return earlier(before);
    const backOver = action.type === "back" && before.cursor + before.part === 0 && before.history.length > 0;
    if (backOver && drives(before)) void follow(before);
    if (action.type === "edit") return edit(withValue(unanswered ?? before.request, action.ref, action.value, before.example, before.trace), action.ref);
    if (action.type === "editNetwork") return edit(action.request, "editor");
    const told = { granularity: before.trace.granularity, example: before.example, textbook: before.trace.textbook, ...wished };
    if (action.type === "granularity" && toldAs(action.value) !== toldAs(told.granularity)) return retell({ granularity: action.value });
    if (action.type === "example" && action.index !== told.example) return retell({ example: action.index });
    if (action.type === "textbook" && action.value !== told.textbook) return retell({ textbook: action.value });
    if (action.type === "panel") return askPanel(action.kind);
    if (action.type === "load") return load(action.id);
    const { trace, granularity, example, textbook } = get();
    const toldOtherwise = trace.granularity !== toldAs(granularity) || trace.example !== example || trace.textbook !== textbook;
    if ((action.type === "back" || action.type === "undo") && toldOtherwise) return retell({ granularity, example, textbook });
    return undefined;
  }
  /** The finer steps of a trace in the place of the page’s own. @param {import("./model/laboratory/experiment.d.ts").Call} asked @param {object} told */
  async function stepsStanding({ path, body }, told) {
    const answer = await api.question(path, { .../** @type {object} */ (body), ...told }, new AbortController().signal);
    return (answer.trace ?? answer).steps;
  }
  let telling = false;

  /** Has the parts around the cursor told, one window after the other, until they are here. */
  async function tellParts() {
    if (telling) return;
    telling = true;
    try {
      for (let state = standIn(get()), window = missingWindow(state); window; state = standIn(get()), window = missingWindow(state)) {
        const { trace, granularity, lab } = state;
        if (!isFine(granularity)) return;
        const steps = await (lab?.stage ? stepsStanding(lab.stage.asked, { granularity, window }) : api.steps({ ...bodyOf(state), window }));
        send({ type: "told", trace, granularity, first: window.first, steps });
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      send({ type: "problem", problem: error.problem });
    } finally {
      telling = false;
    }
  }

  let asking = new AbortController();

  /** Everything about the selected number; of two questions in a row only the later one is answered. */
  async function inspect() {
    const { request, trace, selected: ref } = get();
    asking.abort();
    if (ref === null || !subjectOf(trace, ref)) return;
    const { signal } = (asking = new AbortController());
    const body = bodyOf({ request, granularity: "equation", textbook: trace.textbook, example: trace.example ?? 0 });
    try {
      send({ type: "inspected", trace, ref, answer: await api.inspection({ ...body, ref }, signal), problem: null });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      send({ type: "inspected", trace, ref, answer: null, problem: error.problem });
    }
  }
  return { after, open, openSession, tellParts, inspect };
}
