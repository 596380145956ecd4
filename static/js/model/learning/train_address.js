// Addresses of the page of training: which session it is open on, and where an update of it can be stepped through.
// A name to drive is a secret; only the one to watch is for sharing.

import { named, sessionIn } from "../attached.js";

/** @typedef {import("./learning.d.ts").Link} Link */

/** What an address asks for. @param {string} search @param {string} hash @returns {{link: Link|null, preset: string|null}} */
export function wishesOf(search, hash) {
  return { link: sessionIn(hash), preset: new URLSearchParams(search).get("preset") };
}

/** @param {Link} link @returns {string} the fragment that names it */
const fragmentOf = (link) => String(new URLSearchParams([named(/** @type {any} */ (link))]));

/** @param {Link} link @param {string} [textbook] */
export function trainAddress(link, textbook) {
  return `/train${textbook ? `?${new URLSearchParams({ lens: textbook })}` : ""}#${fragmentOf(link)}`;
}

/** Where whoever has this may look on. @param {string} watch @param {string} origin */
export const watchAddress = (watch, origin) => `${origin}${trainAddress({ id: watch, may: "watch" })}`;

/** The step page on the present update. @param {Link} link @param {string} textbook @param {number} [step] */
export function stepAddress(link, textbook, step = 0) {
  const fragment = new URLSearchParams([...(step > 0 ? [["step", String(step)]] : []), named(/** @type {any} */ (link))]);
  return `/?${new URLSearchParams({ lens: textbook })}#${fragment}`;
}
