import { startChild, type Child } from './child';
import { median, quantile, runLoad, type Round } from './load';

/**
 * `npm run bench:budgets`: the gateway with a budget that blocks against the same without one, in one
 * run whose rounds alternate. Set BENCH_ROUNDS and BENCH_SECONDS for longer runs.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const PROMPT = 'Summarise the difference between a mutex and a semaphore in two sentences.';

const upstream = await startChild('./upstream.ts');
const [off, on] = await Promise.all([
  startChild('./gateway.ts', [upstream.url, 'budget-off']),
  startChild('./gateway.ts', [upstream.url, 'budget-block']),
]);
const contestants: Record<string, Child> = { 'budgets off': off, 'budgets on': on };
const rounds: Record<string, Round[]> = { 'budgets off': [], 'budgets on': [] };
for (const child of Object.values(contestants)) await load(child, 5_000);
for (let round = 0; round < ROUNDS; round += 1)
  for (const [name, child] of Object.entries(contestants))
    rounds[name]?.push(await load(child, SECONDS * 1000));

console.log(`${ROUNDS} rounds of ${SECONDS} s for each; medians of the rounds\n`);
console.log('| gateway | requests/s | p50 ms | p99 ms |');
console.log('|---|---:|---:|---:|');
const speed: number[] = [];
for (const [name, results] of Object.entries(rounds)) {
  const perSecond = median(results.map((each) => each.perSecond));
  speed.push(perSecond);
  const latency = (share: number) =>
    median(results.map(({ latencies }) => quantile(latencies, share))).toFixed(2);
  console.log(`| ${[name, perSecond.toFixed(0), latency(0.5), latency(0.99)].join(' | ')} |`);
}
const [without = 0, withBudget = 0] = speed;
console.log(`\nThroughput with budgets: ${((withBudget / without - 1) * 100).toFixed(1)} %`);
await Promise.all([off.stop(), on.stop()]);
await upstream.stop();

async function load({ url, key }: Child, durationMs: number): Promise<Round> {
  const round = await runLoad({
    url,
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key ?? ''}` },
    body: JSON.stringify({
      model: 'sandbox/small',
      messages: [{ role: 'user', content: PROMPT }],
    }),
    concurrency: 32,
    durationMs,
  });
  if (round.failures > 0) throw new Error(`${round.failures} requests failed.`);
  return round;
}
