import { defineConfig, devices } from '@playwright/test';
import { OWNER_STATE_FILE } from './e2e/support/server';
import { findChromium } from './scripts/lib/test-requirements.mjs';

/**
 * Browser tests against one real server, started from the build by the global set-up on free ports
 * with a data directory of its own. Tests are signed in as its first owner unless they say
 * `test.use({ storageState: SIGNED_OUT })`.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    // The set-up learns the port; workers read this file after it ran.
    baseURL: process.env.ROLEGATE_E2E_CONSOLE_URL,
    storageState: OWNER_STATE_FILE,
    viewport: { width: 1440, height: 900 },
    // Neither is what these tests are about, and both cores are needed for what is.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: findChromium(), args: ['--disable-gpu'] },
    screenshot: 'only-on-failure',
    // A film of every test doubles its time; `npx playwright test --trace on` makes one where it is wanted.
    trace: 'off',
  },
});
