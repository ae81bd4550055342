/**
 * The items of a typed or pasted list. Names and addresses (`words`) are split at commas, semicolons
 * and white space; phrases may hold all of these, so they are split at line ends only.
 */
export function splitList(text: string, kind: 'words' | 'phrases'): string[] {
  const separator = kind === 'words' ? /[\s,;]+/ : /[\r\n]+/;
  return text
    .split(separator)
    .map((item) => item.trim().replace(kind === 'words' ? /^[<"']+|[>"']+$/g : /^$/, ''))
    .filter((item) => item !== '');
}

export type Added = {
  items: string[];
  /** What was refused, with the first reason. */
  refused: string[];
  reason: string | null;
};

/** Adds `candidates` to `items`, leaving out repeats and what `fault` finds fault with. */
export function addItems(
  items: readonly string[],
  candidates: readonly string[],
  fault: (item: string) => string | null,
): Added {
  const result: Added = { items: [...items], refused: [], reason: null };
  for (const candidate of candidates) {
    const reason = fault(candidate);
    if (reason !== null) {
      result.refused.push(candidate);
      result.reason ??= reason;
    } else if (!result.items.includes(candidate)) {
      result.items.push(candidate);
    }
  }
  return result;
}
