// The parts of the editor's form: single fields, the table of layers and the table of the batch.
// Each control carries the JSON pointer of what it edits, which is where a problem finds it.

import { h } from "../dom.js";
import { COLUMNS_SHOWN, newTarget, ROWS_SHOWN } from "../model/draft.js";
import { without } from "../model/draft_wiring.js";
import { page as text } from "../texts/en_page.js";

const words = text.editor;
const WIRING = /** @type {const} */ (["sources", "adds"]);

/** @typedef {import("../model/draft.js").Draft} Draft */
/** @typedef {{name: string, words: string, output_only?: boolean}} Named */
/** @typedef {(change: Partial<Draft>, redraw?: boolean) => void} Set */

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {string} pointer @param {string} value @param {(value: string) => void} change @param {string} label */
function input(pointer, value, change, label) {
  return h("input", { class: "input", "data-pointer": pointer, "aria-label": label || false, value, inputmode: "decimal", autocomplete: "off", spellcheck: "false", oninput: (/** @type {Event} */ event) => change(valueOf(event)) });
}

/** @param {string} pointer @param {Named[]} options @param {string} value @param {(value: string) => void} change @param {string} label */
function select(pointer, options, value, change, label) {
  return h("select", { class: "input", "data-pointer": pointer, "aria-label": label || false, onchange: (/** @type {Event} */ event) => change(valueOf(event)) },
    ...options.map((option) => h("option", { value: option.name, selected: option.name === value }, option.name.replaceAll("_", " "))));
}

/** @param {string} name @param {string} pointer @param {string} value @param {(value: string) => void} change @param {string} [hint] */
export function entry(name, pointer, value, change, hint) {
  return h("label", { class: "field" }, h("span", { class: "name" }, hint ? `${name}. ${hint}` : name), input(pointer, value, change, ""));
}

/** @param {string} name @param {string} pointer @param {Named[]} options @param {string} value @param {(value: string) => void} change */
export function choice(name, pointer, options, value, change) {
  return h("label", { class: "field" }, h("span", { class: "name" }, name), select(pointer, options, value, change, ""));
}

/** @param {string} name @param {string} pointer @param {boolean} checked @param {(value: boolean) => void} change */
export function check(name, pointer, checked, change) {
  const box = h("input", { type: "checkbox", "data-pointer": pointer, checked, onchange: () => change(box.checked) });
  return h("label", { class: "check" }, box, name);
}

/** @param {Draft} draft @param {Named[]} activations @param {Set} set */
export function layerTable(draft, activations, set) {
  const last = draft.layers.length - 1;
  const change = (/** @type {number} */ at, /** @type {Partial<Draft["layers"][number]>} */ part) => draft.layers.map((layer, index) => (index === at ? { ...layer, ...part } : layer));
  const remove = (/** @type {number} */ at) => set({ layers: without(draft.layers, at) }, true);
  const inner = activations.filter((one) => !one.output_only);
  const rows = draft.layers.map((layer, at) => {
    const name = words.layerName(at + 2, at === last ? words.output : words.hidden);
    return h("tr", {},
      h("td", {}, name),
      h("td", { class: "size" }, input(`/network/layers/${at}/size`, layer.size, (value) => set({ layers: change(at, { size: value }) }, true), `${words.neurons}, ${name}`)),
      h("td", {}, select(`/network/layers/${at}/activation`, at === last ? activations : inner, layer.activation, (value) => set({ layers: change(at, { activation: value }) }, true), `${words.activation}, ${name}`)),
      ...(draft.wired ? WIRING.map((part) => h("td", { class: "size" }, input(`/network/layers/${at}/${part}`, layer[part], (value) => set({ layers: change(at, { [part]: value }) }, true), `${words[part]}, ${name}`))) : []),
      h("td", {}, at < last ? h("button", { class: "button plain", type: "button", "aria-label": `${words.remove} ${name}`, onclick: () => remove(at) }, words.remove) : null));
  });
  const first = h("tr", {}, h("td", {}, words.layerName(1, words.input)), h("td", { class: "size" }, input("/network/inputs", draft.inputs, (value) => set({ inputs: value }, true), `${words.neurons}, ${words.input}`)), h("td"), ...(draft.wired ? WIRING.map(() => h("td")) : []), h("td"));
  const added = { size: draft.layers[0]?.size ?? "2", activation: draft.layers[0]?.activation ?? "sigmoid", sources: "", adds: "" };
  const add = () => set({ layers: [...draft.layers.slice(0, last), { ...added, activation: added.activation === "softmax" ? "sigmoid" : added.activation }, ...draft.layers.slice(last)] }, true);
  return [
    h("div", { class: "table-scroll" }, h("table", { class: "layers" },
      h("thead", {}, h("tr", {}, ...[words.layer, `${words.neurons}, 1–${draft.most}`, words.activation, ...(draft.wired ? [words.sources, words.adds] : [])].map((name) => h("th", { scope: "col" }, name)), h("td"))),
      h("tbody", {}, first, ...rows))),
    h("div", { class: "checks" },
      h("button", { class: "button", type: "button", onclick: add }, words.add),
      check(words.wired, "/network/wired", draft.wired, (value) => set({ wired: value }, true))),
    draft.wired ? h("p", { class: "quiet" }, words.wiring) : null,
  ].filter((node) => node !== null);
}

/** @param {string[][]} rows @param {number} row @param {number} column @param {string} value */
function withCell(rows, row, column, value) {
  return rows.map((cells, at) => (at === row ? cells.map((cell, index) => (index === column ? value : cell)) : cells));
}

/** @param {Draft} draft @param {boolean} targets @param {Set} set */
export function batchTable(draft, targets, set) {
  // Cells are read back from the draft of the moment, so that typing does not have to draw the table again.
  let { rows, targets: wanted } = draft;
  const cell = (/** @type {"inputs"|"targets"} */ name, /** @type {number} */ row, /** @type {number} */ column, /** @type {string} */ value) => h("td", {}, input(`/batch/${name}/${row}/${column}`, value, (typed) => {
    if (name === "inputs") { rows = withCell(rows, row, column, typed); set({ rows }); }
    else { wanted = withCell(wanted, row, column, typed); set({ targets: wanted }); }
  }, `${name === "inputs" ? words.inputs : words.targets} ${column + 1}, ${words.row} = ${row + 1}`));
  const shown = (rows[0]?.length ?? 1) <= COLUMNS_SHOWN;
  const remove = (/** @type {number} */ at) => set({ rows: rows.filter((_, index) => index !== at), targets: wanted.filter((_, index) => index !== at) }, true);
  const add = () => set({ rows: [...rows, (rows[0] ?? []).map(() => "0")], targets: [...wanted, newTarget({ ...draft, targets: wanted })] }, true);
  const body = rows.slice(0, ROWS_SHOWN).map((row, at) => h("tr", {},
    h("th", { scope: "row" }, `${words.row} = ${at + 1}`),
    ...(shown ? row.map((value, column) => cell("inputs", at, column, value)) : [h("td", { class: "quiet" }, words.manyInputs(row.length))]),
    ...(targets ? (wanted[at] ?? []).map((value, column) => cell("targets", at, column, value)) : []),
    h("td", {}, rows.length > 1 ? h("button", { class: "button plain", type: "button", "aria-label": `${words.removeRow} ${words.row} = ${at + 1}`, onclick: () => remove(at) }, words.removeRow) : null)));
  const head = h("tr", {}, h("td"), h("th", { scope: "col", colspan: shown ? rows[0]?.length ?? 1 : 1 }, words.inputs), targets ? h("th", { scope: "col", colspan: wanted[0]?.length ?? 1 }, words.targets) : null, h("td"));
  return [
    rows.length > ROWS_SHOWN ? h("p", { class: "quiet" }, words.tooLong(rows.length)) : null,
    h("div", { class: "table-scroll" }, h("table", { class: "batch" }, h("thead", {}, head), h("tbody", {}, ...body))),
    h("button", { class: "button", type: "button", onclick: add }, words.addRow),
  ];
}

/** In a table a message has the whole width under its row, not the width of a cell. @param {HTMLElement} control @param {HTMLElement} message */
function place(control, message) {
  const row = control.closest("tr");
  if (!row) (control.closest(".check") ?? control).after(message);
  else if (row.nextElementSibling?.matches(".complaint")) row.nextElementSibling.firstElementChild?.append(message);
  else row.after(h("tr", { class: "complaint" }, h("td", { colspan: row.children.length }, message)));
}

/**
 * Puts each problem under the control it is about, and what has none at the foot.
 * @param {HTMLElement} body
 * @param {HTMLElement} foot
 * @param {{pointer?: string, detail: string}[]} complaints
 * @param {string} whole
 */
export function showComplaints(body, foot, complaints, whole) {
  for (const old of body.querySelectorAll(".complaint, .problem")) old.remove();
  for (const field of body.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  const controls = /** @type {HTMLElement[]} */ ([...body.querySelectorAll("[data-pointer]")]);
  /** @type {string[]} */
  const homeless = [];
  complaints.forEach(({ pointer = "", detail }, index) => {
    const control = controls.filter((one) => pointer === one.dataset.pointer || pointer.startsWith(`${one.dataset.pointer}/`) || one.dataset.pointer?.startsWith(`${pointer}/`))[0];
    if (!pointer || !control) { homeless.push(detail); return; }
    const message = h("p", { class: "problem", id: `problem-${index}` }, detail);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", message.id);
    place(control, message);
  });
  const said = complaints.length === 0 ? whole : homeless.join(" ");
  foot.textContent = said;
  foot.hidden = said === "";
  /** @type {HTMLElement|null} */ (body.querySelector("[aria-invalid]"))?.focus();
}
