// Turns marks into SVG elements and afterwards changes only what differs, so that a step costs little.
// Elements are kept by key among their siblings; order in the list is order in the drawing.

const NAMESPACE = "http://www.w3.org/2000/svg";

/** @typedef {import("../model/marks.js").Mark} Mark */
/** @typedef {{element: SVGElement, mark: Mark, children: Map<string, Kept>}} Kept */

/**
 * @param {Element} parent
 * @returns {(marks: Mark[]) => void} draws the marks into the parent
 */
export function createPatcher(parent) {
  /** @type {Map<string, Kept>} */
  const kept = new Map();
  return (marks) => patchChildren(parent, kept, marks);
}

/**
 * @param {Element} parent
 * @param {Map<string, Kept>} kept
 * @param {Mark[]} marks
 */
function patchChildren(parent, kept, marks) {
  const wanted = new Set(marks.map((mark) => mark.key));
  for (const [key, { element }] of kept) {
    if (wanted.has(key)) continue;
    element.remove();
    kept.delete(key);
  }
  let following = parent.firstChild;
  for (const mark of marks) {
    let entry = kept.get(mark.key);
    if (entry && entry.mark.tag !== mark.tag) {
      if (following === entry.element) following = following.nextSibling;
      entry.element.remove();
      entry = undefined;
    }
    if (entry) patchElement(entry, mark);
    else kept.set(mark.key, (entry = createElement(mark)));
    if (entry.element === following) following = following.nextSibling;
    else parent.insertBefore(entry.element, following);
  }
}

/**
 * @param {Mark} mark
 * @returns {Kept}
 */
function createElement(mark) {
  const element = /** @type {SVGElement} */ (document.createElementNS(NAMESPACE, mark.tag));
  const entry = { element, mark: { ...mark, attributes: {}, children: [], text: undefined }, children: new Map() };
  patchElement(/** @type {Kept} */ (/** @type {unknown} */ (entry)), mark);
  return /** @type {Kept} */ (/** @type {unknown} */ (entry));
}

/**
 * @param {Kept} entry
 * @param {Mark} mark
 */
function patchElement(entry, mark) {
  const { element, mark: before } = entry;
  if (before === mark) return;
  for (const [name, value] of Object.entries(mark.attributes)) {
    if (before.attributes[name] === value) continue;
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (!keepsTabStop(element, name)) element.setAttribute(name, String(value));
  }
  for (const name of Object.keys(before.attributes)) if (!(name in mark.attributes)) element.removeAttribute(name);
  if (mark.text !== undefined) {
    if (before.text !== mark.text) element.textContent = mark.text;
  } else {
    patchChildren(element, entry.children, mark.children ?? []);
  }
  entry.mark = mark;
}

/**
 * The tab stop wanders with the keyboard; drawing again must not take it back.
 * @param {Element} element
 * @param {string} name
 */
function keepsTabStop(element, name) {
  return name === "tabindex" && element.hasAttribute("tabindex");
}
