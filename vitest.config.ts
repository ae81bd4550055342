import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Tests that run over the public evaluation data beside the checkout (`../shared/eval`). It is not part
 * of the project, so a checkout without it leaves them out and says so; in CI they must run.
 */
const OVER_EVALUATION_DATA = [
  'lib/admin/bad-input.test.ts',
  'lib/budget/pricing/price-book.test.ts',
  'lib/gateway/bad-input.test.ts',
  'lib/gateway/chat-request.test.ts',
  'lib/gateway/oracle-costs.test.ts',
  'lib/gateway/providers/recordings.test.ts',
  'lib/graphql/specification.test.ts',
  'lib/net/guarded-fetch.test.ts',
];
const leftOut = existsSync('../shared/eval') || process.env.CI ? [] : OVER_EVALUATION_DATA;
if (leftOut.length > 0) {
  process.stderr.write(
    `../shared/eval is not here: ${leftOut.length} test files that need it are left out.\n`,
  );
}

/** Tests of a thousand requests at once: `vitest.alone.config.ts` runs them with nothing beside them. */
export const CROWDED = ['lib/gateway/router/shares.test.ts'];

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, ''),
      // One copy of the library: what Node loads for its users, rather than what bundlers are given.
      graphql: 'graphql/index.js',
      // Next's marker package throws outside a React Server bundle; tests are a server.
      'server-only': fileURLToPath(new URL('./scripts/server-only-in-tests.ts', import.meta.url)),
    },
  },
  test: {
    include: [
      'lib/**/*.test.ts',
      'components/**/*.test.ts',
      'scripts/**/*.test.ts',
      'app/**/*.test.ts',
    ],
    globalSetup: ['lib/db/testing-server.ts'],
    exclude: [...configDefaults.exclude, ...leftOut, ...CROWDED],
    pool: 'forks',
    maxWorkers: 2,
    // Bounds a hang; what is slow is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
