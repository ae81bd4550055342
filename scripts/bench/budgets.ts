import { startChild } from './child';
import {
  alternate,
  cellsOf,
  CLIENTS,
  lossOf,
  ROUNDS,
  SECONDS,
  startContestant,
  type Contestant,
} from './contestants';
import type { Work } from './statements';

/**
 * `npm run bench:budgets`, and a part of `npm run bench`: the gateway with a budget that blocks against the
 * same without one, in one run whose rounds alternate, and the SQL statements that either issued while a
 * request waited. Set BENCH_ROUNDS and BENCH_SECONDS for longer runs.
 */
const PROMPT = 'Summarise the difference between a mutex and a semaphore in two sentences.';
/** Most that budgets may take of the throughput, per cent. */
const MOST_LOSS = 10;

const upstream = await startChild('./upstream.ts');
const [off, on] = await Promise.all([
  startContestant('budgets off', PROMPT, [upstream.url, 'budget-off', 'count']),
  startContestant('budgets on', PROMPT, [upstream.url, 'budget-block', 'count']),
]);
const workOfBoth = () => Promise.all([off.child.work(), on.child.work()]);
const before = await workOfBoth();
await alternate(off, on);
const after = await workOfBoth();
const [doneOff, doneOn] = [done(before[0], after[0]), done(before[1], after[1])];

console.log(
  `\n${ROUNDS} rounds of ${SECONDS} s for each, ${CLIENTS} clients; medians of the rounds\n`,
);
console.log(
  '| gateway | requests/s | p50 ms | p99 ms | CPU µs a request | SQL while a request waits | SQL beside, of 1,000 requests |',
);
console.log('|---|---:|---:|---:|---:|---:|---:|');
row(off, doneOff);
row(on, doneOn);
const loss = lossOf(off, on);
console.log(
  `\nThroughput loss with budgets: ${loss.toFixed(1)} % (median of the rounds' ratios; at most ${MOST_LOSS} % is promised)`,
);
console.log(`SQL statements in the warm path: ${doneOn.statementsOnTheWay}`);
if (doneOn.statementsOnTheWay > 0 || loss >= MOST_LOSS) process.exitCode = 1;
await Promise.all([off.child.stop(), on.child.stop()]);
await upstream.stop();

function done(from: Work, to: Work): Work {
  return {
    requests: to.requests - from.requests,
    statementsOnTheWay: to.statementsOnTheWay - from.statementsOnTheWay,
    statementsBeside: to.statementsBeside - from.statementsBeside,
    cpuMicros: to.cpuMicros - from.cpuMicros,
  };
}

function row(contestant: Contestant, work: Work): void {
  const cells = [
    contestant.name,
    ...cellsOf(contestant),
    (work.cpuMicros / work.requests).toFixed(0),
    `${work.statementsOnTheWay} of ${work.requests} requests`,
    ((1000 * work.statementsBeside) / work.requests).toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
