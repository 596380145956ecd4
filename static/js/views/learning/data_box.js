// A box of text with its lines numbered, of which some can be marked as wrong; what is typed is never touched.
// Only the numbers in sight are there, so a long table costs no more than a short one.

import { h } from "../../dom.js";

const LINE = 20;
const PADDING = 8;

/**
 * @param {string} label
 * @param {string} describedBy
 * @param {(text: string) => void} typed
 */
export function numberedBox(label, describedBy, typed) {
  const area = h("textarea", {
    class: "data-text", "aria-label": label, "aria-describedby": describedBy, wrap: "off", spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    oninput: () => { typed(area.value); number(); }, onscroll: () => number(),
  });
  const gutter = h("div", { class: "data-gutter", "aria-hidden": "true" });
  const element = h("div", { class: "data-box" }, gutter, area);
  /** @type {Set<number>} */
  let wrong = new Set();
  let lines = 1;

  function number() {
    lines = area.value.split("\n").length;
    const first = Math.max(0, Math.floor((area.scrollTop - PADDING) / LINE));
    const last = Math.min(lines, first + Math.ceil(area.clientHeight / LINE) + 1);
    const shift = PADDING - area.scrollTop;
    gutter.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, at) => {
      const line = h("span", { class: wrong.has(first + at + 1) ? "wrong" : false }, String(first + at + 1));
      line.style.top = `${(first + at) * LINE + shift}px`;
      return line;
    }));
    gutter.style.width = `${String(lines).length + 3}ch`;
  }

  new ResizeObserver(number).observe(area);
  return {
    element,
    area,
    /** @param {string} text */
    set(text) {
      if (area.value !== text) area.value = text;
      number();
    },
    /** @param {number[]} places lines from 1 */
    mark(places) {
      wrong = new Set(places);
      if (places.length > 0) area.setAttribute("aria-invalid", "true");
      else area.removeAttribute("aria-invalid");
      number();
    },
    /** Selects a line and brings it into sight. @param {number} line */
    go(line) {
      const all = area.value.split("\n");
      const start = all.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
      area.focus();
      area.setSelectionRange(start, start + (all[line - 1]?.length ?? 0));
      area.scrollTop = Math.max(0, (line - 3) * LINE);
      number();
    },
  };
}
