import { expect, test } from './support/one-window';
import { SIGNED_OUT, serverUnderTest } from './support/server';

test.use({ storageState: SIGNED_OUT });

test('a page asked for before sign-in is the one shown after it', async ({ page }) => {
  const { adminEmail, adminPassword } = serverUnderTest();
  await page.goto('/keys?status=all');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Fkeys%3Fstatus%3Dall$/);
  await page.getByLabel('E-mail').fill(adminEmail);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The e-mail address or the password is not right.')).toBeVisible();
  await expect(page.getByLabel('Password')).toBeFocused();

  await page.getByLabel('Password').fill(adminPassword);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/keys\?status=all$/);
  await expect(page.getByRole('heading', { name: 'API keys', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/signin/);
  await page.goto('/roles');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Froles$/);
});

test('a link cannot send users to another site after sign-in', async ({ page, baseURL }) => {
  const { adminEmail, adminPassword } = serverUnderTest();
  await page.goto('/signin?callbackUrl=https%3A%2F%2Fevil.example%2F');
  await page.getByLabel('E-mail').fill(adminEmail);
  await page.getByLabel('Password').fill(adminPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${baseURL}/roles`);
});

test('a cookie that is no session leads to sign-in, not to an empty console', async ({
  page,
  context,
  baseURL,
}) => {
  await context.addCookies([
    { name: 'next-auth.session-token', value: 'worthless', url: baseURL ?? '' },
  ]);
  await page.goto('/roles');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Froles$/);
});
