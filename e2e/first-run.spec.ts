import { expect, test } from './support/one-window';
import { enterNewTenant } from './support/tenant';

for (const tier of ['free', 'professional', 'enterprise'] as const) {
  test(`the first-run page leads a new ${tier} tenant to an answered request`, async ({
    page,
    context,
  }) => {
    await enterNewTenant(context, tier);
    await page.goto('/roles');
    await expect(page.getByText('still needs a provider connection and an API key')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Get started' }).click();

    await page.getByRole('button', { name: 'Use the sandbox' }).click();
    await expect(page.getByText('Connected: sandbox')).toBeVisible();
    await page.getByRole('button', { name: 'Create key' }).click();
    await expect(page.getByLabel('API key', { exact: true })).toHaveText(/^rg_[\w-]{43}$/);
    await page.getByRole('button', { name: 'Send request' }).click();

    await expect(page.getByText('Answered. The headers say what the policy did.')).toBeVisible();
    const headers = page.getByRole('main').locator('dl');
    await expect(headers).toContainText('x-rolegate-policy-version');
    await expect(headers).toContainText('x-rolegate-provider');
    await expect(headers).toContainText('x-request-id');
    await page.goto('/roles');
    await expect(page.getByRole('heading', { name: 'Roles', level: 1 })).toBeVisible();
    await expect(page.getByText('still needs')).toHaveCount(0);
  });
}

test('the curl line shown with a new key works as it stands', async ({ page, context }) => {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  await enterNewTenant(context);
  await page.goto('/welcome');
  await page.getByRole('button', { name: 'Use the sandbox' }).click();
  await page.getByRole('button', { name: 'Create key' }).click();
  const line = page.getByLabel('curl command', { exact: true });
  await expect(line).toContainText('sandbox/small');
  const { stdout } = await promisify(execFile)('sh', ['-c', await line.innerText()]);
  expect(JSON.parse(stdout)).toMatchObject({ object: 'chat.completion' });
});
