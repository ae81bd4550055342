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
 * what comes late for a day is added to the later days of its week and month too.
 */
export async function addBudgetUsage(
  tx: Tx,
  tenantId: string,
  usage: BudgetUsageInput,
): Promise<void> {
  const { roleId, date, costUsd, requests, tokens } = usage;
  // One writer a role, since each day's sums depend on the days before it.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`budget usage ${roleId}`}))`;
  await tx.$executeRaw`
    INSERT INTO role_budget_usage (tenant_id, role_id, date, weekly_cost_usd, monthly_cost_usd)
    SELECT ${tenantId}::uuid, ${roleId}::uuid, ${date}::date,
      coalesce(sum(daily_cost_usd) FILTER (WHERE date >= date_trunc('week', ${date}::date)), 0),
      coalesce(sum(daily_cost_usd) FILTER (WHERE date >= date_trunc('month', ${date}::date)), 0)
    FROM role_budget_usage
    WHERE role_id = ${roleId}::uuid AND date < ${date}::date AND date >= least(date_trunc('week', ${date}::date), date_trunc('month', ${date}::date))
    ON CONFLICT (role_id, date) DO NOTHING`;
  await tx.$executeRaw`
    UPDATE role_budget_usage SET
      daily_cost_usd = daily_cost_usd + CASE WHEN date = ${date}::date THEN ${costUsd}::numeric ELSE 0 END,
      weekly_cost_usd = weekly_cost_usd + CASE WHEN date_trunc('week', date) = date_trunc('week', ${date}::date) THEN ${costUsd}::numeric ELSE 0 END,
      monthly_cost_usd = monthly_cost_usd + CASE WHEN date_trunc('month', date) = date_trunc('month', ${date}::date) THEN ${costUsd}::numeric ELSE 0 END,
      request_count = request_count + CASE WHEN date = ${date}::date THEN ${requests}::int ELSE 0 END,
      token_count = token_count + CASE WHEN date = ${date}::date THEN ${tokens}::bigint ELSE 0 END,
      updated_at = now()
    WHERE role_id = ${roleId}::uuid AND date >= ${date}::date
      AND date < greatest(date_trunc('week', ${date}::date) + interval '1 week', date_trunc('month', ${date}::date) + interval '1 month')`;
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
