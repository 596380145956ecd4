// Thinning: of tens of thousands of points those are kept that a line of so many pixels shows, the extremes among them.
// Nothing is averaged, so a spike of one update stays a spike.

/**
 * @param {number} count
 * @param {(at: number) => number} x ascending
 * @param {((at: number) => number|null|undefined)[]} columns what is drawn over x
 * @param {number} buckets pixels
 * @returns {number[]} the places kept, ascending: the first, the last, and of every pixel the lowest and highest of each column
 */
export function keepExtremes(count, x, columns, buckets) {
  if (count <= 2 * buckets) return Array.from({ length: count }, (_, at) => at);
  const [first, last] = [x(0), x(count - 1)];
  const scale = last > first ? buckets / (last - first) : 0;
  /** @type {number[]} */
  const kept = [];
  const lowest = columns.map(() => -1);
  const highest = columns.map(() => -1);
  const flush = () => {
    const found = [...new Set([...lowest, ...highest])].filter((at) => at >= 0 && at !== kept[kept.length - 1]);
    kept.push(...found.sort((a, b) => a - b));
    lowest.fill(-1);
    highest.fill(-1);
  };
  kept.push(0);
  let bucket = 0;
  for (let at = 1; at < count - 1; at++) {
    const here = Math.floor((x(at) - first) * scale);
    if (here !== bucket) { flush(); bucket = here; }
    for (const [which, column] of columns.entries()) {
      const value = column(at);
      if (value === null || value === undefined || !Number.isFinite(value)) continue;
      const [low, high] = [lowest[which] ?? -1, highest[which] ?? -1];
      if (low < 0 || value < (column(low) ?? 0)) lowest[which] = at;
      if (high < 0 || value > (column(high) ?? 0)) highest[which] = at;
    }
  }
  flush();
  kept.push(count - 1);
  return kept;
}

/**
 * Several lines over one axis: every place any of them has, and null where one has none.
 * @param {{x: ArrayLike<number>, columns: (ArrayLike<number|null>)[]}[]} tables each with x ascending
 * @returns {[number[], ...(number|null)[][]]}
 */
export function aligned(tables) {
  const x = /** @type {number[]} */ ([]);
  const columns = tables.flatMap((table) => table.columns.map(() => /** @type {(number|null)[]} */ ([])));
  const at = tables.map(() => 0);
  for (;;) {
    let least = Infinity;
    for (const [which, table] of tables.entries()) least = Math.min(least, table.x[at[which] ?? 0] ?? Infinity);
    if (least === Infinity) return [x, ...columns];
    x.push(least);
    let column = 0;
    for (const [which, table] of tables.entries()) {
      const here = at[which] ?? 0;
      const hit = table.x[here] === least;
      for (const values of table.columns) columns[column++]?.push(hit ? values[here] ?? null : null);
      if (hit) at[which] = here + 1;
    }
  }
}
