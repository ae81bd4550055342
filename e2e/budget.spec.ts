import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/one-window';
import { openEditor, save, setField, shownVersion } from './support/editor';
import { chat, createKey, createRole, inForce } from './support/roles';

/** An answer of so many tokens of the dearest simulated model. */
async function spend(key: string, tokens = 400) {
  const { status, code, headers } = await chat(key, {
    model: 'sandbox/large',
    max_tokens: tokens,
    messages: [{ role: 'user', content: `[[tokens:${tokens}]]` }],
  });
  return { status, code, warnings: headers.get('x-rolegate-warnings') ?? '' };
}

/** Receives alerts, answers each with `status`, and tells their types. */
async function receiver(status = 204) {
  const types: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      types.push((JSON.parse(body) as { type?: string }).type);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { types, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() };
}

test('limits, thresholds and chips are edited, money is spent: bar, warning, block and alerts follow', async ({
  page,
}) => {
  const hook = await receiver();
  const gone = await receiver(410);
  const role = await createRole({ budgetPolicy: { enabled: true } }, 'budget');
  const key = await createKey(role.id);
  await openEditor(page, role, 'budgetPolicy');
  await setField(page, 'budgetPolicy.dailyLimitUSD', 0.1);
  await setField(page, 'budgetPolicy.alertThreshold', 0.5);
  await setField(page, 'budgetPolicy.alertWebhook', hook.url);
  await setField(page, 'budgetPolicy.alertSlack', gone.url);
  await setField(page, 'budgetPolicy.alertEmails', ['finance@example.com']);

  await page.getByRole('button', { name: 'Send a test alert' }).click();
  await expect(page.getByText(/Webhook 127\.0\.0\.1:\d+: delivered/)).toBeVisible();
  await expect(page.getByText(/finance@example\.com: no mail server/)).toBeVisible();
  await expect(page.getByText(/Slack 127\.0\.0\.1:\d+: the receiver is gone/)).toBeVisible();
  expect(hook.types).toEqual(['test']);

  await save(page);
  await inForce(key, await shownVersion(page));
  // Three cents each; the budget is ten.
  expect((await spend(key)).status).toBe(200);
  expect((await spend(key)).status).toBe(200);
  await expect.poll(async () => (await spend(key, 1)).warnings).toContain('budget_alert');
  await spend(key);
  expect(await spend(key)).toMatchObject({ status: 429, code: 'budget_exceeded' });

  const today = page.locator('[data-budget-window="day"]');
  await expect(today.getByRole('meter')).toHaveAttribute('aria-valuetext', /\d\d % used/);
  await expect(today.locator('[data-budget-settled]')).toContainText('$0.09');
  await expect.poll(() => hook.types).toContain('budget_alert');
  hook.close();
  gone.close();

  // Beside the role's channels, and on the page of all budgets.
  for (const place of ['[data-role-alerts]', '[data-alerts]']) {
    if (place === '[data-alerts]') await page.goto('/budgets');
    const alerts = page.locator(place);
    const row = (text: string) => alerts.getByRole('listitem').filter({ hasText: text }).first();
    await expect(row('Webhook 127.0.0.1').getByText('Delivered')).toBeVisible();
    await expect(row('finance@example.com').getByText('Undeliverable')).toBeVisible();
    await expect(row('Slack 127.0.0.1').getByText('Failed', { exact: true })).toBeVisible();
    await expect(row('Slack 127.0.0.1')).toContainText('the receiver is gone (410)');
  }
  await page.getByRole('button', { name: 'Verify the ledger' }).click();
  await expect(page.getByText(/Everything agrees/)).toBeVisible();
});

test('the budgets page fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/budgets');
  await expect(page.getByRole('heading', { name: 'Budgets', level: 1 })).toBeVisible();
  await expect(page.getByRole('meter').first()).toBeVisible();
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);
});
