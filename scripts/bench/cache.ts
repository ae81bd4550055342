import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { SemanticAnswerCache } from '@/lib/cache/answer-cache';
import { noArchive, type CacheArchive } from '@/lib/cache/archive';
import { encodeAnswer, type CacheEntry } from '@/lib/cache/entry';
import { keysOf } from '@/lib/cache/keys';
import { packVector } from '@/lib/cache/vector/pack';
import { createEncoder, type Encoder } from '@/lib/encoder/encoder';
import type { CacheRequest } from '@/lib/gateway/ports';
import { systemClock, type Principal } from '@/lib/gateway/types';
import { compilePolicy } from '@/lib/policy/compile';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { createPriceBook } from '@/lib/budget/pricing';
import { quantile } from './load';

/**
 * `npm run bench:cache`: a look-up at 100, 10,000 and 100,000 entries of one partition, which is the worst
 * case; the event loop's delay while look-ups run; memory of an entry; and the time to take in stored
 * entries. Other numbers of entries may be given as arguments.
 */
const ALL_SIZES = [100, 10_000, 100_000];
const givenSizes = process.argv.slice(2).map(Number);
const sizes = givenSizes.length > 0 ? givenSizes : ALL_SIZES;

const policy = compilePolicy(
  rolePolicySchema.parse({
    cachingPolicy: { enabled: true, similarityThreshold: 0.9, maxCacheSize: 1_000_000 },
  }),
);
const principal: Principal = {
  tenant: { id: randomUUID(), slug: 't', timezone: 'UTC', logContent: 'full' },
  role: { id: randomUUID(), name: 'r' },
  key: { id: randomUUID(), name: 'k', expiresAt: null },
  policy: { version: 1, document: policy.document },
  connections: [
    {
      id: 'c',
      tenantId: 't',
      name: 'sandbox',
      kind: 'sandbox',
      baseUrl: null,
      credential: '',
      models: ['small'],
      enabled: true,
    },
  ],
  prices: createPriceBook(),
};
const signal = new AbortController().signal;
const askedFor = (content: string): CacheRequest => ({
  requestId: 'bench',
  principal,
  policy,
  request: { model: 'sandbox/small', messages: [{ role: 'user', content }] },
  clock: systemClock,
  signal,
});

const NOUNS = 'invoice password account order router printer server contract meeting report'.split(
  ' ',
);
const VERBS = 'reset cancel update export archive forward encrypt translate print delete'.split(
  ' ',
);
const PLACES = 'Oslo Lima Cairo Quito Delhi Milan Tunis Kyoto Perth Lagos'.split(' ');
/** The number makes every question another one. */
const question = (at: number): string =>
  `How do I ${VERBS[at % 10]} the ${NOUNS[Math.floor(at / 10) % 10]} in ${PLACES[Math.floor(at / 100) % 10]} for customer ${at}?`;

const answer = encodeAnswer({
  completion: {
    id: 'x',
    object: 'chat.completion',
    created: 0,
    model: 'small',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'A sentence of an answer. '.repeat(20) },
        finish_reason: 'stop',
      },
    ],
  },
  usage: {
    inputTokens: 20,
    cachedInputTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 100,
    reasoningTokens: 0,
  },
  target: { provider: 'sandbox', kind: 'sandbox', model: 'small' },
  costUsd: '0.0001',
  latencyMs: 900,
});

/** A thousand real vectors, and neighbours of them: to encode 100,000 texts would take minutes. */
async function entriesOf(encoder: Encoder, count: number): Promise<CacheEntry[]> {
  const bases: Float32Array[] = [];
  for (let at = 0; at < Math.min(1000, count); at++) {
    const vector = await encoder.encode(question(at));
    if (vector) bases.push(vector);
  }
  return Array.from({ length: count }, (_, at) => {
    const base = bases[at % bases.length] ?? new Float32Array(384);
    const vector =
      at < bases.length ? base : base.map((value) => value + (Math.random() - 0.5) * 0.05);
    const { partition, exactKey } = keysOf(askedFor(question(at)));
    return {
      tenantId: principal.tenant.id,
      roleId: principal.role.id,
      id: randomUUID(),
      keyId: principal.key.id,
      partition,
      exactKey,
      question: question(at),
      vector: packVector(vector),
      target: { provider: 'sandbox', kind: 'sandbox', model: 'small' },
      requestedModel: 'sandbox/small',
      body: Buffer.from(answer),
      createdAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    };
  });
}

async function timed(
  rounds: number,
  look: (round: number) => Promise<unknown>,
): Promise<Float64Array> {
  const times = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await look(round);
    times[round] = performance.now() - from;
    // A turn of the event loop, whose delay is measured beside.
    await setImmediate();
  }
  return times.sort();
}
const cell = (times: Float64Array) =>
  `${quantile(times, 0.5).toFixed(2)} | ${quantile(times, 0.99).toFixed(2)}`;

const encoder = createEncoder({ maxCached: 0, maxQueued: 256 });
await encoder.warmUp();
console.log(`\nThe cache at ${sizes.join(', ')} entries of one partition\n`);
console.log('| entries | look-up | p50 ms | p99 ms |\n|---:|---|---:|---:|');
for (const count of sizes) {
  const entries = await entriesOf(encoder, count);
  const archive: CacheArchive = {
    ...noArchive,
    load: () => Promise.resolve({ entries, wrongPairs: [] }),
  };
  const known = createEncoder({ maxCached: 4096 });
  await known.warmUp();
  const paraphrase = (at: number) =>
    question(at % Math.min(count, 1000)).replace('How do I', 'How can I');
  for (let at = 0; at < Math.min(count, 1000); at++) await known.encode(paraphrase(at));
  const options = {
    archive,
    log: { warn: console.error },
    maxBytes: 2 ** 31,
    encodeBudgetMs: 1000,
    loadWaitMs: 60_000,
  };
  const whole = new SemanticAnswerCache({ ...options, encoder });
  const loadedAt = performance.now();
  await whole.look(askedFor(question(0)));
  const loadMs = performance.now() - loadedAt;
  const outside = new SemanticAnswerCache({ ...options, encoder: known });
  const statuses = new Map<string, number>();
  const look = async (cache: SemanticAnswerCache, text: string) => {
    const lookup = await cache.look(askedFor(text));
    statuses.set(lookup.status, (statuses.get(lookup.status) ?? 0) + 1);
    // Who misses leads: the next one to ask would wait for its answer.
    if ('abandon' in lookup) lookup.abandon();
  };
  for (let round = 0; round < 200; round++) await look(outside, paraphrase(round));
  statuses.clear();
  console.log(
    `| ${count} | exact | ${cell(await timed(5000, (round) => look(whole, question(round % count))))} |`,
  );
  console.log(
    `| ${count} | semantic, encoder included | ${cell(await timed(500, (round) => look(whole, paraphrase(round))))} |`,
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  console.log(
    `| ${count} | semantic, vector known | ${cell(await timed(2000, (round) => look(outside, paraphrase(round))))} |`,
  );
  delay.disable();
  const { bytes, entries: held } = await whole.size(principal.tenant.id, null);
  console.log(
    `\n${count}: ${[...statuses].map(([status, times]) => `${times} ${status}`).join(', ')}; taking in ${held} entries ${loadMs.toFixed(0)} ms; ${(bytes / held).toFixed(0)} bytes an entry by our count; event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms\n`,
  );
  await known.close();
}
await encoder.close();
