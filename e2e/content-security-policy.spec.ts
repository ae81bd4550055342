import { randomBytes } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { collectComplaints } from './support/complaints';
import { openEditor, openTab, save, setField } from './support/editor';
import { everyPage } from './support/every-page';
import { FULL_POLICY } from './support/full-policy';
import { createRole } from './support/roles';
import { adminApi } from './support/server';
import { showTenant } from './support/tenant';

const NOTHING = { violations: [], errors: [] };

/** The page's data has come, too. */
async function expectShown(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.animate-pulse')).toHaveCount(0);
}

/** The token of an invitation that nobody has accepted. */
async function invite(): Promise<string> {
  const email = `invited-${randomBytes(5).toString('hex')}@e2e.test`;
  const body = { email, role: 'viewer' };
  const member = await adminApi<{ invite: { url: string } }>(
    'POST',
    '/api/tenants/demo/members',
    body,
  );
  return member.invite.url.split('/').at(-1) ?? '';
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('no page does what its policy forbids', async ({ page, context }) => {
      test.slow();
      const complaints = await collectComplaints(context);
      const role = await createRole(FULL_POLICY);
      await showTenant(context, role.tenantId);
      for (const path of everyPage({ roleId: role.id, token: await invite() })) {
        await page.goto(path);
        await expectShown(page);
        await expect(page.locator('html'), path).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
      }
      expect(complaints).toEqual(NOTHING);
    });
  });
}

test('no dialog, menu, list, toast or change of theme does either', async ({ page, context }) => {
  test.slow();
  const complaints = await collectComplaints(context);
  const role = await createRole(FULL_POLICY);
  await openEditor(page, role);
  for (const kind of POLICY_KINDS) await openTab(page, kind);
  await setField(page, 'budgetPolicy.dailyLimitUSD', 5);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.locator('[data-revision="1"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await save(page);
  await expect(page.locator('[data-sonner-toast]').first()).toBeVisible();

  await page.getByRole('link', { name: 'API keys' }).first().click();
  await page.getByRole('button', { name: 'New key' }).first().click();
  await page.getByLabel('Expires').click();
  await page.getByRole('option', { name: '30 days' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveClass(/\bdark\b/);
  expect(complaints).toEqual(NOTHING);
});

/** What somebody might smuggle into a page, each with the mark it leaves where it works. */
const SMUGGLED = [
  `<script>window.ran.push('inline script')</script>`,
  `<img src="data:," onerror="window.ran.push('event handler')">`,
  `<script src="/api/openapi.json"></script>`,
  `<script nonce="Z3Vlc3NlZA==">window.ran.push('guessed nonce')</script>`,
  `<style>#smuggled { outline-style: dotted }</style>`,
  `<p id="smuggled" style="outline-style: dashed">smuggled</p>`,
  `<base href="https://elsewhere.example/">`,
].join('');

test('markup that slips into a page runs no script and changes no style', async ({
  page,
  context,
}) => {
  const complaints = await collectComplaints(context);
  await page.route('**/roles', async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy'] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    const own = (code: string) => `<script nonce="${nonce}">${code}</script>`;
    const begin = own('window.ran = []');
    // What shows that scripts do run here, and that they may not make code of texts.
    const control = own(`
      window.ran.push('script of the page');
      try { window.eval("window.ran.push('eval')") } catch { window.ran.push('no eval') }
    `);
    const body = await response.text();
    await route.fulfill({
      response,
      body: body.replace(/<body[^>]*>/, (tag) => tag + begin + SMUGGLED + control),
    });
  });
  await page.goto('/roles');
  await expect.poll(() => complaints.violations.map(directiveOf)).toHaveLength(9);
  expect(new Set(complaints.violations.map(directiveOf))).toEqual(
    new Set([
      'script-src-elem',
      'script-src-attr',
      'style-src-elem',
      'style-src-attr',
      'img-src',
      'base-uri',
      'script-src',
    ]),
  );
  expect(await page.evaluate(() => (window as unknown as { ran: string[] }).ran)).toEqual([
    'script of the page',
    'no eval',
  ]);
});

const directiveOf = (violation: string) => violation.split(' ')[0];

test('pages say what they may do, once for each answer; other answers may do nothing', async ({
  request,
}) => {
  const headersOf = async (
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Record<string, string>> => (await request.get(path, { headers })).headers();
  const policyOf = async (path: string) => (await headersOf(path))['content-security-policy'];

  const [first, second] = [await policyOf('/roles'), await policyOf('/roles')];
  expect(first).toMatch(/script-src 'nonce-[^']{20,}' 'strict-dynamic';/);
  expect(first).not.toMatch(/unsafe/);
  expect(second).not.toBe(first);
  for (const path of ['/api/openapi.json', '/api/v1/models', '/api/nothing', '/icon.svg']) {
    expect(await policyOf(path), path).toMatch(/^default-src 'none';/);
  }
  for (const path of ['/roles', '/signin', '/no-such-page', '/api/openapi.json']) {
    const plain = await headersOf(path);
    expect(plain, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(plain['strict-transport-security'], path).toBeUndefined();
    const secure = await headersOf(path, { 'x-forwarded-proto': 'https' });
    expect(secure['strict-transport-security'], path).toBe('max-age=31536000');
  }
});
