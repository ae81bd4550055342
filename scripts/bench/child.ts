import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a child process of the benchmark tells when it can be called. */
export type Ready = { url: string; key?: string };

export type Child = Ready & { stop(): Promise<void> };

/** Starts a script of this folder in a process of its own and waits until it says where it listens. */
export async function startChild(script: string, args: readonly string[] = []): Promise<Child> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [...args], {
    // `server-only` throws outside a React server; this condition makes it the empty module it is there.
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' },
  });
  const ready = await firstMessage(child, script);
  return {
    ...ready,
    stop: async () => {
      const exited = once(child, 'exit');
      child.send('stop');
      await exited;
    },
  };
}

async function firstMessage(child: ChildProcess, script: string): Promise<Ready> {
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with code ${String(code)} before it was ready.`);
  });
  const [message] = (await Promise.race([once(child, 'message'), exit])) as [Ready];
  exit.catch(() => undefined);
  return message;
}

/** In a child: tells the parent and waits for its word to stop, or for its end. */
export async function serveUntilStopped(ready: Ready, stop: () => Promise<void>): Promise<void> {
  process.send?.(ready);
  await Promise.race([once(process, 'message'), once(process, 'disconnect')]);
  await stop();
  process.exit(0);
}
