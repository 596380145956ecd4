// The Data panel: ready-made sets, points drawn by hand, a table pasted, uploaded or typed; one of them becomes the recipe's data.
// What the choice asks of the network is said before it is made; what the server refuses is said here, and nothing is lost.

import { h } from "../../dom.js";
import { fitNetwork, heldBack, ownData, readyData, SCALINGS, SHARES, wholeNumber } from "../../model/learning/data_recipe.js";
import { drawingOf, gridOf } from "../../model/learning/data_points.js";
import { gridOfExamples, textOf } from "../../model/learning/data_table.js";
import { data as text } from "../../texts/en_data.js";
import { drawTab } from "./data_draw.js";
import { box, menu } from "./data_fields.js";
import { gridTab } from "./data_grid.js";
import { ownTable } from "./data_own.js";
import { pasteTab } from "./data_paste.js";
import { readyTab } from "./data_ready.js";

/** @typedef {"ready"|"draw"|"paste"|"table"} Tab */
/** @typedef {import("../../model/learning/data_recipe.js").Examples} Examples */
/** @typedef {import("../../model/learning/data_recipe.js").Network} Network */
/** What the data asks of the network, and in words what it now has where that is new. @typedef {ReturnType<typeof fitNetwork> & {said: string}} Fitted */
/** @typedef {{why: string, examples?: undefined, needs?: undefined, count?: undefined, ready?: undefined}} Nothing */
/** @typedef {{examples: Examples|null, ready?: {name: string}, needs: {inputs: number, classes: number, values: number}, count: number, why?: string}} Something */
/** The part of the page's state that the panel looks at. @typedef {{session: {network?: Network, recipe?: {network: Network, data?: any}}|null, catalogue?: {limits?: Record<string, number>}|null}} Seen */

const TABS = /** @type {const} */ (["ready", "draw", "paste", "table"]);
const TABLE_BYTES = 2 * 1024 * 1024;
/** @type {Network} */
const SMALL_NETWORK = /** @type {any} */ ({ inputs: 2, layers: [{ size: 8, activation: "tanh" }, { size: 2, activation: "softmax" }], cost: "cross_entropy" });

/**
 * @param {HTMLDialogElement} dialog
 * @param {{get: () => any, api: any, onUse: (data: object, examples: Examples|null, fitted: Fitted) => unknown}} page
 */
export function mountData(dialog, { get, api, onUse }) {
  /** @type {Tab} */
  let tab = "ready";
  let built = false;
  let theme = "";
  let common = { seed: "1", share: 0.2, scaling: "standard" };
  /** What the session was made of when the panel last looked. */
  let takenFrom = "";
  const seed = () => { const typed = wholeNumber(common.seed); return typed === undefined ? 1 : typed; };

  const own = ownTable(api.data.reading, (state) => { paste.update(state); table.update(state); foot(); });
  const ready = readyTab(api.data, seed, () => foot(), (held) => { common = { ...common, share: held }; });
  const draw = drawTab(() => foot(), (drawing) => { table.open(gridOf(drawing)); choose("table", true); });
  const paste = pasteTab(own, () => seen().catalogue?.limits?.table_bytes ?? TABLE_BYTES);
  const table = gridTab(own, () => choose("paste", true));
  const views = { ready, draw, paste, table };

  const buttons = TABS.map((name) => h("button", {
    type: "button", role: "tab", id: `data-tab-${name}`, "aria-controls": `data-${name}`, onclick: () => choose(name), onkeydown: onTabKey,
  }, text.tabs[name]));
  const panels = TABS.map((name) => h("div", { role: "tabpanel", id: `data-${name}`, "aria-labelledby": `data-tab-${name}`, hidden: true }, views[name].element));
  const share = menu(text.share, SHARES.map((one) => [String(one), text.shareOf(one)]), (value) => { common = { ...common, share: Number(value) }; foot(); });
  const scaling = menu(text.scaling, SCALINGS.map((one) => [one, text.scalings[/** @type {keyof typeof text.scalings} */ (one)]]), (value) => { common = { ...common, scaling: value }; });
  const seedBox = box(text.seed, (value) => {
    common = { ...common, seed: value };
    seedBox.complain(seed() === null ? text.problems.seed : "");
    ready.reseed();
    foot();
  });
  const sentence = h("p", { class: "data-sentence", id: "data-sentence" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const use = h("button", { class: "button primary", type: "button", "aria-describedby": "data-sentence", onclick: apply }, text.use);

  const seen = () => /** @type {Seen} */ (get());
  const network = () => seen().session?.network ?? seen().session?.recipe?.network ?? SMALL_NETWORK;
  const offer = () => /** @type {Something|Nothing} */ (views[tab].offer());

  function build() {
    built = true;
    takeDrops();
    dialog.replaceChildren(
      h("div", { class: "dialog-head" }, h("h2", { id: "data-title" }, text.title),
        h("button", { class: "button plain", type: "button", onclick: () => dialog.close() }, text.close)),
      h("div", { class: "data-tabs", role: "tablist", "aria-labelledby": "data-title" }, ...buttons),
      h("div", { class: "dialog-body data-body" }, ...panels),
      h("div", { class: "dialog-foot data-foot" },
        h("div", { class: "data-common" }, share.element, scaling.element, seedBox.element),
        h("div", { class: "data-end" }, h("div", {}, sentence, problem), use)));
  }

  /** A file let go anywhere over the panel is read; without this the browser would leave the page for it. */
  function takeDrops() {
    dialog.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      dialog.classList.add("dropping");
    });
    for (const name of ["dragleave", "drop"]) dialog.addEventListener(name, () => dialog.classList.remove("dropping"));
    dialog.addEventListener("drop", (event) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      choose("paste");
      paste.take(file);
    });
  }

  /** @param {KeyboardEvent} event */
  function onTabKey(event) {
    const at = TABS.indexOf(tab);
    const to = /** @type {Record<string, number>} */ ({ ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 })[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(/** @type {Tab} */ (TABS[(to + TABS.length) % TABS.length]));
    buttons[TABS.indexOf(tab)]?.focus();
  }

  /** @param {Tab} name @param {boolean} [focus] */
  function choose(name, focus = false) {
    tab = name;
    TABS.forEach((one, at) => {
      buttons[at]?.setAttribute("aria-selected", String(one === name));
      buttons[at]?.setAttribute("tabindex", one === name ? "0" : "-1");
      const panel = panels[at];
      if (panel) panel.hidden = one !== name;
    });
    views[name].show();
    foot();
    if (focus) views[name].focus();
  }

  /** What the choice means, in words, before it is made. */
  function foot() {
    if (!built) return;
    const found = offer();
    share.set(String(common.share));
    scaling.set(common.scaling);
    seedBox.set(common.seed);
    problem.hidden = true;
    const usable = found.needs !== undefined && seed() !== null;
    use.setAttribute("aria-disabled", String(!usable));
    if (!found.needs) {
      sentence.textContent = found.why;
      return;
    }
    const test = heldBack(found.count, common.share);
    const fitted = fitNetwork(network(), found.needs);
    sentence.textContent = [
      found.why ?? "", text.split(found.count - test, test), text.network(fitted.inputs, fitted.outputs, fitted.resized),
      fitted.activation || fitted.cost ? text.functions(fitted.activation, fitted.cost) : "",
      text.encoding[/** @type {keyof typeof text.encoding} */ (fitted.encoding.kind)](fitted.encoding.low),
    ].filter(Boolean).join(" ");
  }

  async function apply() {
    const [found, number] = [offer(), seed()];
    if (!found.needs || number === null || use.dataset.busy) return;
    const shared = { seed: number, test_share: common.share, scaling: common.scaling };
    const data = found.ready ? readyData(found.ready, shared) : ownData(/** @type {Examples} */ (found.examples), shared);
    use.dataset.busy = "yes";
    use.textContent = text.using;
    try {
      const fitted = fitNetwork(network(), found.needs);
      await onUse(data, found.examples, { ...fitted, said: fitted.resized ? text.nowHas(fitted.inputs, fitted.outputs) : "" });
      dialog.close();
    } catch (error) {
      const { detail = "", title = "" } = /** @type {any} */ (error).problem ?? { detail: String(error) };
      problem.textContent = detail || title;
      problem.hidden = false;
    } finally {
      delete use.dataset.busy;
      use.textContent = text.use;
    }
  }

  /** The panel begins with what the session learns from; what was tried in the panel since then stays. */
  function takeSession() {
    const recipe = seen().session?.recipe?.data;
    const from = JSON.stringify(recipe ?? null);
    if (!recipe || from === takenFrom) return;
    takenFrom = from;
    common = { seed: String(recipe.seed ?? 1), share: recipe.test_share ?? 0.2, scaling: recipe.scaling ?? "standard" };
    if (recipe.name) ready.take(recipe);
    else if (recipe.examples) takeOwn(recipe.examples);
  }

  /** Own data of a session that was opened again is there to be gone on with. @param {Examples} examples */
  function takeOwn(examples) {
    const drawn = drawingOf(examples);
    if (drawn && draw.isEmpty()) draw.take(drawn);
    if (!drawn && own.get().text === "") own.replace(textOf(gridOfExamples(examples), "comma"), { options: { header: "yes", separator: "comma" } });
    tab = drawn ? "draw" : "paste";
  }

  return {
    /** @param {unknown} [name] a tab; anything else, such as the event of a click, opens the last one */
    open(name) {
      if (dialog.open) return;
      if (!built) build();
      takeSession();
      dialog.showModal();
      choose(TABS.find((one) => one === name) ?? tab);
      buttons[TABS.indexOf(tab)]?.focus();
    },
    /** @param {any} state */
    update(state) {
      if (!built || !dialog.open) return;
      if (state.theme !== theme) for (const view of Object.values(views)) view.repaint();
      theme = state.theme;
    },
  };
}
