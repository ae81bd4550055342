import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, step } from './lib/console-output.mjs';
import { checkNode, prepare } from './lib/prepare.mjs';
import { endChildren, run } from './lib/run.mjs';
import { playwrightCounts, total, vitestCounts } from './lib/test-counts.mjs';
import { ensureTestRequirements } from './lib/test-requirements.mjs';

/**
 * `npm test`: everything a change has to pass, on a fresh clone. Every step runs even when one before
 * it failed, so that one run tells all. The last line is the count.
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

/** Settings of the developer's own installation, which must not reach the tests. */
const OWN_SETTINGS =
  /^(PORT|GATEWAY_PORT|HOST|DATABASE_URL|REDIS_URL|NEXTAUTH_\w+|ROLEGATE_\w+|SMTP_\w+|OIDC_\w+|LOG_LEVEL|NODE_ENV|(OPENAI|ANTHROPIC|GEMINI)_API_KEY)$/;
for (const name of Object.keys(process.env)) if (OWN_SETTINGS.test(name)) delete process.env[name];

const reports = mkdtempSync(join(tmpdir(), 'rolegate-reports-'));
const bin = (name) => join(root, 'node_modules', name);
const node = process.execPath;

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs a step that either passes or fails as a whole, beside others that measure time and print; only a
 * failure counts. What it printed is told at the end of the run.
 */
async function check(title, args) {
  step(`${title} …`);
  const { code, output } = await run(node, args, { quiet: true, background: true });
  step(`${title}: ${code === 0 ? 'passed' : 'failed'}`);
  if (code === 0) return NOTHING;
  complaints.push(`${title}: failed\n${output}`);
  return { ...NOTHING, failed: 1 };
}

/** What failed steps printed. */
const complaints = [];

async function vitest(title, config) {
  step(`${title} …`);
  const file = join(reports, `${config}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(
    node,
    [bin('vitest/vitest.mjs'), 'run', '--config', config, ...reporters],
    {
      env: {
        // Faults made on purpose would drown the results.
        LOG_LEVEL: 'fatal',
        // One configuration imports the other without a file extension, as all of the project does.
        VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
      },
    },
  );
  return withExitCode(vitestCounts(file), code);
}

async function playwright() {
  step('Browser tests …');
  const file = join(reports, 'playwright.json');
  const { code } = await run(
    node,
    [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    },
  );
  return withExitCode(playwrightCounts(file), code);
}

/** A runner that fails for another reason than a test (a set-up, an unhandled error) fails too. */
const withExitCode = (counts, code) =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;

async function built() {
  try {
    await prepare(root, { build: true });
    return NOTHING;
  } catch (error) {
    step(`Build: failed\n${error.message}`);
    return { ...NOTHING, failed: 1 };
  }
}

/** Lint and types, one after the other: each keeps one core busy. */
const checks = async () => [
  await check('Lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0']),
  await check('Types', [bin('typescript/bin/tsc'), '--noEmit', '-p', '.']),
];

/** The build, and what starts it as a user does, which waits more than it computes. */
async function buildAndStart() {
  const build = await built();
  return build.failed > 0
    ? [build]
    : [build, await vitest('Tests of npm start', 'vitest.start.config.ts')];
}

async function main() {
  checkNode(root);
  await Promise.all([prepare(root, { build: false }), ensureTestRequirements()]);
  // Two cores: one checks while the other builds and starts. The other tests want both.
  const [checked, [build, ...started]] = await Promise.all([checks(), buildAndStart()]);
  const results = [...checked, build, ...started];
  results.push(await vitest('Unit and integration tests', 'vitest.config.ts'));
  results.push(
    await vitest('Tests of a thousand requests at once, one by one', 'vitest.alone.config.ts'),
  );
  if (build.failed === 0) results.push(await playwright());
  for (const complaint of complaints) step(complaint);
  rmSync(reports, { recursive: true, force: true });
  const { passed, failed, skipped } = total(results);
  step('Done');
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endChildren(signal);
    process.exit(1);
  });
}
main().catch((error) => {
  // What runs beside the step that failed.
  endChildren('SIGTERM');
  fail(error);
});
