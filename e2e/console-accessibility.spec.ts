import { expect, test } from './support/one-window';
import { expectSound, inBothColours } from './support/expect-sound';
import { adminApi } from './support/server';
import { enterNewTenant } from './support/tenant';

const PAGES = [
  '/roles',
  '/roles/default',
  '/keys',
  '/providers',
  '/requests',
  '/welcome',
  '/settings',
  '/signin',
  '/no-such-page',
];

for (const width of [1440, 390]) {
  test.describe(`${width} px, light and dark`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 } });

    for (const path of PAGES) {
      test(`${path} has no serious accessibility finding`, async ({ page, context }) => {
        const tenant = await enterNewTenant(context, 'professional');
        await adminApi('POST', `/api/tenants/${tenant.id}/providers`, {
          kind: 'sandbox',
          name: 'sandbox',
          models: [],
          enabled: true,
        });
        const { id } = await adminApi<{ id: string }>(
          'GET',
          `/api/tenants/${tenant.id}/roles/default`,
        );
        await page.goto(path.replace('default', id));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('.animate-pulse')).toHaveCount(0);
        await inBothColours(page, () => expectSound(page));
      });
    }

    test('no dialog has one either', async ({ page, context }) => {
      test.slow();
      await enterNewTenant(context);
      await page.goto('/roles');
      await page.getByRole('button', { name: 'New role' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await inBothColours(page, () => expectSound(page));
      await page.getByLabel('Policy starts as').click();
      await inBothColours(page, () => expectSound(page));
      await page.goto('/providers');
      await page.getByRole('button', { name: 'Connect provider' }).first().click();
      await inBothColours(page, () => expectSound(page));
      await page.getByRole('button', { name: /^Azure OpenAI/ }).click();
      await inBothColours(page, () => expectSound(page));
      await page.goto('/settings');
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('pipeline');
      await page.getByRole('button', { name: 'Create token' }).click();
      await expect(page.getByText('Copy the token now.')).toBeVisible();
      await inBothColours(page, () => expectSound(page));
    });
  });
}

test('the console is used by keyboard alone, and focus is never lost', async ({
  page,
  context,
}) => {
  await enterNewTenant(context);
  await page.goto('/roles');
  await expect(page.getByRole('link', { name: 'default', exact: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const newRole = page.getByRole('button', { name: 'New role' });
  await expect(newRole).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(newRole).toBeFocused();

  const collapse = page.getByRole('button', { name: 'Collapse sidebar' });
  await collapse.focus();
  await page.keyboard.press('Enter');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Expand sidebar' })).toBeVisible();

  await page.getByRole('button', { name: 'Actions for role default' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit policy' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New role' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Actions for role default' })).toBeFocused();
});
