// What the controls say in the room of a network: on the last step the primary button goes on to the next update,
// or it is said why there is none; whoever came from training can go back there.

import { byId, h } from "../dom.js";
import { hasEarlier, otherWords, trainingAddress } from "../model/attached.js";
import { fineIndex, isFine, partCount } from "../model/fine.js";
import { hasNextUpdate, isLast, whyItEnds } from "../model/state.js";
import { positionText } from "../model/timeline.js";
import { page as text } from "../texts/en_page.js";
import { mountControls } from "./controls.js";

/** @typedef {import("../model/types.d.ts").State} State */

/** @param {State} state @returns {(Node|string)[]} */
function where(state) {
  const { granularity, part, cursor, trace } = state;
  const fine = isFine(granularity) ? { granularity, part, count: partCount(trace, granularity, cursor) } : null;
  const { update, step, within } = positionText(trace.steps, cursor, state.update, fine);
  const reason = whyItEnds(state);
  if (reason) return [`${update} · `, h("b", {}, text.ending[reason])];
  return within ? [h("b", {}, within), ` · ${step}`] : [`${update} · `, h("b", {}, step)];
}

/** @param {State} state @returns {import("./controls.js").Shown} */
function show(state) {
  const ends = isLast(state);
  const goesOn = hasNextUpdate(state);
  const atStart = fineIndex(state) === 0;
  return {
    playing: state.playing, speed: state.speed, granularity: state.granularity, where: where(state),
    next: { words: !ends ? text.next : goesOn ? text.nextUpdate : text.end, off: ends && !goesOn },
    backOff: atStart && state.history.length === 0 && !hasEarlier(state), atStart, atEnd: ends,
  };
}

/** @param {import("../model/types.d.ts").Dispatch} dispatch */
export function mountRoomControls(dispatch) {
  const training = byId("to-training", HTMLAnchorElement);
  const controls = mountControls(dispatch, show);
  return {
    /** @param {State} state */
    update(state) {
      controls.update(state);
      training.hidden = state.session === null;
      if (state.session) training.href = trainingAddress(state.session, otherWords(state));
    },
  };
}
