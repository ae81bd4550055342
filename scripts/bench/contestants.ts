import { startChild, type Child } from './child';
import { median, quantile, runLoad, type Round } from './load';

/** Set BENCH_ROUNDS and BENCH_SECONDS for longer runs. */
export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
export const CLIENTS = 32;
/** Until the optimising compiler has seen enough. */
const WARM_UP_MS = Number(process.env.BENCH_WARM_UP_SECONDS ?? 5) * 1000;

/** One variant of the gateway, see `gateway.ts`, and what was measured of it. */
export type Contestant = { name: string; child: Child; prompt: string; rounds: Round[] };

/** Starts the gateway in a process of its own and sends it load until it is warm. */
export async function startContestant(
  name: string,
  prompt: string,
  args: readonly string[],
): Promise<Contestant> {
  const child = await startChild('./gateway.ts', args);
  const contestant: Contestant = { name, child, prompt, rounds: [] };
  await load(contestant, WARM_UP_MS);
  return contestant;
}

/** Rounds in turn; who goes first changes, so that neither always has the warmer or the busier machine. */
export async function alternate(first: Contestant, second: Contestant): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const each of round % 2 === 0 ? [first, second] : [second, first])
      each.rounds.push(await load(each, SECONDS * 1000));
  }
}

/** Requests a second, median and 99th percentile of the latency in ms: medians of the rounds, as cells of a table. */
export function cellsOf({ rounds }: Contestant): string[] {
  const latency = (share: number) =>
    median(rounds.map(({ latencies }) => quantile(latencies, share))).toFixed(2);
  const perSecond = median(rounds.map((round) => round.perSecond)).toFixed(0);
  return [perSecond, latency(0.5), latency(0.99)];
}

/** What `other` loses of the throughput of `base`, per cent: the median of the rounds' ratios. */
export function lossOf(base: Contestant, other: Contestant): number {
  const ratios = base.rounds.flatMap(({ perSecond }, round) => {
    const compared = other.rounds[round];
    return compared ? [compared.perSecond / perSecond] : [];
  });
  return (1 - median(ratios)) * 100;
}

async function load({ child, prompt }: Contestant, durationMs: number): Promise<Round> {
  const round = await runLoad({
    url: child.url,
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${child.key ?? ''}` },
    body: (mark) =>
      JSON.stringify({
        model: 'sandbox/small',
        messages: [{ role: 'user', content: `(${mark}) ${prompt}` }],
      }),
    concurrency: CLIENTS,
    durationMs,
  });
  if (round.failures > 0) throw new Error(`${round.failures} requests failed.`);
  return round;
}
