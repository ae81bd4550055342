import 'server-only';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Log } from '@/lib/log';
import { grantToApp } from './app-role';
import { defaultMigrationsDir, readMigrationFiles, type MigrationFile } from './migration-files';
import { DatabaseSetupError } from './setup-error';

/** Prisma's own migration lock: its command line and several starting replicas all wait for each other. */
const MIGRATION_LOCK = 72707369;
const OLDEST_SERVER = 150_000;

export type MigrateOptions = { migrationsDir?: string; log?: Log };
/** `applied`: names of the migrations that this call applied, in order. */
export type MigrateResult = { applied: string[] };

/**
 * Brings a database up to this version: applies what is new of prisma/migrations, each in its own transaction,
 * under an advisory lock, and records it as Prisma does. Forward only; calling it again changes nothing.
 * @param ownerUrl a user that owns the database or is a superuser
 * @throws DatabaseSetupError naming the migration or privilege at fault and the remedy
 */
export async function migrate(
  ownerUrl: string,
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  const files = await readMigrationFiles(options.migrationsDir ?? defaultMigrationsDir());
  const client = await connect(ownerUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(RECORDS_TABLE);
    const pending = pendingOf(files, await readRecords(client));
    for (const file of pending) {
      await apply(client, file);
      options.log?.info({ migration: file.name }, 'migration applied');
    }
    await grantToApp(client);
    return { applied: pending.map((file) => file.name) };
  } finally {
    // Ending the session also lets go of the lock.
    await client.end();
  }
}

async function connect(ownerUrl: string): Promise<Client> {
  const client = new Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'rolegate-migrate',
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; text: string }>(
      `SELECT current_setting('server_version_num') AS version, current_setting('server_version') AS text, set_config('search_path', 'public', false)`,
    );
    const [server] = rows;
    if (!server || Number(server.version) < OLDEST_SERVER) {
      throw new DatabaseSetupError(
        `PostgreSQL ${server?.text ?? ''} is too old: Rolegate needs PostgreSQL 15 or later.`,
      );
    }
    return client;
  } catch (error) {
    await client.end();
    if (error instanceof DatabaseSetupError) throw error;
    throw new DatabaseSetupError(
      `The database cannot be reached: ${messageOf(error)}. Check DATABASE_URL.`,
      { cause: error },
    );
  }
}

const RECORDS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

type MigrationRecord = { name: string; checksum: string; finished: boolean };

async function readRecords(client: Client): Promise<MigrationRecord[]> {
  const { rows } = await client.query<MigrationRecord>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return rows;
}

/** What is left to apply. @throws DatabaseSetupError when the record and the files tell different histories */
function pendingOf(files: MigrationFile[], records: MigrationRecord[]): MigrationFile[] {
  const known = new Map(files.map((file) => [file.name, file]));
  for (const record of records) {
    const file = known.get(record.name);
    if (!file) {
      throw new DatabaseSetupError(
        `The database is newer than this version of Rolegate: it has the migration ${record.name}, which is not in prisma/migrations. Start the newer version, or restore a backup.`,
      );
    }
    if (!record.finished) {
      throw new DatabaseSetupError(
        `The migration ${record.name} was begun by another tool and never finished. Repair the database, then mark it with: npx prisma migrate resolve --rolled-back ${record.name}`,
      );
    }
    if (file.checksum !== record.checksum) {
      throw new DatabaseSetupError(
        `The migration ${record.name} has changed since it was applied. Restore its file (git checkout -- prisma/migrations); put changes into a new migration.`,
      );
    }
  }
  const applied = new Set(records.map((record) => record.name));
  return files.filter((file) => !applied.has(file.name));
}

async function apply(client: Client, file: MigrationFile): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(file.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new DatabaseSetupError(
      `The migration ${file.name} failed and was rolled back: ${messageOf(error)}. The database user must own the database, and the database must be Rolegate's own.`,
      { cause: error },
    );
  }
}

/** Node reports a refused connection to several addresses as an AggregateError with an empty message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
