import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client, Pool, type ClientConfig, type PoolClient } from 'pg';
import { log } from '@/lib/log';
import { actsAsAppRole, APP_ROLE, readStanding } from './app-role';
import { translateDatabaseError } from './database-errors';
import { type Prisma, PrismaClient } from './generated/client';
import { DatabaseSetupError } from './setup-error';
import { isUuid } from './uuid';

/** A scoped transaction: every query in it sees one tenant, or all in the system scope. */
export type Tx = Prisma.TransactionClient;
/** The same as a bare connection, for what Prisma says clumsily: batches, streams of rows, hot look-ups. */
export type Sql = Pick<PoolClient, 'query'>;

export type OpenOptions = { maxConnections?: number };

type Open = { url: string; config: ClientConfig; pool: Pool; prisma: PrismaClient };

// Next builds modules more than once; the pool exists once per process.
const holder = globalThis as typeof globalThis & { __rolegateDatabase?: Open };

const STATEMENT_TIMEOUT_MS = 30_000;
/** Later than the server's own: it ends waiting for a server that no longer answers at all. */
const QUERY_TIMEOUT_MS = 35_000;
const TRANSACTION_TIMEOUT_MS = 20_000;

/**
 * Opens the application's pool on a migrated database. Its connections run as a role that row-level security binds,
 * which is verified. A second call for the same URL does nothing.
 * @throws DatabaseSetupError when the database cannot be reached or row-level security would not bind
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<void> {
  if (holder.__rolegateDatabase?.url === url) return;
  if (holder.__rolegateDatabase)
    throw new Error('Another database is open in this process: call closeDatabase() first.');
  const config = await appConnectionConfig(url);
  const pool = new Pool({
    ...config,
    max: options.maxConnections ?? 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log().warn({ err: error }, 'idle database connection lost'));
  try {
    const { rows } = await pool.query<{ bound: boolean }>(
      `SELECT row_security_active('roles') AS bound`,
    );
    if (!rows[0]?.bound)
      throw new DatabaseSetupError(
        'Row-level security does not bind the database user. Use a user without SUPERUSER and BYPASSRLS in DATABASE_URL.',
      );
  } catch (error) {
    await pool.end();
    throw error;
  }
  holder.__rolegateDatabase = {
    url,
    config,
    pool,
    prisma: new PrismaClient({ adapter: new PrismaPg(pool) }),
  };
}

/** Ends the pool, once what uses it is done. Does nothing when no database is open. */
export async function closeDatabase(): Promise<void> {
  const open = holder.__rolegateDatabase;
  if (!open) return;
  delete holder.__rolegateDatabase;
  await open.prisma.$disconnect();
  await open.pool.end();
}

/**
 * Runs `work` in a transaction that sees the rows of one tenant only. It is rolled back if `work` throws.
 * @throws AppError unavailable (503) when the database is away, validation_failed for a value no column can hold
 */
export function withTenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const id = checkedTenant(tenantId);
  return transact(
    (tx) => tx.$executeRaw`SELECT set_config('rolegate.tenant_id', ${id}, true)`,
    work,
  );
}

/** Runs `work` in a transaction that sees all tenants: sign-in, boot, background work. Never for a tenant's own request. */
export function withSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(
    (tx) => tx.$executeRaw`SELECT set_config('rolegate.scope', 'system', true)`,
    work,
  );
}

/** `withTenant` on a bare connection. */
export function withTenantSql<T>(tenantId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return transactSql(
    `SELECT set_config('rolegate.tenant_id', '${checkedTenant(tenantId)}', true)`,
    work,
  );
}

/** `withSystem` on a bare connection. */
export function withSystemSql<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  return transactSql(`SELECT set_config('rolegate.scope', 'system', true)`, work);
}

/** True when the database answers: for `/readyz`. */
export async function databaseAnswers(): Promise<boolean> {
  try {
    await database().pool.query('SELECT 1');
    return true;
  } catch (error) {
    log().warn({ err: error }, 'the database does not answer');
    return false;
  }
}

/** A connection of its own, outside the pool and not yet connected: LISTEN needs one. */
export function dedicatedClient(applicationName: string): Client {
  return new Client({ ...database().config, application_name: applicationName });
}

function database(): Open {
  if (!holder.__rolegateDatabase)
    throw new Error('No database is open: openDatabase() runs at start.');
  return holder.__rolegateDatabase;
}

function checkedTenant(tenantId: string): string {
  if (!isUuid(tenantId)) throw new TypeError('A tenant scope needs the id of a tenant.');
  return tenantId;
}

async function transact<T>(
  scope: (tx: Tx) => Promise<unknown>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await database().prisma.$transaction(
      async (tx) => {
        await scope(tx);
        return work(tx);
      },
      { maxWait: 10_000, timeout: TRANSACTION_TIMEOUT_MS },
    );
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function transactSql<T>(scope: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  let broken: unknown;
  try {
    await client.query(`BEGIN; ${scope}`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given back to the pool.
    await client.query('ROLLBACK').catch((rollbackError: unknown) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken !== undefined);
  }
}

/** Connection settings under which row-level security binds: as the application's role where the user may take it on. */
async function appConnectionConfig(url: string): Promise<ClientConfig> {
  const probe = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  let asAppRole: boolean;
  try {
    await probe.connect();
    asAppRole = actsAsAppRole(await readStanding(probe));
  } finally {
    await probe.end();
  }
  const settings = {
    search_path: 'public',
    timezone: 'UTC',
    statement_timeout: String(STATEMENT_TIMEOUT_MS),
    ...(asAppRole ? { role: APP_ROLE } : {}),
  };
  const target = new URL(url);
  const given = target.searchParams.get('options');
  // What the connection string says wins over other settings in node-postgres, so the options go into it.
  target.searchParams.set(
    'options',
    [
      ...(given ? [given] : []),
      ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`),
    ].join(' '),
  );
  return {
    connectionString: target.toString(),
    application_name: 'rolegate',
    keepAlive: true,
    query_timeout: QUERY_TIMEOUT_MS,
  };
}
