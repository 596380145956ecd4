// The right-hand column: its tabs, the chip that says which example of the batch is told, and what the chosen tab shows.
// A selection puts the inspector in its place.

import { byId, copyText, h } from "../dom.js";
import { plotOf } from "../model/plot.js";
import { subjectOf } from "../model/inspect.js";
import { receiptCsv, receiptTex, receiptText } from "../model/receipt.js";
import { hasPublishedShape } from "../model/state.js";
import { page as text } from "../texts/en_page.js";
import { calls, experimentCalls } from "./calls.js";
import { explain } from "./explanation.js";
import { createField, inspect } from "./inspector.js";
import { drawPlot } from "./plot.js";
import { published } from "./published.js";
import { receipt } from "./receipt.js";
import { settleScrollers, watchScrollers } from "./scrollers.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Tab} Tab */

/** What the laboratory shows stands before what every room shows. */
const EXPERIMENT = /** @type {Tab} */ ("experiment");
const ROOM_TABS = /** @type {Tab[]} */ (["equation", "matrices", "receipt", "published", "call"]);

/**
 * Lights up everything that stands for what is pointed at: the same number, or the numbers of the same array.
 * @param {ParentNode} root
 * @param {string|null} pointed
 */
export function lightUp(root, pointed) {
  for (const lit of root.querySelectorAll(".pointed")) lit.classList.remove("pointed");
  if (!pointed || !/^[a-z_]+(:\d+){0,3}$/.test(pointed)) return;
  for (const element of root.querySelectorAll(`[data-ref="${pointed}"], [data-ref^="${pointed}:"]`)) element.classList.add("pointed");
}

/**
 * Puts the nodes into the element; one that stands there already stays as it is, so it is neither styled nor laid out anew.
 * @param {HTMLElement} element
 * @param {Node[]} nodes
 */
export function place(element, nodes) {
  const kept = new Set(nodes);
  for (const node of [...element.childNodes]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (element.childNodes[index] !== node) element.insertBefore(node, element.childNodes[index] ?? null);
  });
}

/** The arrow keys lead from tab to tab. @param {HTMLButtonElement[]} tabs */
export function walkTabs(tabs) {
  for (const tab of tabs) {
    tab.addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!turn) return;
      event.preventDefault();
      event.stopPropagation();
      const open = tabs.filter((other) => !other.hidden);
      const next = open[(open.indexOf(tab) + turn + open.length) % open.length];
      next?.focus();
      next?.click();
    });
  }
}

/**
 * The tab that is shown: printed numbers of another shape have nothing to say.
 * @param {State} state
 * @param {Tab[]} tabs
 * @returns {Tab}
 */
function tabOf(state, tabs) {
  return !tabs.includes(state.tab) || (state.tab === "published" && !hasPublishedShape(state)) ? "equation" : state.tab;
}

/**
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 * @param {string} origin
 * @param {import("../model/laboratory/experiment.d.ts").Bench|null} [bench] the experiments, in the laboratory
 */
export function mountPanel(dispatch, origin, bench = null) {
  // Printed numbers are about the example, not about what is done to it here.
  const TABS = bench ? [EXPERIMENT, ...ROOM_TABS.filter((name) => name !== "published")] : ROOM_TABS;
  const root = byId("panel", HTMLElement);
  const scroll = byId("panel-scroll", HTMLElement);
  const tabs = TABS.map((name) => byId(`tab-${name}`, HTMLButtonElement));
  const tabRow = byId("tabs", HTMLElement);
  const chip = byId("chip", HTMLElement);
  const row = byId("row", HTMLSelectElement);
  const field = createField(dispatch);
  /** @type {State|null} */
  let shown = null;
  /** What was selected before. @type {string|null} */
  let left = null;

  const copy = (/** @type {HTMLElement} */ button, /** @type {string} */ content, /** @type {string} */ what) => copyText(button, content, text.copiedWhat(what), text.notCopiedText);
  const copyReceipt = (/** @type {HTMLElement} */ button, /** @type {"text"|"csv"|"tex"} */ kind) => {
    if (!shown) return;
    const { trace, example, cursor, digits } = shown;
    const content = { text: receiptText, csv: receiptCsv, tex: receiptTex }[kind](trace, example, cursor, digits);
    copy(button, content, text.receipt[kind]);
  };

  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => dispatch({ type: "tab", value: TABS[index] ?? "equation" }));
  });
  walkTabs(tabs);
  row.addEventListener("change", () => dispatch({ type: "example", index: Number(row.value) }));

  /** @param {State} state */
  function showTabs(state) {
    tabs.forEach((tab, index) => {
      const chosen = TABS[index] === tabOf(state, TABS);
      if (TABS[index] === "published") {
        tab.hidden = !hasPublishedShape(state);
        // An example of ours has no author's digits to agree with, but a source.
        tab.textContent = state.published?.printed.length === 0 ? text.published.source : text.published.tab;
      }
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
    tabRow.hidden = state.selected !== null && state.tab !== EXPERIMENT;
    root.setAttribute("aria-labelledby", `tab-${tabOf(state, TABS)}`);
    const rows = state.trace.costs.length;
    chip.hidden = rows < 2;
    if (row.options.length !== rows) {
      row.replaceChildren(...Array.from({ length: rows }, (_, index) => h("option", { value: String(index) }, text.chip(index + 1, rows))));
    }
    row.value = String(state.example);
  }

  /** @param {State} state */
  function contents(state) {
    if (bench && state.tab === EXPERIMENT) return bench.nodes();
    if (state.selected) {
      const nodes = inspect(state, dispatch, field);
      if (nodes) return nodes;
    }
    const tab = tabOf(state, TABS);
    if (tab === "receipt") return receipt(state, dispatch, copyReceipt);
    if (tab === "published") return published(state, dispatch);
    if (tab === "call") {
      const asked = bench?.call(state);
      return [...(asked ? experimentCalls(asked, origin, copy) : []), ...calls(state, origin, copy)];
    }
    return explain(state, dispatch);
  }

  /** The selection is marked where its numbers are listed; what is pointed at everywhere. @param {State} state */
  function light(state) {
    lightUp(root, state.pointed);
    if (state.selected && !state.pointed) root.querySelector(`.facts [data-ref="${state.selected}"]`)?.classList.add("pointed");
  }

  /** Who leaves the inspector is back at the neuron it was about, or at the tab. */
  function placeOutside() {
    const subject = left && shown ? subjectOf(shown.trace, left) : null;
    const neuron = subject && ["neuron", "input"].includes(subject.kind) ? document.querySelector(`.stage-neuron[data-layer="${subject.layer}"][data-row="${subject.row}"]`) : null;
    return neuron ?? tabs.find((tab) => tab.tabIndex === 0);
  }

  /** @param {HTMLElement|null} focused a drawn-again panel must not lose the place of the keyboard */
  function keepFocus(focused) {
    const same = focused?.isConnected ? focused : focused?.id ? document.getElementById(focused.id) : null;
    // Whoever follows numbers goes on following; whoever came to change one finds the field.
    const follows = focused && /^(go|trail|ask)-/.test(focused.id) ? root.querySelector("#inspector-back") : null;
    const target = same && same.getClientRects().length > 0 ? same : follows ?? root.querySelector("#new-value") ?? root.querySelector("#inspector-back") ?? placeOutside();
    if (target instanceof HTMLElement) target.focus();
    // The stage answers a focus with an action, which has to wait until this one is done.
    else if (target instanceof SVGElement) queueMicrotask(() => target.focus());
  }

  // Setting a scroll position has the whole page laid out at once, so it is only done where something was scrolled.
  const scrollers = [scroll, byId("explanation", HTMLElement)];
  let scrolled = false;
  for (const element of scrollers) element.addEventListener("scroll", () => { scrolled = true; }, { passive: true });
  const toTop = () => {
    if (scrolled) for (const element of scrollers) element.scrollTop = 0;
    scrolled = false;
  };
  const followScrollers = watchScrollers(root);
  // What fits also depends on fonts that come with the first equation.
  document.fonts.addEventListener("loadingdone", () => settleScrollers(root));

  return {
    /** @param {State} state */
    update(state) {
      const before = shown;
      shown = state;
      left = before?.selected ?? null;
      showTabs(state);
      const focused = root.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
      place(root, contents(state).filter((node) => node !== null));
      root.classList.toggle("inspector", state.selected !== null && state.tab !== EXPERIMENT);
      if (focused) keepFocus(focused);
      followScrollers();
      light(state);
      // An experiment stays where it was scrolled to while the steps beside it go on.
      const moved = before?.tab !== state.tab || (state.tab !== EXPERIMENT && (before.cursor !== state.cursor || before.selected !== state.selected));
      if (moved) toTop();
      if (moved && state.tab === "receipt" && !state.selected) root.querySelector(".newest")?.scrollIntoView({ block: "nearest" });
    },
    /** @param {State} state */
    point(state) {
      // An experiment has curves of its own.
      const drawn = root.querySelector(".plot-block .plot");
      const plot = drawn && plotOf(state);
      if (plot && drawn.getAttribute("data-row") !== String(plot.row)) drawn.replaceWith(drawPlot(plot));
      light(state);
    },
  };
}
