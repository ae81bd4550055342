import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config';

/** Tests that start the product as a user does; they need the build, so `npm test` runs them after it. */
export default defineConfig({
  resolve: shared.resolve,
  test: {
    include: ['scripts/start-tests/**/*.start.ts'],
    pool: 'forks',
    // A start takes both cores for a while.
    maxWorkers: 1,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
