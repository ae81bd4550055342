import { startChild, type Child } from './child';
import { median, quantile, runLoad, type Round } from './load';
import type { Work } from './statements';

/**
 * `npm run bench:budgets`, and the second half of `npm run bench`: the gateway with a budget that blocks
 * against the same without one, in one run whose rounds alternate, and the SQL statements that either
 * issued while a request waited. Set BENCH_ROUNDS and BENCH_SECONDS for longer runs.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const WARM_UP_MS = Number(process.env.BENCH_WARM_UP_SECONDS ?? 5) * 1000;
const PROMPT = 'Summarise the difference between a mutex and a semaphore in two sentences.';
/** Most that budgets may take of the throughput, per cent. */
const MOST_LOSS = 10;

type Contestant = { name: string; child: Child; rounds: Round[]; before: Work; after: Work };

const upstream = await startChild('./upstream.ts');
const [off, on] = await Promise.all([
  contestant('budgets off', 'budget-off'),
  contestant('budgets on', 'budget-block'),
]);
for (let round = 0; round < ROUNDS; round += 1) {
  // Who goes first changes, so that neither always has the warmer or the busier machine.
  for (const each of round % 2 === 0 ? [off, on] : [on, off])
    each.rounds.push(await load(each.child, SECONDS * 1000));
}
for (const each of [off, on]) each.after = await each.child.work();
report();
await Promise.all([off.child.stop(), on.child.stop()]);
await upstream.stop();

async function contestant(name: string, budget: string): Promise<Contestant> {
  const child = await startChild('./gateway.ts', [upstream.url, budget, 'count']);
  await load(child, WARM_UP_MS);
  const before = await child.work();
  return { name, child, rounds: [], before, after: before };
}

function report(): void {
  console.log(`\n${ROUNDS} rounds of ${SECONDS} s for each, 32 clients; medians of the rounds\n`);
  console.log(
    '| gateway | requests/s | p50 ms | p99 ms | CPU µs a request | SQL while a request waits | SQL beside, of 1,000 requests |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const { name, rounds, before, after } of [off, on]) {
    const latency = (share: number) =>
      median(rounds.map(({ latencies }) => quantile(latencies, share))).toFixed(2);
    const requests = after.requests - before.requests;
    const cells = [
      name,
      median(rounds.map(({ perSecond }) => perSecond)).toFixed(0),
      latency(0.5),
      latency(0.99),
      ((after.cpuMicros - before.cpuMicros) / requests).toFixed(0),
      `${after.statementsOnTheWay - before.statementsOnTheWay} of ${requests} requests`,
      ((1000 * (after.statementsBeside - before.statementsBeside)) / requests).toFixed(1),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const ratios = off.rounds.flatMap(({ perSecond }, round) => {
    const other = on.rounds[round];
    return other ? [other.perSecond / perSecond] : [];
  });
  const loss = (1 - median(ratios)) * 100;
  const onTheWay = on.after.statementsOnTheWay - on.before.statementsOnTheWay;
  console.log(
    `\nThroughput loss with budgets: ${loss.toFixed(1)} % (median of the rounds' ratios; at most ${MOST_LOSS} % is promised)`,
  );
  console.log(`SQL statements in the warm path: ${onTheWay}`);
  if (onTheWay > 0 || loss >= MOST_LOSS) process.exitCode = 1;
}

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
