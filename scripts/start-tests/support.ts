import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach } from 'vitest';
import { startServer, type StartedServer, type StartOptions } from '@/e2e/support/start-server';
import { BUILD_SOURCES } from '../lib/source-hash.mjs';

export const execute = promisify(execFile);

/** Undo steps of the running test, last first. */
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const cleanUp = (step: () => Promise<unknown>) => void cleanups.push(step);

export type Directory = { path: string; remove: () => Promise<void> };

/** An empty directory, its path with a space. */
export async function newDirectory(): Promise<Directory> {
  const path = await mkdtemp(join(tmpdir(), 'rolegate start '));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A directory that is removed after the test. */
export async function temporaryDirectory(): Promise<string> {
  const { path, remove } = await newDirectory();
  cleanUp(remove);
  return path;
}

/** Starts the product; it is ended after the test if it still runs. */
export function start(options: StartOptions): StartedServer {
  const server = startServer({ ...options, env: { LOG_LEVEL: 'warn', ...options.env } });
  cleanUp(async () => {
    if (server.process.exitCode === null && server.process.signalCode === null) await server.stop();
  });
  return server;
}

/** A port that something else listens on until the test ends. */
export async function takenPort(): Promise<number> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp(async () => {
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** A chat completion of the sandbox; `text` may hold its directives. */
export function chat(
  baseUrl: string,
  key: string | undefined,
  text: string,
  stream = false,
): Promise<Response> {
  return fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'sandbox/small',
      stream,
      messages: [{ role: 'user', content: text }],
    }),
  });
}

/** What a checkout needs to run without building again. */
const CHECKOUT = [
  ...BUILD_SOURCES.filter((name) => !name.startsWith('scripts/')),
  '.next',
  'scripts',
  'package.json',
  'prisma.config.ts',
];

export type ClosedHome = {
  /** The checkout in it. */
  root: string;
  giveTo: (owner: { uid: number; gid: number }) => Promise<void>;
  remove: () => Promise<void>;
};

/**
 * A built checkout in a home that only its owner may enter, this process's user at first, in a path with
 * spaces. Packages are hard links, because there is more than a gigabyte of them.
 */
export async function closedHome(): Promise<ClosedHome> {
  const { path: home, remove } = await newDirectory();
  const root = join(home, 'my projects', 'rolegate');
  await mkdir(root, { recursive: true });
  for (const name of CHECKOUT) {
    await cp(name, join(root, name), {
      recursive: true,
      filter: (source) => !source.startsWith('.next/cache'),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await execute('cp', ['-al', 'node_modules', root]).catch(async () => {
    await rm(join(root, 'node_modules'), { recursive: true, force: true });
    await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  });
  await chmod(home, 0o700);
  return {
    root,
    giveTo: async (owner) => {
      for (const path of [home, join(home, 'my projects'), root])
        await chown(path, owner.uid, owner.gid);
      await execute('chown', ['-R', `${owner.uid}:${owner.gid}`, join(root, '.next')]);
    },
    remove,
  };
}

/** An ordinary account to start as, where this process may change to one. */
export async function ordinaryUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await execute('id', [flag, 'nobody'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}
