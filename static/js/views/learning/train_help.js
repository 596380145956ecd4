// Help of the page of training: its keys, and what is to be known that the page does not say by itself.
// It is drawn when it is opened.

import { h } from "../../dom.js";
import { train as text } from "../../texts/en_train.js";

/** @param {HTMLDialogElement} dialog */
export function mountTrainHelp(dialog) {
  const words = text.help;
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return {
    open() {
      if (dialog.open) return;
      dialog.replaceChildren(
        h("div", { class: "dialog-head" }, h("h2", { id: "help-title" }, words.title), h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, text.close)),
        h("div", { class: "dialog-body", tabindex: "0", role: "group", "aria-labelledby": "help-title" },
          h("section", {}, h("h3", {}, words.keys), h("dl", { class: "keys" }, ...words.list.flatMap(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)]))),
          h("section", {}, h("h3", {}, words.what), ...words.lines.map((line) => h("p", { class: "help-line" }, line)), h("p", { class: "quiet-text" }, words.script))));
      dialog.showModal();
    },
  };
}
