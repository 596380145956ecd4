// The test examples that are taken for another class: where the inputs are a picture, as pictures, each with class → answer.
// One that is chosen stands large beside them; the others stay where they are.

import { h } from "../../dom.js";
import { parseColour } from "../../model/palette.js";
import { gridOf } from "../../model/tiles.js";
import { plane as text } from "../../texts/en_train_charts.js";

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
export function paintInputs(canvas, inputs, { tokens }) {
  const { columns, rows } = gridOf(inputs.length);
  [canvas.width, canvas.height] = [columns, rows];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(columns, rows);
  const [low, high] = [Math.min(...inputs), Math.max(...inputs)];
  const [paper, ink] = [parseColour(tokens.sunk), parseColour(tokens.ink)];
  for (let at = 0; at < columns * rows; at++) {
    const share = ((inputs[at] ?? low) - low) / (high - low || 1);
    image.data.set([...paper.map((part, which) => part + ((ink[which] ?? 0) - part) * share), 255], 4 * at);
  }
  context.putImageData(image, 0, 0);
}

/** @param {Shown} state */
export const isPicture = ({ session }) => Boolean(session.data?.picture);

export function createMistakes() {
  const title = h("h3", { class: "chart-title" });
  const list = h("ul", { class: "mistakes" });
  const chosen = h("div", { class: "mistake-chosen" });
  const root = h("div", { class: "mistakes-block" }, title, h("div", { class: "mistakes-beside" }, list, chosen));
  /** @type {number|null} */
  let row = null;
  let shown = "";
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
    if (!mistake) {
      chosen.replaceChildren(h("p", {}, state.frame?.mistakes?.length ? words.choose : ""));
      return;
    }
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
      title.textContent = words.title(mistakes.length, Math.max(all, mistakes.length));
      root.classList.toggle("without-pictures", !isPicture(state));
      const key = mistakes.map(({ row: at, answer }) => `${at}:${answer}`).join(" ") + (state.data ? " data" : "");
      if (key === shown && !recoloured) return;
      shown = key;
      // Whoever stands on a picture with the keyboard stays there as long as it is one of the mistakes.
      const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.row : undefined;
      list.replaceChildren(...mistakes.map((mistake) => item(state, mistake, palette)));
      if (focused !== undefined) /** @type {HTMLElement|null} */ (list.querySelector(`[data-row="${focused}"]`) ?? list.querySelector("button"))?.focus();
      choice();
    },
  };
}
