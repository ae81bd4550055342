import { startChild } from './child';
import {
  alternate,
  cellsOf,
  CLIENTS,
  lossOf,
  ROUNDS,
  SECONDS,
  startContestant,
} from './contestants';
import { PROSE, repeated } from './prose';

/**
 * `npm run bench:prompt-checks`, and a part of `npm run bench`: the gateway with all prompt checks - sanitising,
 * injection, personal data of every kind redacted and restored in the answer - against the same without any, in
 * one run whose rounds alternate. Set BENCH_ROUNDS and BENCH_SECONDS for longer runs.
 */
const CHARS = 2_000;
const PROMPT = repeated(PROSE, CHARS);

const upstream = await startChild('./upstream.ts');
const [off, on] = await Promise.all([
  startContestant('prompt checks off', PROMPT, [upstream.url, 'prompts-off']),
  startContestant('prompt checks on', PROMPT, [upstream.url, 'prompts-all']),
]);
await alternate(off, on);

console.log(
  `\nPrompts of ${CHARS} characters; ${ROUNDS} rounds of ${SECONDS} s for each, ${CLIENTS} clients; medians of the rounds\n`,
);
console.log('| gateway | requests/s | p50 ms | p99 ms |\n|---|---:|---:|---:|');
for (const each of [off, on]) console.log(`| ${[each.name, ...cellsOf(each)].join(' | ')} |`);
console.log(
  `\nThroughput loss with all prompt checks: ${lossOf(off, on).toFixed(1)} % (median of the rounds' ratios)`,
);
await Promise.all([off.child.stop(), on.child.stop()]);
await upstream.stop();
