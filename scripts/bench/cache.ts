import { SemanticAnswerCache } from '@/lib/cache/answer-cache';
import { noArchive, type CacheArchive } from '@/lib/cache/archive';
import type { CacheEntry } from '@/lib/cache/entry';
import { createEncoder } from '@/lib/encoder/encoder';
import { entryOf } from './cache/entries';
import { bytesInUse, cells, delayDuring, timed, watched } from './cache/measure';
import { formLetter, questions, type Question } from './cache/questions';
import { askedFor, principal, THRESHOLDS } from './cache/request';
import { storedIn } from './cache/stored';
import { beside, between, vectorsOf } from './cache/vectors';

/**
 * `npm run bench:cache`, a part of `npm run bench`: a look-up among 100, 10,000 and 100,000 entries of one
 * partition, exact, in other words and in vain; the event loop's delay meanwhile; an entry's memory; the same
 * for form letters, which are nearly all alike; and a start with as many entries stored in PostgreSQL.
 * Other numbers of entries may be given as arguments.
 */
const givenSizes = process.argv.slice(2).map(Number);
const sizes = givenSizes.length > 0 ? givenSizes : [100, 10_000, 100_000];
const largest = Math.max(...sizes);

/** Questions whose vectors are the encoder's; all others' are made of theirs. */
const ENCODED = 10_000;
const LETTERS_ENCODED = 1000;
const EXACT_ROUNDS = 5000;
const ROUNDS = 1000;
const CLIENTS = 32;
const LOAD_MS = 3000;

// Nothing is remembered: every look-up is encoded.
const encoder = createEncoder({ maxCached: 0, maxQueued: 256 });
await encoder.warmUp();
/** As many again are never stored. */
const asked = questions(largest + ROUNDS);
const unknown = asked.slice(largest);
const encoded = await vectorsOf(
  encoder,
  asked.slice(0, Math.min(ENCODED, largest)).map(({ text }) => text),
);

const random = (vectors: readonly Float32Array[]) =>
  vectors[Math.floor(Math.random() * vectors.length)] as Float32Array;

function* entriesOf(
  all: readonly Question[],
  vectors: readonly Float32Array[],
  made: (base: Float32Array) => Float32Array,
): Generator<CacheEntry> {
  for (const [at, { text }] of all.entries()) {
    yield entryOf(text, vectors[at] ?? made(vectors[at % vectors.length] as Float32Array));
  }
}
const variedEntries = (count: number) =>
  entriesOf(asked.slice(0, count), encoded, (base) => between(base, random(encoded)));

function opened(archive: CacheArchive) {
  const watch = watched(encoder);
  const cache = new SemanticAnswerCache({
    encoder: watch,
    archive,
    log: { warn: console.error },
    maxBytes: 2 ** 31,
    encodeBudgetMs: 1000,
    loadWaitMs: 120_000,
  });
  return { cache, watch };
}

const archiveOf = (entries: () => Iterable<CacheEntry>): CacheArchive => ({
  ...noArchive,
  load: () => Promise.resolve({ entries: [...entries()], wrongPairs: [] }),
});

async function measure(
  name: string,
  entries: () => Iterable<CacheEntry>,
  stored: readonly Question[],
  unknown: readonly Question[],
): Promise<void> {
  const before = bytesInUse();
  const { cache, watch } = opened(archiveOf(entries));
  let hits = 0;
  const look = async (text: string, policy = THRESHOLDS.generous) => {
    const lookup = await cache.look(askedFor(text, policy));
    if (lookup.status === 'hit-exact' || lookup.status === 'hit-semantic') hits += 1;
    // Who misses leads: the next one to ask would wait for its answer.
    if ('abandon' in lookup) lookup.abandon();
  };
  await look(unknown[0]?.text ?? '');
  const { entries: held, bytes } = await cache.size(principal.tenant.id, null);
  const inUse = (bytesInUse() - before) / held;

  const at = (round: number) => stored[(round * 7919) % stored.length] as Question;
  const row = async (
    what: string,
    rounds: number,
    text: (round: number) => string,
    policy = THRESHOLDS.generous,
  ) => {
    const outside = new Float64Array(rounds);
    for (let round = 0; round < 200; round++) await look(text(rounds + round), policy);
    hits = 0;
    const times = await timed(rounds, async (round) => {
      watch.waitedMs = 0;
      const from = performance.now();
      await look(text(round), policy);
      const ms = performance.now() - from;
      outside[round] = ms - watch.waitedMs;
      return ms;
    });
    const share = `${((100 * hits) / rounds).toFixed(0)} %`;
    console.log(`| ${name} | ${what} | ${share} | ${cells(times)} | ${cells(outside.sort())} |`);
  };
  await row('the same words', EXACT_ROUNDS, (round) => at(round).text);
  await row(
    'other words, 0.95',
    ROUNDS,
    (round) => at(2 * ROUNDS + round).again,
    THRESHOLDS.strict,
  );
  await row('other words, 0.90', ROUNDS, (round) => at(round).again);
  await row(
    'another question, 0.90',
    ROUNDS,
    (round) => unknown[round % unknown.length]?.text ?? '',
  );

  let answered = 0;
  const client = async (_: unknown, index: number) => {
    const until = performance.now() + LOAD_MS;
    for (let round = index; performance.now() < until; round += CLIENTS, answered++) {
      await look(at(round).again);
    }
  };
  const late = await delayDuring(() => Promise.all(Array.from({ length: CLIENTS }, client)));
  notes.push(
    `${name} entries: ${CLIENTS} look-ups at a time, ${Math.round((answered * 1000) / LOAD_MS)} a second: timers late by ${late}; ` +
      `${inUse.toFixed(0)} bytes an entry on the heap and beside it, ${(bytes / held).toFixed(0)} by the cache's own count`,
  );
}

const notes: string[] = [];
console.log('\nLook-ups in one partition, milliseconds\n');
console.log(
  '| entries | asked | hits | p50 | p99 | longest | p50 outside the encoder | p99 | longest |',
);
console.log('|---|---|---:|---:|---:|---:|---:|---:|---:|');
for (const count of sizes) {
  const known = asked.slice(0, Math.min(count, encoded.length));
  await measure(count.toLocaleString('en'), () => variedEntries(count), known, unknown);
}
const letters = Array.from({ length: largest + ROUNDS }, (_, at) => formLetter(at));
const letterVectors = await vectorsOf(
  encoder,
  letters.slice(0, LETTERS_ENCODED).map(({ text }) => text),
);
await measure(
  `${largest.toLocaleString('en')} form letters`,
  () => entriesOf(letters.slice(0, largest), letterVectors, beside),
  letters.slice(0, letterVectors.length),
  letters.slice(largest),
);

const idle = await delayDuring(() => new Promise((resolve) => setTimeout(resolve, 1000)));
console.log(`\n${notes.join('\n')}\nwith nothing to do: timers late by ${idle}`);

const { archive, close } = await storedIn([...variedEntries(largest)]);
const before = bytesInUse();
const { cache } = opened(archive);
const from = performance.now();
const late = await delayDuring(async () => {
  const lookup = await cache.look(askedFor(asked[0]?.text ?? ''));
  if (lookup.status !== 'hit-exact')
    throw new Error(`a stored entry is not found: ${lookup.status}`);
});
const { entries: held } = await cache.size(principal.tenant.id, null);
console.log(
  `\nstart with ${held.toLocaleString('en')} entries stored in PostgreSQL: the first request is answered after ` +
    `${((performance.now() - from) / 1000).toFixed(1)} s when it waits for all; timers late by ${late}; ` +
    `${((bytesInUse() - before) / held).toFixed(0)} bytes an entry`,
);
await archive.drain();
await close();
await encoder.close();
