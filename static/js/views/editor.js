// The editor of the network: layers, functions, batch, and how weights come to be; applied all at once or not at all.
// What the server refuses stands in red under the control it concerns, and everything typed stays.

import { byId, h } from "../dom.js";
import { blankDraft, draftOf, fitted, requestFrom, sameShape } from "../model/draft.js";
import { refusalInTable } from "../model/draft_wiring.js";
import { page as text } from "../texts/en_page.js";
import { batchTable, check, choice, entry, layerTable, showComplaints } from "./editor_parts.js";
import { settleScrollers } from "./scrollers.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/draft.js").Draft} Draft */

const words = text.editor;

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => State} get
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 */
export function mountEditor(dialog, get, dispatch) {
  /** @type {Draft} */
  let draft = blankDraft();
  /** @type {import("../model/types.d.ts").Trace|null} */
  let waitingFrom = null;
  const body = h("form", { class: "dialog-body", id: "editor-form", novalidate: true });
  const foot = h("p", { class: "problem", role: "alert", hidden: true });

  /** @param {Partial<Draft>} change @param {boolean} [redraw] whether the shape of the form follows */
  function set(change, redraw = false) {
    draft = { ...draft, ...change };
    if (!redraw) return;
    draft = fitted(draft);
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.pointer : undefined;
    draw();
    if (focused) /** @type {HTMLElement|null} */ (body.querySelector(`[data-pointer="${focused}"]`))?.focus();
  }

  const costs = () => /** @type {{name: string, words: string, has_target?: boolean}[]} */ (get().catalogue?.costs ?? []);
  const hasTarget = () => costs().find(({ name }) => name === draft.cost)?.has_target ?? true;

  function functions() {
    const { catalogue } = get();
    const usesRelu = [draft.inputActivation, ...draft.layers.map(({ activation }) => activation)].some((name) => name.includes("relu"));
    const inner = catalogue.activations.filter((/** @type {{output_only?: boolean}} */ one) => !one.output_only);
    return h("div", { class: "grid-fields" },
      choice(words.cost, "/network/cost", costs(), draft.cost, (value) => set({ cost: value }, true)),
      choice(words.inputActivation, "/network/input_activation", inner, draft.inputActivation, (value) => set({ inputActivation: value }, true)),
      usesRelu ? entry(words.reluZero, "/network/relu_slope_at_zero", draft.slopeAtZero, (value) => set({ slopeAtZero: value })) : null,
      entry(words.rate, "/learning_rate", draft.rate, (value) => set({ rate: value }), words.rateHint),
      h("div", { class: "checks" },
        check(words.biases, "/network/bias", draft.bias, (value) => set({ bias: value }, true)),
        draft.bias ? check(words.freeze, "/freeze_biases", draft.freeze, (value) => set({ freeze: value })) : null));
  }

  function parameters() {
    const { catalogue, request } = get();
    const keeps = sameShape(draft, request);
    const fresh = draft.fresh || !keeps;
    return [
      keeps ? check(words.fresh, "/parameters", draft.fresh, (value) => set({ fresh: value }, true)) : h("p", { class: "quiet" }, words.reshaped),
      fresh ? h("div", { class: "grid-fields" },
        choice(words.scheme, "/initialization/scheme", catalogue.initializations, draft.scheme, (value) => set({ scheme: value })),
        entry(words.seed, "/initialization/seed", draft.seed, (value) => set({ seed: value }))) : h("p", { class: "quiet" }, words.keep),
    ];
  }

  function draw() {
    const { catalogue } = get();
    const section = (/** @type {string} */ title, /** @type {(Node|null)[]} */ ...children) => h("section", {}, h("h3", {}, title), ...children);
    const targets = hasTarget();
    body.replaceChildren(
      section(words.layers, ...layerTable(draft, catalogue.activations, set)),
      section(words.functions, functions()),
      section(words.batch, ...batchTable(draft, targets, set)),
      section(words.parameters, ...parameters()));
    settleScrollers(body);
  }

  /** @param {Event} event */
  function apply(event) {
    event.preventDefault();
    const { request, complaints } = requestFrom(draft, get().request, { hasTarget: hasTarget(), sizeProblem: words.sizeProblem(draft.most), wiringProblem: words.wiringProblem });
    showComplaints(body, foot, complaints, "");
    if (!request) return;
    waitingFrom = get().trace;
    dispatch({ type: "editNetwork", request });
  }

  function open() {
    if (dialog.open) return;
    draft = fitted(draftOf(get().request));
    foot.hidden = true;
    draw();
    dialog.replaceChildren(
      h("div", { class: "dialog-head" }, h("h2", { id: "editor-title" }, words.title), h("button", { class: "button", type: "button", onclick: () => { draft = blankDraft(); draw(); } }, words.blank)),
      body,
      h("div", { class: "dialog-foot" }, foot, h("span", { class: "spacer" }),
        h("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.cancel),
        h("button", { class: "button primary", type: "submit", form: "editor-form" }, words.apply)));
    dialog.showModal();
    /** @type {HTMLElement|null} */ (body.querySelector("input, select"))?.focus();
    settleScrollers(body);
  }

  body.addEventListener("submit", apply);
  dialog.addEventListener("close", () => { waitingFrom = null; if (get().problem?.control === "editor") dispatch({ type: "problem", problem: null }); });

  return {
    open,
    /** @param {State} state */
    update(state) {
      if (!dialog.open || !waitingFrom) return;
      if (state.trace !== waitingFrom) {
        dialog.close();
        byId("next", HTMLElement).focus();
      } else if (state.problem?.control === "editor") {
        waitingFrom = null;
        const refused = (state.problem.errors ?? []).map((one) => (one.pointer?.startsWith("/network/layers/") ? { ...one, detail: refusalInTable(one.detail) } : one));
        showComplaints(body, foot, refused, state.problem.detail || state.problem.title);
      }
    },
  };
}
