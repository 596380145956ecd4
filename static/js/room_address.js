// Keeps the address of the page in step with its state, so that whatever is shown can be copied as a link.
// A burst of steps is written once, at its end; another example and another experiment are places to come back to.

import { startOf } from "./model/retrace.js";
import { isAsPublished } from "./model/state.js";
import { writeAddress } from "./model/url.js";

/** @typedef {import("./model/types.d.ts").State} State */

/** A browser refuses too many changes of its address in a row. */
const ADDRESS_GAP = 250;

/**
 * What a link to this very place says after the path.
 * @param {State} state
 * @param {{experiment: string, text: string}|null} laboratory
 */
export function addressOf(state, laboratory = null) {
  if (state.session && !state.session.own) return writeAddress(state, { changed: false, laboratory });
  const start = startOf(state);
  return writeAddress(state, { start, laboratory, changed: !isAsPublished({ published: state.published, request: start.request }) });
}

/** @param {{get: () => State, laboratory: (state: State) => {experiment: string, text: string, starts: readonly string[]}|null}} parts */
export function createAddress({ get, laboratory }) {
  const named = (/** @type {string} */ what) => new URLSearchParams(location.search).get(what) ?? "";
  let opened = named("example");
  let tried = named("experiment");
  /** Examples that the experiment opened by itself: of the one that is shown, and of the one that was left. @type {readonly string[]} */
  let started = [];
  /** @type {readonly string[]} */
  let left = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let written = 0;

  const here = () => `${location.pathname}${addressOf(get(), laboratory(get()))}`;

  /** @param {State} state */
  function writeNow(state) {
    clearTimeout(timer);
    written = performance.now();
    const experiment = laboratory(state);
    const to = here();
    const example = state.published?.id ?? "";
    const starts = experiment?.starts ?? [];
    const isTried = tried !== "" && experiment !== null && experiment.experiment !== tried;
    if (isTried) left = started;
    // What an experiment opens by itself nobody has gone to, nor what comes back when it is left: nobody has to come back from it.
    const isStart = [opened, example].some((id) => starts.includes(id)) || left.includes(opened);
    const isOther = isTried || (opened !== "" && example !== opened && !isStart);
    if (example !== opened) left = [];
    opened = example;
    tried = experiment?.experiment ?? "";
    started = starts;
    if (isOther) history.pushState(null, "", to);
    else history.replaceState(null, "", to);
  }

  return {
    writeNow,
    /** This very place on this page. */
    here,
    /** Writes it soon. Nobody copies an address while steps play, and a long one takes its time to write. */
    keep() {
      clearTimeout(timer);
      if (get().playing) return;
      timer = setTimeout(() => writeNow(get()), Math.max(0, ADDRESS_GAP - (performance.now() - written)));
    },
    /** The browser went to another address by itself: what was still to be written is of the place that was left. */
    adopt() {
      clearTimeout(timer);
      opened = named("example");
      tried = named("experiment");
      left = [];
    },
  };
}
