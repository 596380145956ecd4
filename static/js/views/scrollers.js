// What is wider than the panel: long numbers are set smaller, and what still does not fit scrolls, fades at its edge and can be tabbed to.
// A line is measured once for what it says and the width it has; after that nothing has to be laid out to know.

import { page as text } from "../texts/en_page.js";

const SCROLLERS = ".math, .receipt-scroll, .table-scroll, .code";
const KEPT = 2000;

/** Lines that were found too wide for the panel: drawn smaller at once the next time. @type {Set<string>} */
const tight = new Set();
/** Whether a line scrolls, by what it says and how wide it may be. @type {Map<string, boolean>} */
const measured = new Map();
/** @type {WeakMap<HTMLElement, string>} */
const lines = new WeakMap();
addEventListener("resize", () => { tight.clear(); measured.clear(); });

/**
 * @param {HTMLElement} line
 * @param {string} key what it says
 */
export function remember(line, key) {
  lines.set(line, key);
  if (tight.has(key)) line.classList.add("tight");
}

/**
 * Sees to the scrollers of a panel whenever one of them gets its size: after layout, so that nothing has to be laid out twice.
 * @param {ParentNode} root
 */
export function watchScrollers(root) {
  /** @type {WeakMap<Element, number>} */
  const widths = new WeakMap();
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) widths.set(target, contentRect.width);
    settle(root, (element) => widths.get(element) ?? 0);
  });
  return () => {
    observer.disconnect();
    for (const element of root.querySelectorAll(SCROLLERS)) observer.observe(element);
  };
}

/**
 * Measures everything anew, as when fonts have come.
 * @param {ParentNode} root
 */
export function settleScrollers(root) {
  measured.clear();
  settle(root, (element) => (element.checkVisibility() ? element.clientWidth : 0));
}

/** @param {HTMLElement} element */
function scrolls(element) {
  if (element.scrollWidth > element.clientWidth + 1) return true;
  return !element.matches(".math") && element.scrollHeight > element.clientHeight + 1;
}

/** @param {HTMLElement} element @param {number} width */
function measure(element, width) {
  const said = lines.get(element);
  if (said === undefined) return scrolls(element);
  const key = `${width}|${said}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  let wide = scrolls(element);
  if (wide && element.matches(".math.numbers:not(.tight)")) {
    element.classList.add("tight");
    tight.add(said);
    wide = scrolls(element);
  }
  if (measured.size > KEPT) measured.clear();
  measured.set(key, wide);
  return wide;
}

/**
 * Only what really scrolls is a region one can tab to. What has no width stands in a closed fold: asking about it would have
 * the fold laid out at every move, and its opening is noticed anyway.
 * @param {ParentNode} root
 * @param {(element: HTMLElement) => number} widthOf
 */
function settle(root, widthOf) {
  let count = 0;
  const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(SCROLLERS)]).filter((element) => widthOf(element) > 0);
  const wide = all.map((element) => measure(element, widthOf(element)));
  all.forEach((element, index) => {
    if (!wide[index]) {
      for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
      element.classList.remove("more-left", "more-right");
      return;
    }
    count += 1;
    element.tabIndex = 0;
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", text.region(count));
    if (element.matches(".math") && !element.onscroll) fadeEdges(element);
  });
}

/** An edge behind which there is more fades out, now and as it scrolls. @param {HTMLElement} element */
export function fadeEdges(element) {
  const show = () => {
    element.classList.toggle("more-left", element.scrollLeft > 1);
    element.classList.toggle("more-right", element.scrollLeft < element.scrollWidth - element.clientWidth - 1);
  };
  element.onscroll = show;
  show();
}
