// The one place that holds the page's state: an action goes through the reducer, then the watchers whose value changed run.
// Nothing else in the page keeps state that another part needs.

/**
 * @template S, A
 * @param {(state: S, action: A) => S} reduce
 * @param {S} initial
 */
export function createStore(reduce, initial) {
  let state = initial;
  /** @type {((state: S) => void)[]} */
  const watchers = [];
  return {
    get: () => state,
    /** @param {A} action */
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const run of watchers) run(next);
    },
    /**
     * Runs the effect now and whenever one of the selected values changes.
     * @param {(state: S) => unknown[]} select
     * @param {(state: S) => void} effect
     */
    watch(select, effect) {
      let last = select(state);
      effect(state);
      watchers.push((now) => {
        const values = select(now);
        if (values.every((value, index) => Object.is(value, last[index]))) return;
        last = values;
        effect(now);
      });
    },
  };
}
