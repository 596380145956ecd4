// The dialog of help, the same on every page: its head, its keys, and how it is opened and put away.
// What a page has to say beside its keys is the page's own; it is drawn when it is opened.

import { h } from "../dom.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{title: string, close: string, two?: boolean}} words two: its sections stand in two columns
 * @param {() => (Node|null)[]} sections
 */
export function mountHelpDialog(dialog, { title, close, two = false }, sections) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return {
    open() {
      if (dialog.open) return;
      dialog.replaceChildren(
        h("div", { class: "dialog-head" }, h("h2", { id: "help-title" }, title), h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, close)),
        h("div", { class: two ? "dialog-body two" : "dialog-body", tabindex: "0", role: "group", "aria-labelledby": "help-title" }, ...sections()));
      dialog.showModal();
    },
  };
}

/** @param {string} title @param {readonly (readonly string[])[]} list a key, and what it does */
export function keysOf(title, list) {
  return h("section", {}, h("h3", {}, title), h("dl", { class: "keys" }, ...list.flatMap(([key = "", what = ""]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])));
}
