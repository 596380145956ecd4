// A table of one's own: its text, how it is to be read, and what the server says of it, the newest only.
// The box to paste into and the grid of cells are two views of it, so what is typed in one is there in the other.

const WAIT = 250;

/** @typedef {import("../../model/api-types.d.ts").components["schemas"]["ReadingAnswer"]} Reading */
/** @typedef {import("../../model/learning/data_table.js").Complaint & {parameter?: string}} Complaint */
/** @typedef {{separator: string, decimal: string, header: string, learn: string, target: string, inputs: string[]}} Options */
/**
 * @typedef {object} Own
 * @property {string} text
 * @property {Options} options
 * @property {Reading|null} reading of this very text with these options
 * @property {{detail: string, errors: Complaint[]}|null} problem
 * @property {boolean} waiting
 * @property {string} note on the file it came from
 */

/** @returns {Options} */
export const noOptions = () => ({ separator: "auto", decimal: "auto", header: "auto", learn: "auto", target: "", inputs: [] });

/**
 * @param {(text: string, how: Record<string, string|string[]>, signal: AbortSignal) => Promise<Reading>} read
 * @param {(own: Own) => void} changed
 */
export function ownTable(read, changed) {
  /** @type {Own} */
  let own = { text: "", options: noOptions(), reading: null, problem: null, waiting: false, note: "" };
  let asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  /** @param {Partial<Own>} part */
  function set(part) {
    own = { ...own, ...part };
    changed(own);
  }

  async function ask() {
    asking = new AbortController();
    const { signal } = asking;
    try {
      const reading = await read(own.text, { ...own.options, cells: "yes" }, signal);
      if (!signal.aborted) set({ reading, problem: null, waiting: false });
    } catch (error) {
      if (signal.aborted) return;
      const { detail = "", title = "", errors = [] } = /** @type {any} */ (error).problem ?? { detail: String(error) };
      set({ reading: null, problem: { detail: detail || title, errors }, waiting: false });
    }
  }

  /** @param {Partial<Own>} part @param {number} wait */
  function renew(part, wait) {
    asking.abort();
    clearTimeout(timer);
    const next = { ...own, ...part };
    const empty = next.text.trim() === "";
    set({ ...part, reading: null, problem: null, waiting: !empty });
    if (!empty) timer = setTimeout(ask, wait);
  }

  return {
    get: () => own,
    /** What was typed; choices of columns stay, for a slip is mended more often than a table replaced. @param {string} text */
    type: (text) => { if (text !== own.text) renew({ text, note: "" }, WAIT); },
    /** Another table: nothing of how the last was read holds for it. @param {string} text @param {{note?: string, options?: Partial<Options>}} [more] */
    replace: (text, { note = "", options = {} } = {}) => renew({ text, note, options: { ...noOptions(), ...options } }, 0),
    /** @param {Partial<Options>} options */
    choose: (options) => renew({ options: { ...own.options, ...options } }, 0),
    /** @param {string} detail */
    refuse: (detail) => set({ problem: { detail, errors: [] } }),
  };
}
