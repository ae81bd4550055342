import { expect, type Locator, type Page } from '@playwright/test';
import type { PolicyKind } from '@/lib/policy/role-policy';
import { readControl, writeControl } from './editor-controls';
import { serverUnderTest } from './server';
import type { TestRole } from './roles';
import { showTenant } from './tenant';

/** Opens the policy editor of a role, at one of its tabs. */
export async function openEditor(page: Page, role: TestRole, kind?: PolicyKind): Promise<void> {
  const { consoleUrl } = serverUnderTest();
  await showTenant(page.context(), role.tenantId);
  await page.goto(`${consoleUrl}/roles/${role.id}/policy`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(role.name);
  if (kind) await openTab(page, kind);
}

export async function openTab(page: Page, kind: PolicyKind): Promise<void> {
  await tabOf(page, kind).click();
  await expect(tabOf(page, kind)).toHaveAttribute('aria-selected', 'true');
}

export function tabOf(page: Page, kind: PolicyKind): Locator {
  return page.locator(`[data-tab="${kind}"]`);
}

/** The row of a field of the open tab, by its path in the document. */
export function fieldOf(page: Page, path: string): Locator {
  return page.locator(`[data-field="${path}"]`);
}

/** Changes a field of the open tab by hand, whatever its control. */
export async function setField(page: Page, path: string, value: unknown): Promise<void> {
  await showStrategyOf(page, path);
  await writeControl(fieldOf(page, path), value);
}

/** What a field of the open tab shows. */
export async function readField(page: Page, path: string): Promise<unknown> {
  await showStrategyOf(page, path);
  return readControl(fieldOf(page, path));
}

const STRATEGY_OF: Record<string, string> = {
  costConfig: 'cost',
  latencyConfig: 'latency',
  weightedConfig: 'weighted',
  roundRobinConfig: 'round_robin',
  capabilityConfig: 'capability',
};

/** Only the chosen strategy's settings are in sight. */
async function showStrategyOf(page: Page, path: string): Promise<void> {
  const strategy = STRATEGY_OF[path.split('.')[1] ?? ''];
  if (strategy) await writeControl(fieldOf(page, 'routingPolicy.strategy'), strategy);
}

/** Saves what is in the form, through the review; resolves once the new version is shown. */
export async function save(page: Page, comment = ''): Promise<void> {
  const before = await shownVersion(page);
  await page.getByRole('button', { name: /^Save/ }).click();
  const review = page.getByRole('dialog', { name: 'Review changes' });
  if (comment) await review.getByLabel('Comment').fill(comment);
  await review.getByRole('button', { name: `Save version ${before + 1}` }).click();
  await expect(page.locator(`[data-policy-version="${before + 1}"]`)).toBeVisible();
  await expect(page.locator('[data-unsaved="0"]')).toBeVisible();
}

/** The version the editor says it shows. */
export async function shownVersion(page: Page): Promise<number> {
  return Number(await page.locator('[data-policy-version]').getAttribute('data-policy-version'));
}

/** How many changes the editor says are unsaved. */
export async function unsavedCount(page: Page): Promise<number> {
  return Number(await page.locator('[data-unsaved]').getAttribute('data-unsaved'));
}
