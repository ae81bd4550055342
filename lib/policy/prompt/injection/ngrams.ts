/** Buckets of the hashed n-grams; a power of two. */
export const NGRAM_BUCKETS = 1 << 16;

/**
 * The buckets of the words, pairs of neighbouring words and four-letter pieces of a folded text, each once.
 * FNV-1a over character codes; what collides shares a weight.
 */
export function ngramBuckets(folded: string): number[] {
  const buckets: number[] = [];
  const add = (bucket: number) => {
    if (seen[bucket]) return;
    seen[bucket] = 1;
    buckets.push(bucket);
  };
  let before = 0;
  let hash = OFFSET;
  let length = 0;
  for (let index = 0; index <= folded.length; index++) {
    const code = index < folded.length ? folded.charCodeAt(index) : 32;
    if (isLetter(code)) {
      hash = Math.imul(hash ^ code, PRIME);
      length += 1;
      if (length >= 4) add(bucketOf(pieceHash(folded, index)));
      continue;
    }
    if (length === 0) continue;
    add(bucketOf(hash));
    if (before !== 0) add(bucketOf(Math.imul(hash, 31) ^ before));
    before = hash;
    hash = OFFSET;
    length = 0;
  }
  for (const bucket of buckets) seen[bucket] = 0;
  return buckets;
}

/** Which buckets the text that is being read has; all zero between texts. Spares the hashing of a `Set`. */
const seen = new Uint8Array(NGRAM_BUCKETS);

const OFFSET = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

function pieceHash(text: string, end: number): number {
  let hash = 0x2b2b2b2b;
  for (let index = end - 3; index <= end; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  return hash;
}

function bucketOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) & (NGRAM_BUCKETS - 1);
}

/** Letters and digits of every script; all above ASCII punctuation counts. */
function isLetter(code: number): boolean {
  if (code >= 97 && code <= 122) return true;
  if (code < 128) return code >= 48 && code <= 57;
  return code > 0xbf && (code < 0x2000 || code > 0x206f) && (code < 0x3000 || code > 0x303f);
}
