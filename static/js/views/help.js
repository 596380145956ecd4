// Help: the keys, the signs, the colours, and the four equations with the steps that show them.
// It is drawn when it is opened.

import { glyph, h, marked } from "../dom.js";
import { page as text } from "../texts/en_page.js";
import { keysOf, mountHelpDialog } from "./help_dialog.js";

/** @typedef {import("../model/types.d.ts").State} State */

/** @param {State} state @param {(step: number) => void} go */
function fourEquations({ trace }, go) {
  const steps = ["BP1", "BP2", "BP3", "BP4"].map((tag) => trace.steps.find((step) => step.tag === tag));
  return steps.flatMap((step) => (step
    ? [h("div", { class: "legend-row" }, glyph(step.phase), h("button", { class: "action", type: "button", onclick: () => go(step.index) }, ...marked(step.name)))]
    : []));
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => State} get
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 */
export function mountHelp(dialog, get, dispatch) {
  const words = text.help;
  const go = (/** @type {number} */ step) => { dialog.close(); dispatch({ type: "seek", step }); };
  return mountHelpDialog(dialog, { title: words.title, close: text.close, two: true }, () => {
    const four = fourEquations(get(), go);
    return [
      keysOf(words.keys, words.list),
      h("section", {}, h("h3", {}, words.signs), ...words.legend.map(([phase, what]) => h("div", { class: "legend-row", "data-phase": phase }, glyph(phase), what)), h("p", { class: "quiet" }, words.colour)),
      four.length > 0 ? h("section", { "data-phase": "backward" }, h("h3", {}, words.four), ...four) : null,
      h("section", {}, h("p", { class: "quiet" }, words.script)),
    ];
  });
}
