import { startChild, type Child } from './child';
import { median, quantile, runLoad, type Load, type Round } from './load';

/**
 * `npm run bench:proxy`, and the first part of `npm run bench`: the gateway plane with a tier's default policy
 * against a bare `node:http` + undici proxy, in front of one simulated provider, all in processes of their own.
 * Rounds alternate, so that whatever else the machine does falls on both. Set BENCH_ROUNDS and BENCH_SECONDS
 * for longer runs.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
/** Until the optimising compiler has seen enough of either. */
const WARM_UP_MS = Number(process.env.BENCH_WARM_UP_SECONDS ?? 5) * 1000;
const PROMPT = 'Summarise the difference between a mutex and a semaphore in two sentences.';

type Scenario = { name: string; concurrency: number; stream: boolean };
const SCENARIOS: readonly Scenario[] = [
  { name: 'one client', concurrency: 1, stream: false },
  { name: '32 clients', concurrency: 32, stream: false },
  { name: '32 clients, streams', concurrency: 32, stream: true },
];

const upstream = await startChild('./upstream.ts');
const [proxy, gateway] = await Promise.all([
  startChild('./bare-proxy.ts', [upstream.url]),
  startChild('./gateway.ts', [upstream.url]),
]);
const contestants: Record<string, Child> = { 'bare proxy': proxy, gateway };

console.log(`${ROUNDS} rounds of ${SECONDS} s for each; medians of the rounds\n`);
console.log('| load | contestant | requests/s | p50 ms | p99 ms |');
console.log('|---|---|---:|---:|---:|');
for (const scenario of SCENARIOS) await compare(scenario);
await Promise.all([proxy.stop(), gateway.stop()]);
await upstream.stop();

async function compare(scenario: Scenario): Promise<void> {
  const rounds: Record<string, Round[]> = {};
  for (const contestant of Object.values(contestants))
    await runLoad(loadOf(contestant, scenario, WARM_UP_MS));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, contestant] of Object.entries(contestants)) {
      const result = await runLoad(loadOf(contestant, scenario, SECONDS * 1000));
      if (result.failures > 0)
        throw new Error(`${result.failures} requests to the ${name} failed.`);
      (rounds[name] ??= []).push(result);
    }
  }
  for (const [name, results] of Object.entries(rounds)) {
    const cells = [
      median(results.map(({ perSecond }) => perSecond)).toFixed(0),
      median(results.map(({ latencies }) => quantile(latencies, 0.5))).toFixed(2),
      median(results.map(({ latencies }) => quantile(latencies, 0.99))).toFixed(2),
    ];
    console.log(`| ${[scenario.name, name, ...cells].join(' | ')} |`);
  }
}

function loadOf({ url, key }: Child, { concurrency, stream }: Scenario, durationMs: number): Load {
  return {
    url,
    path: '/v1/chat/completions',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: (mark) =>
      JSON.stringify({
        // The bare proxy changes nothing, so it sends the name that the simulator knows.
        model: 'sandbox/small',
        messages: [{ role: 'user', content: `(${mark}) ${PROMPT}` }],
        ...(stream ? { stream: true } : {}),
      }),
    concurrency,
    durationMs,
  };
}
