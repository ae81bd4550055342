/** A pair with what the two measures make of it. */
export type Judged = {
  source: string;
  duplicate: boolean;
  /** Equal but for case and outer white space. */
  same: boolean;
  /** Mean number of characters of the two texts. */
  length: number;
  cosine: number;
  ours: number;
  /** Time of the checks, milliseconds. */
  checkMs: number;
  /** Time of the encoder and of the checks, milliseconds. */
  lookUpMs: number;
};

/** Precision and recall of taking the pairs that `matches` takes; precision is 1 when it takes none. */
export function shareOf(rows: readonly Judged[], matches: (row: Judged) => boolean) {
  const matched = rows.filter(matches);
  const right = matched.filter(({ duplicate }) => duplicate).length;
  const all = rows.filter(({ duplicate }) => duplicate).length;
  const precision = matched.length === 0 ? 1 : right / matched.length;
  const recall = all === 0 ? 0 : right / all;
  return { matched: matched.length, precision, recall };
}

/** The largest recall that raw cosine reaches at any threshold without falling below a precision. */
export function recallAtPrecision(rows: readonly Judged[], precision: number): number {
  const sorted = [...rows].sort((a, b) => b.cosine - a.cosine);
  const all = rows.filter(({ duplicate }) => duplicate).length;
  let [right, best] = [0, 0];
  sorted.forEach(({ duplicate, cosine }, index) => {
    right += duplicate ? 1 : 0;
    const isLastOfItsCosine = sorted[index + 1]?.cosine !== cosine;
    if (isLastOfItsCosine && right / (index + 1) >= precision) best = right / all;
  });
  return best;
}

/** A row of the table: what is measured, threshold, matched pairs, precision, recall, F1. */
export function rates(
  name: string,
  threshold: number,
  rows: readonly Judged[],
  matches: (row: Judged) => boolean,
): string[] {
  const { matched, precision, recall } = shareOf(rows, matches);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const shares = [precision, recall, f1].map((share) => share.toFixed(3));
  return [name, threshold.toFixed(2), String(matched), ...shares];
}

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  console.log([line(head), ...rows.map(line)].join('\n'));
}
