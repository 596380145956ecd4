// The header: which example, share, theme, help, and the status of the connection.
// The menu behind "More" repeats what does not fit on narrow screens.

import { byId, h } from "../dom.js";
import { hasPublishedShape, isAsPublished } from "../model/state.js";
import { page as text } from "../texts/en_page.js";

/** @typedef {import("../model/types.d.ts").State} State */
/** @typedef {import("../model/types.d.ts").Theme} Theme */

const THEMES = /** @type {Theme[]} */ (["system", "light", "dark"]);
const OWN = "own";

/**
 * @param {import("../model/types.d.ts").Dispatch} dispatch
 * @param {{share: (button: HTMLElement) => void, openEditor: () => void, openHelp: () => void, retry: () => void}} does
 */
export function mountHeader(dispatch, does) {
  const example = byId("example", HTMLSelectElement);
  const status = byId("status", HTMLElement);
  const theme = byId("theme", HTMLButtonElement);
  const menu = byId("menu", HTMLElement);
  const textbook = byId("textbook", HTMLSelectElement);
  const own = h("option", { value: OWN });
  let chosen = /** @type {Theme} */ ("system");

  example.addEventListener("change", () => { if (example.value !== OWN) dispatch({ type: "load", id: example.value }); });
  textbook.addEventListener("change", () => dispatch({ type: "textbook", value: textbook.value }));
  const turn = () => dispatch({ type: "theme", value: THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? "system" });
  /** @type {Record<string, (button: HTMLElement) => void>} */
  const actions = { "open-editor": does.openEditor, share: does.share, theme: turn, help: does.openHelp };
  for (const [id, act] of Object.entries(actions)) {
    const button = byId(id, HTMLButtonElement);
    button.addEventListener("click", () => act(button));
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (menu.querySelectorAll("[data-menu]"))) {
    button.addEventListener("click", () => {
      const id = button.dataset.menu ?? "";
      actions[id]?.(button);
      if (id === "open-editor" || id === "help") menu.hidePopover();
    });
  }
  menu.addEventListener("beforetoggle", () => {
    const box = byId("more", HTMLElement).getBoundingClientRect();
    menu.style.top = `${box.bottom + 4}px`;
    menu.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
  });

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
    status.classList.toggle("lost", connection === "lost" || Boolean(problem));
    if (connection === "lost") {
      status.replaceChildren(text.lost, h("button", { class: "button", type: "button", onclick: does.retry }, text.retry));
      return;
    }
    if (connection === "back") status.replaceChildren(text.back);
    else if (problem && !isShownElsewhere(problem)) status.replaceChildren(`✕ ${problem.detail || problem.title}`);
    else status.replaceChildren(notice);
  }

  return {
    /** @param {State} state */
    update(state) {
      chosen = state.theme;
      showExample(state);
      showStatus(state);
      textbook.value = state.textbook;
      theme.setAttribute("aria-label", text.themes[chosen]);
      theme.title = text.themes[chosen];
      const inMenu = menu.querySelector("[data-menu=theme]");
      if (inMenu) inMenu.textContent = text.themes[chosen];
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
