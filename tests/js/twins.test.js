// A second number under the first: where it stands, what it says, and that it neither covers nor displaces anything.
import assert from "node:assert/strict";
import test from "node:test";

import { layoutNetwork } from "../../static/js/model/layout.js";
import { createPalette } from "../../static/js/model/palette.js";
import { overlap, placeLabels } from "../../static/js/model/plates.js";
import { createSceneBuilder, obstaclesOf } from "../../static/js/model/scene.js";
import { itemsAround } from "../../static/js/model/scene_around.js";
import { edgeStrokes } from "../../static/js/model/scene_edges.js";
import { labelWishes } from "../../static/js/model/scene_labels.js";
import { describe } from "../../static/js/model/scene_text.js";
import { createView } from "../../static/js/model/view.js";
import { stage as texts } from "../../static/js/texts/en_stage.js";
import { LIGHT, makeTrace } from "./stage_fixture.js";

/** @typedef {import("../../static/js/model/marks.js").Mark} Mark */
/** @typedef {import("../../static/js/model/laboratory/experiment.d.ts").Twin} Twin */

const palette = createPalette(LIGHT);
const SHAPES = [[1, 1], [1, 2, 1], [2, 2], [2, 2, 2], [3, 4, 3], [4, 6, 5, 3], [8, 12, 4], [20, 20, 20]];
/** @type {[number, number, boolean][]} */
const STAGES = [[976, 692, false], [704, 668, false], [390, 330, true]];

/** A second number for everything there is. @param {number[]} shape @param {"wrong"|"moved"} kind @param {boolean} [everywhere] @returns {Twin} */
function twinOf(shape, kind, everywhere = false) {
  const values = new Map();
  shape.forEach((size, layer) => {
    for (let row = 0; row < size; row++) {
      for (const name of ["weighted_input", "activation", "activation_slope", "activation_gradient", "error", "biases", "updated_biases", "example_bias_gradient", "target"]) values.set(`${name}:${layer}:${row}`, -0.012345);
      for (let column = 0; column < (shape[layer - 1] ?? 0); column++) {
        for (const name of ["weights", "updated_weights", "example_weight_gradient"]) values.set(`${name}:${layer}:${row}:${column}`, 0.54321);
      }
    }
  });
  values.set("cost", 0.12345);
  return { kind, values, everywhere };
}

/** @param {number[]} shape @param {number} index @param {Twin|null} twin @param {[number, number, boolean]} [stage] */
function momentOf(shape, index, twin, [width, height, phone] = [976, 692, false]) {
  const trace = makeTrace(shape);
  const layout = layoutNetwork(trace.network, width, height, { phone });
  return { trace, index, f: 1, example: 0, digits: 4, pointed: null, selected: null, twin, layout, palette, texts };
}

/** @param {Mark[]} marks @returns {Mark[]} */
const flat = (marks) => marks.flatMap((one) => [one, ...flat(one.children ?? [])]);
/** @param {Mark[]} marks @returns {Map<string, Mark>} */
const seconds = (marks) => new Map(flat(marks).filter((one) => one.attributes["data-twin"]).map((one) => [String(one.attributes["data-twin"]), one]));

test("a second number stands under the first wherever that one is shown, and nowhere else", () => {
  const trace = makeTrace([2, 2, 2]);
  for (let index = 0; index < trace.steps.length; index++) {
    const twin = twinOf([2, 2, 2], "wrong");
    const { marks } = createSceneBuilder()(momentOf([2, 2, 2], index, twin));
    const shown = flat(marks).filter((one) => one.attributes["data-ref"] && twin.values.has(String(one.attributes["data-ref"])));
    const found = seconds(marks);
    // Of "old → new" the pair is that of the new number.
    const firsts = new Set(shown.map((one) => String(one.attributes["data-ref"])).filter((ref) => !/^(weights|biases)/.test(ref) || found.has(ref)));
    assert.deepEqual([...found.keys()].sort(), [...firsts].sort(), `step ${index}`);
    assert.ok(found.size >= 2, `step ${index}: not empty`);
  }
});

test("a number that is still to come has a second only where the twin is everywhere", () => {
  const later = "activation:2:0";
  assert.equal(seconds(createSceneBuilder()(momentOf([2, 2, 2], 0, twinOf([2, 2, 2], "wrong"))).marks).has(later), false);
  const { marks } = createSceneBuilder()(momentOf([2, 2, 2], 0, twinOf([2, 2, 2], "moved", true)));
  assert.ok(seconds(marks).has(later));
  assert.ok(flat(marks).some((one) => one.attributes["data-ref"] === later), "with the first over it");
});

test("wrong has its cross and wave, moved its arrow and a first number that is past", () => {
  const wrong = flat(createSceneBuilder()(momentOf([2, 2, 2], 8, twinOf([2, 2, 2], "wrong"))).marks);
  const moved = flat(createSceneBuilder()(momentOf([2, 2, 2], 6, twinOf([2, 2, 2], "moved"))).marks);
  for (const [marks, kind, sign] of /** @type {[Mark[], string, string][]} */ ([[wrong, "wrong", "✕"], [moved, "moved", "→"]])) {
    const groups = marks.filter((one) => one.attributes.class === `stage-twin stage-twin-${kind}`);
    assert.ok(groups.length > 0);
    for (const group of groups) {
      assert.equal(group.children?.[0]?.text, sign);
      assert.equal(group.children?.some((one) => one.attributes.class === "stage-twin-wave"), kind === "wrong");
    }
  }
  const first = moved.find((one) => one.attributes["data-ref"] === "activation:1:0");
  assert.match(String(first?.attributes.class), /stage-quiet/);
  assert.ok(wrong.some((one) => one.text === "✓"));
});

test("no twin, no mark of one", () => {
  const { marks } = createSceneBuilder()(momentOf([2, 2, 2], 6, null));
  assert.equal(flat(marks).some((one) => String(one.attributes.class).includes("twin")), false);
});

test("what is not finite is said in words, in red as everywhere", () => {
  const twin = /** @type {Twin} */ ({ kind: "wrong", everywhere: false, values: new Map([["activation:1:0", null]]) });
  const found = seconds(createSceneBuilder()(momentOf([2, 2, 2], 6, twin)).marks).get("activation:1:0");
  assert.equal(found?.text, "not finite");
});

test("with second numbers too, neurons do not touch and plates lie on nothing", () => {
  let shown = 0;
  for (const shape of SHAPES) for (const stage of STAGES) {
    const steps = makeTrace(shape).steps.length;
    for (let index = 1; index < steps; index += 2) {
      const view = createView(momentOf(shape, index, twinOf(shape, "wrong"), stage));
      for (const column of view.layout.neurons) for (const [row, box] of column.entries()) {
        const next = column[row + 1];
        if (!next || box.height < 20) continue;
        const lower = Math.max(box.y + box.height / 2, ...itemsAround(view, box).map((item) => item.box.y + item.box.height / 2));
        const upper = Math.min(next.y - next.height / 2, ...itemsAround(view, next).map((item) => item.box.y - item.box.height / 2));
        assert.ok(lower <= upper + 0.01, `${shape} ${stage}, step ${index}, layer ${box.layer}, row ${row}: ${lower} ${upper}`);
      }
      const strokes = edgeStrokes(view);
      const obstacles = obstaclesOf(view, strokes);
      const boxes = [...placeLabels(labelWishes(view, strokes).map((wish) => wish.label), obstacles).values()];
      shown += boxes.length;
      for (const [at, box] of boxes.entries()) for (const other of [...boxes.slice(at + 1), ...obstacles]) assert.ok(!overlap(box, other, 0), `${shape} ${stage}, step ${index}`);
    }
  }
  assert.ok(shown > 100, `the test is not empty: ${shown}`);
});

test("those who hear the page hear both", () => {
  const said = describe(createView(momentOf([2, 2, 2], 6, twinOf([2, 2, 2], "wrong")))).join(" ");
  assert.match(said, /with the mistake −0\.01234|with the mistake −0\.01235/);
});

test("beside the laboratory’s column the gradients of a small network have room for their pairs", () => {
  const shape = [2, 2, 2];
  const values = new Map(shape.flatMap((_, layer) => [0, 1].flatMap((row) => [0, 1].map((column) => /** @type {[string, number]} */ ([`example_weight_gradient:${layer}:${row}:${column}`, -0.08217])))));
  const trace = makeTrace(shape);
  for (const { example_weight_gradient: gradients } of trace.layers) for (const row of gradients?.[0] ?? []) row?.fill(0.08217);
  for (const { index, covers } of trace.steps.filter(({ kind }) => kind === "weight_gradient")) {
    const { marks } = createSceneBuilder()({ ...momentOf(shape, index, { kind: "wrong", values, everywhere: false }, [704, 668, false]), trace });
    const of = `example_weight_gradient:${covers[0]?.[1]}:`;
    assert.equal([...seconds(marks).keys()].filter((ref) => ref.startsWith(of)).length, 4, of);
  }
});

test("both numbers can be read in the neurons of a chain, of the laboratory and of a phone, and stay in their halves", () => {
  for (const stage of /** @type {[number, number, boolean][]} */ ([[704, 668, false], [390, 300, true], [360, 281, true]])) {
    const moment = momentOf([1, 1, 1, 1], 8, twinOf([1, 1, 1, 1], "moved", true), stage);
    const values = new Map([1, 2, 3].map((layer) => /** @type {[string, number]} */ ([`weighted_input:${layer}:0`, -0.2449])));
    const { marks } = createSceneBuilder()({ ...moment, twin: { kind: "moved", values, everywhere: false } });
    for (const [ref, { attributes }] of seconds(marks)) {
      const [, layer = 0] = ref.split(":").map(Number);
      const box = moment.layout.neurons[layer]?.[0];
      assert.ok(box && Number(attributes["font-size"]) >= 10.5, `${ref}: ${attributes["font-size"]}`);
      assert.ok(Number(attributes.x) + Number(attributes.textLength ?? 0) <= box.divider, ref);
    }
    assert.equal(seconds(marks).size, 3);
  }
});

test("right and wrong error are of a size to read, with the wave inside the tag", () => {
  for (const stage of /** @type {[number, number, boolean][]} */ ([[704, 668, false], [390, 300, true], [360, 281, true]])) {
    const values = new Map([0, 1].map((row) => /** @type {[string, number]} */ ([`error:1:${row}`, 0.007294])));
    const trace = makeTrace([2, 2, 2]);
    const index = trace.steps.findIndex(({ kind, layer }) => kind === "error" && layer === 1);
    const { marks } = createSceneBuilder()(momentOf([2, 2, 2], index, { kind: "wrong", values, everywhere: false }, stage));
    const tags = flat(marks).filter(({ key, attributes }) => key === "tag" && /stage-now/.test(String(attributes.class)));
    assert.equal(tags.length, 2);
    for (const { attributes } of seconds(marks).values()) assert.ok(Number(attributes["font-size"]) >= 10.5, `${stage}: ${attributes["font-size"]}`);
    for (const { attributes } of flat(marks).filter(({ key }) => key === "wave")) {
      const [, y = 0] = /** @type {RegExpMatchArray} */ (String(attributes.d).match(/^M[\d.-]+ ([\d.-]+)/)).map(Number);
      assert.ok(tags.some((tag) => y + 1.75 <= Number(tag.attributes.y) + Number(tag.attributes.height) - 1.25 && y > Number(tag.attributes.y)), `${stage}: ${y}`);
    }
  }
});
