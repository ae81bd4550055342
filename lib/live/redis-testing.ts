import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { connectRedis } from './redis';

export type TestRedis = { url: string; stop(): Promise<void> };

/**
 * A Redis server of the test's own, in memory, on a free port.
 * @throws when redis-server is not installed: a run without it would prove nothing.
 */
export async function startTestRedis(port?: number): Promise<TestRedis> {
  const chosen = port ?? (await freePort());
  const directory = await mkdtemp(join(tmpdir(), 'rolegate-redis-'));
  const args = [
    '--port',
    String(chosen),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const server = spawn('redis-server', [...args, '--dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await untilReady(server);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${chosen}`,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const exited = once(server, 'exit');
        server.kill('SIGKILL');
        await exited;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * One server for all tests of a file, which it ends with all connections made to it.
 * @returns a function that connects once more
 */
export function testRedisClients(): () => Promise<Redis> {
  let server: TestRedis;
  const clients: Redis[] = [];
  beforeAll(async () => {
    server = await startTestRedis();
  });
  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await server.stop();
  });
  return async () => {
    const redis = await connectRedis(server.url);
    clients.push(redis);
    return redis;
  };
}

async function untilReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let output = '';
    server.once('error', (cause) =>
      reject(
        new Error('Cannot start redis-server: install it (apt-get install redis-server).', {
          cause,
        }),
      ),
    );
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
    server.stdout?.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const closed = once(server, 'close');
  server.close();
  await closed;
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
