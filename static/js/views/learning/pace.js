// How often something is drawn while frames follow each other: text and tables are read, not watched, and cost the browser a layout.
// When nothing moves everything is drawn at once, so the last picture is always the true one.

/** @param {number} gap milliseconds between two drawings while it runs */
export function createPace(gap) {
  let last = -Infinity;
  return {
    /** @param {boolean} running @returns {boolean} whether it is time to draw; asking counts as drawing */
    due(running) {
      const now = performance.now();
      if (running && now - last < gap) return false;
      last = now;
      return true;
    },
  };
}
