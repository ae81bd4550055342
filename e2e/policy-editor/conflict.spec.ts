import { expect, test, type Page } from '../support/one-window';
import { OWNER_STATE_FILE } from '../support/server';
import { fieldOf, openEditor, openTab, save, setField } from '../support/editor';
import { createRole, newestRevision, storedPolicy, type TestRole } from '../support/roles';

const RPM = 'rateLimitPolicy.requestsPerMinute';
const RPH = 'rateLimitPolicy.requestsPerHour';
const TTL = 'cachingPolicy.ttlSeconds';

/**
 * Two browsers open version 1. One saves 100 requests a minute and a TTL of an hour and a half; the
 * other has 7 a minute and 70 an hour in its form, and tries to save.
 */
async function collide(page: Page, other: Page): Promise<TestRole> {
  const role = await createRole();
  await openEditor(page, role, 'rateLimitPolicy');
  await openEditor(other, role, 'rateLimitPolicy');
  await setField(other, RPM, 100);
  await openTab(other, 'cachingPolicy');
  await setField(other, TTL, 5400);
  await save(other, 'More for the launch');
  await setField(page, RPM, 7);
  await setField(page, RPH, 70);
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('button', { name: /^Save version/ }).click();
  await expect(dialogOf(page)).toBeVisible();
  return role;
}

const dialogOf = (page: Page) =>
  page.getByRole('dialog', { name: 'This policy was changed while you edited it' });

test.describe('two browsers edit one role', () => {
  test.setTimeout(120_000);
  let other: Page;
  test.beforeEach(async ({ browser }) => {
    const context = await browser.newContext({ storageState: OWNER_STATE_FILE });
    other = await context.newPage();
  });
  test.afterEach(() => other.context().close());

  test('the second save overwrites nothing and shows whose change came between', async ({
    page,
  }) => {
    const role = await collide(page, other);
    const dialog = dialogOf(page);
    await expect(dialog).toContainText('Version 2 by owner@');
    await expect(dialog).toContainText('More for the launch');
    await expect(dialog).toContainText('Requests a minute: 0 requests → 100 requests');
    await expect(dialog).toContainText('Cache TTL');
    const { version, policy } = await storedPolicy(role.id);
    expect(version).toBe(2);
    expect(policy.rateLimitPolicy.requestsPerMinute).toBe(100);
    // Back to the form: nothing of mine is lost.
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await expect(fieldOf(page, RPM).getByRole('textbox')).toHaveValue('7');
  });

  test('merging keeps both sides and asks about the field that both changed', async ({ page }) => {
    const role = await collide(page, other);
    const dialog = dialogOf(page);
    await dialog
      .locator(`[data-conflict="${RPM}"]`)
      .getByRole('radio', { name: /^Theirs/ })
      .click();
    await dialog.getByRole('button', { name: 'Save merged policy' }).click();
    await expect(page.locator('[data-policy-version="3"]')).toBeVisible();
    const { policy } = await storedPolicy(role.id);
    expect(policy.rateLimitPolicy).toMatchObject({ requestsPerMinute: 100, requestsPerHour: 70 });
    expect(policy.cachingPolicy.ttlSeconds).toBe(5400);
    expect((await newestRevision(role.id)).diff.map(({ path }) => path)).toEqual([RPH]);
  });

  test('keeping mine saves my form on top of theirs', async ({ page }) => {
    const role = await collide(page, other);
    const dialog = dialogOf(page);
    await dialog.getByRole('radio', { name: 'Keep mine' }).click();
    await dialog.getByRole('button', { name: 'Save mine on top' }).click();
    await expect(page.locator('[data-policy-version="3"]')).toBeVisible();
    const { policy } = await storedPolicy(role.id);
    expect(policy.rateLimitPolicy).toMatchObject({ requestsPerMinute: 7, requestsPerHour: 70 });
    expect(policy.cachingPolicy.ttlSeconds).toBe(3600);
  });

  test('taking theirs loads their version and saves nothing', async ({ page }) => {
    const role = await collide(page, other);
    const dialog = dialogOf(page);
    await dialog.getByRole('radio', { name: 'Take theirs' }).click();
    await dialog.getByRole('button', { name: 'Take theirs' }).click();
    await expect(page.locator('[data-policy-version="2"]')).toBeVisible();
    await expect(page.locator('[data-unsaved="0"]')).toBeVisible();
    await expect(fieldOf(page, RPM).getByRole('textbox')).toHaveValue('100');
    expect((await storedPolicy(role.id)).version).toBe(2);
  });
});
