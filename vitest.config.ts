import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config';

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

const root = fileURLToPath(new URL('.', import.meta.url));

const FOLDERS = ['lib', 'components', 'scripts', 'app'];

/**
 * What a test file says that changes something its process has but once: a module or a method replaced or
 * watched, a variable of the environment; or that it measures the process's memory.
 */
const CHANGES_ITS_PROCESS = /\bvi\.(mock|spyOn)\(|\bprocess\.(env|memoryUsage)\b/;
const changing = FOLDERS.flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`),
).filter((file) => CHANGES_ITS_PROCESS.test(readFileSync(root + file, 'utf8')));

/** What every configuration of the project's tests has in common. */
export const shared = {
  resolve: {
    alias: {
      '@/lib/secrets/password-cost': `${root}scripts/password-cost-in-tests.ts`,
      '@': root.replace(/\/$/, ''),
      // One copy of the library: what Node loads for its users, rather than what bundlers are given.
      graphql: 'graphql/index.js',
      // Next's marker package throws outside a React Server bundle; tests are a server.
      'server-only': `${root}scripts/server-only-in-tests.ts`,
    },
  },
  test: {
    exclude: [...configDefaults.exclude, ...leftOut],
    globalSetup: ['lib/db/testing-server.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Bounds a hang; what is slow is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
} satisfies ViteUserConfig;

export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    projects: [
      {
        // A process of its own for each file.
        extends: true,
        test: { name: 'own process', include: changing },
      },
      {
        // All others share two, which read each module once; a database or a server is each file's own.
        extends: true,
        test: {
          name: 'shared process',
          isolate: false,
          setupFiles: ['scripts/fresh-globals-in-tests.ts'],
          include: FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
          exclude: [...shared.test.exclude, ...changing, ...CROWDED],
        },
      },
    ],
  },
});
