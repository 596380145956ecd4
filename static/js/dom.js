// Small helpers to build elements; text is only ever set as text.
// A view builds its elements once and afterwards changes only what differs.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node|string|null|undefined|false} Child */

/**
 * @param {Element} element
 * @param {Record<string, any>} props attributes; onclick and the like are listeners; true and false switch an attribute
 * @param {Child[]} children
 */
function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value" && "value" in element) element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child || child === "") element.append(child);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {Child[]} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function s(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  fill(element, props, children);
  return /** @type {SVGElementTagNameMap[K]} */ (element);
}

/** @param {string} phase */
export function glyph(phase) {
  return s("svg", { class: "glyph", viewBox: "0 0 14 14", "aria-hidden": "true", focusable: "false" }, s("use", { href: `#glyph-${phase}` }));
}

/**
 * A name with ^x and _x drawn raised and lowered; the _ within a word, such as hidden_size, is a part of it.
 * @param {string} text
 * @returns {Node[]}
 */
export function marked(text) {
  return text.split(/([A-Za-z][A-Za-z0-9]+_\w*|[\^_](?:\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|\d+|[a-z]+|.))/u).filter(Boolean).map((part) => {
    if (!/^[\^_]./u.test(part)) return document.createTextNode(part);
    return h(part[0] === "^" ? "sup" : "sub", {}, part.slice(1).replace(/^\{|\}$/g, ""));
  });
}

/** The same name as plain text. @param {string} text */
export function unmarked(text) {
  return text.replace(/[A-Za-z][A-Za-z0-9]+_\w*|[\^_](\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|\d+|[a-z]+|.)/gu, (whole, sign) => (sign === undefined ? whole : ` ${sign.replace(/^\{|\}$/g, "")}`));
}

/**
 * @template {Element} E
 * @param {string} id
 * @param {new (...args: any[]) => E} kind
 * @returns {E}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no #${id}`);
  return element;
}

/**
 * Puts words where they are read aloud. The same words once more would be read once more, so they are left alone.
 * @param {Element} element
 * @param {string} words
 */
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Says something to those who hear the page. @param {string} words */
export function announce(words) {
  say(byId("announcer", HTMLElement), words);
}

/** What a button that says something for a while has for its own words. @type {WeakMap<HTMLElement, {before: string|null, timer: ReturnType<typeof setTimeout>|undefined}>} */
const saying = new WeakMap();

/**
 * Copies text and says so on the button that asked for it, and aloud; asked again meanwhile, it copies again.
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} said
 * @param {string} failed
 */
export async function copyText(button, text, said, failed) {
  const target = button.querySelector("span") ?? button;
  const shown = saying.get(button) ?? { before: target.textContent, timer: undefined };
  saying.set(button, shown);
  let words = said;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    words = failed;
  }
  target.textContent = words;
  byId("announcer", HTMLElement).textContent = words;
  clearTimeout(shown.timer);
  shown.timer = setTimeout(() => { target.textContent = shown.before; saying.delete(button); }, 1600);
}
