import 'server-only';
import { spawn, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerAccount } from './account';

export const SUPERUSER = 'rolegate';

/** How a process of `account` names the server directory; `path` is how this process does. */
export type ServerDir = {
  path: string;
  /** Path as the child sees it: through an inherited descriptor when it could not walk there. */
  childPath: string;
  /** The descriptor to hand over as the child's fd 3, if any. */
  descriptor: number | undefined;
  close(): Promise<void>;
};

const CHILD_DESCRIPTOR = 3;

/**
 * Opens (and makes) the directory the cluster lives in, mode 0700, owned by `account`.
 * An account other than ours might not be allowed to walk to it (a checkout under a 0700 home), so
 * on Linux it gets the open directory as a descriptor and names it /proc/self/fd/3, which the kernel
 * follows without looking at the directories above.
 */
export async function openServerDir(path: string, account: ServerAccount): Promise<ServerDir> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (!account) {
    return { path, childPath: path, descriptor: undefined, close: () => Promise.resolve() };
  }
  await chown(path, account.uid, account.gid);
  await chmod(path, 0o700);
  if (process.platform !== 'linux') {
    return { path, childPath: path, descriptor: undefined, close: () => Promise.resolve() };
  }
  const handle = await open(path, 'r');
  return {
    path,
    childPath: `/proc/self/fd/${CHILD_DESCRIPTOR}`,
    descriptor: handle.fd,
    close: () => handle.close(),
  };
}

/** Environment of PostgreSQL's processes: nothing of ours, and messages in English. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Reads the superuser's password from `file`, or makes one (mode 0600). */
export async function superuserPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(`${file}.new`, `${password}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return password;
}

type InitOptions = {
  binaries: string;
  server: ServerDir;
  account: ServerAccount;
  password: string;
  durable: boolean;
};

/**
 * Makes the cluster in `<server>/data`. It is initialised beside and renamed, so that a start which
 * dies half-way leaves nothing that looks like a cluster.
 * @throws Error with initdb's own message
 */
export async function initCluster(options: InitOptions): Promise<void> {
  const { server, account, durable } = options;
  const passwordFile = join(server.path, 'initdb.password');
  const unfinished = join(server.path, 'data.new');
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  try {
    if (account) await chown(passwordFile, account.uid, account.gid);
    await runInitdb(options, [
      '-D',
      `${server.childPath}/data.new`,
      `--pwfile=${server.childPath}/initdb.password`,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]);
    await rename(unfinished, join(server.path, 'data'));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  { binaries, server, account }: InitOptions,
  args: string[],
): Promise<void> {
  const child = spawn(join(binaries, 'bin', 'initdb'), args, {
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    ...account,
    stdio: ['ignore', 'ignore', 'pipe', server.descriptor ?? 'ignore'],
  } satisfies SpawnOptions);
  const complaints: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code === 0) return;
  throw new Error(
    `initdb ended with ${signal ?? `exit code ${code}`}: ${complaints.join('').trim()}`,
  );
}
