import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { bundle } from './bundle';
import type { Ready } from './serve';
import type { Work } from './statements';

export type Child = Ready & {
  /** What it has done so far. Throws when it does not count. */
  work(): Promise<Work>;
  stop(): Promise<void>;
};

/** Starts a script of this folder in a process of its own and waits until it says where it listens. */
export async function startChild(script: string, args: readonly string[] = []): Promise<Child> {
  const child = fork(await bundle(script), [...args], {
    execArgv: ['--conditions=react-server'],
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' },
  });
  const ready = await firstMessage(child, script);
  return {
    ...ready,
    work: async () => {
      const answered = once(child, 'message');
      child.send('work');
      const [work] = (await answered) as [Work | null];
      if (!work) throw new Error(`${script} does not count what it does.`);
      return work;
    },
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
