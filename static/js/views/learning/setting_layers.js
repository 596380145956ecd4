// The layers of the network as rows: how many neurons, which activation; a hidden layer is added or taken away.
// Inputs and outputs are as the data has them.

import { h } from "../../dom.js";
import { recipe as text } from "../../texts/en_recipe.js";

/** @typedef {import("../../model/types.d.ts").SessionDocument} SessionDocument */
/** @typedef {{size: string, activation: string}} Row */

/**
 * @param {SessionDocument} session
 * @param {any} catalogue
 * @param {(network: any) => void} onDone
 */
export function layersForm({ network }, catalogue, onDone) {
  const hidden = /** @type {{name: string, output_only: boolean}[]} */ (catalogue.activations).filter((one) => !one.output_only);
  const output = /** @type {{size: number, activation?: string}} */ (network.layers.at(-1));
  /** @type {Row[]} */
  let rows = network.layers.slice(0, -1).map(({ size, activation }) => ({ size: String(size), activation: activation ?? "sigmoid" }));
  const list = h("div", { class: "layer-rows" });
  const problem = h("p", { class: "problem", role: "alert", "data-problem": "", hidden: true });
  const most = catalogue.limits.width ?? 1000;

  /** @param {Row} row @param {number} at */
  function line(row, at) {
    const name = text.layer.hidden(at + 1);
    const size = h("input", { class: "input", name: `size-${at}`, inputmode: "numeric", autocomplete: "off", "aria-label": text.layer.size(name), value: row.size });
    size.addEventListener("input", () => { row.size = size.value; });
    const activation = h("select", { class: "input", autocomplete: "off", "aria-label": text.layer.activation(name) }, ...hidden.map((one) => h("option", { value: one.name }, text.named(one.name))));
    activation.value = row.activation;
    activation.addEventListener("change", () => { row.activation = activation.value; });
    const remove = h("button", { class: "button plain square", type: "button", "aria-label": text.layer.remove(name), onclick: () => { rows = rows.filter((one) => one !== row); draw(); list.querySelector("input")?.focus(); } }, "✕");
    return h("div", { class: "layer-row" }, h("span", { class: "name" }, name), size, activation, remove);
  }

  /** @param {string} name @param {string} words */
  const given = (name, words) => h("div", { class: "layer-row" }, h("span", { class: "name" }, name), h("span", { class: "given" }, words));

  function draw() {
    list.replaceChildren(
      given(text.layer.input, text.layer.given(network.inputs)), ...rows.map(line),
      given(text.layer.output, `${text.layer.given(output.size)} · ${text.named(output.activation ?? "sigmoid")}`));
  }

  function add() {
    rows = [...rows, rows.at(-1) ? { .../** @type {Row} */ (rows.at(-1)) } : { size: "8", activation: "tanh" }];
    draw();
    [...list.querySelectorAll("input")].at(-1)?.focus();
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const wrong = rows.findIndex(({ size }) => !/^\s*[1-9]\d*\s*$/.test(size) || Number(size) > most);
    problem.hidden = wrong < 0;
    problem.textContent = text.problems.size(most);
    if (wrong >= 0) { list.querySelectorAll("input")[wrong]?.focus(); return; }
    onDone({ ...network, layers: [...rows.map(({ size, activation }) => ({ size: Number(size), activation })), output] });
  }

  draw();
  return h("form", { novalidate: true, onsubmit: submit }, list,
    h("div", { class: "choices" }, h("button", { class: "button", type: "button", onclick: add }, text.layer.add)),
    problem, h("div", { class: "foot" }, h("p", {}, text.anew), h("button", { class: "button primary", type: "submit" }, text.begin)));
}
