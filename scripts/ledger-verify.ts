import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { closeDatabase, openDatabase, withSystem, withTenant } from '@/lib/db/client';
import { verifyLedger } from '@/lib/db/ledger-verify';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { startEmbeddedPostgres } from '@/lib/server/embedded-postgres';

/**
 * `npm run ledger:verify [tenant]`: computes every balance anew - from the ledger's entries, and those
 * from the receipts - and prints each difference. Changes nothing. Works beside a running server, on
 * its database; exits 1 when something differs.
 */
const only = process.argv[2];
const database = await connect();
let faults = 0;
try {
  const tenants = await withSystem((tx) =>
    tx.tenant.findMany({ select: { id: true, slug: true }, orderBy: { slug: 'asc' } }),
  );
  console.log('| tenant | windows | entries | receipts | settled USD | differences |');
  console.log('|---|---:|---:|---:|---:|---:|');
  const lines: string[] = [];
  for (const { id, slug } of tenants) {
    if (only !== undefined && only !== slug && only !== id) continue;
    const found = await withTenant(id, (tx) => verifyLedger(tx, id));
    const { windows, entries, receipts, settledUsd, differences } = found;
    const cells = [slug, windows, entries, receipts, settledUsd, differences.length];
    console.log(`| ${cells.join(' | ')} |`);
    faults += differences.length;
    for (const { book, role, subject, recordedUsd, computedUsd } of differences)
      lines.push(
        `${slug}/${role} ${book} ${subject}: recorded ${recordedUsd}, computed ${computedUsd}`,
      );
  }
  for (const line of lines) console.log(line);
  console.log(faults === 0 ? 'Everything agrees.' : `${faults} differences.`);
} finally {
  await closeDatabase();
  await database.close();
}
process.exitCode = faults === 0 ? 0 : 1;

/** The configured database, that of the running server, or the embedded one, started for this only. */
async function connect(): Promise<{ close(): Promise<void> }> {
  const { DATABASE_URL: url, ROLEGATE_DATA_DIR: dataDir } = env();
  const running = url ?? (await runningServer(resolve(dataDir)));
  if (running !== null) {
    await openDatabase(running, { maxConnections: 2 });
    return { close: () => Promise.resolve() };
  }
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: log(),
    onCrash: (reason) => log().error({ reason }, 'the database has stopped'),
  });
  await openDatabase(postgres.url, { maxConnections: 2 });
  return { close: () => postgres.stop() };
}

/** Where the embedded database of a running server listens: its fourth line of postmaster.pid is the port. */
async function runningServer(dataDir: string): Promise<string | null> {
  const read = (path: string): Promise<string | null> =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  const pid = await read(join(dataDir, 'postgres', 'data', 'postmaster.pid'));
  const password = await read(join(dataDir, 'postgres.password'));
  const [process_, , , port] = pid?.split('\n') ?? [];
  if (!process_ || !port || password === null || !isAlive(Number(process_))) return null;
  return `postgresql://rolegate:${password.trim()}@127.0.0.1:${port.trim()}/rolegate`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
