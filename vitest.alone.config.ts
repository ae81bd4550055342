import { defineConfig } from 'vitest/config';
import shared, { MEASURING } from './vitest.config';

/** Tests that tell upstreams apart by their latency, one file at a time on an otherwise idle machine. */
export default defineConfig({
  resolve: shared.resolve,
  test: { ...shared.test, include: MEASURING, exclude: [], maxWorkers: 1 },
});
