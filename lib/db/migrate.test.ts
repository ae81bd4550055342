import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { closeDatabase, openDatabase, withSystem } from './client';
import { migrate } from './migrate';
import { readMigrationFiles } from './migration-files';
import { freshDatabaseUrl } from './testing';

const MIGRATIONS = join(process.cwd(), 'prisma', 'migrations');
const NAMES = (await readMigrationFiles(MIGRATIONS)).map((file) => file.name);

async function query(url: string, ...statements: string[]) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let last = await client.query('SELECT 1');
    for (const statement of statements) last = await client.query(statement);
    return last.rows;
  } finally {
    await client.end();
  }
}

/** A further database of the server, empty; `owner` has no privilege but owning it. */
async function emptyDatabase(owner?: { name: string; options: string }): Promise<string> {
  const url = new URL(await freshDatabaseUrl());
  const name = `${url.pathname.slice(1)}_empty`;
  if (owner)
    await query(
      url.toString(),
      `CREATE ROLE ${owner.name} LOGIN PASSWORD 'secret' ${owner.options}`,
    );
  await query(url.toString(), `CREATE DATABASE ${name} ${owner ? `OWNER ${owner.name}` : ''}`);
  url.pathname = `/${name}`;
  if (owner) {
    url.username = owner.name;
    url.password = 'secret';
  }
  return url.toString();
}

/** A copy of the migrations, to which a test adds its own. */
async function copyOfMigrations(...further: [name: string, sql: string][]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rolegate-migrations-'));
  await cp(MIGRATIONS, dir, { recursive: true });
  for (const [name, sql] of further) {
    await mkdir(join(dir, name));
    await writeFile(join(dir, name, 'migration.sql'), sql);
  }
  return dir;
}

describe('migrate', () => {
  it('applies each migration once, however often and from however many processes it runs', async () => {
    const url = await emptyDatabase();
    const results = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(results.flatMap((result) => result.applied)).toEqual(NAMES);
    expect(await migrate(url)).toEqual({ applied: [] });
    const rows = await query(
      url,
      'SELECT migration_name, length(checksum) AS length, finished_at IS NOT NULL AS finished, applied_steps_count AS steps FROM _prisma_migrations ORDER BY 1',
    );
    expect(rows).toEqual(
      NAMES.map((name) => ({ migration_name: name, length: 64, finished: true, steps: 1 })),
    );
  });

  it('refuses a migration whose file changed after it was applied, and names it', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const dir = await copyOfMigrations();
    await writeFile(join(dir, '20261122000000_init', 'migration.sql'), '-- something else');
    await expect(migrate(url, { migrationsDir: dir })).rejects.toThrow(
      /20261122000000_init has changed since it was applied/,
    );
  });

  it('refuses a database that is newer than this version', async () => {
    const url = await emptyDatabase();
    await migrate(url, {
      migrationsDir: await copyOfMigrations(['29990101000000_future', 'SELECT 1']),
    });
    await expect(migrate(url)).rejects.toThrow(/newer than this version.*29990101000000_future/);
  });

  it('rolls a failing migration back whole and keeps those before it', async () => {
    const url = await emptyDatabase();
    const dir = await copyOfMigrations([
      '29990101000000_broken',
      'CREATE TABLE half (id int); SELECT 1/0',
    ]);
    await expect(migrate(url, { migrationsDir: dir })).rejects.toThrow(
      /29990101000000_broken failed and was rolled back: division by zero/,
    );
    expect(
      await query(url, `SELECT to_regclass('half') AS half, to_regclass('roles') AS roles`),
    ).toEqual([{ half: null, roles: 'roles' }]);
  });

  it('says in one line when the database cannot be reached, without the password', async () => {
    const failure = migrate('postgresql://rolegate:hunter2@127.0.0.1:1/rolegate');
    await expect(failure).rejects.toThrow(
      /^The database cannot be reached: .*Check DATABASE_URL\.$/,
    );
    await expect(failure).rejects.not.toThrow(/hunter2/);
  });

  it('refuses a user whom row-level security would not bind', async () => {
    const url = await emptyDatabase({ name: 'bypasser', options: 'BYPASSRLS' });
    await expect(migrate(url)).rejects.toThrow(/"bypasser" bypasses row-level security/);
  });

  it.each([
    { name: 'mere_owner', options: '' },
    { name: 'role_creator', options: 'CREATEROLE' },
  ])(
    'works for a database owner that is no superuser ($name), whom row-level security binds',
    async (owner) => {
      const url = await emptyDatabase(owner);
      await migrate(url);
      await openDatabase(url);
      try {
        await withSystem((tx) => tx.tenant.create({ data: { name: 'One', slug: 'one' } }));
        expect(await withSystem((tx) => tx.tenant.count())).toBe(1);
        expect(await query(url, 'SELECT count(*)::int AS n FROM tenants')).toEqual([{ n: 0 }]);
      } finally {
        await closeDatabase();
      }
    },
  );
});
