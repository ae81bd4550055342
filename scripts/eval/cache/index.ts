import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { calibrate } from '@/lib/cache/calibrate';
import { judgePair, readSentence } from '@/lib/cache/veto/judge';
import { isEnglish } from '@/lib/cache/veto/language';
import { createEncoder } from '@/lib/encoder/encoder';
import { similarityOf } from '@/lib/encoder/similarity';
import { NEAR_MISSES, type NearMiss } from './near-misses';
import { printTable, rates, recallAtPrecision, shareOf, type Judged } from './rates';

/**
 * `npm run eval:cache`: how often the semantic level would be right, on the public development pairs
 * beside the checkout and on the near-misses of this folder. It measures, and trains nothing.
 */

const FILE = resolve('../shared/eval/semcache/pairs.jsonl');
const THRESHOLDS = [0.9, 0.95, 0.98];
const LENGTHS = [
  [0, 45],
  [45, 65],
  [65, Infinity],
] as const;

type Pair = { a: string; b: string; label: 'duplicate' | 'different'; source: string };

const encoder = createEncoder({ maxCached: 50_000 });
await encoder.warmUp();

async function judge(a: string, b: string): Promise<Pick<Judged, 'cosine' | 'ours' | 'ms'>> {
  const [left, right] = [await encoder.encode(a), await encoder.encode(b)];
  if (!left || !right) throw new Error('the encoder did not answer');
  const cosine = similarityOf(left, right);
  const from = performance.now();
  const comparable = isEnglish(a) && isEnglish(b);
  const { veto, words } = judgePair(readSentence(a), readSentence(b));
  const ours = a === b ? 1 : veto || !comparable ? 0 : calibrate(cosine, words);
  return { cosine, ours, ms: performance.now() - from };
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
  const sources = [...new Set(judged.map(({ source }) => source))];
  for (const source of ['all', ...sources]) {
    const rows = judged.filter((pair) => source === 'all' || pair.source === source);
    console.log(
      `\n${source}: ${rows.length} pairs, ${rows.filter(({ duplicate }) => duplicate).length} duplicates`,
    );
    printTable(
      ['level', 'threshold', 'matched', 'precision', 'recall', 'F1'],
      [
        ...THRESHOLDS.map((at) => rates('cache', at, rows, ({ ours }) => ours >= at)),
        ...THRESHOLDS.map((at) => rates('raw cosine', at, rows, ({ cosine }) => cosine >= at)),
        rates('exact match', 1, rows, ({ same }) => same),
      ],
    );
  }
  console.log('\nthe same threshold by length of the text (characters)');
  printTable(
    ['length', 'threshold', 'matched', 'precision', 'recall', 'F1'],
    LENGTHS.flatMap(([from, to]) => {
      const rows = judged.filter(({ length }) => length >= from && length < to);
      return THRESHOLDS.map((at) => rates(`${from} to ${to}`, at, rows, ({ ours }) => ours >= at));
    }),
  );
  const reached = shareOf(judged, ({ ours }) => ours >= 0.95);
  const raw = recallAtPrecision(judged, reached.precision);
  console.log(
    `\nat 0.95: precision ${reached.precision.toFixed(3)}, recall ${reached.recall.toFixed(3)}; raw cosine at that precision: recall ${raw.toFixed(3)}`,
  );
  const times = judged.map(({ ms }) => ms).sort((x, y) => x - y);
  const at = (share: number) => ((times[Math.floor(times.length * share)] ?? 0) * 1000).toFixed(0);
  console.log(`checks of a pair, both texts read anew: p50 ${at(0.5)} µs, p99 ${at(0.99)} µs`);
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

if (existsSync(FILE)) {
  const pairs = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
  reportPairs(await judgeAll(pairs));
} else {
  console.log(`${FILE} is not here: only the near-misses are measured.`);
}
const falseHits = await reportNearMisses();
await encoder.close();
if (falseHits > 0.01) process.exitCode = 1;
