import { afterAll } from 'vitest';

/**
 * Forgets what modules keep on globalThis, since the next test file may run in the same process: the
 * environment as read, the logger, the encoder, the database, the runtime.
 */
afterAll(() => {
  for (const name of Object.keys(globalThis)) {
    if (name.startsWith('__rolegate')) Reflect.deleteProperty(globalThis, name);
  }
});
