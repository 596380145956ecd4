// The scene of one moment of a graph: edges below, then what travels, then the nodes and the numbers on the edges.
// A pure function; whatever does not depend on the motion is made once a step and kept while it moves.

import { edgeLabelMarks, edgeMarks, placeEdgeLabels, pulseMarks } from "./scene_edge.js";
import { nodeMark, outputMarks } from "./scene_node.js";
import { createGraphView } from "./view.js";

/** @typedef {import("./view.js").Moment} Moment */
/** @typedef {{view: import("./view.js").GraphView, marks: import("../marks.js").Mark[]}} GraphScene */

/** The nodes whose numbers a step brings: only these change while it moves. @param {import("./view.js").GraphView} view */
function changing({ step, edges }) {
  return new Set((step?.writes ?? []).map((ref) => {
    const [quantity, id] = ref.split(":");
    return quantity === "value" || quantity === "gradient" ? Number(id) : edges[Number(id)]?.source ?? -1;
  }));
}

/** What rests while a step moves. @param {import("./view.js").GraphView} view */
function resting(view) {
  const strokes = [...view.edges].sort((one, other) => Math.abs(one.local_gradient ?? 0) - Math.abs(other.local_gradient ?? 0) || one.id - other.id);
  return {
    edges: strokes.flatMap((edge) => edgeMarks(view, edge)),
    output: outputMarks(view),
    nodes: view.layout.boxes.map((box) => nodeMark(view, box)),
    changing: changing(view),
  };
}

/** @returns {(moment: Moment) => GraphScene} */
export function createGraphScenes() {
  const places = lastOf(placeEdgeLabels);
  const rest = lastOf(resting);
  return (moment) => {
    const view = createGraphView(moment);
    const { trace, index, digits, layout, palette, pointed, selected } = moment;
    const still = rest(view, [trace, index, digits, layout, palette, pointed, selected]);
    const labels = places(view, [trace, index, digits, layout]);
    return {
      view,
      marks: [
        ...still.edges,
        ...still.output,
        ...view.layout.boxes.map((box, at) => (still.changing.has(box.id) ? nodeMark(view, box) : /** @type {import("../marks.js").Mark} */ (still.nodes[at]))),
        ...edgeLabelMarks(view, labels),
        ...pulseMarks(view),
      ],
    };
  };
}

/**
 * Made once for as long as what it depends on stays the same.
 * @template T
 * @param {(view: import("./view.js").GraphView) => T} make
 * @returns {(view: import("./view.js").GraphView, key: unknown[]) => T}
 */
function lastOf(make) {
  /** @type {unknown[]} */
  let before = [];
  /** @type {T|undefined} */
  let made;
  return (view, key) => {
    if (made === undefined || key.some((value, at) => value !== before[at])) [made, before] = [make(view), key];
    return made;
  };
}
