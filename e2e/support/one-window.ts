import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { OWNER_STATE_FILE } from './server';

/**
 * `test` with one signed-in window for all tests of a worker, as an administrator has it: scripts come
 * from the browser's cache after the first page. For tests that bring a role of their own each.
 */
export const test = base.extend<{ window: Page }, { session: BrowserContext }>({
  session: [
    async ({ browser }, use) => {
      const context = await browser.newContext({
        baseURL: process.env.ROLEGATE_E2E_CONSOLE_URL,
        storageState: OWNER_STATE_FILE,
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
      });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  window: async ({ session }, use) => {
    const page = await session.newPage();
    await use(page);
    await page.close();
  },
});
