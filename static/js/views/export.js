// The menu behind Export: the derivation as text, Markdown, LaTeX or a table, copied or saved, and the hand-out on paper.
// What is written comes from the server; here it is only asked for and passed on.

import { byId, copyText, h } from "../dom.js";
import { page as text } from "../texts/en_page.js";

const words = text.exporting;

/**
 * @typedef {object} Exports
 * @property {(type: string, whole: boolean) => Promise<string>} write the document; throws what the server names
 * @property {() => string} name of a file, without its ending
 * @property {() => number} step counted from 1
 */

/** @param {string} content @param {string} type @param {string} name */
function save(content, type, name) {
  const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** @param {Exports} exports */
export function mountExport({ write, name, step }) {
  const menu = byId("export-menu", HTMLElement);
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const choice = (/** @type {string} */ value, /** @type {string} */ label) => h("label", {},
    h("input", { type: "radio", name: "export-part", value, checked: value === "all" }), " ", h("span", {}, label));
  const [all, part] = [choice("all", words.whole), choice("part", "")];
  const whole = () => /** @type {HTMLInputElement} */ (all.querySelector("input")).checked;

  /** @param {{type: string}} format @param {(content: string) => unknown} use */
  async function written({ type }, use) {
    problem.hidden = true;
    try {
      await use(await write(type, whole()));
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
    }
  }

  const rows = words.formats.map((format) => {
    const copy = h("button", { class: "button plain", type: "button", "aria-label": `${words.copy} ${format.words}` }, words.copy);
    const keep = h("button", { class: "button plain", type: "button", "aria-label": `${words.save} ${format.words}` }, words.save);
    copy.addEventListener("click", () => written(format, (content) => copyText(copy, content, words.copied, words.failed)));
    keep.addEventListener("click", () => written(format, (content) => save(content, format.type, `${name()}.${format.ending}`)));
    return h("div", { class: "export-row" }, h("span", {}, format.words), copy, keep);
  });
  const print = h("button", { class: "button", type: "button", onclick: () => { menu.hidePopover(); globalThis.print(); } }, words.print);
  menu.replaceChildren(h("h2", { class: "label" }, words.title), h("fieldset", { class: "export-part", "aria-label": words.title }, all, part), ...rows, problem, print);

  menu.addEventListener("beforetoggle", () => {
    problem.hidden = true;
    /** @type {HTMLElement} */ (part.lastElementChild).textContent = words.upTo(step());
    const opener = [byId("export", HTMLElement), byId("more-export", HTMLElement)].map((button) => button.getBoundingClientRect()).find(({ width }) => width > 0);
    menu.style.top = `${(opener?.bottom ?? 52) + 4}px`;
    menu.style.right = `${Math.max(8, document.documentElement.clientWidth - (opener?.right ?? 0))}px`;
  });
}
