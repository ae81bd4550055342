import { expect, test, type Page } from '../support/one-window';
import { SECTION_TITLES } from '@/lib/policy/labels';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { openEditor, openTab, setField } from '../support/editor';
import { axeFindings, inBothColours } from '../support/expect-sound';
import { FULL_POLICY } from '../support/full-policy';
import { createRole } from '../support/roles';

/** No finding of any weight: what axe can see is the least of it. */
async function expectAccessible(page: Page): Promise<void> {
  expect(
    (await axeFindings(page)).map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    ),
  ).toEqual([]);
}

test.describe('axe finds nothing, light or dark', () => {
  test.setTimeout(120_000);

  for (const [state, policy] of [
    ['on', FULL_POLICY],
    ['off', undefined],
  ] as const) {
    test(`in any tab, sections ${state}`, async ({ page }) => {
      const role = await createRole(policy);
      await openEditor(page, role);
      for (const kind of POLICY_KINDS) {
        await test.step(SECTION_TITLES[kind], async () => {
          await openTab(page, kind);
          await inBothColours(page, () => expectAccessible(page));
        });
      }
    });
  }

  test('with faults', async ({ page }) => {
    const role = await createRole(FULL_POLICY);
    await openEditor(page, role, 'budgetPolicy');
    await setField(page, 'budgetPolicy.dailyLimitUSD', 'a lot');
    await expect(page.locator('[data-faults]')).toBeVisible();
    await inBothColours(page, () => expectAccessible(page));
  });

  test('in the review and in the history', async ({ page }) => {
    const role = await createRole(FULL_POLICY);
    await openEditor(page, role, 'budgetPolicy');
    await setField(page, 'budgetPolicy.dailyLimitUSD', 5);
    await page.getByRole('button', { name: /^Save/ }).click();
    await expect(page.getByRole('dialog', { name: 'Review changes' })).toBeVisible();
    await page.getByRole('dialog').evaluate(settled);
    await inBothColours(page, () => expectAccessible(page));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'History' }).click();
    await expect(page.locator('[data-revision="1"]')).toBeVisible();
    await page.getByRole('dialog').evaluate(settled);
    await inBothColours(page, () => expectAccessible(page));
  });
});

/** Colours are judged when a fade has ended. */
const settled = (element: Element) =>
  Promise.all(element.getAnimations({ subtree: true }).map((animation) => animation.finished)).then(
    () => undefined,
  );
