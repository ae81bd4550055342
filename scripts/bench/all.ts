import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench`: the gateway against a bare proxy, then with budgets on against off, then with all prompt checks
 * on against off, then the cache. Each is a process and a command of its own; what fails hides nothing that
 * comes after it.
 */
const PARTS: readonly [script: string, ...args: string[]][] = [
  ['./proxy.ts'],
  ['./budgets.ts'],
  ['./prompt-checks.ts'],
  // A hundred thousand entries take minutes: `npm run bench:cache`.
  ['./bundled.ts', './cache.ts', '100', '10000'],
];

for (const [script, ...args] of PARTS) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
