// The plane of two inputs: what the network answers as a field of colour, the boundary as a line, the examples on it.
// The field, the contour and the rings change with every frame; the marks of the examples are painted once and laid over.

import { bordersOf, contoursOf } from "../../model/learning/contours.js";
import { markOf } from "../../model/learning/data_marks.js";
import { classTables, fillClasses, fillLevels, levelTable } from "../../model/learning/levels.js";
import { dotsOf, fieldAfter, nextRows, placing } from "../../model/learning/plane.js";
import { markSize, paintMark, paintNext, paintRings, paintStepped, paintValue, traceContours } from "./plane_paint.js";
import { createPicture } from "./surface.js";

/** @typedef {import("../../model/learning/frames.d.ts").Shown} Shown */
/** @typedef {import("../../model/learning/frames.d.ts").Field} Field */
/** @typedef {import("../../model/palette.js").Palette} Palette */
/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("../../model/learning/plane.js").Box} Box */

/** How far a ring lies outside its mark, and its line: finer where half the paper would be rings. */
const RING = { few: /** @type {const} */ ([4.5, 2]), many: /** @type {const} */ ([3, 1.25]) };
const MANY_WRONG = 40;
const DASH = [7, 5];
/** A border between regions has this much paper on both sides, so that it is seen on every colour. */
const HALO = 4.5;

/** @param {Field} field @returns {number[][]} */
const linesOf = (field) => (field.classes ? bordersOf(field.classes, field.values, field.size, field.size) : contoursOf(field.values, field.size, field.size));

export function createBoundary() {
  /** @type {import("./surface.js").Picture|null} */
  let picture = null;
  /** @type {Palette|null} */
  let coloured = null;
  let levels = new Uint32Array(0);
  /** @type {Uint32Array[]} */
  let classes = [];
  const marks = document.createElement("canvas");
  /** @type {unknown[]} */
  let marksKey = [];

  /** @param {Palette} palette @param {number} count */
  function colour(palette, count) {
    if (coloured === palette && classes.length === count) return;
    coloured = palette;
    levels = levelTable(palette);
    classes = classTables(Array.from({ length: count }, (_, at) => palette.tokens[markOf(at).colour]), palette.tokens.bg);
  }

  /** @param {Field} field */
  function fill(field) {
    if (picture?.columns !== field.size) picture = createPicture(field.size, field.size);
    picture.fill((pixels) => (field.classes ? fillClasses(pixels, field.values, field.classes, classes) : fillLevels(pixels, field.values, levels)));
    return picture;
  }

  /** @param {Shown} state @param {Field} field @param {Surface} surface @param {Box} box @param {Palette} palette */
  function marksOf({ data }, field, surface, box, palette) {
    const key = [data, palette, box.width, box.height, surface.ratio(), ...field.low, ...field.high];
    if (key.every((part, at) => part === marksKey[at])) return marks;
    marksKey = key;
    const { width, height } = surface.size();
    [marks.width, marks.height] = [Math.round(width * surface.ratio()), Math.round(height * surface.ratio())];
    const context = /** @type {CanvasRenderingContext2D} */ (marks.getContext("2d"));
    context.scale(surface.ratio(), surface.ratio());
    if (data) paintExamples(context, data, placing(field, box), box.width, palette);
    return marks;
  }

  return {
    /**
     * @param {Shown} state
     * @param {Surface} surface
     * @param {Box} box
     * @param {Palette} palette
     */
    draw(state, surface, box, palette) {
      const { frame, data } = state;
      const field = frame?.boundary;
      if (!field) return;
      colour(palette, Math.max(2, state.session.data?.classes ?? 2));
      const { context } = surface;
      surface.begin();
      context.save();
      context.beginPath();
      context.roundRect(box.left, box.top, box.width, box.height, 4);
      context.clip();
      fill(field).drawNodes(context, box.left, box.top, box.width, box.height);
      if (!state.session.data?.is_regression) paintLines(context, field, fieldAfter(state), box, palette);
      const place = placing(field, box);
      const size = markSize((data?.train.inputs.length ?? 0) + (data?.test.inputs.length ?? 0), box.width);
      /** Of very many examples only some are here. @param {"train"|"test"} part @param {readonly number[]} rows */
      const spots = (part, rows) => rows.flatMap((row) => { const [x, y] = data?.[part].inputs[row] ?? []; return x === undefined || y === undefined ? [] : [place(x, y)]; });
      const { rows, stepped } = nextRows(state);
      paintNext(context, spots("train", rows), size, palette);
      context.drawImage(marksOf(state, field, surface, box, palette), 0, 0, surface.size().width, surface.size().height);
      const wrong = [...spots("train", field.wrong?.train ?? []), ...spots("test", field.wrong?.test ?? [])];
      const [reach, line] = wrong.length > MANY_WRONG ? RING.many : RING.few;
      paintRings(context, wrong, size + reach, palette.tokens.bg, line + 1.5);
      paintRings(context, wrong, size + reach, palette.tokens.ink, line);
      paintStepped(context, spots("train", stepped === null ? [] : [stepped])[0], size, palette);
      context.restore();
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {Field} field @param {Field|null} after @param {Box} box @param {Palette} palette */
function paintLines(context, field, after, box, { tokens }) {
  context.lineJoin = "round";
  for (const [one, dashed] of /** @type {[Field|null, boolean][]} */ ([[after, true], [field, false]])) {
    if (!one) continue;
    traceContours(context, linesOf(one), one.size, box);
    if (one.classes || dashed) {
      context.strokeStyle = tokens.bg;
      context.lineWidth = HALO;
      context.stroke();
    }
    context.setLineDash(dashed ? DASH : []);
    context.strokeStyle = tokens.ink;
    context.lineWidth = dashed ? 2 : 1.5;
    context.stroke();
    context.setLineDash([]);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {NonNullable<Shown["data"]>} data
 * @param {import("../../model/learning/plane.js").Place} place
 * @param {number} side
 * @param {Palette} palette
 */
function paintExamples(context, data, place, side, palette) {
  const dots = dotsOf(data, true);
  const size = markSize(dots.length, side);
  const values = dots.map(({ value }) => value ?? 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  for (const { part, x, y, group, value } of dots) {
    const at = place(x, y);
    if (value === null) paintMark(context, group, at.x, at.y, size, palette);
    else paintValue(context, at.x, at.y, size, palette.ramp(((value - low) / (high - low || 1)) * 2 - 1), part === "train" ? palette.tokens.ink : palette.tokens.muted, palette);
  }
}
