// What is told of a neuron that is pointed at: its map or its weights large, its numbers, the strongest weights into it.
// The card stands beside its neuron and takes no pointer, so that one can go on to the next.

import { h } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { fillLevels, levelTable } from "../../model/learning/levels.js";
import { strongestInto, stuckOf } from "../../model/learning/strands.js";
import { gridOf } from "../../model/tiles.js";
import { wiringOf } from "../../model/wiring.js";
import { charts, map as text } from "../../texts/en_train_charts.js";
import { createPicture } from "./surface.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/frames.d.ts").Neuron} Neuron */
/** @typedef {import("../../model/palette.js").Palette} Palette */

const MAP = 162;
const STRONGEST = 4;
const BEYOND = 32;

export function createCard() {
  const canvas = h("canvas", { class: "card-map" });
  const caption = h("p", { class: "chart-foot" });
  const title = h("p", { class: "card-title" });
  const facts = h("dl", { class: "card-facts" });
  const weights = h("dl", { class: "card-facts" });
  const weightsTitle = h("p", { class: "chart-foot" }, text.weights);
  const remark = h("p", { class: "card-remark" });
  const root = h("div", { class: "neuron-card", hidden: true, "aria-hidden": "true" }, title, canvas, caption, facts, weightsTitle, weights, remark);

  /** @type {ReturnType<typeof createPicture>|null} */
  let kept = null;

  /** @param {ArrayLike<number>} values @param {number} columns @param {number} rows @param {boolean} nodes @param {Palette} palette */
  function paint(values, columns, rows, nodes, palette) {
    const picture = kept?.columns === columns && kept.rows === rows ? kept : (kept = createPicture(columns, rows));
    const table = levelTable(palette);
    picture.fill((pixels) => fillLevels(pixels, values, table));
    const ratio = globalThis.devicePixelRatio || 1;
    const [width, height] = [MAP, nodes ? MAP : (MAP * rows) / columns];
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    if (nodes) picture.drawNodes(context, 0, 0, canvas.width, canvas.height);
    else {
      context.imageSmoothingEnabled = false;
      context.drawImage(picture.canvas, 0, 0, canvas.width, canvas.height);
    }
  }

  /** @param {Shown} state @param {Neuron} neuron @param {Palette} palette @returns {string|null} the words under the picture */
  function picture({ frame, session }, neuron, palette) {
    const found = frame?.maps?.find((one) => one.layer === neuron.layer && one.neuron === neuron.neuron);
    if (found) {
      const size = Math.round(Math.sqrt(found.values.length));
      paint(found.values, size, size, true, palette);
      return "";
    }
    if (frame?.tile && neuron.layer === 1 && frame.tile.neuron === neuron.neuron) {
      const { columns, rows } = gridOf(session.network.inputs);
      paint(frame.tile.values, columns, rows, false, palette);
      return text.weightTile;
    }
    return null;
  }

  return {
    root,
    /**
     * @param {Shown} state
     * @param {Neuron|null} neuron
     * @param {string} name
     * @param {(layer: number, neuron: number, several: boolean) => string} shortOf
     * @param {Palette} palette
     */
    update(state, neuron, name, shortOf, palette) {
      root.hidden = !neuron;
      if (!neuron) return;
      title.textContent = name;
      const under = picture(state, neuron, palette);
      canvas.hidden = under === null;
      caption.hidden = !under;
      caption.textContent = under ?? "";
      const now = state.frame?.layers?.find(({ layer }) => layer === neuron.layer);
      const values = /** @type {[string, string|null][]} */ ([
        [text.facts.activation, numberOf(now?.mean_activation?.[neuron.neuron], state.digits)], [text.facts.error, numberOf(now?.mean_error?.[neuron.neuron], state.digits)],
        [text.facts.bias, numberOf(now?.biases?.[neuron.neuron], state.digits)], [text.facts.saturated, now?.saturated?.[neuron.neuron] ? charts.percent(now.saturated[neuron.neuron]) : null],
      ]);
      rows(facts, values.filter(([, value]) => value !== null));
      const into = strongestInto(state.frame?.edges ?? [], neuron, STRONGEST);
      weightsTitle.hidden = into.length === 0;
      const { source, sources } = wiringOf(state.session.network);
      // Where a layer reads several, the number of a neuron alone does not say which is meant.
      const several = (sources[neuron.layer]?.length ?? 0) > 1;
      rows(weights, into.map(({ column, weight }) => {
        const from = source(neuron.layer, column);
        return [shortOf(from.layer, from.row, several), formatNumber(weight, state.digits)];
      }));
      const stuck = stuckOf(now, neuron.neuron);
      remark.hidden = !stuck;
      remark.textContent = remarkOf(stuck, now?.saturated?.[neuron.neuron]);
    },
    /** @param {{x: number, y: number, r: number}} spot @param {number} width @param {number} height */
    place({ x, y, r }, width, height) {
      const { offsetWidth: wide, offsetHeight: tall } = root;
      // To the right are the weights out of the neuron, which are not asked about; the gap to the next column is free too.
      const left = x + r + 14 + wide <= width + BEYOND ? x + r + 14 : x - r - 14 - wide;
      root.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(Math.max(0, Math.min(height - tall, y - tall / 2)))}px)`;
    },
  };
}

/** @param {number|null|undefined} value @param {number} digits */
const numberOf = (value, digits) => (value === null || value === undefined ? null : formatNumber(value, digits));

/** @param {"saturated"|"dead"|null} stuck @param {number|null|undefined} share */
export function remarkOf(stuck, share) {
  if (stuck === "dead") return text.dead;
  return stuck === "saturated" ? text.saturated(charts.percent(share)) : "";
}

/** @param {HTMLElement} list @param {[string, string|null][]} values */
function rows(list, values) {
  list.replaceChildren(...values.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value ?? ""))));
}
