import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashRounds } from './crash-rounds';

/** `npm run eval:budget-crash [rounds]`: kill -9 at random moments under load, thirty times. */
const rounds = Number(process.argv[2] ?? 30);
const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-crash-'));
let faults = 0;
console.log(
  '| round | killed after ms | answered | limit USD | settled USD | reserved USD | differences |',
);
console.log('|---:|---:|---:|---:|---:|---:|---:|');
try {
  await crashRounds(rounds, { dataDir }, (result) => {
    const { round, killedAfterMs, answered, limitUsd, settledUsd, reservedUsd, differences } =
      result;
    const cells = [round, killedAfterMs, answered, limitUsd, settledUsd, reservedUsd, differences];
    console.log(`| ${cells.join(' | ')} |`);
    const kept = Number(settledUsd) <= Number(limitUsd) && Number(reservedUsd) === 0;
    if (differences > 0 || !kept) faults += 1;
  });
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
console.log(
  faults === 0
    ? 'Every round: agrees, within the limit, nothing left reserved.'
    : `${faults} rounds at fault.`,
);
process.exitCode = faults === 0 ? 0 : 1;
