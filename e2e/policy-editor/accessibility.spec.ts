import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { SECTION_TITLES } from '@/lib/policy/labels';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { openEditor, openTab, setField } from '../support/editor';
import { FULL_POLICY } from '../support/full-policy';
import { createRole } from '../support/roles';

/** No finding of any weight: what axe can see is the least of it. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
  ).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme });
    test.setTimeout(120_000);

    test('in any tab, sections on', async ({ page }) => {
      const role = await createRole(FULL_POLICY);
      await openEditor(page, role);
      for (const kind of POLICY_KINDS) {
        await test.step(SECTION_TITLES[kind], async () => {
          await openTab(page, kind);
          await expectAccessible(page);
        });
      }
    });

    test('in any tab, sections off', async ({ page }) => {
      const role = await createRole();
      await openEditor(page, role);
      for (const kind of POLICY_KINDS) {
        await test.step(SECTION_TITLES[kind], async () => {
          await openTab(page, kind);
          await expectAccessible(page);
        });
      }
    });

    test('with faults, in the review and in the history', async ({ page }) => {
      const role = await createRole(FULL_POLICY);
      await openEditor(page, role, 'budgetPolicy');
      await setField(page, 'budgetPolicy.dailyLimitUSD', 'a lot');
      await expect(page.locator('[data-faults]')).toBeVisible();
      await expectAccessible(page);
      await setField(page, 'budgetPolicy.dailyLimitUSD', 5);
      await page.getByRole('button', { name: /^Save/ }).click();
      await expect(page.getByRole('dialog', { name: 'Review changes' })).toBeVisible();
      await page.getByRole('dialog').evaluate(settled);
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'History' }).click();
      await expect(page.locator('[data-revision="1"]')).toBeVisible();
      await page.getByRole('dialog').evaluate(settled);
      await expectAccessible(page);
    });
  });
}

/** Colours are judged when a fade has ended. */
const settled = (element: Element) =>
  Promise.all(element.getAnimations({ subtree: true }).map((animation) => animation.finished)).then(
    () => undefined,
  );
