import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type BannerFacts, startServer, type StartOptions } from '@/e2e/support/start-server';
import { addMoney, compareMoney, subtractMoney, toMoneyString } from '@/lib/money';
import { CrashAdmin, type Books } from './crash-admin';
import { CrashLoad, type LoadResult } from './crash-load';

export type CrashRound = LoadResult &
  Books & {
    round: number;
    killedAfterMs: number;
    limitUsd: string;
    /** In this round, by the ledger after the next start. */
    spentUsd: string;
    /** What is not as it must be; none. */
    faults: string[];
  };

export type CrashOptions = Pick<StartOptions, 'root' | 'dataDir'> & {
  /** From 0 up to 1: when the server is killed, and how much may be spent until then. */
  random: () => number;
  /** Longest time under load, milliseconds. */
  mostLoadMs?: number;
};

const LEAST_LOAD_MS = 500;
/** Every round has so much more to spend, at least and at most: some end at the limit, some before. USD. */
const RAISE = { least: 0.1, most: 3 };
/** Receipts of the last seconds are not looked at, so what was killed has to lie before that. */
const VERIFY_AFTER_MS = 5_500;

/**
 * Kills the whole server with SIGKILL at random moments under load, starts it again on the same data and
 * has the ledger computed anew. Every round raises the limit first, so that every round spends.
 * `onRound` hears of each round as it ends.
 */
export async function crashRounds(
  rounds: number,
  { random, mostLoadMs = 5_000, ...options }: CrashOptions,
  onRound: (round: CrashRound) => void,
): Promise<void> {
  const start = () =>
    startServer({
      ...options,
      through: 'node',
      env: { ROLEGATE_ADMIN_TOKEN: CrashAdmin.TOKEN, LOG_LEVEL: 'error', ROLEGATE_DEMO: '1' },
    });
  let server = start();
  let facts = await server.ready;
  const key = await new CrashAdmin(facts.consoleUrl).createRole();
  let settled = '0';
  for (let round = 1; round <= rounds; round += 1) {
    const raise = RAISE.least + random() * (RAISE.most - RAISE.least);
    const limitUsd = toMoneyString(addMoney(settled, raise.toFixed(2)));
    const version = await new CrashAdmin(facts.consoleUrl).setLimit(limitUsd);
    await inForce(facts, key, version);
    const killedAfterMs = LEAST_LOAD_MS + Math.floor(random() * (mostLoadMs - LEAST_LOAD_MS));
    const load = new CrashLoad(facts.gatewayUrl, key);
    await delay(killedAfterMs);
    const ended = once(server.process, 'exit');
    process.kill(server.nodePid(), 'SIGKILL');
    await ended;
    const killedAt = Date.now();
    const seen = await load.stop();
    server = start();
    facts = await server.ready;
    await delay(Math.max(0, killedAt + VERIFY_AFTER_MS - Date.now()));
    const books = await new CrashAdmin(facts.consoleUrl).books();
    const spentUsd = toMoneyString(subtractMoney(books.settledUsd, settled));
    settled = books.settledUsd;
    const result = { round, killedAfterMs, limitUsd, spentUsd, ...seen, ...books };
    onRound({ ...result, faults: faultsOf(result) });
  }
  await server.stop('SIGTERM');
}

function faultsOf(result: Omit<CrashRound, 'faults'>): string[] {
  const { settledUsd, limitUsd, spentUsd, toldUsd, reservedUsd, differences } = result;
  const checks: [holds: boolean, fault: string][] = [
    [compareMoney(spentUsd, '0') > 0, 'nothing was spent'],
    [compareMoney(settledUsd, limitUsd) <= 0, 'more was spent than the limit'],
    [compareMoney(spentUsd, toldUsd) >= 0, 'cost that was told to clients is lost'],
    [reservedUsd === '0', 'a reservation was left behind'],
    [differences === 0, 'ledger and receipts differ'],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}

/** Asks until the policy's version is the one that is enforced. */
async function inForce(facts: BannerFacts, key: string, version: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${facts.gatewayUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'sandbox/small',
        max_tokens: 1,
        messages: [{ role: 'user', content: '[[tokens:1]]' }],
      }),
    });
    await answer.text();
    if (Number(answer.headers.get('x-rolegate-policy-version')) >= version) return;
    await delay(50);
  }
}
