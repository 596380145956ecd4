// The network in training: every neuron with its map over the plane, or in the colour of its mean activation; weights by colour and width.
// Painted anew with every frame on one canvas; buttons over it take pointer and keyboard, a card tells of the one pointed at.

import { h } from "../../dom.js";
import { formatNumber } from "../../model/format.js";
import { placeLayers } from "../../model/learning/layers.js";
import { fillLevels, levelTable } from "../../model/learning/levels.js";
import { farthest, kindOf, nextRows } from "../../model/learning/plane.js";
import { addedOf, strandsOf, stuckOf, touches } from "../../model/learning/strands.js";
import { wantsOf } from "../../model/learning/wants.js";
import { wiringOf } from "../../model/wiring.js";
import { map as text } from "../../texts/en_train_charts.js";
import { onNewColours, readPalette } from "../colours.js";
import { offsetOf } from "./curves.js";
import { isPicture, paintInputs } from "./mistakes.js";
import { createButtons, createHeadings, createKey, drawKey } from "./network_parts.js";
import { paintAdded, paintBadge, paintError, paintInputName, paintName, paintNeuron, paintStrands } from "./network_paint.js";
import { createCard, remarkOf } from "./neuron_card.js";
import { createPicture, createSurface } from "./surface.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/frames.d.ts").Send} Send */
/** @typedef {import("../../model/learning/frames.d.ts").Neuron} Neuron */
/** @typedef {import("../../model/learning/layers.js").Placed} Placed */

/** Circles below this are too small for a map. */
const MAP_FROM = 7;
const BADGE_FROM = 10;
/** The names of the outputs, about as wide as their letters are many. */
const LONGEST_NAME = 72;
const FIGURE = 7.2;
const NAME_GAP = 6;
/** Smaller inputs have no room for a name under them. */
const NAMED_FROM = 14;
const LONGEST_INPUT = 104;

/** @param {HTMLElement} root @param {Send} send @returns {{update: (state: Shown) => void}} */
export function mountNetwork(root, send) {
  const title = h("h2", { class: "chart-heading" });
  const canvas = h("canvas", { class: "net-canvas", "aria-hidden": "true" });
  const tile = h("canvas", { class: "net-tile", hidden: true, "aria-hidden": "true" });
  const tileCaption = h("p", { class: "net-tile-caption chart-foot", hidden: true });
  const headings = createHeadings();
  const card = createCard();
  const said = h("p", { class: "visually-hidden" });
  const buttons = createButtons((neuron) => point(neuron));
  const holder = h("div", { class: "net" }, canvas, tile, tileCaption, headings.root, buttons.root, card.root);
  const key = createKey();
  root.classList.add("learning-network");
  root.replaceChildren(title, holder, key.root, said);
  const surface = createSurface(canvas);
  const family = getComputedStyle(root).fontFamily;
  let palette = readPalette(root);
  let levels = levelTable(palette);
  /** @type {import("./surface.js").Picture[]} */
  let maps = [];
  /** @type {Placed|null} */
  let placed = null;
  /** @type {Shown|null} */
  let state = null;
  /** @type {Neuron|null} */
  let pointed = null;
  /** The places of the network that is on the paper. @type {Placed|null} */
  let paintedOf = null;
  let [width, height] = [0, 0];
  /** @type {string[]} */
  let names = [];
  let named = 0;
  /** @type {unknown[]} */
  let drawnKey = [];
  /** @type {unknown[]} */
  let tileKey = [];

  /** @param {Neuron|null} neuron */
  function point(neuron) {
    if (neuron?.layer === pointed?.layer && neuron?.neuron === pointed?.neuron) return;
    pointed = neuron;
    draw();
    send({ type: "neuron", value: neuron });
  }

  function layout() {
    if (!state || width === 0) return;
    const { sizes, sources, adds } = wiringOf(state.session.network);
    const skips = sizes.some((_, layer) => [...(sources[layer] ?? []).map((from) => from.layer), ...(adds[layer] ?? [])].some((from) => layer - from > 1));
    names = outputNames(state);
    named = names.length ? Math.min(LONGEST_NAME, Math.max(...names.map(({ length }) => length)) * FIGURE) + NAME_GAP : 0;
    placed = placeLayers(sizes, width, height, named, skips);
    buttons.place(placed);
    headings.update(placed, state, offsetOf(state));
  }

  function draw() {
    if (!state || !placed) return;
    const { frame } = state;
    // A network out of sight is not asked for; what was drawn of it last stays.
    if (frame && !frame.edges && paintedOf === placed) return;
    paintedOf = frame?.edges ? placed : null;
    const { context } = surface;
    surface.begin();
    const wiring = wiringOf(state.session.network);
    const strands = strandsOf(frame?.edges ?? [], placed, wiring, pointed);
    const scale = Math.min(1, Math.max(0.45, placed.radius / 16));
    paintStrands(context, strands, scale, palette, pointed && ((strand) => touches(strand, pointed)));
    const added = addedOf(placed, wiring);
    paintAdded(context, added, palette);
    const hasMaps = Boolean(frame?.maps?.length) && placed.radius >= MAP_FROM;
    const seen = /** @type {Map<string, number>} */ (new Map());
    frame?.maps?.forEach((one, at) => seen.set(`${one.layer}:${one.neuron}`, at));
    const farthestError = farthest((frame?.layers ?? []).flatMap(({ mean_error: errors }) => errors));
    context.font = `12px ${family}`;
    for (const column of placed.columns) {
      const now = frame?.layers?.find(({ layer }) => layer === column.layer);
      const most = Math.max(1, farthest(now?.mean_activation ?? []));
      for (const spot of column.spots) {
        const map = hasMaps ? seen.get(`${spot.layer}:${spot.neuron}`) : undefined;
        const stuck = stuckOf(now, spot.neuron);
        paintNeuron(context, spot, palette, {
          pointed: pointed?.layer === spot.layer && pointed.neuron === spot.neuron, stuck: stuck !== null,
          fill: now && !hasMaps ? palette.ramp(((now.mean_activation[spot.neuron] ?? 0) / most) * 0.72) : null,
          map: map === undefined ? null : (x, y, size) => drawMap(map, x, y, size),
        });
        if (stuck && spot.r >= BADGE_FROM) paintBadge(context, spot, stuck === "dead" ? text.zero : text.flat, palette);
        if (names.length && spot.layer === placed.columns.length - 1) paintName(context, spot, names[spot.neuron] ?? "", named, palette);
        if (spot.layer === 0 && spot.r >= NAMED_FROM && state.data?.input_names) paintInputName(context, spot, state.data.input_names[spot.neuron] ?? "", LONGEST_INPUT, palette);
        if (!hasMaps && now) paintError(context, spot, Math.sqrt(Math.abs(now.mean_error[spot.neuron] ?? 0) / farthestError), palette);
      }
    }
    drawTile();
    const shown = strands.length;
    drawKey(key, palette, { shown, all: wiring.edges, added: added.length > 0, errors: !hasMaps && Boolean(frame?.layers), scale: kindOf(state.session) !== "boundary" });
    set(title, wantsOf(state).maps ? text.title.maps : text.title.means);
    drawCard();
    if (frame?.status !== "running" || !said.textContent) say(strands[strands.length - 1]);
  }

  /** @param {number} at @param {number} x @param {number} y @param {number} size */
  function drawMap(at, x, y, size) {
    const values = state?.frame?.maps?.[at]?.values;
    if (!values) return;
    const side = Math.round(Math.sqrt(values.length));
    if (maps[at]?.columns !== side) maps[at] = createPicture(side, side);
    const picture = maps[at];
    picture?.fill((pixels) => fillLevels(pixels, values, levels));
    picture?.drawNodes(surface.context, x, y, size, size);
  }

  function drawTile() {
    const present = /** @type {Shown} */ (state);
    const place = placed?.columns[0]?.tile ?? null;
    const row = nextRows(present).stepped ?? 0;
    // Of wide inputs the page may have only those of the test.
    const part = present.data?.train.inputs[row] ? present.data.train : present.data?.test;
    const at = part === present.data?.train ? row : 0;
    const inputs = part?.raw?.[at] ?? part?.inputs[at];
    const next = [place, part, at, palette];
    if (next.every((one, which) => one === tileKey[which])) return;
    tileKey = next;
    tile.hidden = tileCaption.hidden = !place || !inputs;
    if (!place || !inputs) return;
    paintInputs(tile, inputs, palette);
    for (const [name, value] of Object.entries({ width: place.width, height: place.height })) tile.style.setProperty(name, `${value}px`);
    tile.style.transform = `translate(${place.x}px, ${place.y}px)`;
    tileCaption.style.width = `${place.width}px`;
    tileCaption.style.transform = `translate(${place.x}px, ${place.y + place.height + 4}px)`;
    const group = part?.classes?.[at];
    tile.classList.toggle("plain", !isPicture(present));
    set(tileCaption, group === undefined || group === null ? text.anExample : text.example(present.data?.class_names?.[group] ?? present.session.data?.class_names?.[group] ?? String(group)));
  }

  /** @param {number} layer @param {number} neuron */
  function nameOf(layer, neuron) {
    const depth = state?.session.network.layers.length ?? 0;
    const named = layer === 0 && state?.data?.input_names?.[neuron];
    return named || text.neuron(layer === 0 ? text.kinds.input : layer === depth ? text.kinds.output : text.kinds.hidden, neuron + 1, layer + offsetOf(state));
  }

  /** @param {number} layer @param {number} neuron @param {boolean} several whether those of other layers stand beside it */
  function shortOf(layer, neuron, several) {
    if (layer === 0) return state?.data?.input_names?.[neuron] || text.shortInput(neuron + 1);
    return several ? text.shortOf(neuron + 1, layer + offsetOf(state)) : text.short(neuron + 1);
  }

  function drawCard() {
    const spot = pointed && placed?.columns[pointed.layer]?.spots[pointed.neuron];
    const known = spot ? pointed : null;
    card.update(/** @type {Shown} */ (state), known, known ? nameOf(known.layer, known.neuron) : "", shortOf, palette);
    if (spot) card.place(spot, width, height);
  }

  /** @param {import("../../model/learning/strands.js").Strand|undefined} strongest */
  function say(strongest) {
    const { session, frame, digits } = /** @type {Shown} */ (state);
    const layers = [text.inputs(session.network.inputs), ...session.network.layers.map(({ size, activation }) => text.layerSays(size, activation))];
    const stuck = (frame?.layers ?? []).flatMap((now) => now.mean_activation.map((_, neuron) => stuckOf(now, neuron)));
    const remarks = strongest ? text.strongest(formatNumber(strongest.weight, digits), nameOf(strongest.from.layer, strongest.from.row), nameOf(strongest.layer, strongest.row)) : "";
    set(said, text.says(layers, remarks + text.stuck(stuck.filter((one) => one === "saturated").length, stuck.filter((one) => one === "dead").length)));
    buttons.name((layer, neuron) => {
      const now = frame?.layers?.find((one) => one.layer === layer);
      const mean = now?.mean_activation[neuron];
      const remark = remarkOf(stuckOf(now, neuron), now?.saturated?.[neuron]);
      return { label: `${nameOf(layer, neuron)}${mean === undefined ? "" : `, ${text.facts.activation} ${formatNumber(mean, digits)}`}${remark && `. ${remark}`}`, title: remark };
    });
  }

  function repaint() {
    palette = readPalette(root);
    levels = levelTable(palette);
    draw();
  }

  function measure() {
    const [wide, tall] = [holder.clientWidth, holder.clientHeight];
    if (wide === 0 || (wide === width && tall === height)) return;
    [width, height] = [wide, tall];
    surface.resize(width, height);
    layout();
    draw();
  }

  onNewColours(repaint);
  new ResizeObserver(measure).observe(holder);
  return {
    update(next) {
      const nextKey = [next.frame, next.data, next.session.network, next.trace, next.theme, next.digits, offsetOf(next)];
      if (state && nextKey.every((part, at) => part === drawnKey[at])) return;
      const other = state?.session.network !== next.session.network || state.data !== next.data || !state || offsetOf(state) !== offsetOf(next);
      const themed = state !== null && state.theme !== next.theme;
      drawnKey = nextKey;
      state = next;
      if (themed) { palette = readPalette(root); levels = levelTable(palette); }
      if (width === 0) measure();
      else if (other) layout();
      draw();
    },
  };
}

/** Two classes are told by their colours; more have their names. @param {Shown} state @returns {string[]} */
function outputNames({ session, data }) {
  const names = data?.class_names ?? session.data?.class_names ?? [];
  const outputs = session.network.layers[session.network.layers.length - 1]?.size ?? 0;
  return names.length > 2 && names.length === outputs ? names : [];
}

/** @param {HTMLElement} element @param {string} words */
function set(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
