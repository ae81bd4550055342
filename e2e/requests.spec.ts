import { expect, test, type Locator, type Page } from '@playwright/test';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { expectSound } from './support/expect-sound';
import { chat, createKey, createRole, type TestRole } from './support/roles';
import { adminApi, serverUnderTest } from './support/server';
import { viewerState } from './support/viewer';

const CACHED: RolePolicyInput = {
  cachingPolicy: { enabled: true },
  modelRestrictions: { enabled: true, allowedModels: ['sandbox/small'] },
};
const QUESTION = 'Name a fruit';

let role: TestRole;
let key: string;
test.beforeEach(async ({ context }) => {
  role = await createRole(CACHED);
  key = await createKey(role.id);
  await context.addCookies([demoTenant()]);
});

const demoTenant = () => ({
  name: 'rolegate_tenant',
  value: role.tenantId,
  url: serverUnderTest().consoleUrl,
});

/** Sends a request and waits until its receipt is stored. */
async function send(content: string, model = 'sandbox/small') {
  const answer = await chat(key, { model, messages: [{ role: 'user', content }] });
  const id = answer.headers.get('x-request-id') ?? '';
  await expect(async () => {
    await adminApi('GET', `/api/tenants/${role.tenantId}/requests/${id}`);
  }).toPass();
  return { id, cache: answer.headers.get('x-rolegate-cache'), status: answer.status };
}

const openLog = (page: Page, query = '') => page.goto(`/requests?role=${role.id}${query}`);
const rowOf = (page: Page, id: string): Locator =>
  page.locator(`[data-request="${id}"]`).filter({ visible: true });
const drawerOf = (page: Page) => page.getByRole('dialog', { name: 'Receipt' });

test('requests made through the gateway appear, newest first, and are filtered by status and code', async ({
  page,
}) => {
  const answered = await send(QUESTION);
  const refused = await send(QUESTION, 'sandbox/large');
  expect([answered.status, refused.status]).toEqual([200, 403]);

  await page.goto('/');
  await page.getByRole('link', { name: 'Requests' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Requests' })).toBeVisible();
  await openLog(page);
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('row').nth(1)).toContainText('model_not_allowed');
  await expect(rowOf(page, answered.id)).toContainText('sandbox/small');
  await expect(rowOf(page, answered.id)).toContainText('Miss');
  await expect(rowOf(page, answered.id)).toContainText('$0.0');

  await page.getByLabel('Status').click();
  await page.getByRole('option', { name: '2xx: answered' }).click();
  await expect(rowOf(page, refused.id)).toHaveCount(0);
  await expect(rowOf(page, answered.id)).toBeVisible();
  await expect(page).toHaveURL(/status=2xx/);

  await openLog(page, '&code=model_not_allowed');
  await expect(rowOf(page, refused.id)).toBeVisible();
  await expect(rowOf(page, answered.id)).toHaveCount(0);

  await openLog(page, '&status=5xx');
  await expect(page.getByText('No request matches')).toBeVisible();
  await openLog(page, '&status=none');
  await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toBeVisible();
});

test('the receipt of a refused request tells the stage that refused, and has an address', async ({
  page,
}) => {
  const refused = await send(QUESTION, 'sandbox/large');
  await openLog(page);
  await rowOf(page, refused.id).click();
  const drawer = drawerOf(page);
  await expect(drawer).toContainText('Refused by model');
  await expect(drawer.locator('[data-stage="model"]')).toHaveAttribute('data-verdict', 'deny');
  await expect(drawer.locator('[data-stage="model"]')).toContainText('Refused');
  await expect(drawer).toContainText('None: no upstream was called.');
  await expect(drawer.getByRole('button', { name: 'Wrong answer' })).toHaveCount(0);

  await page.reload();
  await expect(drawer).toContainText('Refused by model');
  await page.goto('/requests?receipt=no-such-request');
  await expect(drawer.getByRole('alert')).toContainText('There is no such request.');
});

test('a receipt tells every attempt, what came of it and why another one followed', async ({
  page,
}) => {
  role = await createRole({
    resiliencePolicy: {
      enabled: true,
      maxRetries: 0,
      fallbackEnabled: true,
      fallbackChain: [{ provider: 'sandbox', model: 'medium', priority: 1 }],
    },
  });
  key = await createKey(role.id);
  const failed = await send('[[status:503]] Hi');
  await openLog(page, `&receipt=${failed.id}`);
  const attempts = drawerOf(page).locator('[data-attempt]');
  await expect(attempts).toHaveCount(2);
  await expect(attempts.first()).toContainText('sandbox/small');
  await expect(attempts.first()).toContainText('503');
  await expect(attempts.first()).toContainText('not retried');
  await expect(attempts.nth(1)).toContainText('sandbox/medium');
});

test('a cached answer that is called wrong is given to nobody again', async ({ page }) => {
  await send(QUESTION);
  const hit = await send(QUESTION);
  expect(hit.cache).toBe('hit-exact');

  await openLog(page);
  await rowOf(page, hit.id).click();
  const wrong = drawerOf(page).getByRole('button', { name: 'Wrong answer' });
  await wrong.click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect((await send(QUESTION)).cache).toBe('hit-exact');

  const feedback = '**/api/tenants/*/requests/*/feedback';
  await page.route(feedback, (route) =>
    route.fulfill({
      status: 409,
      json: { error: { code: 'conflict', message: 'The entry is gone.', issues: [] } },
    }),
  );
  await wrong.click();
  await question.getByRole('button', { name: 'Remove the answer' }).click();
  await expect(question.getByRole('alert')).toHaveText('The entry is gone.');
  await page.unroute(feedback);

  await question.getByRole('button', { name: 'Remove the answer' }).click();
  await expect(question).toHaveCount(0);
  await expect(drawerOf(page)).toContainText('Reported. This answer is given to nobody again.');
  await expect(wrong).toBeFocused();
  await expect(wrong).toHaveAttribute('aria-disabled', 'true');
  expect((await send(QUESTION)).cache).toBe('miss');
  await page.reload();
  await expect(drawerOf(page)).toContainText('Reported. This answer is given to nobody again.');
});

test('a viewer reads receipts and cannot call an answer wrong', async ({ browser }) => {
  await send(QUESTION);
  const hit = await send(QUESTION);
  const context = await browser.newContext({ storageState: await viewerState() });
  await context.addCookies([demoTenant()]);
  const page = await context.newPage();
  await page.goto(`${serverUnderTest().consoleUrl}/requests?receipt=${hit.id}`);
  await expect(drawerOf(page)).toContainText('Exact hit');
  await expect(drawerOf(page).getByRole('button', { name: 'Wrong answer' })).toBeDisabled();
  await context.close();
});

test('older requests are loaded by the page, and focus stays at the end of the list', async ({
  page,
}) => {
  await Promise.all(Array.from({ length: 26 }, () => send(QUESTION, 'sandbox/large')));
  await openLog(page);
  await expect(page.getByRole('row')).toHaveCount(26);
  await page.getByRole('button', { name: 'Load more' }).press('Enter');
  await expect(page.getByRole('row')).toHaveCount(27);
  await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0);
  await expect(page.locator(':focus')).toContainText('26 requests');
});

test.describe('on a telephone, dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

  test('list and receipt fit, are accessible, and are used by keyboard', async ({ page }) => {
    await send(QUESTION);
    const hit = await send(QUESTION);
    await openLog(page);
    await expectSound(page);
    const entry = rowOf(page, hit.id).getByRole('button');
    await entry.press('Enter');
    const drawer = drawerOf(page);
    await expect(drawer.getByRole('button', { name: 'Wrong answer' })).toBeVisible();
    await drawer.getByText('Messages').click();
    await expect(drawer).toContainText(QUESTION);
    await expectSound(page);
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await expect(entry).toBeFocused();
    await expect(page).not.toHaveURL(/receipt=/);
  });
});
