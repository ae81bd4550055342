import { defineConfig } from 'vitest/config';
import { CROWDED, shared } from './vitest.config';

/** Tests of a thousand requests at once, one file at a time on an otherwise idle machine. */
export default defineConfig({
  resolve: shared.resolve,
  test: { ...shared.test, include: CROWDED, maxWorkers: 1 },
});
