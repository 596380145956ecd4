// What an action asks of the server: a graph of what was typed, the same graph told otherwise, a push, a check.
// Each effect ends in one action that carries the answer, or in the problem the server named.

import { ProblemError } from "./api.js";
import { bodyOfGraph } from "./model/graph/calls.js";

/** @typedef {import("./model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("./model/graph/graph.d.ts").GraphAction} GraphAction */
/** @typedef {import("./model/graph/graph.d.ts").GraphRequest} GraphRequest */

/** Milliseconds a slider rests before its question is asked. */
const SETTLED = 30;
/** The value of an input that never had one. */
const BEGINNING = 1;

/** @param {{get: () => GraphState, send: (action: GraphAction) => void, api: ReturnType<typeof import("./api.js").createApi>}} parts */
export function createGraphEffects({ get, send, api }) {
  /** One question of a kind at a time: the later one takes the place of the earlier. @type {Map<string, AbortController>} */
  const pending = new Map();

  /**
   * @param {string} kind
   * @param {(signal: AbortSignal) => Promise<void>} work
   * @param {(problem: import("./model/types.d.ts").Problem) => void} refused
   */
  async function latest(kind, work, refused) {
    pending.get(kind)?.abort();
    const control = new AbortController();
    pending.set(kind, control);
    if (kind === "graph") send({ type: "busy", value: true });
    try {
      await work(control.signal);
      return true;
    } catch (error) {
      if (control.signal.aborted) return false;
      if (!(error instanceof ProblemError)) throw error;
      refused(error.problem);
      return false;
    } finally {
      if (kind === "graph" && pending.get(kind) === control) send({ type: "busy", value: false });
    }
  }

  /** @typedef {Partial<Pick<GraphState, "granularity"|"textbook">>} Told */

  /**
   * What was asked and is not here yet: a graph, and how it is to be told. A later question asks for both, so that neither is lost to the other.
   * @type {{graph: {request: GraphRequest, draft: GraphState["draft"]}|null, told: Told}}
   */
  let wanted = { graph: null, told: {} };

  function forget() {
    wanted = { graph: null, told: {} };
  }

  const refuse = (/** @type {import("./model/types.d.ts").Problem} */ problem) => {
    forget();
    send({ type: "refused", problem });
  };

  /**
   * A new name of the expression has the value it had before, or begins with one; a name that is no longer in it goes.
   * @param {GraphRequest} request
   * @param {Told} told
   * @param {AbortSignal} signal
   */
  function graphOf({ expression, values }, told, signal) {
    const known = { ...get().trace.values, ...values };
    return api.question("graphs", { ...bodyOfGraph({ expression, values: known }, { ...get(), ...told }), default_value: BEGINNING }, signal);
  }

  const ask = () => latest("graph", async (signal) => {
    const { graph, told } = wanted;
    const { granularity } = { ...get(), ...told };
    const trace = await graphOf(graph?.request ?? get().trace, told, signal);
    forget();
    send(graph ? { type: "computed", trace, draft: graph.draft, granularity } : { type: "retold", trace, granularity });
  }, refuse);

  /** @param {GraphRequest} request */
  const compute = (request) => {
    wanted = { ...wanted, graph: { request, draft: get().draft } };
    return ask();
  };

  /** @param {Told} told */
  const retell = (told) => {
    wanted = { ...wanted, told: { ...wanted.told, ...told } };
    return ask();
  };

  const nudge = () => latest("nudge", async (signal) => {
    await new Promise((resolve) => { setTimeout(resolve, SETTLED); });
    if (signal.aborted) return;
    const { trace, nudge: pushed } = get();
    if (!pushed) return;
    const answer = await api.question("graphs/nudges", { expression: trace.expression, values: trace.values, name: pushed.name, change: pushed.change, halvings: 0 }, signal);
    send({ type: "nudged", trace, answer, problem: null });
  }, (problem) => send({ type: "nudged", trace: get().trace, answer: null, problem }));

  const check = () => latest("check", async (signal) => {
    const { trace, check: { stepSize } } = get();
    const { check: answer } = await api.question("graphs", { expression: trace.expression, values: trace.values, steps: false, step_size: stepSize }, signal);
    send({ type: "checked", trace, answer, problem: null });
  }, (problem) => send({ type: "checked", trace: get().trace, answer: null, problem }));

  const curve = () => latest("curve", async (signal) => {
    const { trace, check: { name } } = get();
    const { expression, values } = trace;
    const answer = await api.question("graphs/gradient-curves", { expression, values, name: name || Object.keys(values)[0] }, signal);
    send({ type: "curved", trace, curve: answer, problem: null });
  }, (problem) => send({ type: "curved", trace: get().trace, curve: null, problem }));

  return {
    compute, retell, check, curve, nudge,
    /** What a link asks for, at its place. @param {import("./model/graph/address.js").GraphAddress} address @param {GraphRequest} request @param {string} textbook */
    open: (address, request, textbook) => latest("graph", async (signal) => {
      forget();
      const { granularity, step } = address;
      send({ type: "computed", trace: await graphOf(request, { granularity, textbook }, signal), cursor: step, granularity });
    }, refuse),
    /** @param {GraphAction} action @param {GraphState} before */
    after(action, before) {
      if (action.type === "compute") return compute(action.request);
      const told = { granularity: before.granularity, textbook: before.textbook, ...wanted.told };
      if (action.type === "granularity" && action.value !== told.granularity) return retell({ granularity: action.value });
      if (action.type === "textbook" && action.value !== told.textbook) return retell({ textbook: action.value });
      if (action.type === "nudge") return nudge();
      if (action.type === "load") {
        const example = before.catalogue.examples.find(({ id }) => id === action.id);
        return example && compute(example.request);
      }
      return undefined;
    },
  };
}
