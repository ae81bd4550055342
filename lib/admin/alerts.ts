import 'server-only';
import { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { AlertPayload } from '@/lib/alerts/alert-payload';
import { webhookSecret } from '@/lib/alerts/webhook';
import { alertTargetsOf, type AlertTarget } from '@/lib/budget/ledger/alert-plan';
import { limitsOf } from '@/lib/budget/ledger/limits';
import { toUsd } from '@/lib/budget/ledger/units';
import { BUDGET_WINDOWS, periodsAt } from '@/lib/budget/periods';
import {
  type AlertOutcome,
  listAlerts as readAlerts,
  type AlertStatus,
  type AlertView as StoredAlert,
} from '@/lib/db/alerts-repository';
import { withTenant } from '@/lib/db/client';
import type { Page } from '@/lib/db/paging';
import { readPolicy } from '@/lib/db/policies-repository';
import { requireEnv } from '@/lib/env';
import { AppError } from '@/lib/errors/app-error';
import { budgetPolicySchema, type BudgetPolicy } from '@/lib/policy/budget/schema';
import { currentDelivery } from '@/lib/server/current-alerts';
import { audit, type Access } from './access';
import { pageQuery, refSchema } from './inputs';
import type { TestAlertView } from './ledger-views';
import { outboundUrlFault } from './outbound-url';
import { requireRole, requireRoleAt } from './roles';

const STATUSES = ['pending', 'delivered', 'failed', 'undeliverable'] as const;
type AlertView = Omit<StoredAlert, 'status'> & { status: (typeof STATUSES)[number] };

export const alertsQuery = pageQuery.extend({
  role: refSchema.optional(),
  status: z.enum(STATUSES, { error: `Write one of ${STATUSES.join(', ')}.` }).optional(),
});

/** Alerts, of one role or all, and how their delivery went, newest first. Of a webhook only its host is shown. */
export async function listAlerts(
  { tenant }: Access,
  query: z.output<typeof alertsQuery>,
): Promise<Page<AlertView>> {
  const { status, role, ...pageRequest } = query;
  const stored: AlertStatus | undefined = status === 'delivered' ? 'sent' : status;
  const page = await withTenant(tenant.id, async (tx) => {
    const roleId =
      role === undefined ? undefined : (await requireRoleAt(tx, tenant.id, role, 'role')).id;
    return readAlerts(tx, tenant.id, { ...pageRequest, status: stored, roleId });
  });
  return {
    ...page,
    items: page.items.map((alert) => ({
      ...alert,
      status: alert.status === 'sent' ? 'delivered' : alert.status,
    })),
  };
}

/** Channels as they stand in a form that is not saved yet; absent: the role's saved ones. */
export const testAlertBody = z.strictObject({
  alertWebhook: budgetPolicySchema.shape.alertWebhook.unwrap().optional(),
  alertEmails: budgetPolicySchema.shape.alertEmails.unwrap().optional(),
  alertSlack: budgetPolicySchema.shape.alertSlack.unwrap().optional(),
});

/**
 * Sends a test alert to each channel, once and now, and tells what came of it.
 * @throws AppError validation_failed when there is no channel, or a URL that may not be called
 */
export async function sendTestAlert(
  access: Access<'editor'>,
  roleRef: string,
  channels: z.output<typeof testAlertBody>,
): Promise<TestAlertView> {
  const { tenant } = access;
  const { role, policy } = await withTenant(tenant.id, async (tx) => {
    const found = await requireRole(tx, tenant.id, roleRef);
    const stored = await readPolicy(tx, tenant.id, found.id);
    await audit(tx, access, {
      action: 'alert.test',
      target: { type: 'role', id: found.id, name: found.name },
      detail: {},
    });
    return { role: found, policy: stored?.policy.budgetPolicy ?? budgetPolicySchema.parse({}) };
  });
  const targets = alertTargetsOf({ ...policy, ...channels });
  requireCallable(targets);
  const payload = testPayload(tenant, role.name, policy);
  const deliver = currentDelivery();
  const items = await Promise.all(
    targets.map(async ({ channel, target }) => {
      const outcome = await deliver({
        id: randomUUID(),
        tenantId: tenant.id,
        kind: 'test',
        channel,
        target,
        payload,
        attempts: 1,
      });
      return { channel, target: shown(channel, target), ...resultOf(outcome) };
    }),
  );
  return { items };
}

/** The secret that the tenant's webhooks are signed with; for owners, who set receivers up. */
export function readSigningSecret({ tenant }: Access<'owner'>): { secret: string } {
  return { secret: webhookSecret(tenant.id, requireEnv('ROLEGATE_ENCRYPTION_KEY')) };
}

function requireCallable(targets: readonly AlertTarget[]): void {
  if (targets.length === 0) {
    const message = 'Give a webhook, an e-mail address or a Slack webhook to send the test to.';
    throw new AppError('validation_failed', message, {
      issues: [{ path: 'alertWebhook', message }],
    });
  }
  const issues = targets.flatMap(({ channel, target }) => {
    const message = channel === 'email' ? null : outboundUrlFault(target);
    const path = channel === 'slack' ? 'alertSlack' : 'alertWebhook';
    return message === null ? [] : [{ path, message }];
  });
  if (issues[0]) throw new AppError('validation_failed', issues[0].message, { issues });
}

function testPayload(
  tenant: { name: string; timezone: string },
  role: string,
  policy: BudgetPolicy,
): AlertPayload {
  const limits = limitsOf({ ...policy, enabled: true });
  const window = BUDGET_WINDOWS.find((each) => limits[each] !== null) ?? 'day';
  const { startsAt, endsAt } = periodsAt(Date.now(), tenant.timezone)[window];
  return {
    level: 'test',
    window,
    tenant: tenant.name,
    role,
    startsAt: new Date(startsAt).toISOString(),
    resetsAt: new Date(endsAt).toISOString(),
    spentUsd: '0',
    limitUsd: toUsd(limits[window] ?? 0n),
    onExceeded: policy.onExceeded,
  };
}

function shown(channel: AlertTarget['channel'], target: string): string {
  return channel === 'email' ? target : new URL(target).host;
}

/** A test is tried once: what would be tried again counts as failed. */
function resultOf(outcome: AlertOutcome): Pick<TestAlertView['items'][number], 'status' | 'error'> {
  if (outcome.status === 'sent') return { status: 'sent', error: null };
  const status = outcome.status === 'retry' ? 'failed' : outcome.status;
  return { status, error: outcome.error };
}
