import { expect, test, type Page } from './support/one-window';
import { adminApi, serverUnderTest, SIGNED_OUT } from './support/server';
import { signIn } from './support/sign-in';
import { enterNewTenant } from './support/tenant';

async function chat(secret: string): Promise<number> {
  const response = await fetch(`${serverUnderTest().gatewayUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'sandbox/small',
      messages: [{ role: 'user', content: 'Say hello.' }],
    }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function createRole(page: Page, name: string, source: string): Promise<void> {
  await page.getByRole('button', { name: 'New role' }).first().click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Policy starts as').click();
  await page.getByRole('option', { name: source }).click();
  await page.getByRole('button', { name: 'Create role' }).click();
}

test('a role is made from a tier, copied, renamed, made the default and deleted', async ({
  page,
  context,
}) => {
  const tenant = await enterNewTenant(context);
  await page.goto('/roles');
  await createRole(page, 'batch', 'Professional');
  await expect(page.getByRole('heading', { name: 'batch', level: 1 })).toBeVisible();
  await expect(page.getByText('300 requests a minute')).toBeVisible();
  await expect(page.getByText('$500 a month')).toBeVisible();

  await page.getByRole('button', { name: 'Actions for role batch' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.getByLabel('Name').fill('batch');
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByText(/"batch" is taken/)).toBeVisible();
  await page.getByLabel('Name').fill('batch copy');
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByRole('heading', { name: 'batch copy', level: 1 })).toBeVisible();
  await expect(page.getByText('300 requests a minute')).toBeVisible();

  await page.getByRole('button', { name: 'Actions for role batch copy' }).click();
  await page.getByRole('menuitem', { name: 'Edit details' }).click();
  await page.getByLabel('Name').fill('nightly');
  await page.getByLabel('Default role of the tenant').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'nightly', level: 1 })).toBeVisible();
  await expect(page.getByRole('main').getByText('Default', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Roles' }).first().click();
  await page.getByRole('button', { name: 'Actions for role batch', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete role' }).click();
  await expect(page.getByText('Role batch deleted.')).toBeVisible();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'batch', exact: true })).toHaveCount(0);
  const { items } = await adminApi<{ items: { name: string; isDefault: boolean }[] }>(
    'GET',
    `/api/tenants/${tenant.id}/roles`,
  );
  expect(items.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['default', false],
    ['nightly', true],
  ]);
});

test('a key works from its creation to its revocation, and its secret is shown once', async ({
  page,
  context,
}) => {
  const tenant = await enterNewTenant(context);
  await adminApi('POST', `/api/tenants/${tenant.id}/providers`, {
    kind: 'sandbox',
    name: 'sandbox',
    models: [],
    enabled: true,
  });
  await page.goto('/roles');
  await page.getByRole('link', { name: 'default', exact: true }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('checkout');
  await page.getByLabel('Expires').click();
  await page.getByRole('option', { name: '30 days' }).click();
  await page.getByRole('button', { name: 'Create key' }).click();
  const secret = await page.getByLabel('API key', { exact: true }).innerText();
  expect(await chat(secret)).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(page.getByRole('cell', { name: 'checkout', exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await page.goto('/keys');
  await page.getByLabel('Search keys').fill('nothing like it');
  await expect(page.getByText('No key matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Revoke key checkout' }).click();
  await page.getByRole('button', { name: 'Revoke key', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'Revoked', exact: true })).toBeVisible();
  await expect.poll(() => chat(secret), { timeout: 2_000 }).toBe(401);
});

test('a connection is added with its faults named, tested, disabled and deleted', async ({
  page,
  context,
}) => {
  const tenant = await enterNewTenant(context);
  await page.goto('/providers');
  await page.getByRole('button', { name: 'Connect provider' }).first().click();
  await page.getByRole('button', { name: /^OpenAI-compatible/ }).click();
  await page.getByLabel('Base URL').fill('http://10.1.2.3/v1');
  await page.getByLabel('Name').fill('own');
  const models = page.getByLabel('Models (optional)');
  await models.fill('llama-3');
  await models.press('Enter');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Base URL').fill(`${serverUnderTest().consoleUrl}/nothing/v1`);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'own' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: /^llama-3$/ })).toBeVisible();

  await page.getByRole('button', { name: 'Test own' }).click();
  const { items } = await adminApi<{ items: { id: string }[] }>(
    'GET',
    `/api/tenants/${tenant.id}/providers`,
  );
  const path = `/api/tenants/${tenant.id}/providers/${items[0]?.id}`;
  await expect
    .poll(
      async () => (await adminApi<{ lastTest: { ok: boolean } | null }>('GET', path)).lastTest?.ok,
    )
    .toBe(false);
  await expect(page.getByText(/just now|second/)).toBeVisible();

  await page.getByRole('switch', { name: 'own enabled' }).click();
  await expect(page.getByText('Disabled', { exact: true })).toBeVisible();
  expect(await adminApi('GET', path)).toMatchObject({ enabled: false, models: ['llama-3'] });

  await page.getByRole('button', { name: 'Actions for provider own' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete connection' }).click();
  await expect(page.getByText('No provider connected')).toBeVisible();
});

test('an invited viewer sets a password and sees everything, but changes nothing', async ({
  page,
  context,
  browser,
}) => {
  const tenant = await enterNewTenant(context);
  const email = `viewer-${tenant.slug}@e2e.test`;
  const password = 'correct horse battery staple';
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add member' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Rights', { exact: true }).click();
  await page.getByRole('option', { name: /^Viewer/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add member' }).click();
  const link = await page.getByLabel('invitation link', { exact: true }).innerText();

  const theirs = await browser.newContext({ storageState: SIGNED_OUT });
  const viewer = await theirs.newPage();
  const { consoleUrl } = serverUnderTest();
  await viewer.goto(consoleUrl + new URL(link).pathname);
  await viewer.getByLabel('New password', { exact: true }).fill(password);
  await viewer.getByLabel('New password again').fill(password);
  await viewer.getByRole('button', { name: 'Set password' }).click();
  await expect(viewer.getByRole('heading', { name: 'Your password is set' })).toBeVisible();
  await viewer.goto(consoleUrl + new URL(link).pathname);
  await expect(viewer.getByText('This link is wrong, used or expired.')).toBeVisible();

  await theirs.addCookies(await signIn(consoleUrl, email, password));
  await viewer.goto(`${consoleUrl}/roles`);
  const newRole = viewer.getByRole('button', { name: 'New role' });
  await expect(newRole).toBeDisabled();
  await newRole.locator('..').focus();
  await expect(viewer.getByRole('tooltip')).toContainText('You are a viewer of this tenant');
  await viewer.getByRole('link', { name: 'default', exact: true }).click();
  await expect(viewer.getByRole('link', { name: 'View policy' })).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'New key' })).toBeDisabled();
  await viewer.goto(`${consoleUrl}/providers`);
  await expect(viewer.getByRole('button', { name: 'Connect provider' }).first()).toBeDisabled();
  await viewer.goto(`${consoleUrl}/settings`);
  await expect(viewer.getByRole('button', { name: 'Delete tenant' })).toBeDisabled();
  await theirs.close();
});

test('a tenant is made, switched to, renamed and deleted', async ({ page, context }) => {
  const before = await enterNewTenant(context);
  await page.goto('/keys');
  await page.getByRole('button', { name: /^Tenant:/ }).click();
  await page.getByRole('menuitem', { name: 'New tenant' }).click();
  const slug = `${before.slug}-b`;
  await page.getByLabel('Name').fill(slug);
  await page.getByRole('button', { name: 'Create tenant' }).click();
  await expect(page.getByRole('button', { name: `Tenant: ${slug}` })).toBeVisible();
  await expect(page).toHaveURL(/\/roles$/);
  await page.reload();
  await expect(page.getByRole('button', { name: `Tenant: ${slug}` })).toBeVisible();

  await page.goto('/settings');
  await page.getByLabel('Name').fill(`${slug} renamed`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: `Tenant: ${slug} renamed` })).toBeVisible();
  await page.getByRole('button', { name: 'Delete tenant' }).click();
  await page.getByLabel(`Type ${slug} to confirm`).fill(slug);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete tenant' }).click();
  await expect(page.getByRole('button', { name: `Tenant: ${slug} renamed` })).toHaveCount(0);
});

test('a role that is not there, or not in this tenant, says so', async ({ page, context }) => {
  const tenant = await enterNewTenant(context);
  await page.goto('/roles/00000000-0000-4000-8000-000000000000');
  await expect(page.getByText(`There is no such role in ${tenant.name}`)).toBeVisible();
});
