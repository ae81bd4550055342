import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomOf } from '@/lib/budget/ledger/testing/random';
import { type CrashRound, crashRounds } from '../eval/budget/crash-rounds';
import { execute, temporaryDirectory } from './support';

const ROUNDS = 2;

describe('kill -9 while money is spent', () => {
  it('loses no cost that was told, passes no limit, leaves nothing reserved, and ledger and receipts agree, for npm run ledger:verify too', async () => {
    const dataDir = join(await temporaryDirectory(), 'data');
    const seen: CrashRound[] = [];
    const options = { dataDir, random: randomOf(1), mostLoadMs: 1_500 };
    await crashRounds(ROUNDS, options, (round) => seen.push(round));
    expect(seen.map(({ round, faults }) => ({ round, faults }))).toEqual([
      { round: 1, faults: [] },
      { round: 2, faults: [] },
    ]);

    const env = { ...process.env, ROLEGATE_DATA_DIR: dataDir, LOG_LEVEL: 'fatal' };
    const { stdout } = await execute('npm', ['run', '--silent', 'ledger:verify'], { env });
    expect(stdout).toMatch(/\| demo \| \d+ \| \d+ \| \d+ \| \d+\.\d+ \| 0 \|/);
    expect(stdout).toContain('Everything agrees.');
  });
});
