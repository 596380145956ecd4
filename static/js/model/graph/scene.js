// The scene of one moment of a graph: edges below, then what travels, then the nodes and the numbers on the edges.
// A pure function; placing the numbers is the costly part and does not depend on the motion, so it is kept for the step.

import { edgeLabelMarks, edgeMarks, placeEdgeLabels, pulseMarks } from "./scene_edge.js";
import { nodeMark, outputMarks } from "./scene_node.js";
import { createGraphView } from "./view.js";

/** @typedef {import("./view.js").Moment} Moment */
/** @typedef {{view: import("./view.js").GraphView, marks: import("../marks.js").Mark[]}} GraphScene */

/** @returns {(moment: Moment) => GraphScene} */
export function createGraphScenes() {
  /** @type {unknown[]} */
  let key = [];
  /** @type {ReturnType<typeof placeEdgeLabels>} */
  let places = new Map();
  return (moment) => {
    const view = createGraphView(moment);
    const now = [moment.trace, moment.index, moment.digits, moment.layout];
    if (now.some((value, at) => value !== key[at])) {
      places = placeEdgeLabels(view);
      key = now;
    }
    const strokes = [...view.edges].sort((one, other) => Math.abs(one.local_gradient ?? 0) - Math.abs(other.local_gradient ?? 0) || one.id - other.id);
    return {
      view,
      marks: [
        ...strokes.flatMap((edge) => edgeMarks(view, edge)),
        ...outputMarks(view),
        ...view.layout.boxes.map((box) => nodeMark(view, box)),
        ...edgeLabelMarks(view, places),
        ...pulseMarks(view),
      ],
    };
  };
}
