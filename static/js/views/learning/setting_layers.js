// The layers of the network as rows: how many neurons, which activation, what it reads; a hidden layer is added or taken away.
// Inputs and outputs are as the data has them.

import { h } from "../../dom.js";
import { isWired, layerDraft, layersNamed, without } from "../../model/draft_wiring.js";
import { recipe as text } from "../../texts/en_recipe.js";
import { wiring as words } from "../../texts/en_wiring.js";

/** @typedef {import("../../model/types.d.ts").SessionDocument} SessionDocument */
/** @typedef {import("../../model/draft_wiring.js").LayerDraft} Row */

const PARTS = /** @type {const} */ (["sources", "adds"]);

/**
 * @param {SessionDocument} session
 * @param {any} catalogue
 * @param {(network: any) => void} onDone
 */
export function layersForm({ network }, catalogue, onDone) {
  const hidden = /** @type {{name: string, output_only: boolean}[]} */ (catalogue.activations).filter((one) => !one.output_only);
  /** The output is the last. @type {Row[]} */
  let rows = network.layers.map((layer) => layerDraft({ ...layer, activation: layer.activation ?? "sigmoid" }));
  let wired = isWired(rows);
  const list = h("div", { class: "layer-rows" });
  const problem = h("p", { class: "problem", role: "alert", "data-problem": "", hidden: true });
  const most = catalogue.limits.width ?? 1000;
  const note = h("p", { class: "why" }, words.wiring);
  const box = h("input", { type: "checkbox", name: "wired", checked: wired, onchange: () => { wired = box.checked; draw(); } });

  /** @param {Row} row @param {number} at */
  function line(row, at) {
    const name = text.layer.hidden(at + 1);
    const size = h("input", { class: "input", name: `size-${at}`, inputmode: "numeric", autocomplete: "off", "aria-label": text.layer.size(name), value: row.size });
    size.addEventListener("input", () => { row.size = size.value; });
    const activation = h("select", { class: "input", autocomplete: "off", "aria-label": text.layer.activation(name) }, ...hidden.map((one) => h("option", { value: one.name }, text.named(one.name))));
    activation.value = row.activation;
    activation.addEventListener("change", () => { row.activation = activation.value; });
    const remove = h("button", { class: "button plain square", type: "button", "aria-label": text.layer.remove(name), onclick: () => { rows = without(rows, rows.indexOf(row)); draw(); list.querySelector("input")?.focus(); } }, "✕");
    return h("div", { class: "layer-row" }, h("span", { class: "name" }, numbered(at + 2, name)), size, activation, remove, ...wires(row, at, name));
  }

  /** What a layer reads and what is added to it, under it. @param {Row} row @param {number} at @param {string} name */
  const wires = (row, at, name) => (wired ? [h("div", { class: "wires" }, ...PARTS.map((part) => {
    const typed = h("input", { class: "input", name: `${part}-${at}`, autocomplete: "off", "aria-label": `${words[part]}, ${name}`, value: row[part] });
    typed.addEventListener("input", () => { row[part] = typed.value; });
    return h("label", {}, h("span", { class: "name" }, words[part]), typed);
  }))] : []);

  /** Numbers name the layers where one may be read. @param {number} number @param {string} name */
  const numbered = (number, name) => (wired ? text.layer.numbered(number, name) : name);

  /** @param {number} number @param {string} name @param {string} said @param {Node[]} [under] */
  const given = (number, name, said, under = []) => h("div", { class: "layer-row" }, h("span", { class: "name" }, numbered(number, name)), h("span", { class: "given" }, said), ...under);

  function draw() {
    const last = rows.length - 1;
    const output = /** @type {Row} */ (rows[last]);
    list.replaceChildren(
      given(1, text.layer.input, text.layer.given(network.inputs)), ...rows.slice(0, last).map(line),
      given(last + 2, text.layer.output, `${text.layer.given(Number(output.size))} · ${text.named(output.activation)}`, wires(output, last, text.layer.output)));
    note.hidden = !wired;
  }

  function add() {
    const [hidden, output] = [rows.slice(0, -1), rows.slice(-1)];
    rows = [...hidden, { size: hidden.at(-1)?.size ?? "8", activation: hidden.at(-1)?.activation ?? "tanh", sources: "", adds: "" }, ...output];
    draw();
    /** @type {HTMLElement|null} */ (list.querySelector(`[name="size-${hidden.length}"]`))?.focus();
  }

  /** @param {string} said @param {string} name */
  function complain(said, name) {
    problem.hidden = false;
    problem.textContent = said;
    /** @type {HTMLElement|null} */ (list.querySelector(`[name="${name}"]`))?.focus();
  }

  /** @param {Row} row @param {number} at */
  function layerOf({ size, activation, sources, adds }, at) {
    const [read, added] = wired ? [layersNamed(sources, at) ?? [], layersNamed(adds, at) ?? []] : [[], []];
    return { size: Number(size), activation, ...(read.length ? { sources: read } : {}), ...(added.length ? { adds: added } : {}) };
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const wrong = rows.findIndex(({ size }) => !/^\s*[1-9]\d*\s*$/.test(size) || Number(size) > most);
    if (wrong >= 0) { complain(text.problems.size(most), `size-${wrong}`); return; }
    for (const [at, row] of wired ? rows.entries() : []) {
      const part = PARTS.find((one) => layersNamed(row[one], at) === null);
      if (part) { complain(words.wiringProblem(at + 1), `${part}-${at}`); return; }
    }
    problem.hidden = true;
    onDone({ ...network, layers: rows.map(layerOf) });
  }

  draw();
  return h("form", { novalidate: true, onsubmit: submit }, list,
    h("div", { class: "choices" }, h("button", { class: "button", type: "button", onclick: add }, text.layer.add), h("label", { class: "check" }, box, words.wired)), note,
    problem, h("div", { class: "foot" }, h("p", {}, text.anew), h("button", { class: "button primary", type: "submit" }, text.begin)));
}
