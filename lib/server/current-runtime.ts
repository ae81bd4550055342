import 'server-only';
import { AppError } from '@/lib/errors/app-error';
import type { Runtime } from './runtime';

/** On globalThis because Next.js gives routes, pages and instrumentation their own copies of a module. */
type Holder = typeof globalThis & {
  __rolegateRuntime?: Promise<Runtime>;
  __rolegateReadyRuntime?: Runtime;
};

export const runtimeHolder = globalThis as Holder;

/** The runtime that boot() built. Imports none of what it is made of, so that a route stays small. */
export function currentRuntime(): Runtime {
  const runtime = runtimeHolder.__rolegateReadyRuntime;
  if (runtime) return runtime;
  throw new AppError('unavailable', 'The server is starting. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
