import { once } from 'node:events';
import type { Work } from './statements';

/** What a child process of the benchmark tells when it can be called. */
export type Ready = { url: string; key?: string };

/** In a child: tells the parent, answers what it has done when asked, and waits for the word to stop, or its end. */
export async function serveUntilStopped(
  ready: Ready,
  stop: () => Promise<void>,
  work?: () => Work,
): Promise<void> {
  const stopped = new Promise<void>((resolve) =>
    process.on('message', (message) => {
      if (message === 'stop') resolve();
      else if (message === 'work') process.send?.(work?.() ?? null);
    }),
  );
  process.send?.(ready);
  await Promise.race([stopped, once(process, 'disconnect')]);
  await stop();
  process.exit(0);
}
