// The REST call that gives what is on the screen, as curl and as Python.
// One click copies it; it runs as it stands.

import { h } from "../dom.js";
import { curlCall, curlOf, pythonCall, pythonOf } from "../model/calls.js";
import { page as text } from "../texts/en_page.js";

/** @typedef {import("../model/types.d.ts").State} State */

/** @typedef {(button: HTMLElement, content: string, what: string) => void} Copy */

/**
 * The panel of the Call tab.
 * @param {State} state
 * @param {string} origin
 * @param {Copy} copy
 */
export function calls(state, origin, copy) {
  return callPanel(text.call.words, { curl: curlCall(state, origin), python: pythonCall(state, origin) }, copy);
}

/**
 * The call of an experiment of the laboratory, above that of the trace it is made on.
 * @param {{path: string, body: unknown}} call
 * @param {string} origin
 * @param {Copy} copy
 */
export function experimentCalls({ path, body }, origin, copy) {
  const python = pythonOf(path, body, origin, "found", "print(json.dumps(found, indent=1))");
  return callPanel(text.call.experiment, { curl: curlOf(path, body, origin), python }, copy, text.call.ofExperiment).slice(0, -1);
}

/**
 * The same call as curl and as Python, each to be copied.
 * @param {string} sentence
 * @param {{curl: string, python: string}} code
 * @param {Copy} copy
 * @param {string} [title]
 */
export function callPanel(sentence, { curl, python }, copy, title = text.call.title) {
  const words = text.call;
  /** @param {string} name @param {string} code */
  const block = (name, code) => [
    h("div", { class: "code-head" }, h("h2", {}, name),
      h("button", { class: "action", type: "button", "aria-label": `${text.copy} ${name}`, onclick: (/** @type {Event} */ event) => copy(/** @type {HTMLElement} */ (event.currentTarget), code, name) }, h("span", {}, text.copy))),
    h("pre", { class: "code" }, h("code", {}, code)),
  ];
  return [
    h("h1", { class: "title small" }, title),
    h("p", { class: "sentence" }, sentence),
    ...block(words.curl, curl),
    ...block(words.python, python),
    h("p", { class: "quiet" }, h("a", { href: "/docs" }, words.api)),
  ];
}
