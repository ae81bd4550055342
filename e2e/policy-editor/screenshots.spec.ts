import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { POLICY_KINDS, type PolicyKind } from '@/lib/policy/role-policy';
import { openEditor, openTab } from '../support/editor';
import { FULL_POLICY } from '../support/full-policy';
import { createRole } from '../support/roles';

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
      test.use({ colorScheme, viewport: { width, height: width === 390 ? 844 : 900 } });

      test('every tab fits its screen and is kept as a picture', async ({ page }) => {
        test.setTimeout(120_000);
        const role = await createRole(FULL_POLICY, 'production-api-user');
        await openEditor(page, role);
        await mkdir(DIRECTORY, { recursive: true });
        for (const kind of POLICY_KINDS) {
          await openTab(page, kind);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          );
          expect(overflow, kind).toBeLessThanOrEqual(0);
          await page.mouse.move(0, 0);
          const file = join(DIRECTORY, `${NAMES[kind]}-${width}-${colorScheme}.png`);
          await writeFile(file, await page.screenshot({ fullPage: true, animations: 'disabled' }));
          if (KEEP) await shrink(file);
        }
      });
    });
  }
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
