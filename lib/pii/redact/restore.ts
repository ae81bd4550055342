import {
  CLOSING,
  coreOf,
  LABELS,
  LOOSE,
  NO_WORD_BEFORE,
  OPENING,
  placeholderSource,
  STRICT,
} from './labels';
import type { TextFilter } from './text-filter';
import type { PlaceholderVault } from './vault';

/** `text` takes values as they are, `json` as they are written inside a JSON string. */
export type RestoreInto = 'text' | 'json';

type Patterns = { full: RegExp; partial: RegExp; longest: number };

/**
 * Puts originals back where a text repeats their placeholders: `[EMAIL_1]`, also as `EMAIL_1`, in other brackets,
 * in any case, or with Markdown's escaped underscore. A stream is held back only while what came last may be the
 * beginning of a placeholder.
 */
export class Restorer implements TextFilter {
  private readonly patterns: Patterns;
  /** What has come and has not been let out, after the one character that was let out last. */
  private held = '';
  private before = '';

  constructor(
    private readonly vault: PlaceholderVault,
    private readonly into: RestoreInto,
  ) {
    this.patterns = patternsFor(vault);
  }

  push(text: string): string {
    this.held += text;
    return this.release(false);
  }

  end(): string {
    return this.release(true);
  }

  private release(isLast: boolean): string {
    const { full, partial, longest } = this.patterns;
    const text = this.before + this.held;
    let position = this.before.length;
    let stop = text.length;
    if (!isLast) {
      partial.lastIndex = Math.max(position, text.length - longest);
      stop = partial.exec(text)?.index ?? text.length;
    }
    let result = '';
    full.lastIndex = position;
    for (let match = full.exec(text); match && match.index < stop; match = full.exec(text)) {
      const end = match.index + match[0].length;
      result += text.slice(position, match.index) + this.replacement(match);
      position = end;
    }
    if (position < stop) result += text.slice(position, stop);
    const done = Math.max(position, stop);
    this.before = text.slice(Math.max(0, done - 1), done);
    this.held = text.slice(done);
    return result;
  }

  private replacement(match: RegExpExecArray): string {
    const [whole] = match;
    const core = coreOf(match);
    const value = this.vault.original(core);
    if (value === undefined) return whole;
    const written = this.into === 'json' ? JSON.stringify(value).slice(1, -1) : value;
    const quotes = match.groups?.before === '"' && match.groups.after === '"';
    if (quotes && this.vault.isNumber(core)) return value;
    const bare = whole.slice(match.groups?.before?.length ?? 0);
    // A sentence keeps its parentheses; brackets of any other kind are the placeholder's own.
    const kept = bare.startsWith('(') ? `(${written})` : written;
    return (match.groups?.before ?? '') + kept + (match.groups?.after ?? '');
  }
}

/** Restores a whole text. */
export function restoreText(text: string, vault: PlaceholderVault, into: RestoreInto): string {
  const restorer = new Restorer(vault, into);
  return restorer.push(text) + restorer.end();
}

const known = new Map<string, Patterns>();

/** Compiled once for each set of entities; there are few. */
function patternsFor(vault: PlaceholderVault): Patterns {
  const labels = [...vault.restorable].map((entity) => LABELS[entity]).sort();
  const key = `${vault.hasNumbers} ${vault.digits} ${labels.join()}`;
  const compiled = known.get(key) ?? compile(labels, vault.digits, vault.hasNumbers);
  if (known.size < MOST_PATTERNS) known.set(key, compiled);
  return compiled;
}
const MOST_PATTERNS = 1_000;

/** Where a number has become a string, the quotes round its placeholder are read along. */
function compile(labels: readonly string[], digits: number, quoted: boolean): Patterns {
  const source = placeholderSource(labels, digits);
  const full = new RegExp(quoted ? `(?<before>"?)(?:${source})(?<after>"?)` : source, 'giu');
  const quote = quoted ? ['"?'] : [];
  const number = `\\d{0,${digits}}`;
  const tokens = (label: string, separator: string) =>
    [...label].map((char) => (char === '_' ? separator : char));
  const beginnings = labels.flatMap((label) => {
    const loose = [OPENING, ' ?', ...tokens(label, LOOSE), LOOSE, number, ' ?', `${CLOSING}?`];
    const strict = [...tokens(label, STRICT), STRICT, number];
    return [nested([...quote, ...loose, ...quote]), NO_WORD_BEFORE + nested(strict)];
  });
  const longest = Math.max(0, ...labels.map((label) => label.length)) + digits + 16;
  return { full, partial: new RegExp(`(?:${beginnings.join('|')})$`, 'giu'), longest };
}

/** Every beginning of a sequence: `a(?:b(?:c)?)?`. */
function nested(tokens: readonly string[]): string {
  const [first = '', ...rest] = tokens;
  return rest.length === 0 ? first : `${first}(?:${nested(rest)})?`;
}
