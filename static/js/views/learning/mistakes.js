// The test examples that are taken for another class: where the inputs are a picture, as pictures, each with class → answer.
// One that is chosen stands large beside them; the others stay where they are.

import { h } from "../../dom.js";
import { greyTable } from "../../model/learning/levels.js";
import { MISTAKES } from "../../model/learning/wants.js";
import { gridOf } from "../../model/tiles.js";
import { plane as text } from "../../texts/en_train_charts.js";
import { createPicture } from "./surface.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/frames.d.ts").Mistake} Mistake */
/** @typedef {import("../../model/palette.js").Palette} Palette */

const words = text.mistakes;

/**
 * Darker ink the larger the number, from the least to the greatest of the picture.
 * @param {HTMLCanvasElement} canvas
 * @param {readonly number[]} inputs
 * @param {Palette} palette
 */
export function paintInputs(canvas, inputs, palette) {
  const { columns, rows } = gridOf(inputs.length);
  const picture = createPicture(columns, rows, canvas);
  const greys = greyTable(palette);
  const [low, high] = [Math.min(...inputs), Math.max(...inputs)];
  const scale = (greys.length - 1) / (high - low || 1);
  picture.fill((pixels) => {
    for (let at = 0; at < pixels.length; at++) pixels[at] = greys[Math.round(((inputs[at] ?? low) - low) * scale)] ?? 0;
  });
}

/** @param {Shown} state */
export const isPicture = ({ session }) => Boolean(session.data?.picture);

export function createMistakes() {
  const title = h("h3", { class: "chart-title" });
  const hint = h("span", { class: "chart-foot" });
  const list = h("ul", { class: "mistakes" });
  const chosen = h("div", { class: "mistake-chosen" });
  const root = h("div", { class: "mistakes-block" }, h("div", { class: "chart-top" }, title, hint), h("div", { class: "mistakes-beside" }, list, chosen));
  /** @type {number|null} */
  let row = null;
  let shown = "";
  /** Pictures by example, kept while the example stays wrong in the same way. @type {Map<string, HTMLLIElement>} */
  let items = new Map();
  /** @type {{state: Shown, palette: Palette}|null} */
  let last = null;

  /** @param {Shown} state @param {Mistake} mistake */
  const inputsOf = ({ data }, mistake) => mistake.inputs ?? data?.test.raw?.[mistake.row] ?? data?.test.inputs[mistake.row] ?? [];
  /** @param {Shown} state @param {number} at */
  const nameOf = ({ frame }, at) => frame?.confusion?.classes[at] ?? String(at);

  /** @param {Shown} state @param {Mistake} mistake @param {Palette} palette */
  function item(state, mistake, palette) {
    const [of, as] = [nameOf(state, mistake.class), nameOf(state, mistake.answer)];
    const picture = isPicture(state) ? h("canvas", { "aria-hidden": "true" }) : null;
    if (picture) paintInputs(picture, inputsOf(state, mistake), palette);
    const choose = () => { row = row === mistake.row ? null : mistake.row; choice(); };
    return h("li", {}, h("button", {
      type: "button", class: "mistake", "data-row": mistake.row, "aria-label": words.label(mistake.row, of, as), "aria-pressed": String(row === mistake.row), onclick: choose,
    }, picture, h("span", {}, h("span", { class: "of" }, of), " → ", h("span", { class: "as" }, as))));
  }

  function choice() {
    if (!last) return;
    const { state, palette } = last;
    const mistake = state.frame?.mistakes?.find((one) => one.row === row);
    for (const button of list.querySelectorAll("button")) button.setAttribute("aria-pressed", String(row !== null && Number(button.dataset.row) === row));
    chosen.hidden = !mistake;
    hint.textContent = mistake || !state.frame?.mistakes?.length ? "" : words.choose;
    if (!mistake) return;
    const inputs = inputsOf(state, mistake);
    const picture = isPicture(state) ? h("canvas", { "aria-hidden": "true" }) : null;
    if (picture) paintInputs(picture, inputs, palette);
    const names = state.data?.input_names ?? [];
    const numbers = picture ? null : h("p", { class: "chart-foot" }, inputs.map((value, at) => `${names[at] ?? `x${at + 1}`} ${Number(value.toPrecision(4))}`).join(", "));
    chosen.replaceChildren(...[picture, h("p", {}, words.chosen(mistake.row, nameOf(state, mistake.class), nameOf(state, mistake.answer))), numbers].filter((one) => one !== null));
  }

  return {
    root,
    /** @param {Shown} state @param {Palette} palette @param {number} all mistakes there are @param {boolean} recoloured */
    update(state, palette, all, recoloured) {
      last = { state, palette };
      const mistakes = state.frame?.mistakes ?? [];
      // While it trains, the pictures of a frame may be of moments that follow each other: then no number is said.
      title.textContent = mistakes.length === Math.min(all, MISTAKES) ? words.title(mistakes.length, all) : words.some;
      root.classList.toggle("without-pictures", !isPicture(state));
      const keys = mistakes.map(({ row: at, answer }) => `${at}:${answer}${state.data ? "" : "?"}`);
      if (keys.join(" ") === shown && !recoloured) return;
      shown = keys.join(" ");
      // Whoever stands on a picture with the keyboard stays there as long as it is one of the mistakes.
      const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.row : undefined;
      const known = recoloured ? new Map() : items;
      items = new Map(mistakes.map((mistake, at) => [keys[at] ?? "", known.get(keys[at] ?? "") ?? item(state, mistake, palette)]));
      list.replaceChildren(...items.values());
      if (focused !== undefined) /** @type {HTMLElement|null} */ (list.querySelector(`[data-row="${focused}"]`) ?? list.querySelector("button"))?.focus();
      choice();
    },
  };
}
