// The strokes of the network in training: weights, neurons as maps or as colours, the size of their errors, and badges.
// One canvas is painted anew with every frame; what can be pointed at lies over it as buttons.

/** @typedef {import("../../model/palette.js").Palette} Palette */
/** @typedef {import("../../model/learning/layers.js").Spot} Spot */
/** @typedef {import("../../model/learning/strands.js").Strand} Strand */
/** @typedef {import("../../model/learning/strands.js").Way} Way */

const WIDEST = 5.5;
const THINNEST = 0.75;
const TURN = 2 * Math.PI;
/** Of the weakest weights little is seen, and nothing is hidden by them. */
const FAINTEST = 0.3;
const QUIET = 0.12;
const BADGE = 7;
const LARGEST_ERROR = 6.5;
const NAME_GAP = 18;

/** A curve from neuron to neuron; one that skips layers passes under them, in the lane. @param {CanvasRenderingContext2D} context @param {Way} way */
function along(context, { x0, y0, x1, y1, lane }) {
  context.beginPath();
  context.moveTo(x0, y0);
  if (lane === null) {
    const bend = (x1 - x0) * 0.5;
    context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
    return;
  }
  const bend = (x1 - x0) * 0.22;
  context.bezierCurveTo(x0 + bend / 2, y0, x0 + bend / 2, lane, x0 + bend, lane);
  context.lineTo(x1 - bend, lane);
  context.bezierCurveTo(x1 - bend / 2, lane, x1 - bend / 2, y1, x1, y1);
}

/**
 * What is added without a weight: dashed, in no colour of a number.
 * @param {CanvasRenderingContext2D} context
 * @param {Way[]} ways
 * @param {Palette} palette
 */
export function paintAdded(context, ways, { tokens }) {
  context.save();
  context.setLineDash([5, 4]);
  context.lineWidth = 1.5;
  context.strokeStyle = tokens.muted;
  for (const way of ways) {
    along(context, way);
    context.stroke();
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Strand[]} strands weakest first
 * @param {number} scale of the widths
 * @param {Palette} palette
 * @param {((strand: Strand) => boolean)|null} chosen when given, all others step back
 */
export function paintStrands(context, strands, scale, palette, chosen) {
  context.lineCap = "butt";
  for (const pass of chosen ? [false, true] : [false]) {
    for (const strand of strands) {
      const isChosen = chosen !== null && chosen(strand);
      if (isChosen !== pass) continue;
      const { share } = strand;
      const size = Math.abs(share);
      along(context, strand);
      const width = scale * (THINNEST + (WIDEST - THINNEST) * size);
      if (isChosen) {
        context.globalAlpha = 1;
        context.strokeStyle = palette.tokens.mark;
        context.lineWidth = width + 5;
        context.stroke();
      }
      context.globalAlpha = isChosen ? 1 : chosen ? QUIET : FAINTEST + (1 - FAINTEST) * size;
      context.strokeStyle = palette.line(share);
      context.lineWidth = width;
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

/**
 * A neuron is a circle; an input is only the half that passes on, flat at the left.
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 */
function outline(context, { x, y, r, layer }) {
  context.beginPath();
  if (layer > 0) {
    context.arc(x, y, r, 0, TURN);
    return;
  }
  context.moveTo(x - r, y - r);
  context.arc(x, y, r, -TURN / 4, TURN / 4);
  context.lineTo(x - r, y + r);
  context.closePath();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 * @param {Palette} palette
 * @param {{pointed: boolean, stuck: boolean, fill: string|null, map: ((x: number, y: number, size: number) => void)|null}} how
 */
export function paintNeuron(context, spot, { tokens }, { pointed, stuck, fill, map }) {
  const { x, y, r } = spot;
  outline(context, spot);
  context.lineWidth = pointed ? 9 : 4;
  context.strokeStyle = pointed ? tokens.mark : tokens.bg;
  context.stroke();
  context.fillStyle = fill ?? tokens.sunk;
  context.fill();
  if (map) {
    context.save();
    context.clip();
    map(x - r, y - r, 2 * r);
    context.restore();
    outline(context, spot);
  }
  context.lineWidth = stuck && r >= 10 ? 3.5 : 1.25;
  context.strokeStyle = tokens.muted;
  context.stroke();
  if (!stuck || r < 10) return;
  context.lineWidth = 1;
  context.strokeStyle = tokens.bg;
  context.stroke();
}

/**
 * The size of an error: a triangle that points the way errors travel, where they arrive at the neuron.
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 * @param {number} share root scale, from 0 to 1
 * @param {Palette} palette
 */
export function paintError(context, { x, y, r }, share, { tokens }) {
  const size = Math.max(1.2, share * Math.min(LARGEST_ERROR, r));
  const at = x + r + 2 + size;
  context.beginPath();
  context.moveTo(at - size, y);
  context.lineTo(at + size * 0.8, y - size * 0.85);
  context.lineTo(at + size * 0.8, y + size * 0.85);
  context.closePath();
  context.lineWidth = 2.5;
  context.lineJoin = "round";
  context.strokeStyle = tokens.bg;
  context.stroke();
  context.fillStyle = tokens.bwd;
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 * @param {string} sign
 * @param {Palette} palette
 */
export function paintBadge(context, { x, y, r }, sign, { tokens }) {
  const [left, top] = [x + r * 0.7, y + r * 0.7];
  context.beginPath();
  context.roundRect(left - BADGE, top - BADGE, 2 * BADGE, 2 * BADGE, 3);
  context.fillStyle = tokens.bg;
  context.fill();
  context.lineWidth = 1.25;
  context.strokeStyle = tokens.muted;
  context.stroke();
  context.fillStyle = tokens.ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(sign, left, top + 0.5);
}

/**
 * What an output stands for, beside it and its error.
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 * @param {string} name
 * @param {number} room
 * @param {Palette} palette
 */
export function paintName(context, { x, y, r }, name, room, { tokens }) {
  context.fillStyle = tokens.ink;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(name, x + r + NAME_GAP, y + 0.5, room);
}

/**
 * What an input is, under it.
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 * @param {string} name
 * @param {number} room
 * @param {Palette} palette
 */
export function paintInputName(context, { x, y, r }, name, room, { tokens }) {
  context.fillStyle = tokens.muted;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(name, x - r, y + r + 5, room);
}
