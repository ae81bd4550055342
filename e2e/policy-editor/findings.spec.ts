import { expect, test } from '../support/one-window';
import { fieldOf, openEditor, openTab, setField, tabOf, unsavedCount } from '../support/editor';
import { createRole } from '../support/roles';

test('a finding of the unsaved policy marks its tab, leads to its field, and goes when it is resolved', async ({
  page,
}) => {
  const role = await createRole();
  await openEditor(page, role, 'resiliencePolicy');
  const finding = page.locator('[data-finding="fallback-unreachable"]');
  await expect(page.locator('[data-lint="current"]')).toBeVisible();
  await expect(finding).toHaveCount(0);

  await setField(page, 'resiliencePolicy.enabled', true);
  await setField(page, 'resiliencePolicy.fallbackEnabled', true);
  await setField(page, 'resiliencePolicy.fallbackChain', [
    { provider: 'nobody', model: 'gpt-4o', priority: 1, timeoutMs: 30_000 },
  ]);
  await expect(finding).toContainText('there is no such connection');
  await expect(tabOf(page, 'resiliencePolicy').locator('[data-tab-findings]')).toBeVisible();

  await openTab(page, 'toolPolicies');
  await finding.click();
  await expect(tabOf(page, 'resiliencePolicy')).toHaveAttribute('aria-selected', 'true');
  await expect(fieldOf(page, 'resiliencePolicy.fallbackChain').locator(':focus')).toHaveCount(1);

  await setField(page, 'resiliencePolicy.fallbackEnabled', false);
  await expect(finding).toHaveCount(0);
  expect(await unsavedCount(page)).toBeGreaterThan(0);
});
