// The bench: the list of experiments at the left, and the one that is chosen, in the column or in the whole room.
// It asks the server on behalf of the chosen experiment whenever what that one needs has changed.

import { announce, byId, h } from "../../dom.js";
import { chosenOf } from "../../model/laboratory/bench.js";
import { isAsPublished } from "../../model/state.js";
import { page as text } from "../../texts/en_page.js";
import { lastOf, rememberLast } from "../last_place.js";

/** @typedef {import("../../model/types.d.ts").State} State */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Experiment} Experiment */
/** @typedef {import("../../model/laboratory/experiment.d.ts").Mounted} Mounted */

/**
 * @param {Experiment[]} experiments
 * @param {Parameters<import("../../model/laboratory/experiment.d.ts").Laboratory["mount"]>[0]} parts
 * @returns {import("../../model/laboratory/experiment.d.ts").Bench}
 */
export function mountBench(experiments, { dispatch, api, get, send }) {
  const list = byId("experiments", HTMLElement);
  const page = /** @type {HTMLElement} */ (list.parentElement);
  const menu = byId("experiment-menu", HTMLSelectElement);
  const room = byId("bench", HTMLElement);
  const links = /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll("[data-experiment]")]);
  /** @type {Map<string, Mounted>} */
  const mounted = new Map();
  let shown = "";
  let question = new AbortController();
  /** @type {unknown[]|null} */
  let needed = null;

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      dispatch({ type: "experiment", value: link.dataset.experiment ?? "" });
    });
  }
  // The page of expressions opens with the one it was left with; the browser may bring this page back as it was.
  const expressions = list.querySelector("a:not([data-experiment])");
  const aim = () => expressions?.setAttribute("href", lastOf("expression") ?? "/graphs");
  aim();
  addEventListener("pageshow", aim);
  menu.addEventListener("change", () => {
    const elsewhere = menu.value ? null : expressions?.getAttribute("href");
    if (elsewhere) location.assign(elsewhere);
    else dispatch({ type: "experiment", value: menu.value });
  });

  /** @param {Experiment} experiment */
  function mountedOf(experiment) {
    const known = mounted.get(experiment.name) ?? experiment.mount(dispatch);
    mounted.set(experiment.name, known);
    return known;
  }

  /** The example that was open before an experiment opened one by itself. */
  let own = "";

  /** Whoever leaves an experiment with the example that it opened finds their own again. @param {State} state @param {Experiment} next */
  function restore(state, next) {
    const left = experiments.find(({ name }) => name === shown);
    const present = state.published?.id ?? "";
    const before = own;
    // A watcher of this state may not make another one.
    if (before && left?.starts?.includes(present) && isAsPublished(state)) queueMicrotask(() => dispatch({ type: "load", id: before }));
    own = next.starts && !next.starts.includes(present) ? present : "";
  }

  /** @param {Experiment} experiment @param {Mounted} view @param {State} state */
  function show(experiment, view, state) {
    restore(state, experiment);
    const isOther = shown !== "";
    shown = experiment.name;
    rememberLast("experiment", shown);
    view.enter?.();
    page.classList.toggle("wide-experiment", Boolean(experiment.wide));
    page.classList.toggle("still-experiment", Boolean(experiment.still));
    room.hidden = !experiment.wide;
    room.replaceChildren(...(experiment.wide ? [view.root] : []));
    menu.value = experiment.name;
    list.querySelector(".aside")?.remove();
    for (const link of links) {
      const isIt = link.dataset.experiment === experiment.name;
      if (isIt) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (isIt && isOther) announce(text.openedExperiment(link.textContent?.trim() ?? ""));
      if (isIt && view.aside) link.after(h("div", { class: "aside" }, view.aside));
    }
  }

  /** @param {Experiment} experiment @param {State} state */
  function ask(experiment, state) {
    const needs = [experiment.name, ...(experiment.needs?.(state) ?? [])];
    if (needed?.length === needs.length && needs.every((need, index) => Object.is(need, needed?.[index]))) return;
    needed = needs;
    question.abort();
    question = new AbortController();
    const { signal } = question;
    experiment.ask?.({ get, send, api, signal }).catch((error) => { if (!signal.aborted) throw error; });
  }

  return {
    update(state) {
      const experiment = chosenOf(experiments, state);
      if (!experiment) return;
      const view = mountedOf(experiment);
      if (shown !== experiment.name) show(experiment, view, state);
      view.update(state);
      // A question may answer at once, and its answer is another state: not within the watchers of this one.
      queueMicrotask(() => ask(experiment, get()));
    },
    nodes() {
      const view = mounted.get(shown);
      const isWide = experiments.find(({ name }) => name === shown)?.wide;
      return view && !isWide ? [view.root] : [];
    },
    call: (state) => chosenOf(experiments, state)?.call?.(state) ?? null,
  };
}
