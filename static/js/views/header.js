// The header of the step page: which example, share, and the status of the connection.
// What both pages have is in top.js.

import { byId, h } from "../dom.js";
import { hasPublishedShape, isAsPublished } from "../model/state.js";
import { otherWords, trainingAddress } from "../model/attached.js";
import { page as text } from "../texts/en_page.js";
import { lastOf } from "./last_place.js";
import { mountTop } from "./top.js";

/** @typedef {import("../model/types.d.ts").State} State */

const OWN = "own";

/**
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 * @param {{share: (button: HTMLElement) => void, openEditor: () => void, openHelp: () => void, retry: () => void, address: () => string}} does address is what a link to this place says after the path
 */
export function mountHeader(dispatch, does) {
  const example = byId("example", HTMLSelectElement);
  const training = byId("to-train", HTMLAnchorElement);
  const elsewhere = ["to-step", "to-laboratory", "menu-to-step", "menu-to-laboratory"].map((id) => byId(id, HTMLAnchorElement)).filter((link) => !link.hasAttribute("aria-current"));
  const own = h("option", { value: OWN });
  const top = mountTop({
    actions: { "open-editor": does.openEditor, share: does.share, help: does.openHelp },
    closing: ["open-editor", "help"],
    textbook: (value) => dispatch({ type: "textbook", value }),
    theme: (value) => dispatch({ type: "theme", value }),
    words: text.themes,
  });

  example.addEventListener("change", () => { if (example.value !== OWN) dispatch({ type: "load", id: example.value }); });

  // A long address takes its time to write, so it is written for whoever is about to follow it.
  const aim = () => {
    for (const link of elsewhere) {
      const { pathname } = new URL(link.href);
      const to = new URL(pathname + does.address(), link.href);
      const experiment = pathname === "/laboratory" ? lastOf("experiment") : null;
      if (experiment) to.searchParams.set("experiment", experiment);
      link.href = to.href;
    }
  };
  for (const link of elsewhere) for (const event of ["pointerdown", "focus", "contextmenu"]) link.addEventListener(event, aim);

  /** @param {State} state */
  function showExample(state) {
    const id = state.published?.id ?? "";
    const mine = isOwn(state);
    const title = [...example.options].find((option) => option.value === id)?.textContent;
    if (state.session && !state.session.own) own.textContent = text.attached.example(state.session.title, state.session.epoch);
    else own.textContent = title && hasPublishedShape(state) ? `${title}, ${text.edited}` : text.own(sizesOf(state.request.network).join("–"));
    if (mine && !own.isConnected) example.prepend(own);
    if (!mine) own.remove();
    example.value = mine ? OWN : id;
  }

  /** @param {State} state */
  function showStatus({ connection, problem, notice }) {
    if (connection === "lost") top.say(text.lost, { isBad: true, retry: { words: text.retry, act: does.retry } });
    else if (connection === "back") top.say(text.back, { isBad: Boolean(problem) });
    else if (problem && !isShownElsewhere(problem)) top.say(`✕ ${problem.detail || problem.title}`, { isBad: true });
    else top.say(notice, { isBad: Boolean(problem) });
  }

  return {
    /** From the step page to the laboratory, or back. */
    changePage() {
      aim();
      elsewhere[0]?.click();
    },
    /** @param {State} state */
    update(state) {
      top.update(state);
      showExample(state);
      showStatus(state);
      training.href = state.session ? trainingAddress(state.session, otherWords(state)) : "/train";
    },
  };
}

/** Whether the person's own network is shown, judged by what the first update started from. @param {State} state */
function isOwn(state) {
  if (state.update === 1) return !isAsPublished(state);
  const first = state.history.length === state.update - 1 ? state.history[0] : undefined;
  return first ? !isAsPublished({ published: state.published, request: first.request }) : !hasPublishedShape(state);
}

/** @param {import("../model/types.d.ts").Network} network */
function sizesOf({ inputs, layers }) {
  return [inputs, ...layers.map(({ size }) => size)];
}

/** A problem of a field stands under that field. @param {import("../model/types.d.ts").Problem} problem */
function isShownElsewhere({ control }) {
  return control === "editor" || Boolean(control?.includes(":"));
}
