import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * What axe finds on the page. In its legacy mode, which differs only for frames of other sites, of which
 * the console has none; otherwise axe opens a page of its own every time to put together what frames say.
 */
export const axeFindings = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations;

/** Does `look` in light and in dark, as if the system had changed its colours while the page is open. */
export async function inBothColours(page: Page, look: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toContainClass(colorScheme);
    await look();
  }
}

/** The page has no serious accessibility finding and does not scroll sideways. */
export async function expectSound(page: Page): Promise<void> {
  const violations = await axeFindings(page);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page does not scroll sideways').toBeLessThanOrEqual(0);
}
