import { expect, test } from '../support/one-window';
import { fieldOf, openEditor, openTab, setField } from '../support/editor';
import { createRole, newestRevision, putPolicy, storedPolicy } from '../support/roles';

test('the history tells who changed what, and restores a version as a new one', async ({
  page,
}) => {
  const role = await createRole();
  await putPolicy(role.id, { rateLimitPolicy: { requestsPerMinute: 10 } }, 'Slow');
  await putPolicy(role.id, { rateLimitPolicy: { requestsPerMinute: 900 } }, 'Fast');
  await openEditor(page, role, 'rateLimitPolicy');
  await page.getByRole('button', { name: 'History' }).click();
  const drawer = page.getByRole('dialog', { name: 'History' });
  await expect(drawer.locator('[data-revision="3"]')).toContainText('In force');
  await expect(drawer.locator('[data-revision="3"]')).toContainText(
    'Requests a minute: 10 requests → 900 requests',
  );
  await expect(drawer.locator('[data-revision="2"]')).toContainText('Slow');
  await expect(drawer.locator('[data-revision="2"]')).toContainText('ROLEGATE_ADMIN_TOKEN');
  await drawer.getByRole('button', { name: 'Restore version 2' }).click();
  await page
    .getByRole('alertdialog', { name: 'Restore version 2?' })
    .getByRole('button', { name: 'Restore version 2' })
    .click();
  await expect(page.locator('[data-policy-version="4"]')).toBeVisible();
  await expect(fieldOf(page, 'rateLimitPolicy.requestsPerMinute').getByRole('textbox')).toHaveValue(
    '10',
  );
  expect((await storedPolicy(role.id)).policy.rateLimitPolicy.requestsPerMinute).toBe(10);
  expect(await newestRevision(role.id)).toMatchObject({ version: 4, restoredFrom: 2 });
});

test('restoring says that unsaved changes are dropped', async ({ page }) => {
  const role = await createRole();
  await putPolicy(role.id, { toolPolicies: { enabled: true } });
  await openEditor(page, role);
  await openTab(page, 'toolPolicies');
  await setField(page, 'toolPolicies.maxToolsPerRequest', 4);
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Your unsaved change is dropped');
});

test('older versions load page by page', async ({ page }) => {
  test.setTimeout(120_000);
  const role = await createRole();
  for (let round = 1; round <= 27; round += 1)
    await putPolicy(role.id, { rateLimitPolicy: { requestsPerMinute: round } });
  await openEditor(page, role);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.locator('[data-revision]')).toHaveCount(25);
  await page.getByRole('button', { name: 'Load older versions' }).click();
  await expect(page.locator('[data-revision]')).toHaveCount(28);
  await expect(page.getByRole('button', { name: 'Load older versions' })).toHaveCount(0);
});
