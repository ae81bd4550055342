/**
 * Hand-made word lists for English. They say which differences between two questions matter and which
 * do not; nothing in them was learned from data.
 */

export const words = (list: string): string[] => list.trim().split(/\s+/);

export const setOf = (list: string): ReadonlySet<string> => new Set(words(list));

/** Each line is a group of words that mean the same to a question; the first stands for all. */
export function groupsOf(lines: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const line of lines.trim().split('\n')) {
    const [first = '', ...others] = words(line);
    for (const word of [first, ...others]) map.set(word, first);
  }
  return map;
}
