// The header of the page of expressions: which example, share, and the status of the connection.
// What all pages have is in top.js.

import { byId, h } from "../../dom.js";
import { exampleOf } from "../../model/graph/state.js";
import { graph as texts } from "../../texts/en_graph.js";
import { page as text } from "../../texts/en_page.js";
import { mountTop } from "../top.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */

/** Letters of an expression that stand for it in the menu. */
const LONGEST = 24;
const OWN = "own";

/** A long line ends after something whole, and says that it goes on. @param {string} line */
const shortened = (line) => (line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/[\s+*/,(=-]+$/, "")} …` : line);

/**
 * @param {import("../../model/graph/graph.d.ts").GraphDispatch} dispatch
 * @param {{share: (button: HTMLElement) => void, openHelp: () => void, retry: () => void}} does
 */
export function mountGraphHeader(dispatch, does) {
  const example = byId("expression-example", HTMLSelectElement);
  const own = h("option", { value: OWN });
  const top = mountTop({
    actions: { share: does.share, help: does.openHelp },
    closing: ["help"],
    textbook: (value) => dispatch({ type: "textbook", value }),
    theme: (value) => dispatch({ type: "theme", value }),
    words: text.themes,
  });
  example.addEventListener("change", () => { if (example.value !== OWN) dispatch({ type: "load", id: example.value }); });

  return {
    /** @param {GraphState} state */
    update(state) {
      top.update(state);
      const { connection, notice, trace } = state;
      const found = exampleOf(state);
      const [last = ""] = trace.expression.split(/[\n;]/).filter((line) => line.trim()).slice(-1);
      own.textContent = `${shortened(last.trim())}, ${texts.own}`;
      if (found) own.remove();
      else if (!own.isConnected) example.prepend(own);
      example.value = found?.id ?? OWN;
      if (connection === "lost") top.say(text.lost, { isBad: true, retry: { words: text.retry, act: does.retry } });
      else if (connection === "back") top.say(text.back);
      else top.say(notice);
    },
  };
}
