import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isComparable } from '@/lib/cache/keys';
import { pairSimilarity } from '@/lib/cache/pair-similarity';
import { readSentence } from '@/lib/cache/veto/judge';
import { createEncoder } from '@/lib/encoder/encoder';
import { similarityOf } from '@/lib/encoder/similarity';
import { wordingOf } from '@/lib/cache/wording';
import { HELD_OUT_PAIRS } from './held-out-pairs';
import { NEAR_MISSES, type NearMiss } from './near-misses';
import { printTable, rates, recallAtPrecision, shareOf, type Judged } from './rates';
import { TRAFFIC_PAIRS } from './traffic-pairs';

/**
 * `npm run eval:cache`: how often the semantic level would be right, on the public development pairs
 * beside the checkout, on hand-written pairs and on near-misses. It measures, and trains nothing.
 */

const FILE = resolve('../shared/eval/semcache/pairs.jsonl');
const THRESHOLDS = [0.9, 0.95, 0.98];
const LENGTHS = [
  [0, 45],
  [45, 65],
  [65, Infinity],
] as const;

type Pair = { a: string; b: string; label: 'duplicate' | 'different'; source: string };

const encoder = createEncoder({ maxCached: 80_000 });
await encoder.warmUp();

async function cosineOf(a: string, b: string): Promise<number> {
  const [left, right] = [await encoder.encode(a), await encoder.encode(b)];
  if (!left || !right) throw new Error('the encoder did not answer');
  return similarityOf(left, right);
}

/** Judges `b` as a look-up does that finds `a`, whose vector is known. */
async function judge(
  a: string,
  b: string,
): Promise<Pick<Judged, 'cosine' | 'ours' | 'checkMs' | 'lookUpMs'>> {
  await encoder.encode(wordingOf(a));
  const askedAt = performance.now();
  const worded = await cosineOf(wordingOf(a), wordingOf(b));
  const encodedAt = performance.now();
  const comparable = isComparable(a) && isComparable(b);
  const alike = comparable ? pairSimilarity(worded, readSentence(a), readSentence(b)) : 0;
  const ours = a === b ? 1 : alike;
  const doneAt = performance.now();
  const cosine = await cosineOf(a, b);
  return { cosine, ours, checkMs: doneAt - encodedAt, lookUpMs: doneAt - askedAt };
}

async function judgeAll(pairs: readonly Pair[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const { a, b, label, source } of pairs) {
    const same = a.trim().toLowerCase() === b.trim().toLowerCase();
    const length = (a.length + b.length) / 2;
    const duplicate = label === 'duplicate';
    judged.push({
      source: source.split('@')[0] ?? source,
      duplicate,
      same,
      length,
      ...(await judge(a, b)),
    });
  }
  return judged;
}

function reportPairs(judged: readonly Judged[]): void {
  for (const source of new Set(judged.map(({ source }) => source))) {
    reportSource(
      source,
      judged.filter((pair) => pair.source === source),
    );
  }
  console.log(`\ncompared with one entry: ${spread(judged.map(({ lookUpMs }) => lookUpMs))}`);
  console.log(
    `of it checks, both texts read anew: ${spread(judged.map(({ checkMs }) => checkMs))}`,
  );
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((x, y) => x - y);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

function reportSource(source: string, rows: readonly Judged[]): void {
  const duplicates = rows.filter(({ duplicate }) => duplicate).length;
  console.log(`\n${source}: ${rows.length} pairs, ${duplicates} duplicates`);
  printTable(
    ['level', 'threshold', 'matched', 'precision', 'recall', 'F1'],
    [
      ...THRESHOLDS.map((at) => rates('cache', at, rows, ({ ours }) => ours >= at)),
      ...THRESHOLDS.map((at) => rates('raw cosine', at, rows, ({ cosine }) => cosine >= at)),
      rates('exact match', 1, rows, ({ same }) => same),
    ],
  );
  const reached = shareOf(rows, ({ ours }) => ours >= 0.95);
  const raw = recallAtPrecision(rows, reached.precision);
  console.log(
    `at 0.95: precision ${reached.precision.toFixed(3)}, recall ${reached.recall.toFixed(3)}; raw cosine at that precision: recall ${raw.toFixed(3)}`,
  );
  console.log('by length of the text (characters)');
  printTable(
    ['length', 'threshold', 'matched', 'precision', 'recall', 'F1'],
    LENGTHS.flatMap(([from, to]) => {
      const some = rows.filter(({ length }) => length >= from && length < to);
      return THRESHOLDS.map((at) => rates(`${from} to ${to}`, at, some, ({ ours }) => ours >= at));
    }),
  );
}

async function reportNearMisses(): Promise<number> {
  const judged: (NearMiss & Awaited<ReturnType<typeof judge>>)[] = [];
  for (const pair of NEAR_MISSES) judged.push({ ...pair, ...(await judge(pair.a, pair.b)) });
  console.log(`\n${judged.length} near-misses: false hits`);
  const kinds = [...new Set(judged.map(({ kind }) => kind))];
  const share = (rows: typeof judged, of: 'ours' | 'cosine', at: number) =>
    `${rows.filter((row) => row[of] >= at).length}`;
  printTable(
    ['kind', 'pairs', 'cache 0.90', 'cache 0.95', 'cache 0.98', 'raw 0.90', 'raw 0.95', 'raw 0.98'],
    ['all', ...kinds].map((kind) => {
      const rows = judged.filter((row) => kind === 'all' || row.kind === kind);
      const cells = (['ours', 'cosine'] as const).flatMap((of) =>
        THRESHOLDS.map((at) => share(rows, of, at)),
      );
      return [kind, String(rows.length), ...cells];
    }),
  );
  for (const { a, b, ours } of judged.filter((row) => row.ours >= 0.9)) {
    console.log(`  ${ours.toFixed(3)}  ${a} | ${b}`);
  }
  return judged.filter((row) => row.ours >= 0.9).length / judged.length;
}

/** The public pairs beside the checkout; none when it stands alone. */
function publicPairs(): Pair[] {
  if (!existsSync(FILE)) {
    console.log(`${FILE} is not here: only what this folder has is measured.`);
    return [];
  }
  const lines = readFileSync(FILE, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Pair);
}

type OwnPair = { a: string; b: string; same: boolean };
const asPairs = (pairs: readonly OwnPair[], source: string): Pair[] =>
  pairs.map(({ a, b, same }) => ({ a, b, label: same ? 'duplicate' : 'different', source }));

reportPairs(
  await judgeAll([
    ...publicPairs(),
    ...asPairs(TRAFFIC_PAIRS, 'traffic of a gateway, hand-written'),
    ...asPairs(HELD_OUT_PAIRS, 'the same held out, hand-written'),
  ]),
);
const falseHits = await reportNearMisses();
await encoder.close();
if (falseHits > 0.01) process.exitCode = 1;
