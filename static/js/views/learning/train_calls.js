// The calls that do what the page does, one action at a time, as curl and as Python.
// One click copies; each runs as it stands.

import { copyText, h } from "../../dom.js";
import { callsOf, curlOf, pythonOf } from "../../model/learning/train_calls.js";
import { train as text } from "../../texts/en_train.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */

/** @param {HTMLDialogElement} dialog @param {() => Learning} get @param {string} origin */
export function mountTrainCalls(dialog, get, origin) {
  const words = text.calls;
  const choice = h("select", { class: "input", id: "calls-action", autocomplete: "off" });
  const blocks = h("div", {});
  let chosen = "start";
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  choice.addEventListener("change", () => { chosen = choice.value; draw(); });

  /** @param {string} name @param {string} code */
  const block = (name, code) => [
    h("div", { class: "code-head" }, h("h3", {}, name),
      h("button", { class: "action", type: "button", "aria-label": `${words.copy} ${name}`, onclick: (/** @type {Event} */ event) => void copyText(/** @type {HTMLElement} */ (event.currentTarget), code, words.copiedWhat(name), words.notCopied) }, h("span", {}, words.copy))),
    h("pre", { class: "code", tabindex: "0", role: "group", "aria-label": name }, h("code", {}, code)),
  ];

  function draw() {
    const state = get();
    const call = callsOf(state)[chosen];
    if (!call) return;
    blocks.replaceChildren(...block(words.curl, curlOf(call, origin, state.session?.revision ?? 0)), ...block(words.python, pythonOf(call, origin)));
  }

  return {
    open() {
      const state = get();
      const calls = callsOf(state);
      if (!(chosen in calls)) chosen = Object.keys(calls)[0] ?? "";
      choice.replaceChildren(...Object.keys(calls).map((name) => h("option", { value: name }, words.names[/** @type {keyof typeof words.names} */ (name)])));
      choice.value = chosen;
      draw();
      dialog.replaceChildren(
        h("div", { class: "dialog-head" }, h("h2", { id: "calls-title" }, words.title), h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, text.close)),
        h("div", { class: "dialog-body" },
          h("p", { class: "quiet-text" }, state.link?.may === "watch" ? words.watcher : words.words),
          h("label", { class: "field", for: "calls-action" }, h("span", { class: "name" }, words.action), choice), blocks,
          h("p", { class: "quiet-text" }, h("a", { href: "/docs" }, words.pages))));
      dialog.showModal();
    },
  };
}
