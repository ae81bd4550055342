import type { Issue } from '@/lib/errors/app-error';

/** JSON nested deeper than this is refused: no shape of ours comes near it, and recursion over it stays safe. */
const MAX_DEPTH = 64;

/** Says why a text cannot be stored, or null: PostgreSQL has neither NUL nor half a surrogate pair. */
export function textFault(text: string): string | null {
  if (text.includes('\u0000')) return 'Remove the NUL character (\\u0000): it cannot be stored.';
  if (!text.isWellFormed()) return 'Remove the half surrogate pair: it is not a character.';
  return null;
}

/**
 * Faults of a parsed JSON value that no schema looks for: texts and keys that cannot be stored, and
 * nesting without end. At most ten, each with its dotted path.
 */
export function storableFaults(value: unknown): Issue[] {
  const issues: Issue[] = [];
  walk(value, '', 0, issues);
  return issues.slice(0, 10);
}

function walk(value: unknown, path: string, depth: number, issues: Issue[]): void {
  if (issues.length >= 10) return;
  if (typeof value === 'string') {
    const message = textFault(value);
    if (message) issues.push({ path, message });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) {
    issues.push({ path, message: `Nest at most ${MAX_DEPTH} levels deep.` });
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const fault = textFault(key);
    if (fault) issues.push({ path, message: `A key is not valid. ${fault}` });
    else walk(child, path === '' ? key : `${path}.${key}`, depth + 1, issues);
  }
}
