// What the stage shows at every part of every step of a trace, for the test that holds it against what the server tells.
// The trace comes in as JSON, as the API answers it, and the numbers go out as JSON.

import { partCount } from "../../static/js/model/fine.js";
import { layoutNetwork } from "../../static/js/model/layout.js";
import { createPalette } from "../../static/js/model/palette.js";
import { addedPulses } from "../../static/js/model/scene_added.js";
import { edgeStrokes } from "../../static/js/model/scene_edges.js";
import { sumSoFar, termOf } from "../../static/js/model/scene_part.js";
import { pulsesOf } from "../../static/js/model/scene_pulses.js";
import { createView } from "../../static/js/model/view.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { LIGHT } from "./stage_fixture.js";

/** @type {import("../../static/js/model/types.d.ts").Trace} */
const trace = JSON.parse(await new Promise((resolve) => {
  let text = "";
  process.stdin.on("data", (part) => { text += part; }).on("end", () => resolve(text));
}));
const layout = layoutNetwork(trace.network, 976, 692);
const palette = createPalette(LIGHT);

/** @param {"neuron"|"term"} granularity @param {number} index @param {number} part */
function shown(granularity, index, part) {
  const view = createView({ trace, index, part, granularity, f: 1, example: trace.example, digits: 4, pointed: null, selected: null, layout, palette, texts });
  const strokes = edgeStrokes(view);
  const products = strokes.map((stroke) => termOf(view, stroke)).filter((value) => value !== null);
  const neuron = { layer: view.part?.run.layer ?? 0, row: view.part?.row ?? 0 };
  const sum = sumSoFar(view, neuron, false) ?? sumSoFar(view, neuron, true);
  return { sum: sum?.value ?? null, products, pulses: pulsesOf(view, strokes).length, added: addedPulses(view).length };
}

const every = (/** @type {"neuron"|"term"} */ granularity) => trace.steps.flatMap((_, index) => Array.from({ length: partCount(trace, granularity, index) }, (__, part) => shown(granularity, index, part)));
process.stdout.write(JSON.stringify({ term: every("term"), neuron: every("neuron") }));
