// Help on the page of expressions: the keys, the signs, and what may be typed.
// It is drawn when it is opened.

import { glyph, h } from "../../dom.js";
import { graph as texts } from "../../texts/en_graph.js";
import { page as text } from "../../texts/en_page.js";
import { keysOf, mountHelpDialog } from "../help_dialog.js";

/** @param {HTMLDialogElement} dialog */
export function mountGraphHelp(dialog) {
  const words = text.help;
  const signs = words.legend.filter(([phase]) => phase === "forward" || phase === "backward");
  return mountHelpDialog(dialog, { title: words.title, close: text.close, two: true }, () => [
    keysOf(words.keys, texts.help.list),
    h("section", {}, h("h3", {}, words.signs), ...signs.map(([phase, what]) => h("div", { class: "legend-row", "data-phase": phase }, glyph(phase ?? ""), what ?? "")), h("p", { class: "quiet" }, words.colour)),
    h("section", {}, h("h3", {}, texts.help.typed), h("p", { class: "quiet" }, texts.help.grammar)),
  ]);
}
