import 'server-only';
import { z } from 'zod';
import { lintFacts } from '@/lib/budget/lint-facts';
import { withTenant } from '@/lib/db/client';
import { listPrices } from '@/lib/db/prices-repository';
import { listConnections } from '@/lib/db/provider-connections-repository';
import { env } from '@/lib/env';
import type { LintFacts } from '@/lib/policy/lint/facts';
import type { Finding } from '@/lib/policy/lint/finding';
import { lintPolicy } from '@/lib/policy/lint/lint';
import type { Access } from './access';
import { collect } from './collect';
import { evaluateBody } from './evaluate';
import { readPolicy } from './policies';
import { requireRole } from './roles';
import { checkedPolicy } from './validate-policy';

export const lintBody = z.strictObject({
  /** Judged instead of the saved policy, by the same rules as a save. */
  policy: evaluateBody.shape.policy,
});

/**
 * What is legal in a policy but probably not meant, by what is known of the tenant: its connections,
 * its prices, this server's settings. Nothing is saved. @throws AppError validation_failed for a policy
 * that is not valid
 */
export async function lint(
  access: Access,
  roleRef: string,
  { policy }: z.output<typeof lintBody>,
): Promise<{ findings: Finding[] }> {
  const { tenant } = access;
  const judged = policy === undefined ? undefined : checkedPolicy(policy);
  await withTenant(tenant.id, (tx) => requireRole(tx, tenant.id, roleRef));
  const [facts, document] = await Promise.all([
    factsOf(tenant.id),
    judged ?? readPolicy(access, roleRef).then((view) => view.policy),
  ]);
  return { findings: lintPolicy(document, facts) };
}

async function factsOf(tenantId: string): Promise<LintFacts> {
  const { connections, prices } = await withTenant(tenantId, async (tx) => ({
    connections: await collect((page) => listConnections(tx, tenantId, page)),
    prices: await listPrices(tx, tenantId),
  }));
  return lintFacts({
    connections,
    prices,
    deadlineMs: env().ROLEGATE_REQUEST_DEADLINE_MS,
    emailConfigured: env().SMTP_URL !== undefined,
  });
}
