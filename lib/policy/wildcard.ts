/** Says whether a name is covered by a list of patterns. */
export type NameMatcher = (name: string) => boolean;

/**
 * Compiles names in which `*` stands for any run of characters, slashes and none included.
 * Plain names cost one lookup; a wildcard takes time linear in the name, whatever its form, because
 * its fixed pieces are searched from left to right without backtracking.
 */
export function compileNames(
  patterns: readonly string[],
  options: { ignoreCase?: boolean } = {},
): NameMatcher {
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const exact = new Set<string>();
  const wildcards: NameMatcher[] = [];
  for (const pattern of patterns.map(fold)) {
    if (pattern.includes('*')) wildcards.push(compileWildcard(pattern));
    else exact.add(pattern);
  }
  return (name) => {
    const folded = fold(name);
    return exact.has(folded) || wildcards.some((matches) => matches(folded));
  };
}

function compileWildcard(pattern: string): NameMatcher {
  const pieces = pattern.split('*');
  const head = pieces[0] ?? '';
  const tail = pieces.at(-1) ?? '';
  const middle = pieces.slice(1, -1).filter(Boolean);
  return (name) => {
    if (name.length < head.length + tail.length) return false;
    if (!name.startsWith(head) || !name.endsWith(tail)) return false;
    const end = name.length - tail.length;
    let at = head.length;
    for (const piece of middle) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}
