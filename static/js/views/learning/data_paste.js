// Pasting a table or choosing a file: the text at the left, at the right how the server reads it, while it is typed.
// What is wrong stands under the text by line and column; nothing typed is ever lost.

import { h } from "../../dom.js";
import { data as text, SAMPLE } from "../../texts/en_data.js";
import { numberedBox } from "./data_box.js";
import { columnTable } from "./data_columns.js";
import { menu } from "./data_fields.js";
import { drawExamples } from "./data_picture.js";

const words = text.paste;
const SIDE = 168;

/** @typedef {import("./data_own.js").Own} Own */

/** A file as text: UTF-8, or what old spreadsheets write. @param {File} file */
async function textOfFile(file) {
  const bytes = await file.arrayBuffer();
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  try {
    const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
    return { text: new TextDecoder(wide, { fatal: true }).decode(bytes), note: "" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), note: words.otherCharacters };
  }
}

/**
 * @param {ReturnType<typeof import("./data_own.js").ownTable>} own
 * @param {() => number} mostBytes
 */
export function pasteTab(own, mostBytes) {
  const lines = numberedBox(words.box, "data-paste-hint", (typed) => own.type(typed));
  const file = h("input", { type: "file", hidden: true, id: "data-file", accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain", onchange: () => take(file.files?.[0]) });
  const pick = h("button", { class: "button", type: "button", onclick: () => file.click() }, words.file);
  const sample = h("button", { class: "button", type: "button", onclick: () => { own.replace(SAMPLE); lines.area.focus(); } }, words.sample);
  const errors = h("ul", { class: "data-errors", "aria-label": "" });
  const problem = h("div", { class: "data-problem", role: "alert" }, errors);
  const status = h("p", { class: "quiet data-status", role: "status" });
  const notes = h("ul", { class: "data-notes" });
  const columns = h("div", { class: "table-scroll data-columns-frame" });
  const picture = h("canvas", { class: "data-preview", role: "img", "aria-label": words.preview });
  const read = h("section", { class: "data-read", hidden: true }, h("h3", {}, words.columns), columns, h("div", { class: "data-told" }, picture, notes));
  const choices = {
    separator: menu(words.separator, words.separators, (value) => own.choose({ separator: value, target: "", inputs: [] })),
    decimal: menu(words.decimal, words.decimals, (value) => own.choose({ decimal: value })),
    header: menu(words.header, words.headers, (value) => own.choose({ header: value })),
    learn: menu(words.learn, words.learns, (value) => own.choose({ learn: value })),
  };
  const left = h("div", { class: "data-left" },
    h("p", { class: "quiet", id: "data-paste-hint" }, words.hint),
    lines.element,
    h("div", { class: "data-row" }, pick, file, h("span", { class: "quiet data-drop" }, words.drop), h("span", { class: "spacer" }), sample),
    problem);
  const right = h("div", { class: "data-right" }, h("div", { class: "grid-fields" }, ...Object.values(choices).map((one) => one.element)), status, read);
  const element = h("div", { class: "data-paste" }, left, right);

  /** @param {File|undefined} chosen */
  async function take(chosen) {
    if (!chosen) return;
    if (chosen.size > mostBytes()) own.refuse(words.tooLarge(mostBytes()));
    else {
      try {
        const { text: found, note } = await textOfFile(chosen);
        own.replace(found.replace(/^\ufeff/, ""), { note });
      } catch {
        own.refuse(words.noFile);
      }
    }
    file.value = "";
  }

  /** @param {Own} state */
  function showProblem({ problem: found }) {
    const places = found?.errors ?? [];
    lines.mark(places.flatMap(({ line }) => (line ? [line] : [])));
    const entries = places.length > 0 ? places : found ? [{ detail: found.detail }] : [];
    errors.replaceChildren(...entries.map(({ detail, ...place }) => {
      const line = "line" in place ? place.line : undefined;
      return h("li", { class: "problem" }, detail, line ? h("button", { class: "link", type: "button", onclick: () => lines.go(line) }, words.show(line)) : null);
    }));
    errors.hidden = entries.length === 0;
  }

  /** @param {Own} state */
  function showReading({ reading, waiting, text: typed, note, problem: found }) {
    read.hidden = !reading;
    const rows = reading?.examples.inputs.length ?? 0;
    status.textContent = waiting ? words.reading : reading ? words.read(rows, reading.examples.input_names.length) : found?.errors.length ? words.mend : typed.trim() === "" && !found ? words.empty : "";
    for (const [name, values] of /** @type {["separator"|"decimal"|"header"|"learn", Record<string, string>][]} */ ([["separator", words.separators], ["decimal", words.decimals], ["header", words.headers], ["learn", words.learns]])) {
      const is = !reading ? "" : name === "header" ? (reading.header ? "yes" : "no") : name === "learn" ? (reading.examples.classes ? "classes" : "values") : reading[name];
      choices[name].say("auto", is ? words.autoIs(values[is] ?? is) : values.auto ?? "");
    }
    if (!reading) return;
    const focused = document.activeElement?.getAttribute("aria-label");
    columns.replaceChildren(columnTable(reading.columns, (options) => own.choose(options)));
    if (focused) [...columns.querySelectorAll("input")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
    notes.replaceChildren(...[note, ...reading.notes].filter(Boolean).map((one) => h("li", {}, one)));
    paint();
  }

  function paint() {
    const { reading } = own.get();
    if (reading && picture.checkVisibility()) drawExamples(picture, reading.examples, { width: SIDE, height: SIDE });
  }

  return {
    element,
    show: () => { lines.set(own.get().text); paint(); },
    repaint: paint,
    focus: () => lines.area.focus(),
    take,
    /** @param {Own} state */
    update(state) {
      lines.set(state.text);
      for (const name of /** @type {const} */ (["separator", "decimal", "header", "learn"])) choices[name].set(state.options[name]);
      showProblem(state);
      // While the next answer is awaited the last one stays in sight, so that nothing jumps at every key.
      if (state.waiting && !read.hidden) status.textContent = words.reading;
      else showReading(state);
    },
    offer() {
      const { reading, problem: found, text: typed } = own.get();
      if (!reading) return { why: found ? words.unreadable : typed.trim() === "" ? words.empty : words.reading };
      return offerOf(reading);
    },
  };
}

/** What a table that was read offers to learn. @param {import("./data_own.js").Reading} reading */
export function offerOf({ examples }) {
  const needs = { inputs: examples.input_names.length, classes: examples.classes ? examples.class_names?.length ?? 0 : 0, values: examples.values ? 1 : 0 };
  return { examples, needs, count: examples.inputs.length };
}
