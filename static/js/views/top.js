// What the header of both pages has: the status, the textbook, the theme, what the buttons do, and the menu that repeats them on narrow screens.
// What is particular to a page is in the header of that page.

import { byId, h } from "../dom.js";

/** @typedef {import("../model/types.d.ts").Theme} Theme */

const THEMES = /** @type {Theme[]} */ (["system", "light", "dark"]);

/**
 * @param {{
 *   actions: Record<string, (button: HTMLElement) => void>,
 *   closing: string[],
 *   textbook: (value: string) => void,
 *   theme: (value: Theme) => void,
 *   words: Record<Theme, string>,
 * }} page what its buttons do, by their ids; `closing` are those that put the menu away
 */
export function mountTop({ actions, closing, textbook, theme, words }) {
  const turner = byId("theme", HTMLButtonElement);
  const menu = byId("menu", HTMLElement);
  const books = byId("textbook", HTMLSelectElement);
  const status = byId("status", HTMLElement);
  let said = "";
  let chosen = /** @type {Theme} */ ("system");

  books.addEventListener("change", () => textbook(books.value));
  const turn = () => theme(THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? "system");
  const does = /** @type {Record<string, (button: HTMLElement) => void>} */ ({ ...actions, theme: turn });
  for (const [id, act] of Object.entries(does)) {
    const button = byId(id, HTMLButtonElement);
    button.addEventListener("click", () => act(button));
  }
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (menu.querySelectorAll("[data-menu]"))) {
    button.addEventListener("click", () => {
      const id = button.dataset.menu ?? "";
      does[id]?.(button);
      if (closing.includes(id)) menu.hidePopover();
    });
  }
  menu.addEventListener("beforetoggle", () => {
    const box = byId("more", HTMLElement).getBoundingClientRect();
    menu.style.top = `${box.bottom + 4}px`;
    menu.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
  });

  return {
    /**
     * What is to be said of the page as a whole.
     * @param {string} message
     * @param {{isBad?: boolean, retry?: {words: string, act: () => void}}} [how]
     */
    say(message, { isBad = false, retry } = {}) {
      const key = `${isBad} ${retry?.words ?? ""} ${message}`;
      if (key === said) return;
      said = key;
      status.classList.toggle("lost", isBad);
      status.replaceChildren(message, ...(retry ? [h("button", { class: "button", type: "button", onclick: retry.act }, retry.words)] : []));
    },
    /** @param {{theme: Theme, textbook: string}} state */
    update(state) {
      chosen = state.theme;
      if (books.value !== state.textbook) books.value = state.textbook;
      turner.setAttribute("aria-label", words[chosen]);
      turner.title = words[chosen];
      const inMenu = menu.querySelector("[data-menu=theme]");
      if (inMenu) inMenu.textContent = words[chosen];
    },
  };
}
