import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../support/one-window';
import { POLICY_KINDS, type PolicyKind } from '@/lib/policy/role-policy';
import { openEditor, openTab } from '../support/editor';
import { FULL_POLICY } from '../support/full-policy';
import { createNamedRole } from '../support/roles';
import { adminApi, serverUnderTest } from '../support/server';

/** Names of the files: those of the tabs in the page's address. */
const NAMES: Record<PolicyKind, string> = {
  promptPolicies: 'prompts',
  toolPolicies: 'tools',
  rateLimitPolicy: 'rate-limit',
  modelRestrictions: 'models',
  cachingPolicy: 'caching',
  routingPolicy: 'routing',
  resiliencePolicy: 'resilience',
  budgetPolicy: 'budget',
};

/** Kept in docs/ when asked for (ROLEGATE_SCREENSHOTS=1), so that a test run leaves the checkout clean. */
const KEEP = process.env.ROLEGATE_SCREENSHOTS === '1';
const DIRECTORY = join(
  import.meta.dirname,
  '..',
  '..',
  KEEP ? 'docs' : 'test-results',
  'screenshots',
);

for (const width of [1440, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      const viewport = { width, height: width === 390 ? 844 : 900 };
      test.use({ colorScheme, viewport });

      test('every tab fits its screen and is kept as a picture', async ({ page }) => {
        test.setTimeout(120_000);
        const role = await createNamedRole(await acme(), 'production-api-user', FULL_POLICY);
        await openEditor(page, role);
        await mkdir(DIRECTORY, { recursive: true });
        for (const kind of POLICY_KINDS) {
          await openTab(page, kind);
          await expect(page.locator('.animate-pulse')).toHaveCount(0);
          await expect(page.locator('[data-lint="current"]')).toBeVisible();
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          );
          expect(overflow, kind).toBeLessThanOrEqual(0);
          // As high as the tab is, so that what is sticky stands where it belongs.
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width, height: Math.max(height, viewport.height) });
          const file = join(DIRECTORY, `${NAMES[kind]}-${width}-${colorScheme}.png`);
          await writeFile(file, await page.screenshot({ animations: 'disabled' }));
          await page.setViewportSize(viewport);
          if (KEEP) await shrink(file);
        }
      });
    });
  }
}

/** A tenant whose name looks well in pictures. */
async function acme(): Promise<string> {
  const { id } = await adminApi<{ id: string }>('POST', '/api/tenants', {
    name: 'Acme',
    slug: `acme-${randomBytes(5).toString('hex')}`,
    tier: 'professional',
    timezone: 'UTC',
  });
  const { adminEmail: email } = serverUnderTest();
  await adminApi('POST', `/api/tenants/${id}/members`, { email, role: 'owner' });
  return id;
}

/** A palette of 128 colours: a third of the size, no difference to the eye. Needs Debian's pngquant. */
async function shrink(file: string): Promise<void> {
  await promisify(execFile)('pngquant', [
    '--force',
    '--skip-if-larger',
    '--ext',
    '.png',
    '128',
    file,
  ]);
}
