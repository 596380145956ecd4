// Help of the page of training: its keys, and what is to be known that the page does not say by itself.
// It is drawn when it is opened.

import { h } from "../../dom.js";
import { train as text } from "../../texts/en_train.js";
import { keysOf, mountHelpDialog } from "../help_dialog.js";

/** @param {HTMLDialogElement} dialog */
export function mountTrainHelp(dialog) {
  const words = text.help;
  return mountHelpDialog(dialog, { title: words.title, close: text.close }, () => [
    keysOf(words.keys, words.list),
    h("section", {}, h("h3", {}, words.what), ...words.lines.map((line) => h("p", { class: "help-line" }, line)), h("p", { class: "quiet-text" }, words.script)),
  ]);
}
