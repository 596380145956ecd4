// What the controls say on the page of expressions: at the end the primary button starts again.

import { h } from "../../dom.js";
import { lastStep } from "../../model/graph/state.js";
import { graph as texts } from "../../texts/en_graph.js";
import { page as text } from "../../texts/en_page.js";

/** @param {import("../../model/graph/graph.d.ts").GraphState} state @returns {import("../controls.js").Shown} */
export function graphControls(state) {
  const { playing, speed, granularity, cursor, trace } = state;
  const ends = cursor === lastStep(state);
  return {
    playing, speed, granularity, where: [`${texts.where} · `, h("b", {}, texts.step(cursor + 1, trace.steps.length))],
    next: { words: ends ? text.again : text.next, off: false }, backOff: cursor === 0, atStart: cursor === 0, atEnd: ends,
  };
}
