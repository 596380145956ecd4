// English texts of the page of training; other languages are tables of the same shape.
// Templates are functions, so that a language can put its words where it wants them.

const thousands = (/** @type {number} */ value) => value.toLocaleString("en");
const plural = (/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ more = `${one}s`) => `${thousands(count)} ${count === 1 ? one : more}`;

/** Seconds as a person says them. @param {number} seconds */
function lasting(seconds) {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export const train = {
  preparing: "Preparing a network …",
  movedOn: "The session has moved on in another tab. This is where it is now.",
  newSession: "A new session has begun.",
  undone: "Back in the session before.",
  noPreset: "There is no preset of that name, so this is the first one.",
  lookOn: "You watch this session; only its driver can change it. You may freeze it for yourself.",
  copied: "Link to watch copied",
  notCopied: "Copy the address bar",
  share: "Share",
  retry: "Retry",
  connection: { connecting: "Connecting …", live: "", reconnecting: "Connection lost, trying again …", lost: "Connection lost. Training may go on without you." },
  back: "Back, nothing lost",
  watchers: (/** @type {number} */ count) => (count > 1 ? `${count - 1} ${count === 2 ? "other looks" : "others look"} on` : ""),
  watching: "watching",
  status: { paused: "paused", running: "running", finished: "finished", diverged: "diverged" },
  because: (/** @type {string} */ status, /** @type {string|null} */ reason) => (reason ? `${status}: ${reason}` : status),
  epochOf: (/** @type {number} */ epoch, /** @type {number|null} */ of) => (of ? `epoch ${thousands(epoch)} of ${thousands(of)}` : `epoch ${thousands(epoch)}`),
  update: (/** @type {number} */ update) => `update ${thousands(update)}`,
  left: (/** @type {number} */ seconds) => `${lasting(seconds)} left`,
  rate: (/** @type {number} */ rate) => `${thousands(Math.round(rate))} updates a second`,
  start: { start: "Start", pause: "Pause", on: "Train on" },
  track: {
    epoch: (/** @type {number} */ epoch) => `epoch ${thousands(epoch)}`,
    value: (/** @type {number} */ update, /** @type {number} */ reached, /** @type {string} */ epoch) => `update ${thousands(update)} of ${thousands(reached)} reached, ${epoch}`,
    changed: (/** @type {number} */ at, /** @type {string} */ what) => `Changed before update ${thousands(at + 1)}: ${what}`,
    changes: { training: "how it learns", cost: "the cost", parameters: "numbers by hand" },
  },
  wedge: {
    rest: "The steps inside an update open here when it rests.",
    inside: (/** @type {number} */ update, /** @type {number} */ steps, /** @type {string} */ phases) => `inside update ${thousands(update)}: ${plural(steps, "step")}, ${phases}`,
    step: (/** @type {number} */ number, /** @type {string} */ name) => `Freeze at step ${number}: ${name}`,
    phases: /** @type {Record<string, string>} */ ({ forward: "forward", backward: "backward", update: "update" }),
  },
  diverged: { step: "Step through it", back: "Back one update", halve: "Halve η and go on" },
  undo: "Undo: the session before",
  ended: {
    title: "There is no session here",
    forgotten: "It was deleted, or this server never had it. Sessions that nobody uses are forgotten after a while.",
    damaged: "What was kept of it is damaged, so it cannot be shown.",
    fresh: "Begin with two spirals",
    again: "Try again",
    steps: "To the step page",
  },
  presets: {
    title: "Presets",
    intro: "Each is a recipe worth watching; a new session begins, and Undo brings this one back.",
    groups: /** @type {Record<string, string>} */ ({ tasks: "Things to learn", lessons: "Lessons" }),
    twin: (/** @type {string} */ title) => `Compare with: ${title}`,
  },
  calls: {
    title: "The same by REST",
    words: "Everything that this page does is a call. If-Match names the revision it is about; a change to a session that has moved on is refused.",
    watcher: "You only watch, so the calls that change the session are not for this name.",
    action: "What to do",
    pages: "Every field is described in the API pages.",
    curl: "curl", python: "Python", copy: "Copy", copiedWhat: (/** @type {string} */ what) => `Copied ${what}`, notCopied: "Select and copy it",
    names: {
      create: "Make this session", get: "Where it stands", start: "Start training", pause: "Pause", one: "One update", back: "Back one update", epoch: "One epoch",
      rewind: "Rewind to the start", rate: "Change η", trace: "The trace of the next update", steps: "Step three equations", history: "Costs and measures so far", watch: "Watch it live (events)",
    },
  },
  help: {
    title: "Help",
    keys: "Keys",
    list: /** @type {[string, string][]} */ ([
      ["P or Space", "start, pause"],
      ["F", "freeze, and step through the present update"],
      ["← →", "one update back, one forward"],
      ["Shift ← →", "one epoch back, one forward"],
      ["Home, End", "the start; the last update reached"],
      ["L", "the words of the next textbook; with Shift the one before"],
      ["Ctrl Z", "the session before, where a new one took its place"],
      ["Esc", "close"],
      ["?", "this page"],
    ]),
    what: "What is here",
    lines: [
      "Every dotted word of the sentence is a setting. What changes while it runs: η, the batch, the cost, the optimizer, regularization, schedule and stop rules. Anything else begins a new session; Undo brings the old one back.",
      "Going back is exact: forward again, the same numbers come again. A change made there forgets what came after.",
      "Blue is negative, orange positive, everywhere. Under the head of the run the steps inside the present update are opened; click one to freeze there.",
      "Share gives a link to watch. Whoever has it can look and freeze for themselves, not drive. The address of this page drives: keep it.",
      "Training pauses after ten seconds without anybody watching.",
    ],
    script: "To script the page: window.backscope.state().",
  },
  close: "Close",
  themes: { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" },
  said: {
    running: (/** @type {number} */ epoch) => `Training, epoch ${thousands(epoch)}.`,
    paused: (/** @type {number} */ update, /** @type {string|null} */ reason) => `Paused after ${plural(update, "update")}${reason ? `: ${reason}` : ""}.`,
    finished: (/** @type {string|null} */ reason) => `Finished${reason ? `: ${reason}` : ""}.`,
    epoch: (/** @type {number} */ epoch, /** @type {string} */ cost, /** @type {string} */ accuracy) => `Epoch ${thousands(epoch)} done, cost ${cost}${accuracy}.`,
    accuracy: (/** @type {string} */ percent) => `, ${percent} of the test right`,
  },
};
