import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '@/lib/budget/ledger/testing/random';
import { crashRounds } from './crash-rounds';

/**
 * `npm run eval:budget-crash [rounds] [seed]`: kill -9 at random moments under load, thirty times, each
 * with money to spend. Exits 1 when any round ends otherwise than it must.
 */
const rounds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? 5);
const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-crash-'));
const COLUMNS = [
  'round',
  'killed after ms',
  'answered',
  'refused',
  'told USD',
  'spent USD',
  'settled USD',
  'limit USD',
  'reserved USD',
  'differences',
];
let faulty = 0;
console.log(`| ${COLUMNS.join(' | ')} |`);
console.log(`|${'---:|'.repeat(COLUMNS.length)}`);
try {
  await crashRounds(rounds, { dataDir, random: randomOf(seed) }, (result) => {
    const { round, killedAfterMs, answered, refused, toldUsd, spentUsd } = result;
    const { settledUsd, limitUsd, reservedUsd, differences, faults } = result;
    const cells = [round, killedAfterMs, answered, refused, toldUsd, spentUsd];
    cells.push(settledUsd, limitUsd, reservedUsd, differences);
    console.log(`| ${cells.join(' | ')} |${faults.map((fault) => ` ${fault}`).join(';')}`);
    if (faults.length > 0) faulty += 1;
  });
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
console.log(
  faulty === 0
    ? `All ${rounds} rounds spent, stayed within the limit, agree, and left nothing reserved.`
    : `${faulty} rounds at fault.`,
);
process.exitCode = faulty === 0 ? 0 : 1;
