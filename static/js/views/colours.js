// The colours of the page as they are now, for what is painted and not styled; and word of it when they change.
// A canvas does not follow a style sheet, so whoever paints reads its palette here and paints anew.

import { createPalette, TOKENS } from "../model/palette.js";

/** @param {HTMLElement} root */
export function readPalette(root) {
  const style = getComputedStyle(root);
  const tokens = Object.fromEntries(TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`)]));
  return createPalette(/** @type {import("../model/palette.js").Tokens} */ (tokens));
}

/** Calls back when the theme was switched, here or by the system. @param {() => void} repaint */
export function onNewColours(repaint) {
  new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", repaint);
}
