import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { closeDatabase, openDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { databaseBooks } from '@/lib/db/testing-budgets';
import { budgetStorm } from '@/lib/gateway/testing/budget-storm';
import { createLog } from '@/lib/log';
import { startEmbeddedPostgres } from '@/lib/server/embedded-postgres';

/**
 * `npm run bench:budget`: a thousand mixed requests at once on a dollar, without and with a soft limit,
 * through the whole gateway with balances in PostgreSQL. Exits 1 when more was spent than the limit and
 * its buffer, or less than 95 % of it.
 */
const LEAST_USED_PERCENT = 95;

const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-storm-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn'), durable: false });
await migrate(postgres.url);
await openDatabase(postgres.url);
const owner = new Pool({ connectionString: postgres.url, max: 1 });

console.log('| buffer | requests | statuses | cap USD | settled USD | receipts USD | used |');
console.log('|---:|---:|---|---:|---:|---:|---:|');
for (const bufferPercent of [0, 10]) {
  const storm = await budgetStorm({ bufferPercent, books: await databaseBooks({ owner }) });
  const statuses = Object.entries(storm.statuses)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
  const cells = [
    `${bufferPercent} %`,
    storm.requests,
    statuses,
    ((100 + bufferPercent) / 100).toFixed(2),
    storm.settledUsd,
    storm.receiptsUsd,
    `${storm.usedPercent.toFixed(2)} %`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
  const held = storm.usedPercent <= 100 && storm.receiptsUsd === storm.settledUsd;
  if (!held || storm.usedPercent < LEAST_USED_PERCENT) process.exitCode = 1;
}

await closeDatabase();
await owner.end();
await postgres.stop();
await rm(dataDir, { recursive: true, force: true });
