// A step page that belongs to a session: its trace is the session's next update, and going over an update moves the session.
// Whoever may only watch, or has changed a number for themselves, steps through this one update and leaves the session alone.

/** @typedef {import("./types.d.ts").State} State */
/** @typedef {import("./types.d.ts").Attached} Attached */
/** @typedef {import("./types.d.ts").SessionDocument} SessionDocument */

const CAPABILITY = /^[\w-]{16,64}$/;

/**
 * Which session a fragment names, and what one may do with it.
 * @param {string} hash
 * @returns {{id: string, may: "drive"|"watch"}|null}
 */
export function sessionIn(hash) {
  const fragment = new URLSearchParams(hash.replace(/^#/, ""));
  for (const [name, may] of /** @type {const} */ ([["session", "drive"], ["watch", "watch"]])) {
    const id = fragment.get(name) ?? "";
    if (CAPABILITY.test(id)) return { id, may };
  }
  return null;
}

/** The name and value by which a fragment names this session again. @param {Attached} session @returns {[string, string]} */
export function named({ id, may }) {
  return [may === "drive" ? "session" : "watch", id];
}

/**
 * @param {string} id the capability this page holds
 * @param {SessionDocument} document
 * @returns {Attached}
 */
export function attachedTo(id, document) {
  const { may, revision, epoch, update, updates_per_epoch: perEpoch, data, status } = document;
  return { id, may, revision, epoch, update, perEpoch, title: titleOf(data?.name), status, own: false };
}

/** A data set by its name, as one writes it; of one's own it has none. @param {string|null|undefined} name */
function titleOf(name) {
  return name ? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("_", " ")}` : "";
}

/** Whether going over the end or the start of this trace moves the session. @param {Pick<State, "session">} state */
export function drives({ session }) {
  return session !== null && session.may === "drive" && !session.own;
}

/** Whether this is the session's own update, not a private copy with a number changed. @param {Pick<State, "session">} state */
export function isTheSessions({ session }) {
  return session !== null && !session.own;
}

/** Whether an earlier update can be fetched from the session. @param {Pick<State, "session"|"cursor"|"part"|"history"|"update">} state */
export function hasEarlier(state) {
  return drives(state) && state.cursor + state.part === 0 && state.history.length === 0 && state.update > 1;
}

/** The words that an address has to name, since they are not those of the first text. @param {Pick<State, "catalogue"|"textbook">} state */
export function otherWords({ catalogue, textbook }) {
  return textbook === catalogue?.textbooks?.[0]?.name ? undefined : textbook;
}

/** Where the way back to training leads, told in the same words. @param {Attached} session @param {string} [textbook] */
export function trainingAddress(session, textbook) {
  return `/train${textbook ? `?${new URLSearchParams({ lens: textbook })}` : ""}#${new URLSearchParams([named(session)])}`;
}
