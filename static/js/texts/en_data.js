// English texts of the Data panel: where data comes from, how a table was read, and what is asked of the network.
// Templates are functions, so that a language can put its words where it wants them.

const many = (/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ more = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

export const data = {
  title: "Data to learn from",
  close: "Close",
  cancel: "Cancel",
  use: "Use this data",
  using: "Making the session…",
  tabs: { ready: "Ready-made", draw: "Draw", paste: "Paste or upload", table: "Table" },
  share: "Test share",
  shareOf: (/** @type {number} */ share) => (share === 0 ? "none" : `${Math.round(share * 100)} %`),
  scaling: "Scaling of inputs",
  scalings: { standard: "mean 0, deviation 1", unit: "0 to 1", none: "none" },
  seed: "Seed",
  seedHint: "draws, splits and shuffles",
  problems: {
    seed: "A seed is a whole number from 0 on.",
    count: "Type a whole number from 2 on, or leave it empty.",
  },
  split: (/** @type {number} */ train, /** @type {number} */ test) => `${many(train, "example")} to train, ${test === 0 ? "none" : test.toLocaleString("en")} to test.`,
  network: (/** @type {number} */ inputs, /** @type {number} */ outputs, /** @type {boolean} */ resized) =>
    (resized ? `The network gets ${many(inputs, "input")} and ${many(outputs, "output")}.` : `The network’s ${many(inputs, "input")} and ${many(outputs, "output")} fit.`),
  nowHas: (/** @type {number} */ inputs, /** @type {number} */ outputs) => `The network now has ${many(inputs, "input")} and ${many(outputs, "output")}.`,
  functions: (/** @type {string|null} */ activation, /** @type {string|null} */ cost) =>
    `Its ${[activation ? `output becomes ${activation}` : "", cost ? `cost becomes ${cost.replaceAll("_", "-")}` : ""].filter(Boolean).join(", its ")}.`,
  encoding: {
    values: () => "Targets are the values themselves.",
    single: (/** @type {string} */ low) => `Targets are ${low} for the first class and 1 for the second.`,
    one_hot: (/** @type {string} */ low) => `Targets are 1 for the output of the class, ${low} for the others.`,
  },
  ready: {
    legend: "Data sets",
    count: "Examples",
    noise: "Noise",
    classes: "Classes",
    upTo: (/** @type {number} */ count) => `up to ${count.toLocaleString("en")}`,
    source: (/** @type {string} */ source, /** @type {string} */ licence) => `Source: ${source}. Licence: ${licence}.`,
    size: (/** @type {number} */ inputs, /** @type {number} */ classes) => `${many(inputs, "input")}, ${classes === 0 ? "a value to learn" : many(classes, "class", "classes")}`,
    preview: (/** @type {string} */ name) => `Examples of ${name}`,
    axes: (/** @type {string} */ across, /** @type {string} */ up) => `across ${across}, up ${up}`,
  },
  names: {
    xor: "XOR", and: "AND", or: "OR", parity: "3-bit parity", circles: "Circles", moons: "Two moons", blobs: "Blobs", spirals: "Spirals", sine: "Sine",
    plane: "Plane", iris: "Iris", wine: "Wine", breast_cancer: "Breast cancer", digits: "Digits 8 × 8", digits_28: "Digits 28 × 28",
  },
  draw: {
    canvas: "Square to draw points on, from −1 to 1",
    help: "Drag with the mouse or a finger. By keyboard: arrows move the cross (with Shift further), Space adds, D holds the pen down, 1 to 6 choose the class, Backspace erases, Ctrl+Z undoes.",
    classes: "Class",
    count: (/** @type {number} */ number, /** @type {number} */ count) => `Class ${number}, ${many(count, "point")}`,
    tools: { pen: "Point", spray: "Spray", erase: "Erase" },
    tool: "Tool",
    undo: "Undo",
    clear: "Clear",
    table: "Edit as a table",
    empty: "Draw points of two classes at least.",
    oneClass: "Draw points of a second class as well.",
    full: (/** @type {number} */ most) => `${most.toLocaleString("en")} points are the most.`,
    said: (/** @type {number} */ number, /** @type {string} */ place, /** @type {number} */ count) => `Class ${number} at ${place}, ${many(count, "point")}`,
    pen: (/** @type {boolean} */ down) => (down ? "Pen down: moving draws" : "Pen up"),
    chosen: (/** @type {number} */ number) => `Class ${number}`,
    erased: (/** @type {number} */ count) => `Erased; ${many(count, "point")} left`,
    undone: (/** @type {number} */ count) => `Undone; ${many(count, "point")}`,
  },
  paste: {
    box: "Your table",
    hint: "One example a line; columns separated by commas, semicolons, tabs or |. The last column is learned unless you choose another.",
    file: "Choose a file",
    drop: "or drop one here",
    sample: "Fill in an example",
    reading: "Reading…",
    read: (/** @type {number} */ rows, /** @type {number} */ inputs) => `${many(rows, "example")} with ${many(inputs, "input")}.`,
    show: (/** @type {number} */ line) => `Show line ${line}`,
    empty: "Paste a table, or choose a file.",
    tooLarge: (/** @type {number} */ most) => `The file is larger than ${Math.round(most / 1024 / 1024)} MiB, the limit table_bytes of this server.`,
    otherCharacters: "The file is not UTF-8. It was read as Windows-1252: look whether its letters are right.",
    noFile: "The file could not be read.",
    separator: "Columns are separated by",
    separators: { auto: "found out", comma: "commas", semicolon: "semicolons", tab: "tabs", pipe: "|" },
    decimal: "Decimal sign",
    decimals: { auto: "found out", point: "point", comma: "comma" },
    header: "First line",
    headers: { auto: "found out", yes: "names", no: "an example" },
    learn: "The target is",
    learns: { auto: "found out", classes: "classes", values: "values" },
    autoIs: (/** @type {string} */ found) => `${found} (found out)`,
    columns: "Columns",
    column: "Column",
    holds: "Holds",
    input: "Input",
    target: "Target",
    useAsInput: (/** @type {string} */ name) => `Learn from ${name}`,
    useAsTarget: (/** @type {string} */ name) => `Learn ${name}`,
    range: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}`,
    missing: (/** @type {number} */ count) => `${count} empty`,
    words: (/** @type {string[]} */ classes) => `${classes.slice(0, 4).join(", ")}${classes.length > 4 ? ", …" : ""}`,
    nothing: "nothing",
    unreadable: "The table cannot be read yet.",
    mend: "Mend the lines marked, and the columns stand here.",
    preview: "First examples on the first two inputs",
  },
  table: {
    grid: "Your table, cell by cell",
    help: "Arrows move, typing or Enter edits, Escape gives up, Delete empties a cell.",
    names: "names",
    addRow: "Add a row",
    removeRow: "Remove this row",
    row: (/** @type {number} */ number) => `Row ${number}`,
    unread: "The text under “Paste or upload” cannot be read yet. Mend it there, and it can be edited here.",
    toText: "To the text",
    tooLong: (/** @type {number} */ rows, /** @type {number} */ most) => `This table has ${rows.toLocaleString("en")} rows. Up to ${most} can be edited here; edit the text instead.`,
    tooWide: (/** @type {number} */ columns, /** @type {number} */ most) => `This table has ${columns} columns. Up to ${most} can be edited here; edit the text instead.`,
    empty: "Type numbers into x₁ and x₂, and into the last column what they are.",
  },
};

/** A table that shows what is understood: a decimal comma, words as classes, names on top. */
export const SAMPLE = `petal length;petal width;kind
1,4;0,2;setosa
1,5;0,2;setosa
1,3;0,3;setosa
1,7;0,4;setosa
4,7;1,4;versicolor
4,5;1,5;versicolor
4,0;1,3;versicolor
3,9;1,1;versicolor
6,0;2,5;virginica
5,1;1,9;virginica
5,8;2,2;virginica
5,6;1,8;virginica
`;
