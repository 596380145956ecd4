// The ready-made data sets: a card each with its real examples in small, and the chosen one larger with what may be varied.
// Pictures are of the very examples the server draws for the numbers typed; nothing here makes any up.

import { h } from "../../dom.js";
import { wholeNumber } from "../../model/learning/data_recipe.js";
import { data as text } from "../../texts/en_data.js";
import { box, slider } from "./data_fields.js";
import { drawExamples } from "./data_picture.js";

const words = text.ready;
const SMALL = { width: 104, height: 104 };
const LARGE = { width: 240, height: 240 };
const WAIT = 150;
const USUAL_SHARE = 0.2;
/** How many examples a card and the large picture show at most, by how large one is. @param {{picture: unknown}} entry */
const shown = ({ picture }) => (picture ? [9, 25] : [160, 2000]);
/** The two inputs that tell the classes apart best to the eye. @type {Record<string, [number, number]>} */
const AXES = { iris: [2, 3], wine: [0, 6], breast_cancer: [0, 1] };

/** @typedef {import("../../model/api-types.d.ts").components["schemas"]["DatasetEntry"]} Entry */
/** @typedef {import("../../model/learning/data_recipe.js").Examples} Examples */
/** @typedef {{name: string, count?: number, noise?: number, classes?: number}} Chosen */

/** A truth table is whole or it is another one: none of its few rows can be missed. @param {Entry|undefined} entry */
const isWhole = (entry) => (entry?.count ?? 100) <= 8;

/** @param {string} name */
const nameOf = (name) => text.names[/** @type {keyof typeof text.names} */ (name)] ?? name.replaceAll("_", " ");

/**
 * @param {{list: (signal: AbortSignal) => Promise<Entry[]>, examples: (name: string, how: object, signal: AbortSignal) => Promise<Examples>}} api
 * @param {() => number|null} seed as typed
 * @param {() => void} changed
 * @param {(share: number) => void} suggest how many to hold back of the set just chosen
 */
export function readyTab(api, seed, changed, suggest) {
  /** @type {Entry[]} */
  let entries = [];
  /** @type {{name: string, count: string, noise: number, classes: string}} */
  let chosen = { name: "spirals", count: "", noise: 0.02, classes: "" };
  /** @type {Map<string, {canvas: HTMLCanvasElement, input: HTMLInputElement, examples: Examples|null, entry: Entry}>} */
  const cards = new Map();
  let asking = new AbortController();
  /** @type {Examples|null} */
  let latest = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  const grid = h("div", { class: "data-cards", role: "radiogroup", "aria-label": words.legend });
  const picture = h("canvas", { class: "data-large", role: "img", "aria-label": "" });
  const axes = h("p", { class: "quiet data-axes" });
  const title = h("h3", { class: "data-name" });
  const told = h("p", {});
  const size = h("p", { class: "quiet" });
  const source = h("p", { class: "quiet data-source" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const count = box(words.count, (value) => { chosen = { ...chosen, count: value }; refresh(); });
  const classes = box(words.classes, (value) => { chosen = { ...chosen, classes: value }; refresh(); });
  const noise = slider(words.noise, { low: 0, high: 0.5, step: 0.01 }, (value) => { chosen = { ...chosen, noise: value }; refresh(); });
  // Nothing is shown of a set before it is known: a heading without words is read out as one.
  const about = h("div", { class: "data-about", hidden: true },
    picture, axes, title, told, size, source, h("div", { class: "data-row" }, count.element, classes.element), noise.element);
  const detail = h("section", { class: "data-detail", "aria-live": "off" }, about, problem);
  const element = h("div", { class: "data-ready" }, grid, detail);

  const entryOf = (/** @type {string} */ name) => entries.find((entry) => entry.name === name);

  /** What the recipe would say; null where a field cannot be used. @returns {Chosen|null} */
  function asked() {
    const entry = entryOf(chosen.name);
    const [number, parts] = [wholeNumber(chosen.count), wholeNumber(chosen.classes)];
    if (!entry || number === null || parts === null || (number !== undefined && number < 2)) return null;
    return {
      name: entry.name,
      ...(number === undefined ? {} : { count: number }),
      ...(chosen.noise === entry.noise ? {} : { noise: chosen.noise }),
      ...(parts === undefined || !entry.takes_classes ? {} : { classes: parts }),
    };
  }

  /** @param {string} said @param {string} [parameter] */
  function complain(said, parameter = "") {
    count.complain(parameter === "count" ? said : "");
    classes.complain(parameter === "classes" ? said : "");
    problem.hidden = said === "" || parameter === "count" || parameter === "classes";
    problem.textContent = said;
  }

  async function ask() {
    const [how, entry, number] = [asked(), entryOf(chosen.name), seed()];
    asking.abort();
    if (!how || !entry || number === null) return;
    asking = new AbortController();
    const { signal } = asking;
    const { name, ...rest } = how;
    // Of pictures and long sets as many as fit; what the recipe learns from is all of it, drawn from the same seed.
    const most = Math.min(rest.count ?? entry.count, shown(entry)[1] ?? 25);
    try {
      latest = await api.examples(name, { ...rest, count: most, seed: number }, signal);
      complain("");
      paint();
    } catch (error) {
      if (signal.aborted) return;
      refused(error);
    }
    changed();
  }

  /** @param {unknown} error */
  function refused(error) {
    const { detail = "", title: heading = "", errors = [] } = /** @type {any} */ (error).problem ?? { detail: String(error) };
    complain(errors[0]?.detail || detail || heading, errors[0]?.parameter);
  }

  function paint() {
    const entry = entryOf(chosen.name);
    if (!entry || !latest) return;
    drawExamples(picture, latest, { ...LARGE, picture: entry.picture, axes: AXES[entry.name] });
    const [across = 0, up = 1] = AXES[entry.name] ?? [0, 1];
    const names = latest.input_names;
    axes.textContent = entry.picture || entry.classes === 0 || names.length === 3 ? "" : words.axes(names[across] ?? "", names[up] ?? "");
  }

  function refresh() {
    asking.abort();
    const bad = wholeNumber(chosen.count);
    complain(bad === null || (bad !== undefined && bad < 2) ? text.problems.count : "", "count");
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
    changed();
  }

  function fill() {
    const entry = entryOf(chosen.name);
    if (!entry) return;
    about.hidden = false;
    title.textContent = nameOf(entry.name);
    told.textContent = `${entry.words.charAt(0).toUpperCase()}${entry.words.slice(1)}.`;
    size.textContent = words.size(entry.inputs, entry.classes);
    source.textContent = words.source(entry.source, entry.licence);
    picture.setAttribute("aria-label", words.preview(nameOf(entry.name)));
    count.control.placeholder = entry.largest === null ? String(entry.count) : words.upTo(entry.largest);
    classes.control.placeholder = String(entry.classes);
    classes.element.hidden = !entry.takes_classes;
    count.set(chosen.count);
    classes.set(chosen.classes);
    noise.set(chosen.noise);
    const card = cards.get(entry.name);
    if (card) {
      card.input.checked = true;
      card.canvas.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    refresh();
  }

  /** @param {string} name */
  function choose(name) {
    const [before, after] = [entryOf(chosen.name), entryOf(name)];
    chosen = { name, count: "", noise: after?.noise ?? 0, classes: "" };
    if (isWhole(before) !== isWhole(after)) suggest(isWhole(after) ? 0 : USUAL_SHARE);
    fill();
  }

  /** @param {Entry} entry */
  function card(entry) {
    const canvas = h("canvas", { "aria-hidden": "true" });
    canvas.style.width = `${SMALL.width}px`;
    canvas.style.height = `${SMALL.height}px`;
    const input = h("input", { type: "radio", name: "data-set", value: entry.name, onchange: () => choose(entry.name) });
    cards.set(entry.name, { canvas, input, examples: null, entry });
    return h("label", { class: "data-card" }, input, canvas, h("span", { class: "name" }, nameOf(entry.name)));
  }

  /** One after the other: a picture is no reason to keep the server busy. */
  async function fillCards() {
    for (const one of cards.values()) {
      const [number = 100] = shown(one.entry);
      const how = { count: one.entry.name === "parity" ? 8 : Math.min(number, Math.max(one.entry.count, 4)), seed: 1 };
      try {
        one.examples = await api.examples(one.entry.name, how, new AbortController().signal);
        paintCard(one);
      } catch {
        // The card keeps its name; what is wrong is told where the set is chosen.
      }
    }
  }

  /** @param {{canvas: HTMLCanvasElement, examples: Examples|null, entry: Entry}} one */
  function paintCard({ canvas, examples, entry }) {
    if (examples) drawExamples(canvas, examples, { ...SMALL, picture: entry.picture, axes: AXES[entry.name] });
  }

  async function load() {
    try {
      entries = await api.list(new AbortController().signal);
    } catch (error) {
      refused(error);
      return;
    }
    grid.replaceChildren(...entries.map(card));
    fill();
    await fillCards();
  }

  return {
    element,
    show() {
      if (entries.length === 0) load();
      else refresh();
    },
    reseed: refresh,
    /** Colours follow the theme. */
    repaint() {
      paint();
      for (const one of cards.values()) paintCard(one);
    },
    /** @param {{name: string, count?: number|null, noise?: number|null, classes?: number|null}} recipe as a session has it */
    take({ name, count: number, noise: moved, classes: parts }) {
      chosen = { name, count: number ? String(number) : "", noise: moved ?? entryOf(name)?.noise ?? chosen.noise, classes: parts ? String(parts) : "" };
      fill();
    },
    focus: () => cards.get(chosen.name)?.input.focus(),
    offer() {
      const [how, entry] = [asked(), entryOf(chosen.name)];
      if (!how || !entry || !problem.hidden || count.control.hasAttribute("aria-invalid") || classes.control.hasAttribute("aria-invalid")) return { why: "" };
      const needs = { inputs: entry.inputs, classes: entry.classes === 0 ? 0 : how.classes ?? entry.classes, values: entry.classes === 0 ? 1 : 0 };
      return { ready: how, examples: null, needs, count: how.count ?? entry.count };
    },
  };
}
