import { devices, test as base, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { serverUnderTest } from './server';

export { expect, type Locator, type Page } from '@playwright/test';

/**
 * `test` with one window for all tests of a worker, as an administrator has it: after the first page
 * scripts come from the browser's cache, compiled. Each test finds it as if it were new: at an empty
 * page, with the cookies of the test's `storageState` and no others, nothing in the pages' storage, in
 * the test's size and colours. After a failure Playwright starts another worker, and with it another window.
 */
export const test = base.extend<object, { tab: Page }>({
  tab: [
    async ({ browser }, use) => {
      const { userAgent, deviceScaleFactor } = devices['Desktop Chrome'];
      const context = await browser.newContext({
        baseURL: serverUnderTest().consoleUrl,
        reducedMotion: 'reduce',
        userAgent,
        deviceScaleFactor,
      });
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ tab, storageState }, use) => {
    const context = tab.context();
    await context.clearCookies();
    await context.addCookies((await stateOf(storageState)).cookies);
    await use(context);
    for (const page of context.pages()) if (page !== tab) await page.close();
  },
  // Of the context, so that its cookies are set first.
  page: async ({ tab, context: _context, viewport, colorScheme }, use) => {
    if (viewport) await tab.setViewportSize(viewport);
    await tab.emulateMedia({ colorScheme });
    await use(tab);
    await leave(tab);
  },
});

type State = { cookies: Parameters<ReturnType<Page['context']>['addCookies']>[0] };

const stateOf = async (state: string | State | undefined): Promise<State> =>
  typeof state === 'string'
    ? (JSON.parse(await readFile(state, 'utf8')) as State)
    : (state ?? { cookies: [] });

/** A document of the console without scripts. Of another site it would take the scripts' process with it. */
const EMPTY_PAGE = '/icon.svg';

async function leave(page: Page): Promise<void> {
  await page.unrouteAll();
  // The pointer must not rest on what the next test's first page has there.
  await page.mouse.move(0, 0);
  await page.goto(EMPTY_PAGE);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}
