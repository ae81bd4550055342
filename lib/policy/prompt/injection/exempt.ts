/**
 * Takes allowed phrases out of texts before they are judged, whatever their case and the white space in
 * them. What stands around a phrase is still judged.
 */
export function compileExemption(phrases: readonly string[]): (text: string) => string {
  if (phrases.length === 0) return (text) => text;
  const longestFirst = [...phrases].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(patternOf).join('|'), 'giu');
  return (text) => text.replace(pattern, ' ');
}

function patternOf(phrase: string): string {
  return phrase
    .trim()
    .split(/\s+/)
    .map((word) =>
      word.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`)),
    )
    .join('\\s{1,20}');
}
