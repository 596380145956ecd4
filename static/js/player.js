// The only clock of the page: it moves the fractional position to the cursor and, while playing, asks for the next step.
// The picture is a function of that position, so every motion runs both ways and can be cut short anywhere.

const REST = 900;

/** @typedef {import("./model/types.d.ts").State} State */
/** @typedef {import("./model/types.d.ts").Step} Step */

/**
 * @param {{
 *   duration: (steps: Step[], index: number) => number,
 *   frame: (position: number) => void,
 *   finished: () => void,
 *   request?: (run: (time: number) => void) => number,
 *   cancel?: (id: number) => void,
 * }} parts duration in milliseconds of the motion that makes a step; frame draws a position; finished asks for the next step
 */
export function createPlayer({
  duration, frame, finished,
  request = (run) => requestAnimationFrame(run), cancel = (id) => cancelAnimationFrame(id),
}) {
  let position = 0;
  let from = 0;
  let to = 0;
  let time = 0;
  let length = 0;
  let resting = 0;
  let playing = false;
  let speed = 1;
  let id = 0;

  /** @param {number} now */
  function tick(now) {
    id = 0;
    const passed = time === 0 ? 0 : now - time;
    time = now;
    if (position !== to) advance(passed);
    else if (playing) rest(passed);
    // Asking for the next step may have woken the clock already.
    if (id !== 0) return;
    if (position !== to || playing) id = request(tick);
    else time = 0;
  }

  /** @param {number} passed */
  function advance(passed) {
    const share = length > 0 ? (passed * speed) / length : 1;
    const next = position + Math.sign(to - from) * share;
    position = (to - next) * Math.sign(to - from) <= 0 ? to : next;
    resting = 0;
    frame(position);
  }

  /** @param {number} passed */
  function rest(passed) {
    resting += passed * speed;
    if (resting < REST) return;
    resting = 0;
    finished();
  }

  function wake() {
    if (id === 0) id = request(tick);
  }

  return {
    position: () => position,
    /**
     * Moves to a step: by its motion when it is one step away, at once otherwise.
     * @param {Step[]} steps
     * @param {number} cursor
     * @param {boolean} animate
     */
    moveTo(steps, cursor, animate) {
      if (animate && Math.abs(cursor - to) === 1) {
        from = to;
        to = cursor;
        position = from;
        length = duration(steps, Math.max(from, to));
        frame(position);
        wake();
        return;
      }
      from = to = position = cursor;
      resting = 0;
      frame(position);
      if (playing) wake();
    },
    /** @param {boolean} on @param {number} factor */
    play(on, factor) {
      speed = factor;
      if (on === playing) return;
      playing = on;
      resting = on ? REST : 0;
      if (on) wake();
      else if (position === to && id !== 0) { cancel(id); id = 0; time = 0; }
    },
  };
}

/**
 * Runs once on the next frame of the screen, however often it is asked for before.
 * @param {() => void} run
 * @param {(run: () => void) => void} [request]
 */
export function createFrames(run, request = (work) => { requestAnimationFrame(work); }) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    request(() => { asked = false; run(); });
  };
}
