import { once } from 'node:events';

/** What a child process of the benchmark tells when it can be called. */
export type Ready = { url: string; key?: string };

/** In a child: tells the parent and waits for its word to stop, or for its end. */
export async function serveUntilStopped(ready: Ready, stop: () => Promise<void>): Promise<void> {
  process.send?.(ready);
  await Promise.race([once(process, 'message'), once(process, 'disconnect')]);
  await stop();
  process.exit(0);
}
