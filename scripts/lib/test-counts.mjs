import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** Reads a JSON report; a runner that died before writing one counts as one failure. */
function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {string} file of vitest's json reporter @returns {Counts} */
export function vitestCounts(file) {
  const result = report(file);
  if (!result) return { passed: 0, failed: 1, skipped: 0 };
  // A file that cannot even be loaded has no tests to fail.
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** @param {string} file of Playwright's json reporter @returns {Counts} */
export function playwrightCounts(file) {
  const result = report(file);
  if (!result) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = result.stats;
  return { passed: expected + flaky, failed: unexpected + result.errors.length, skipped };
}

/** @param {Counts[]} all @returns {Counts} */
export function total(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
