// The right-hand column of the page of expressions: its tabs, and what the chosen one shows.
// Clicking a node puts where it comes from and where it goes in the place of the step.

import { copyText } from "../../dom.js";
import { asRoom } from "../../model/graph/describe.js";
import { exampleOf } from "../../model/graph/state.js";
import { receiptCsv, receiptTex, receiptText } from "../../model/receipt.js";
import { page as text } from "../../texts/en_page.js";
import { lightUp, place, walkTabs } from "../panel.js";
import { receipt } from "../receipt.js";
import { settleScrollers, watchScrollers } from "../scrollers.js";
import { graphCalls } from "./calls.js";
import { createCheck } from "./check.js";
import { explainGraph } from "./explanation.js";
import { printedPanel } from "./printed.js";
import { explainSelection } from "./selection.js";
import { createTrial } from "./trial.js";

/** @typedef {import("../../model/graph/graph.d.ts").GraphState} GraphState */
/** @typedef {import("../../model/graph/graph.d.ts").GraphDispatch} GraphDispatch */

const TABS = /** @type {import("../../model/graph/graph.d.ts").Tab[]} */ (["equation", "receipt", "check", "published", "call"]);

/**
 * @param {{root: HTMLElement, scroll: HTMLElement, tabs: HTMLButtonElement[]}} parts
 * @param {GraphDispatch} dispatch
 * @param {string} origin
 */
export function mountGraphPanel({ root, scroll, tabs }, dispatch, origin) {
  const trial = createTrial(dispatch);
  const check = createCheck(dispatch);
  const followScrollers = watchScrollers(root);
  /** @type {GraphState|null} */
  let shown = null;
  tabs.forEach((tab, at) => tab.addEventListener("click", () => dispatch({ type: "tab", value: TABS[at] ?? "equation" })));
  walkTabs(tabs);
  document.fonts.addEventListener("loadingdone", () => settleScrollers(root));

  const copy = (/** @type {HTMLElement} */ button, /** @type {string} */ content, /** @type {string} */ what) => copyText(button, content, text.copiedWhat(what), text.notCopiedText);
  const copyReceipt = (/** @type {HTMLElement} */ button, /** @type {"text"|"csv"|"tex"} */ kind) => {
    if (!shown) return;
    const { trace, cursor, digits } = asRoom(shown);
    void copy(button, { text: receiptText, csv: receiptCsv, tex: receiptTex }[kind](trace, 0, cursor, digits), text.receipt[kind]);
  };

  /** @param {GraphState} state */
  function showTabs(state) {
    tabs.forEach((tab, at) => {
      const chosen = TABS[at] === state.tab;
      if (TABS[at] === "published") {
        tab.hidden = exampleOf(state) === null;
        tab.textContent = exampleOf(state)?.printed.length === 0 ? text.published.source : text.published.tab;
      }
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) root.setAttribute("aria-labelledby", tab.id);
    });
  }

  /** @param {GraphState} state @returns {(Node|null)[]} */
  function contents(state) {
    const example = exampleOf(state);
    if (state.tab === "receipt") return receipt(asRoom(state), /** @type {any} */ (dispatch), copyReceipt);
    if (state.tab === "check") return check(state);
    if (state.tab === "published" && example) return printedPanel(state, example);
    if (state.tab === "call") return graphCalls(state, origin, copy);
    return explainSelection(state, dispatch) ?? explainGraph(state, dispatch, trial);
  }

  return {
    /** @param {GraphState} state */
    update(state) {
      const before = shown;
      shown = state;
      showTabs(state);
      const focused = root.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
      place(root, contents(state).filter((node) => node !== null));
      if (focused && !focused.isConnected) (focused.id && document.getElementById(focused.id) || tabs.find((tab) => tab.tabIndex === 0))?.focus();
      followScrollers();
      lightUp(root, state.pointed);
      const moved = before && (before.tab !== state.tab || before.cursor !== state.cursor || before.selected !== state.selected);
      if (moved && scroll.scrollTop > 0) scroll.scrollTop = 0;
      if (moved && state.tab === "receipt") root.querySelector(".newest")?.scrollIntoView({ block: "nearest" });
    },
    /** @param {GraphState} state */
    point(state) { lightUp(root, state.pointed); },
  };
}
