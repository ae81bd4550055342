import { expect, test } from '../support/one-window';
import { POLICY_KINDS } from '@/lib/policy/role-policy';
import { openEditor, openTab } from '../support/editor';
import { createRole } from '../support/roles';
import { viewerState } from '../support/viewer';

test('a viewer sees every field and can change none', async ({ browser }) => {
  const role = await createRole({
    rateLimitPolicy: { enabled: true, perModel: { 'openai/*': { requestsPerMinute: 5 } } },
    resiliencePolicy: {
      fallbackChain: [{ provider: 'openai', model: 'gpt-4o', priority: 1, timeoutMs: 1000 }],
    },
    promptPolicies: { blockedPatterns: ['secret'] },
  });
  const context = await browser.newContext({ storageState: await viewerState() });
  const page = await context.newPage();
  await openEditor(page, role);
  await expect(page.getByText('you are a viewer of this tenant')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0);
  for (const kind of POLICY_KINDS) {
    await openTab(page, kind);
    const panel = page.getByRole('tabpanel');
    const controls = panel.locator('[data-field]').locator('input, button, textarea');
    for (const control of await controls.all()) {
      // The sample text of patterns is no part of the policy.
      if (await control.evaluate((element) => element.closest('[data-pattern-tester]') !== null))
        continue;
      await expect(control).toBeDisabled();
    }
    for (const slider of await panel.getByRole('slider').all())
      await expect(slider).toHaveAttribute('data-disabled', '');
  }
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.locator('[data-revision="2"]')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Restore/ })).toHaveCount(0);
  await context.close();
});
