// The explanation of the step under the cursor: what it is, one sentence, its equations in symbols and with numbers,
// the slider that tests a derivative at once, and where its numbers come from and go to.

import { h, marked } from "../../dom.js";
import { asRoom } from "../../model/graph/describe.js";
import { stepOf } from "../../model/graph/state.js";
import { textOf } from "../../model/graph/names.js";
import { graph as texts } from "../../texts/en_graph.js";
import { page as text } from "../../texts/en_page.js";
import { equations, notes, overline, routes } from "../explanation.js";
import { graphEquations } from "./equations.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

/** The steps end where a number is none. @param {GraphState} state */
function ending({ trace, cursor }) {
  const broken = trace.diverged;
  if (!broken || cursor !== trace.steps.length - 1) return null;
  const step = trace.steps[cursor];
  return h("p", { class: "problem" }, texts.brokeOff(step?.label_text ?? ""));
}

/** What nothing uses any more: the inputs, or the result of the way forward. @param {GraphState} state */
function nothing(state) {
  const step = stepOf(state);
  const written = step.writes.flatMap((ref) => {
    const node = ref.startsWith("gradient:") ? state.trace.nodes[Number(ref.split(":")[1])] : undefined;
    return node && node.operation === "input" ? [textOf(node)] : [];
  });
  return written.length > 0 ? texts.endsAtInputs(written) : texts.endsHere;
}

/**
 * @param {GraphState} state
 * @param {GraphDispatch} dispatch
 * @param {ReturnType<typeof import("./trial.js").createTrial>} trial
 * @returns {(Node|null)[]}
 */
export function explainGraph(state, dispatch, trial) {
  const step = stepOf(state);
  const room = asRoom(state);
  const used = routes(room, step.used_by, dispatch, text.inStep);
  return [
    overline(step, room.trace),
    h("h1", { class: "title" }, ...marked(step.name)),
    h("p", { class: "sentence" }, ...marked(step.sentence)),
    ending(state),
    ...((step.members?.length ?? 1) > 1 ? equations(step, state.digits) : graphEquations(step, state.digits)),
    trial(state),
    ...notes({ ...step, in_text: false }),
    h("dl", { class: "routes" },
      ...(step.reads.length > 0 ? [h("dt", {}, text.reads), h("dd", {}, ...routes(room, step.reads, dispatch, text.fromStep))] : []),
      h("dt", {}, text.usedBy), h("dd", {}, ...(used.length > 0 ? used : [nothing(state)]))),
  ];
}
