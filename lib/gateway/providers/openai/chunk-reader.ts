import type { ChatChunk } from '@/lib/gateway/types';
import { parseChunk } from './completion';

/** An event in two halves, between which the literal of its text stood. */
type Template = { before: string; after: string; chunk: ChatChunk };

/** A stream whose events never resemble each other is not asked to for long. */
const MOST_MISSES = 4;
const KEY = '"content":';

/**
 * Reads the events of one stream, in order. Most of them differ from the one before in nothing but
 * `delta.content`, so that only this string has to be parsed: JSON stays what it is when one string in it takes the
 * place of another.
 */
export class ChunkReader {
  private template: Template | null = null;
  private misses = 0;

  constructor(private readonly secrets: readonly string[]) {}

  /** What `parseChunk` reads. @throws UpstreamError as it does */
  read(data: string): ChatChunk {
    const known = this.template && fill(this.template, data);
    if (known) {
      this.misses = 0;
      return known;
    }
    const chunk = parseChunk(data, this.secrets);
    if (this.misses < MOST_MISSES) {
      this.misses += 1;
      this.template = templateOf(data, chunk);
    }
    return chunk;
  }
}

function fill({ before, after, chunk }: Template, data: string): ChatChunk | null {
  const end = data.length - after.length;
  if (end < before.length + 2 || !data.startsWith(before) || !data.endsWith(after)) return null;
  const content = stringOf(data.slice(before.length, end));
  const [choice] = chunk.choices;
  if (content === null || !choice) return null;
  return { ...chunk, choices: [{ ...choice, delta: { ...choice.delta, content } }] };
}

/** The string that a JSON literal stands for; null when it is none, or more than one. */
function stringOf(literal: string): string | null {
  const last = literal.length - 1;
  if (literal.charCodeAt(0) !== QUOTE || literal.charCodeAt(last) !== QUOTE) return null;
  for (let index = 1; index < last; index++) {
    const code = literal.charCodeAt(index);
    if (code === QUOTE || code === BACKSLASH || code < 0x20) return parsedString(literal);
  }
  return literal.slice(1, -1);
}
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function parsedString(literal: string): string | null {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : null;
  } catch {
    // The event as a whole is parsed then, and tells what is wrong with it.
    return null;
  }
}

/** Null for an event that says something else than a piece of text, or says it in an unusual way. */
function templateOf(data: string, chunk: ChatChunk): Template | null {
  const content = chunk.choices[0]?.delta.content;
  const key = data.indexOf(KEY);
  if (chunk.choices.length !== 1 || typeof content !== 'string' || key < 0) return null;
  const literal = /\s*("(?:[^"\\]|\\.)*")/y;
  literal.lastIndex = key + KEY.length;
  const written = literal.exec(data)?.[1];
  if (written === undefined) return null;
  const before = data.slice(0, literal.lastIndex - written.length);
  const after = data.slice(literal.lastIndex);
  // Whether it is this key of the event that has the text, and no other has the last word.
  const probe = `${content}.`;
  const probed = parseChunk(`${before}${JSON.stringify(probe)}${after}`, []);
  return probed.choices[0]?.delta.content === probe ? { before, after, chunk } : null;
}
