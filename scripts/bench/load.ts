import { Pool } from 'undici';

export type Load = {
  url: string;
  path: string;
  headers: Record<string, string>;
  /** The body of a request; `mark` is a word that no other request has, so that nothing is remembered of its text. */
  body: (mark: string) => string;
  /** Requests in flight at any time. */
  concurrency: number;
  durationMs: number;
};

/** One contestant's round: every request's time to the whole answer, milliseconds, sorted. */
export type Round = { latencies: Float64Array; perSecond: number; failures: number };

/** Closed loop: each of `concurrency` clients sends its next request when it has its answer. */
export async function runLoad(load: Load): Promise<Round> {
  const pool = new Pool(load.url, { connections: load.concurrency, pipelining: 1 });
  const latencies: number[] = [];
  let failures = 0;
  const started = performance.now();
  const until = started + load.durationMs;
  const client = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({
        path: load.path,
        method: 'POST',
        headers: load.headers,
        body: load.body(nextMark()),
      });
      await body.dump({ limit: 10_000_000 });
      if (statusCode === 200) latencies.push(performance.now() - sent);
      else failures += 1;
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, client));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return {
    latencies: Float64Array.from(latencies).sort(),
    perSecond: latencies.length / seconds,
    failures,
  };
}

let requests = 0;

/** No digits, with which a text is read differently, and no letters of which a word could come ("dan", "gpt"). */
function nextMark(): string {
  requests += 1;
  return `z${[...requests.toString(16)].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('')}`;
}
const LETTERS = 'bcfhjklmnrstvwxz';

/** The value below which the given share of a sorted list lies. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
