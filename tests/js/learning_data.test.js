// The Data panel's models: strokes and their undo, cells and the text they become, what data asks of a network.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MARKS, markOf, outline } from "../../static/js/model/learning/data_marks.js";
import * as points from "../../static/js/model/learning/data_points.js";
import { fitNetwork, heldBack, needsOf, ownData, readyData, wholeNumber } from "../../static/js/model/learning/data_recipe.js";
import * as table from "../../static/js/model/learning/data_table.js";

const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ number = 0) => ({ x, y, class: number });
const network = { inputs: 2, layers: [{ size: 8, activation: "tanh" }, { size: 2, activation: "softmax" }], cost: "cross_entropy" };

/** @param {import("../../static/js/model/learning/data_points.js").Drawing} drawing @param {ReturnType<typeof at>[]} places */
function stroke(drawing, ...places) {
  return places.reduce((so, place) => points.added(so, points.strokeAt("pen", place, 1)), points.begun(drawing));
}

test("a stroke is one thing to undo", () => {
  const one = stroke(points.emptyDrawing(), at(0, 0), at(0.1, 0), at(0.2, 0));
  const two = stroke(one, at(0.5, 0.5, 1));
  assert.equal(two.points.length, 4);
  assert.deepEqual(points.undone(two).points, one.points);
  assert.deepEqual(points.undone(points.undone(two)).points, []);
  assert.equal(points.canUndo(points.undone(points.undone(two))), false);
  assert.equal(points.canUndo(points.emptyDrawing()), false);
});

test("a stroke that left nothing is passed over by undo", () => {
  const one = stroke(points.emptyDrawing(), at(0, 0));
  const nothing = points.erased(points.begun(one), { x: 0.9, y: 0.9 });
  assert.deepEqual(points.undone(nothing).points, []);
});

test("clearing and erasing can be taken back", () => {
  const one = stroke(points.emptyDrawing(), at(0, 0), at(0.5, 0.5, 1));
  assert.equal(points.cleared(one).points.length, 0);
  assert.deepEqual(points.undone(points.cleared(one)).points, one.points);
  const left = points.erased(points.begun(one), { x: 0.51, y: 0.5 });
  assert.deepEqual(left.points.map(({ class: number }) => number), [0]);
  assert.deepEqual(points.undone(left).points, one.points);
});

test("points stay in the square, and there are not too many", () => {
  const [far] = points.strokeAt("pen", at(7, -7), 0);
  assert.deepEqual([far?.x, far?.y], [1, -1]);
  const many = Array.from({ length: points.MOST_POINTS + 50 }, () => at(0, 0));
  assert.equal(points.added(points.emptyDrawing(), many).points.length, points.MOST_POINTS);
  assert.equal(points.strokeAt("spray", at(0, 0), 4).length, 5);
});

test("examples of a drawing count the classes that were drawn and keep their numbers as names", () => {
  const drawing = stroke(points.emptyDrawing(), at(0.1, 0.2, 0), at(-0.5, 0.5, 4), at(1, 1, 0));
  assert.deepEqual(points.examplesOf(drawing), { input_names: ["x₁", "x₂"], inputs: [[0.1, 0.2], [-0.5, 0.5], [1, 1]], classes: [0, 1, 0], class_names: ["1", "5"] });
  assert.deepEqual(points.gridOf(drawing).rows[1], ["-0.5", "0.5", "5"]);
  assert.deepEqual(points.counts(drawing), [2, 0, 0, 0, 1, 0]);
});

test("a drawing that a session learns from can be gone on with", () => {
  const drawing = stroke(points.emptyDrawing(), at(0.1, 0.2, 0), at(-0.5, 0.5, 4));
  assert.deepEqual(points.drawingOf(points.examplesOf(drawing))?.points, drawing.points);
  assert.equal(points.drawingOf({ input_names: ["a", "b"], inputs: [[1, 7]], classes: [0], class_names: ["1"] }), null);
  assert.equal(points.drawingOf({ input_names: ["a", "b"], inputs: [[1, 0]], classes: [0], class_names: ["setosa"] }), null);
  assert.equal(points.drawingOf({ input_names: ["a", "b"], inputs: [[1, 0]], values: [[1]] }), null);
});

test("the corners and the middle of the canvas are those of the square", () => {
  assert.deepEqual(points.placeAt(0, 0, 400), { x: -1, y: 1 });
  assert.deepEqual(points.placeAt(400, 400, 400), { x: 1, y: -1 });
  assert.deepEqual(points.placeAt(200, 100, 400), { x: 0, y: 0.5 });
});

test("no two classes look alike", () => {
  const looks = MARKS.map(({ colour, shape }) => `${colour} ${shape}`);
  assert.equal(new Set(looks).size, MARKS.length);
  assert.ok(MARKS.length >= 10);
  assert.equal(markOf(MARKS.length), MARKS[0]);
  for (const { shape } of MARKS) assert.match(outline(shape, 3, 4, 5), /^M-?[\d.]+ -?[\d.]+[aLM]/);
});

test("a cell with the separator, a quote or a line end is written so that it comes back", () => {
  const grid = { names: ["a", 'b "x"'], rows: [["1,5", " 2"], ["two\nlines", "3"]] };
  assert.equal(table.textOf(grid, "comma"), 'a,"b ""x"""\n"1,5"," 2"\ntwo lines,3\n');
  assert.equal(table.textOf(grid, "semicolon"), 'a;"b ""x"""\n1,5;" 2"\ntwo lines;3\n');
});

test("cells and rows change in a new table", () => {
  const grid = table.blankGrid();
  const before = JSON.stringify(grid);
  assert.equal(table.withCell(grid, 1, 2, "b").rows[1]?.[2], "b");
  assert.equal(table.withCell(grid, -1, 0, "height").names[0], "height");
  assert.deepEqual(table.withRow(grid, 0).rows.length, 5);
  assert.deepEqual(table.withoutRow(grid, 0).rows.length, 3);
  assert.equal(JSON.stringify(grid), before);
  const single = { names: ["a"], rows: [["1"]] };
  assert.equal(table.withoutRow(single, 0), single);
  const full = { names: ["a"], rows: Array.from({ length: table.MOST_ROWS }, () => ["1"]) };
  assert.equal(table.withRow(full, 3), full);
});

test("the keys of a grid lead from cell to cell and not out of it", () => {
  const grid = { names: ["a", "b"], rows: [["1", "2"], ["3", "4"], ["5", "6"]] };
  const go = (/** @type {string} */ key, /** @type {number} */ row, /** @type {number} */ column, far = false) => table.cellAfter(key, far, { row, column }, grid);
  assert.deepEqual(go("ArrowDown", 0, 0), { row: 1, column: 0 });
  assert.deepEqual(go("ArrowUp", 0, 1), { row: -1, column: 1 });
  assert.deepEqual(go("ArrowUp", -1, 1), { row: -1, column: 1 });
  assert.deepEqual(go("End", 1, 0), { row: 1, column: 1 });
  assert.deepEqual(go("End", 0, 0, true), { row: 2, column: 1 });
  assert.deepEqual(go("PageDown", 0, 0), { row: 2, column: 0 });
  assert.equal(go("a", 0, 0), null);
});

test("a complaint about line and column is about a cell below the names", () => {
  const found = table.placesOf([{ line: 3, column: 2, detail: "first" }, { line: 3, column: 2, detail: "second" }, { line: 1, column: 1, detail: "name" }, { detail: "no place" }]);
  assert.deepEqual([...found].sort(), [["-1:0", "name"], ["1:1", "first"]]);
});

test("examples become a table and a table names its classes", () => {
  const classes = { input_names: ["x"], inputs: [[1], [2.5]], classes: [1, 0], class_names: ["no", "yes"] };
  assert.deepEqual(table.gridOfExamples(classes), { names: ["x", "class"], rows: [["1", "yes"], ["2.5", "no"]] });
  const values = { input_names: ["x"], inputs: [[1]], values: [[-3]], value_names: ["y"] };
  assert.deepEqual(table.gridOfExamples(values), { names: ["x", "y"], rows: [["1", "-3"]] });
  assert.deepEqual(table.gridOfReading({ columns: [{ name: "x" }], cells: [["1,5"]] }), { names: ["x"], rows: [["1,5"]] });
});

test("a network gets as many inputs and outputs as there are inputs and classes", () => {
  const fitted = fitNetwork(network, { inputs: 4, classes: 3, values: 0 });
  assert.deepEqual([fitted.network.inputs, fitted.network.layers.map(({ size }) => size), fitted.network.cost], [4, [8, 3], "cross_entropy"]);
  assert.deepEqual([fitted.resized, fitted.activation, fitted.cost, fitted.encoding], [true, null, null, { kind: "one_hot", low: "0" }]);
  assert.equal(fitNetwork(network, { inputs: 2, classes: 2, values: 0 }).resized, false);
  assert.equal(network.layers[1]?.size, 2);
});

test("one output stays one for two classes", () => {
  const single = { ...network, layers: [{ size: 3, activation: "tanh" }, { size: 1, activation: "tanh" }], cost: "quadratic" };
  const two = fitNetwork(single, { inputs: 2, classes: 2, values: 0 });
  assert.deepEqual([two.outputs, two.encoding], [1, { kind: "single", low: "−1" }]);
  assert.equal(fitNetwork(single, { inputs: 2, classes: 3, values: 0 }).outputs, 3);
});

test("values want an output that can be any number, and classes one that tells them apart", () => {
  const values = fitNetwork(network, { inputs: 1, classes: 0, values: 1 });
  assert.deepEqual([values.outputs, values.activation, values.cost, values.encoding.kind], [1, "identity", "quadratic", "values"]);
  const back = fitNetwork(values.network, { inputs: 2, classes: 2, values: 0 });
  assert.deepEqual([back.outputs, back.activation, back.cost], [2, "softmax", "cross_entropy"]);
});

test("what is held back is counted as the server counts it", () => {
  // round(count * share) of Python: halves to the even number, and one example always stays to train with.
  assert.deepEqual([[300, 0.2], [5, 0.5], [7, 0.5], [4, 0.2], [1, 0.5], [2, 0.5], [10, 0]].map(([count = 0, share = 0]) => heldBack(count, share)), [60, 2, 4, 1, 0, 1, 0]);
});

test("the data of a recipe is a name or examples with what they share", () => {
  const common = { seed: 3, test_share: 0.2, scaling: "unit" };
  assert.deepEqual(readyData({ name: "moons", count: 50 }, common), { name: "moons", count: 50, ...common });
  const examples = { input_names: ["x"], inputs: [[1], [2]], values: [[1], [2]] };
  assert.deepEqual(ownData(examples, common), { examples, ...common });
  assert.deepEqual(needsOf(examples), { inputs: 1, classes: 0, values: 1 });
});

test("whole numbers are read, and nothing else", () => {
  assert.deepEqual(["12", " 7 ", "", "-1", "1.5", "x", "1e3"].map(wholeNumber), [12, 7, undefined, null, null, null, null]);
});
