// A neuron: Σ and σ side by side with z and a in them, drawn as known, now or still to come.
// What stands around it (error, arrivals, bias, slope) is in scene_around.js.

import { formatNumber, MINUS } from "./format.js";
import { mark, passing, px, quantity, symbolMark, words } from "./marks.js";
import { textWidth } from "./plates.js";
import { arrivedAt, sumSoFar } from "./scene_part.js";
import { pairMarks, pairSize, saidWithSecond, secondOf } from "./scene_twins.js";
import { sentTo } from "./senders.js";
import { aroundMarks, hasBadge, isFlat } from "./scene_around.js";

/** @typedef {import("./layout.js").NeuronBox} NeuronBox */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./view.js").View} View */
/** @typedef {{side: "left"|"right", quantity: "weighted_input"|"activation", ghost: string, scale: number}} Half */

const HALO = 6;
const GHOST_SIZE = 24;
/** A layer whose numbers differ in length shares a size down to the first; below the second nobody reads them. */
const LEAST_SHARED = 12;
const LEAST_FONT = 11;
/** A number too long for its half even then is drawn narrower, down to this share of its width. */
const LEAST_NARROWED = 0.72;
/** From this height on two numbers fit one over the other. */
const LEAST_FOR_TWO = 30;
/** Inside a neuron the wide estimate of a text may be taken a little closer. */
const CLOSE = 0.95;
const PADDING = 4;
/** Below this height a neuron is a bare bar without outline. */
const BARE_HEIGHT = 8;

/**
 * @param {NeuronBox} box
 * @param {"left"|"right"|"both"} side
 * @param {number} [grow] how far outside the outline
 */
export function neuronPath(box, side, grow = 0) {
  const [top, bottom] = [px(box.y - box.height / 2 - grow), px(box.y + box.height / 2 + grow)];
  const radius = px(box.height / 2 + grow);
  const [left, right] = [px(box.x + box.height / 2), px(box.x + box.width - box.height / 2)];
  const middle = px(box.divider);
  const roundRight = `H${right}A${radius} ${radius} 0 0 1 ${right} ${bottom}`;
  const roundLeft = `H${left}A${radius} ${radius} 0 0 1 ${left} ${top}Z`;
  if (box.input) return `M${px(middle - grow)} ${top}${roundRight}H${px(middle - grow)}Z`;
  if (side === "left") return `M${middle} ${top}V${bottom}${roundLeft}`;
  if (side === "right") return `M${middle} ${top}${roundRight}H${middle}Z`;
  return `M${left} ${top}${roundRight}${roundLeft}`;
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {Half[]}
 */
function halvesOf(view, box) {
  /** @type {Half} */
  const right = { side: "right", quantity: "activation", ghost: "σ", scale: view.scales.activation };
  // An input that is to be activated shows the sample itself until it is.
  const waits = box.input && view.known(`activation:0:${box.row}`) === "future";
  if (box.input) return [waits ? { ...right, quantity: "weighted_input", scale: view.scales.weightedInput } : right];
  return [{ side: "left", quantity: "weighted_input", ghost: "Σ", scale: view.scales.weightedInput }, right];
}

/**
 * What the halves show at this moment of the motion.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Half} half
 * @returns {{value: number|null, moving: boolean, share: number}|null} null: nothing yet
 */
function shownValue(view, box, half) {
  const ref = `${half.quantity}:${box.layer}:${box.row}`;
  const knowledge = view.known(ref);
  if (knowledge === "future") return half.quantity === "weighted_input" ? onItsWay(view, box) : null;
  const value = view.value(ref);
  if (knowledge !== "now" || view.f >= 1) return { value, moving: false, share: 1 };
  if (half.quantity === "activation") return view.progress.cross < 0.6 ? null : { value, moving: false, share: view.progress.cross };
  return arrivedSoFar(view, box, value);
}

/**
 * While a sum is told term by term it stands at Σ as far as it has come.
 * @param {View} view
 * @param {NeuronBox} box
 */
function onItsWay(view, box) {
  const partial = sumSoFar(view, box, false);
  return partial && { ...partial, moving: true };
}

/**
 * While pulses arrive the number counts up: the sum of what is there.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number|null} value the number it will be
 */
function arrivedSoFar(view, box, value) {
  if (!sentTo(view.step, box, false).length || view.part?.beat.kind === "sum") return view.progress.finish < 0.5 ? null : { value, moving: false, share: 1 };
  const arrived = arrivedAt(view, box, false);
  return arrived && { ...arrived, moving: true };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Half} half
 * @returns {{outline: Mark, content: Mark[], now: boolean}}
 */
function halfMarks(view, box, half) {
  const ref = `${half.quantity}:${box.layer}:${box.row}`;
  const shown = shownValue(view, box, half);
  const now = view.known(ref) === "now" && view.step?.kind !== "none";
  const bare = box.tier.height < BARE_HEIGHT;
  const doubled = half.side === "right" && shown !== null && !bare && isFlat(view, box);
  const path = neuronPath(box, half.side);
  const fill = shown ? view.palette.half(((shown.value ?? 0) / half.scale) * (now ? shown.share : 1), now) : "none";
  const outline = mark(half.side, "path", {
    d: path, fill, "data-point": ref,
    class: `stage-half${shown ? "" : " stage-future"}${bare ? " stage-bare" : ""}${now && shown && !shown.moving && !bare ? " stage-now" : ""}${doubled ? " stage-double" : ""}`,
  });
  return { outline, content: contentOf(view, box, half, shown, now), now };
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Half} half
 * @param {{value: number|null, moving: boolean, share: number}|null} shown
 * @param {boolean} now
 * @returns {Mark[]}
 */
function contentOf(view, box, half, shown, now) {
  const ref = `${half.quantity}:${box.layer}:${box.row}`;
  const { tier } = box;
  const x = box.input ? box.x + box.width / 2 - 1 : box.divider + (half.side === "left" ? -1 : 1) * (box.width / 4);
  if (!shown) {
    const size = Math.min(GHOST_SIZE, tier.height * 0.6);
    return tier.numbers ? [words(`${half.side}-ghost`, x, box.y + size * 0.34, half.ghost, { class: "stage-ghost", size: px(size), anchor: "middle" })] : [];
  }
  const size = fittingFont(view, box, shown.value);
  const narrowed = size < LEAST_FONT ? roomIn(box) / (CLOSE * LEAST_FONT * textWidth(formatNumber(shown.value, view.digits), 1)) : 1;
  if (!tier.numbers || (narrowed < LEAST_NARROWED && !view.pointing.neuron(box.layer, box.row))) return [];
  const style = { class: textClass(view, box, now), size: Math.max(LEAST_FONT, size), anchor: /** @type {const} */ ("middle") };
  const baseline = box.y + (tier.symbols ? 15 : style.size * 0.36);
  const number = shown.moving
    ? passing(`${half.side}-passing`, x, baseline, shown.value ?? 0, view.digits, style)
    : quantity(`${half.side}-value`, x, baseline, { ref, value: shown.value, digits: view.digits }, style);
  if (narrowed < 1 && narrowed >= LEAST_NARROWED) Object.assign(number.attributes, { textLength: px(roomIn(box)), lengthAdjust: "spacingAndGlyphs" });
  const second = shown.moving ? null : secondOf(view, ref);
  if (second && tier.height >= LEAST_FOR_TWO) return pairIn(view, box, half, { x, value: shown.value, second, style });
  if (!tier.symbols) return [number];
  const symbol = view.symbol(half.quantity, box.layer, box.row);
  return [symbolMark(`${half.side}-symbol`, x, box.y - 9, symbol, { class: "stage-symbol", size: 15, anchor: "middle" }), number];
}

/**
 * Both numbers in their half; the symbol stays where there is height for three lines.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {Half} half
 * @param {{x: number, value: number|null, second: import("./scene_twins.js").Second, style: import("./marks.js").TextStyle}} shown
 * @returns {Mark[]}
 */
function pairIn(view, box, half, { x, value, second, style }) {
  const three = box.tier.symbols;
  const room = (box.input ? box.width : box.width / 2) - (three ? 14 : 6);
  const size = pairSize(value, second, view.digits, Math.min(three ? 14 : 13, box.height / 2 - 6), room);
  const middle = three ? x + (half.side === "left" ? 2 : -2) : x;
  const [first, under] = three ? [box.y + 3, box.y + 21] : [box.y - 3, box.y + size];
  const ref = `${half.quantity}:${box.layer}:${box.row}`;
  const marks = pairMarks(view, `${half.side}-value`, { x: middle, first, second: under, size, anchor: "middle", room }, { ref, value }, second, style);
  if (!three) return marks;
  return [symbolMark(`${half.side}-symbol`, x, box.y - 15, view.symbol(half.quantity, box.layer, box.row), { class: "stage-symbol", size: 13, anchor: "middle" }), ...marks];
}

/** What a number may take of its half. @param {NeuronBox} box */
const roomIn = (box) => (box.input ? box.width : box.width / 2) - PADDING;

/**
 * One size for a whole layer, as large as its longest number allows; longer ones may be set smaller than that.
 * @param {View} view
 * @param {NeuronBox} box
 * @param {number|null} value
 */
function fittingFont(view, box, value) {
  const room = roomIn(box);
  const shared = Math.max(LEAST_SHARED, Math.floor((room - 3) / view.longest(box.layer)));
  return Math.min(box.tier.font, shared, Math.floor(room / (CLOSE * textWidth(formatNumber(value, view.digits), 1))));
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {boolean} now
 */
function textClass(view, box, now) {
  if (now) return "stage-number stage-bold";
  return view.pointing.neuron(box.layer, box.row) ? "stage-number" : "stage-number stage-quiet";
}

/**
 * Saturated and dead neurons carry a badge at the lower right of the σ half.
 * @param {View} view
 * @param {NeuronBox} box
 * @returns {Mark[]}
 */
function badgeMarks(view, box) {
  if (!hasBadge(view, box)) return [];
  const ref = `activation:${box.layer}:${box.row}`;
  const kind = view.remarks.get(ref) ?? "";
  const value = view.value(ref) ?? 0;
  const near = value > 0.5 ? "≈1" : value < -0.5 ? `≈${MINUS}1` : "≈0";
  const [x, y] = [box.x + box.width - 12, box.y + box.height / 2 - 3];
  const label = kind === "dead" ? "0" : near;
  return [mark("badge", "g", { class: "stage-badge" }, [
    mark("disc", "rect", { x: px(x - 12), y: px(y - 9), width: 24, height: 18, rx: 9 }),
    words("text", x, y + 4.2, label, { size: 12, anchor: "middle" }),
    mark("title", "title", {}, view.texts.badge[kind] ?? kind),
  ])];
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 */
function labelOf(view, box) {
  const { texts, sizes } = view;
  const kind = box.layer === view.last ? texts.headings.output : texts.headings.hidden;
  const count = sizes[box.layer] ?? 0;
  const name = box.input ? texts.input(box.row + 1, count) : texts.neuron(kind, box.row + 1, count, view.upper(box.layer));
  /** @type {[string, string][]} */
  const parts = [["weighted_input", texts.quantities.weightedInput], ["activation", texts.quantities.activation], ["error", texts.quantities.error]];
  const said = parts
    .filter(([quantityName]) => view.known(`${quantityName}:${box.layer}:${box.row}`) !== "future" && !(box.input && quantityName === "weighted_input" && view.known(`activation:0:${box.row}`) !== "future"))
    .map(([quantityName, word]) => `${word} ${saidWithSecond(view, `${quantityName}:${box.layer}:${box.row}`)}`);
  return `${name}: ${said.length ? said.join(", ") : texts.quantities.notYet}`;
}

/**
 * @param {View} view
 * @param {NeuronBox} box
 * @param {boolean} [opened] drawn over its neighbours, on a sheet of its own
 * @returns {Mark}
 */
export function neuronMark(view, box, opened = false) {
  const halves = halvesOf(view, box).map((half) => halfMarks(view, box, half));
  const ordered = [...halves].sort((one, other) => Number(one.now) - Number(other.now));
  const marked = view.pointing.neuron(box.layer, box.row);
  const ref = `activation:${box.layer}:${box.row}`;
  /** @type {Mark[]} */
  const children = [];
  if (opened) children.push(sheetMark(box));
  if (marked) children.push(mark("halo", "path", { d: neuronPath(box, "both", HALO), class: "stage-halo" }));
  children.push(
    mark("paper", "path", { d: neuronPath(box, "both"), class: "stage-paper" }),
    ...ordered.map((half) => half.outline),
    ...halves.flatMap((half) => half.content),
    ...badgeMarks(view, box),
    ...aroundMarks(view, box),
    mark("focus", "path", { d: neuronPath(box, "both", HALO + 3), class: "stage-focus" }),
  );
  return mark(`${opened ? "open" : "neuron"}:${box.layer}:${box.row}`, "g", opened
    ? { class: "stage-neuron stage-opened", "aria-hidden": "true", "data-point": ref }
    : {
      class: "stage-neuron", role: "button", tabindex: "-1", "aria-label": labelOf(view, box), "data-point": ref,
      "data-layer": box.layer, "data-row": box.row, "aria-pressed": String(isSelected(view, box)),
    }, children);
}

/** @param {View} view @param {NeuronBox} box */
function isSelected(view, box) {
  return Boolean(view.selected?.endsWith(`:${box.layer}:${box.row}`) && !view.selected.startsWith("biases") && !view.selected.startsWith("target"));
}

/** @param {NeuronBox} box */
function sheetMark(box) {
  const [above, below] = box.input ? [8, 8] : [box.tier.above + 4, box.tier.below + 4];
  return mark("sheet", "rect", {
    x: px(box.x - 10), y: px(box.y - box.height / 2 - above), width: px(box.width + 20), height: px(box.height + above + below), rx: 8, class: "stage-sheet",
  });
}
