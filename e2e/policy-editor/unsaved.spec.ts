import { expect, test } from '../support/one-window';
import { fieldOf, openEditor, openTab, save, setField, tabOf } from '../support/editor';
import { createRole, storedPolicy } from '../support/roles';
import { enterNewTenant } from '../support/tenant';

const RPM = 'rateLimitPolicy.requestsPerMinute';

test('unsaved changes are marked, counted, survive a switch of tabs, and can be discarded', async ({
  page,
}) => {
  const role = await createRole();
  await openEditor(page, role, 'rateLimitPolicy');
  await expect(page.getByRole('button', { name: /^Save/ })).toBeDisabled();
  await setField(page, RPM, 5);
  await openTab(page, 'cachingPolicy');
  await setField(page, 'cachingPolicy.cacheToolCalls', true);
  await expect(tabOf(page, 'rateLimitPolicy').locator('[data-tab-changed]')).toBeVisible();
  await expect(tabOf(page, 'cachingPolicy').locator('[data-tab-changed]')).toBeVisible();
  await expect(tabOf(page, 'toolPolicies').locator('[data-tab-changed]')).toHaveCount(0);
  await expect(page.locator('[data-unsaved="2"]')).toBeVisible();
  await openTab(page, 'rateLimitPolicy');
  await expect(fieldOf(page, RPM).getByRole('textbox')).toHaveValue('5');
  // One field back to what is saved, then all the rest.
  await page.getByRole('button', { name: 'Undo the change of Requests a minute' }).click();
  await expect(page.locator('[data-unsaved="1"]')).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.locator('[data-unsaved="0"]')).toBeVisible();
  await openTab(page, 'cachingPolicy');
  await expect(fieldOf(page, 'cachingPolicy.cacheToolCalls').getByRole('switch')).not.toBeChecked();
});

test('the open tab survives a reload', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'resiliencePolicy');
  await expect(page).toHaveURL(/#resilience$/);
  await page.reload();
  await expect(tabOf(page, 'resiliencePolicy')).toHaveAttribute('aria-selected', 'true');
});

test('leaving by a link asks first, and staying keeps everything', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'rateLimitPolicy');
  await setField(page, RPM, 5);
  await expect(page.locator('[data-unsaved="1"]')).toBeVisible();
  const link = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').first();
  await link.click();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(fieldOf(page, RPM).getByRole('textbox')).toHaveValue('5');
  await link.click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL(/\/roles$/);
});

test('switching the tenant asks first', async ({ page }) => {
  const role = await createRole();
  const other = await enterNewTenant(page.context());
  await openEditor(page, role, 'rateLimitPolicy');
  await setField(page, RPM, 5);
  await expect(page.locator('[data-unsaved="1"]')).toBeVisible();
  await page.getByRole('button', { name: /Switch tenant/ }).click();
  await page.getByRole('menuitem', { name: other.name }).click();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(fieldOf(page, RPM).getByRole('textbox')).toHaveValue('5');
});

test('going back asks first', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role);
  await page.goto(`/roles/${role.id}`);
  await page
    .getByRole('link', { name: /policy/i })
    .first()
    .click();
  await expect(page.locator('[data-policy-version]')).toBeVisible();
  await openTab(page, 'rateLimitPolicy');
  await setField(page, RPM, 5);
  await expect(page.locator('[data-unsaved="1"]')).toBeVisible();
  await page.evaluate(() => window.history.back());
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL(new RegExp(`/roles/${role.id}$`));
});

test("closing or reloading the page asks the browser's own question", async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'rateLimitPolicy');
  await setField(page, RPM, 5);
  await expect(page.locator('[data-unsaved="1"]')).toBeVisible();
  const asked = page.waitForEvent('dialog');
  const reloading = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await reloading;
  await expect(page.locator('[data-unsaved="0"]')).toBeVisible();
});

test('a section that is off is dimmed and can be edited', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'budgetPolicy');
  await expect(page.getByText('This section is off.')).toBeVisible();
  await setField(page, 'budgetPolicy.dailyLimitUSD', 50);
  await save(page);
  expect((await storedPolicy(role.id)).policy.budgetPolicy).toMatchObject({
    enabled: false,
    dailyLimitUSD: 50,
  });
});
