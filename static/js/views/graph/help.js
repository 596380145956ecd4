// Help on the page of expressions: the keys, the signs, and what may be typed.
// It is drawn when it is opened.

import { glyph, h } from "../../dom.js";
import { graph as texts } from "../../texts/en_graph.js";
import { page as text } from "../../texts/en_page.js";

/** @param {HTMLDialogElement} dialog */
export function mountGraphHelp(dialog) {
  const words = text.help;
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return {
    open() {
      if (dialog.open) return;
      dialog.replaceChildren(
        h("div", { class: "dialog-head" }, h("h2", { id: "help-title" }, words.title), h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, text.close)),
        h("div", { class: "dialog-body two", tabindex: "0", role: "group", "aria-labelledby": "help-title" },
          h("section", {}, h("h3", {}, words.keys), h("dl", { class: "keys" }, ...texts.help.list.flatMap(([key, what]) => [h("dt", {}, h("kbd", {}, key ?? "")), h("dd", {}, what ?? "")]))),
          h("section", {}, h("h3", {}, words.signs), ...words.legend.filter(([phase]) => phase === "forward" || phase === "backward").map(([phase, what]) => h("div", { class: "legend-row", "data-phase": phase }, glyph(phase ?? ""), what ?? "")), h("p", { class: "quiet" }, words.colour)),
          h("section", {}, h("h3", {}, texts.help.typed), h("p", { class: "quiet" }, texts.help.grammar))));
      dialog.showModal();
    },
  };
}
