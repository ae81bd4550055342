import 'server-only';
import { z } from 'zod';
import { capsOf, limitsOf } from '@/lib/budget/ledger/limits';
import { toUsd } from '@/lib/budget/ledger/units';
import { BUDGET_WINDOWS, periodsAt } from '@/lib/budget/periods';
import { readBudgetWindows, type WindowBalance } from '@/lib/db/budget-windows-repository';
import { withTenant } from '@/lib/db/client';
import { readPolicies } from '@/lib/db/policies-repository';
import { PolicyUnreadableError } from '@/lib/db/policy-codec';
import { listRoles, type RoleView } from '@/lib/db/roles-repository';
import { collect } from './collect';
import { requireRoleAt } from './roles';
import type { Access } from './access';
import { refSchema } from './inputs';
import type { BudgetsView } from './views';

export const budgetsQuery = z.object({ role: refSchema.optional() });

const NOTHING: WindowBalance = { settledUsd: '0', reservedUsd: '0' };

/**
 * What each role may spend, has spent and has set aside, in the calendar windows of now. A limit of 0
 * is none. A role whose policy cannot be read is left out: the gateway refuses all its requests.
 */
export async function listBudgets(
  { tenant }: Access,
  query: z.output<typeof budgetsQuery>,
  now: number = Date.now(),
): Promise<BudgetsView> {
  const periods = periodsAt(now, tenant.timezone);
  return withTenant(tenant.id, async (tx) => {
    const roles =
      query.role === undefined
        ? await collect((page) => listRoles(tx, tenant.id, page))
        : [await requireRoleAt(tx, tenant.id, query.role, 'role')];
    const balances = await readBudgetWindows(tx, tenant.id, periods);
    const policies = await readPolicies(
      tx,
      tenant.id,
      roles.map(({ id }) => id),
    );
    const items: BudgetsView['items'] = [];
    for (const role of roles) {
      const view = policies.get(role.id);
      if (!view || view instanceof PolicyUnreadableError) continue;
      const policy = view.policy.budgetPolicy;
      // Limits are shown also while the section is off.
      const shown = { ...policy, enabled: true };
      const [limits, caps] = [limitsOf(shown), capsOf(shown)];
      const windows = BUDGET_WINDOWS.map((window) => ({
        window,
        limitUsd: toUsd(limits[window] ?? 0n),
        capUsd: toUsd(caps[window] ?? 0n),
        ...(balances.get(role.id)?.[window] ?? NOTHING),
        startsAt: new Date(periods[window].startsAt).toISOString(),
        resetsAt: new Date(periods[window].endsAt).toISOString(),
      }));
      const { enabled, onExceeded, alertThreshold, criticalThreshold } = policy;
      items.push({
        ...named(role),
        enabled,
        onExceeded,
        alertThreshold,
        criticalThreshold,
        windows,
      });
    }
    return { items };
  });
}

function named({ id, name }: RoleView) {
  return { role: name, roleId: id };
}
