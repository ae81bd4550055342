import { createHash, type Hash } from 'node:crypto';

/**
 * Feeds a JSON value into a hash so that equal values give equal hashes whatever the order of their
 * fields, and different ones different hashes: every part is written with its kind and length.
 */
export function hashJson(hash: Hash, value: unknown): void {
  if (value === null || value === undefined) hash.update('n');
  else if (typeof value === 'string') hashText(hash, value);
  else if (typeof value === 'number' || typeof value === 'boolean') hash.update(`v${value};`);
  else if (Array.isArray(value)) {
    hash.update(`a${value.length}:`);
    for (const item of value) hashJson(hash, item);
  } else if (typeof value === 'object') hashFields(hash, value as Record<string, unknown>);
}

/** Lone surrogates are all one in UTF-8, so a text with them is hashed as it is in memory. */
function hashText(hash: Hash, text: string): void {
  if (text.isWellFormed()) hash.update(`s${text.length}:`).update(text);
  else hash.update(`u${text.length}:`).update(text, 'utf16le');
}

/** A field that is undefined is absent, as in JSON. */
function hashFields(hash: Hash, value: Record<string, unknown>): void {
  const names = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort();
  hash.update(`o${names.length}:`);
  for (const name of names) {
    hashJson(hash, name);
    hashJson(hash, value[name]);
  }
}

/** SHA-256 of JSON values, in base64url. */
export function digest(...values: unknown[]): string {
  const hash = createHash('sha256');
  for (const value of values) hashJson(hash, value);
  return hash.digest('base64url');
}
