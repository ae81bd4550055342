import 'server-only';
import { toMoneyString } from '@/lib/money';
import type { Tx } from './client';
import type { RoleBudgetUsage } from './generated/client';

/** A role's spend on one day of the tenant's calendar, and of the week (from Monday) and month up to and with it. */
export type BudgetUsageView = {
  roleId: string;
  /** YYYY-MM-DD. */
  date: string;
  dailyCostUsd: string;
  weeklyCostUsd: string;
  monthlyCostUsd: string;
  requestCount: number;
  tokenCount: number;
};

export type BudgetUsageInput = {
  roleId: string;
  date: string;
  costUsd: string;
  requests: number;
  tokens: number;
};

/**
 * Adds spend to a day. Sums of week and month stay right whatever the order in which days are settled:
 * what comes late for a day is added to the later days of its week and month too. Each day's sums depend
 * on the days before it, so the caller holds `lockRoleBudget`.
 */
export async function addBudgetUsage(
  tx: Tx,
  tenantId: string,
  usage: BudgetUsageInput,
): Promise<void> {
  const { roleId, date, costUsd, requests, tokens } = usage;
  await tx.$executeRaw`
    WITH added AS (
      SELECT ${date}::date AS day, ${costUsd}::numeric AS usd, date_trunc('week', ${date}::date)::date AS week,
        date_trunc('month', ${date}::date)::date AS month
    ), later AS (
      UPDATE role_budget_usage u SET
        weekly_cost_usd = weekly_cost_usd + CASE WHEN date_trunc('week', u.date) = week THEN usd ELSE 0 END,
        monthly_cost_usd = monthly_cost_usd + CASE WHEN date_trunc('month', u.date) = month THEN usd ELSE 0 END,
        updated_at = now()
      FROM added WHERE u.role_id = ${roleId}::uuid AND u.date > day AND u.date < greatest(week + interval '1 week', month + interval '1 month')
    )
    INSERT INTO role_budget_usage AS u
      (tenant_id, role_id, date, daily_cost_usd, weekly_cost_usd, monthly_cost_usd, request_count, token_count)
    SELECT ${tenantId}::uuid, ${roleId}::uuid, day, usd, usd + coalesce(sum(b.daily_cost_usd) FILTER (WHERE b.date >= week), 0),
      usd + coalesce(sum(b.daily_cost_usd) FILTER (WHERE b.date >= month), 0), ${requests}::int, ${tokens}::bigint
    FROM added LEFT JOIN role_budget_usage b ON b.role_id = ${roleId}::uuid AND b.date < day AND b.date >= least(week, month)
    GROUP BY day, usd
    ON CONFLICT (role_id, date) DO UPDATE SET
      daily_cost_usd = u.daily_cost_usd + excluded.daily_cost_usd,
      weekly_cost_usd = u.weekly_cost_usd + excluded.daily_cost_usd,
      monthly_cost_usd = u.monthly_cost_usd + excluded.daily_cost_usd,
      request_count = u.request_count + excluded.request_count,
      token_count = u.token_count + excluded.token_count,
      updated_at = now()`;
}

/** Usage of a tenant's roles between two dates (both included), by role and date. */
export async function listBudgetUsage(
  tx: Tx,
  tenantId: string,
  query: { roleId?: string; from: string; to: string },
): Promise<BudgetUsageView[]> {
  const rows = await tx.roleBudgetUsage.findMany({
    where: {
      tenantId,
      roleId: query.roleId,
      date: { gte: new Date(query.from), lte: new Date(query.to) },
    },
    orderBy: [{ roleId: 'asc' }, { date: 'asc' }],
  });
  return rows.map(viewOf);
}

function viewOf(row: RoleBudgetUsage): BudgetUsageView {
  return {
    roleId: row.roleId,
    date: row.date.toISOString().slice(0, 10),
    dailyCostUsd: toMoneyString(row.dailyCostUsd.toFixed()),
    weeklyCostUsd: toMoneyString(row.weeklyCostUsd.toFixed()),
    monthlyCostUsd: toMoneyString(row.monthlyCostUsd.toFixed()),
    requestCount: row.requestCount,
    tokenCount: Number(row.tokenCount),
  };
}
