import { expect, test } from '../support/one-window';
import { fieldOf, openEditor, openTab, save, setField, tabOf } from '../support/editor';
import { createRole, storedPolicy } from '../support/roles';

test('faults mark every tab concerned, and Save opens the first one and focuses the field', async ({
  page,
}) => {
  const role = await createRole();
  await openEditor(page, role, 'budgetPolicy');
  await setField(page, 'budgetPolicy.dailyLimitUSD', 'a lot');
  await openTab(page, 'cachingPolicy');
  await setField(page, 'cachingPolicy.ttlSeconds', 0);
  await openTab(page, 'toolPolicies');
  await expect(tabOf(page, 'cachingPolicy').locator('[data-tab-faults="1"]')).toBeVisible();
  await expect(tabOf(page, 'budgetPolicy').locator('[data-tab-faults="1"]')).toBeVisible();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(tabOf(page, 'cachingPolicy')).toHaveAttribute('aria-selected', 'true');
  await expect(fieldOf(page, 'cachingPolicy.ttlSeconds').getByRole('textbox')).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await storedPolicy(role.id)).version).toBe(1);
});

test('a fault that only the server knows is shown at its field', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'budgetPolicy');
  await setField(page, 'budgetPolicy.alertWebhook', 'https://10.1.2.3/hook');
  await openTab(page, 'toolPolicies');
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('button', { name: /^Save version/ }).click();
  await expect(tabOf(page, 'budgetPolicy')).toHaveAttribute('aria-selected', 'true');
  const webhook = fieldOf(page, 'budgetPolicy.alertWebhook');
  await expect(webhook.locator('[data-field-error]')).toBeVisible();
  await expect(webhook.getByRole('textbox')).toBeFocused();
  // The fault goes when its value does.
  await webhook.getByRole('textbox').fill('https://hooks.example.com/budget');
  await expect(webhook.locator('[data-field-error]')).toHaveCount(0);
  await save(page);
});

test('e-mail addresses are checked on entry, and a pasted list is taken apart', async ({
  page,
}) => {
  const role = await createRole();
  await openEditor(page, role, 'budgetPolicy');
  const emails = fieldOf(page, 'budgetPolicy.alertEmails');
  const input = emails.getByRole('textbox');
  await input.fill('not an address');
  await input.press('Enter');
  await expect(emails.locator('[data-field-error]')).toBeVisible();
  await expect(emails.locator('[data-chip]')).toHaveCount(0);
  await input.fill('');
  await input.focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text', 'a@example.com; b@example.com\nnope, <c@example.com>');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(emails.locator('[data-chip]')).toHaveCount(3);
  await expect(emails.locator('[data-field-error]')).toContainText('1 of 4 not added');
  await expect(input).toHaveValue('nope');
});

test('weights show their sum and can be evened out', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'routingPolicy');
  const weights = 'routingPolicy.weightedConfig.weights';
  await setField(page, weights, { openai: 50, anthropic: 20, gemini: 10 });
  const sum = page.locator('[data-weights-sum]');
  await expect(sum).toContainText('Sum 80 %: 20 missing');
  await expect(tabOf(page, 'routingPolicy').locator('[data-tab-faults]')).toBeVisible();
  await page.getByRole('button', { name: 'Even out' }).click();
  await expect(sum).toHaveText('Sum 100 %');
  await save(page);
  expect((await storedPolicy(role.id)).policy.routingPolicy.weightedConfig.weights).toEqual({
    openai: 34,
    anthropic: 33,
    gemini: 33,
  });
});

test('patterns test themselves against a sample text', async ({ page }) => {
  const role = await createRole();
  await openEditor(page, role, 'promptPolicies');
  const field = fieldOf(page, 'promptPolicies.blockedPatterns');
  await setField(page, 'promptPolicies.blockedPatterns', ['(?i)project \\w+', '\\d{4}', '(?=x)']);
  await expect(field.locator('[data-field-error]')).toContainText('RE2');
  await field.getByLabel(/^Sample text/).fill('Of PROJECT alpha we know 1234 and 5678.');
  await expect(field).toContainText('1 match');
  await expect(field).toContainText('2 matches');
  await expect(field).toContainText('not valid');
  await expect(field.locator('mark')).toHaveText(['PROJECT alpha', '1234', '5678']);
});

test('models are suggested from the connections and the catalogue, and any name may be written', async ({
  page,
}) => {
  const role = await createRole();
  await openEditor(page, role, 'cachingPolicy');
  const field = fieldOf(page, 'cachingPolicy.excludedModels');
  const input = field.getByRole('combobox');
  await input.click();
  await input.fill('sandbox sm');
  await page.getByRole('option', { name: /sandbox\/small/ }).click();
  await input.fill('claude-3-opus');
  await expect(
    page.getByRole('option', { name: /anthropic\/claude-3-opus/ }).first(),
  ).toBeVisible();
  await input.press('Enter');
  await input.pressSequentially('gpt-4-turbo,');
  await expect(field.locator('[data-chip]')).toHaveText([
    'sandbox/small',
    'claude-3-opus',
    'gpt-4-turbo',
  ]);
});
