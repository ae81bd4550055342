import { randomBytes } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { adminApi, serverUnderTest } from './server';

export type TestTenant = { id: string; name: string; slug: string };

/**
 * A tenant of its own for a test, which the signed-in owner is a member of and whose console the
 * context's pages show.
 */
export async function enterNewTenant(
  context: BrowserContext,
  tier: 'free' | 'professional' | 'enterprise' = 'free',
): Promise<TestTenant> {
  const { adminEmail } = serverUnderTest();
  const slug = `t-${randomBytes(5).toString('hex')}`;
  const tenant = await adminApi<TestTenant>('POST', '/api/tenants', {
    name: `Tenant ${slug}`,
    slug,
    tier,
    timezone: 'UTC',
  });
  await adminApi('POST', `/api/tenants/${tenant.id}/members`, { email: adminEmail, role: 'owner' });
  await showTenant(context, tenant.id);
  return tenant;
}

/** The tenant whose console the context's pages show from now on. */
export async function showTenant(context: BrowserContext, tenantId: string): Promise<void> {
  const { consoleUrl } = serverUnderTest();
  await context.addCookies([{ name: 'rolegate_tenant', value: tenantId, url: consoleUrl }]);
}
