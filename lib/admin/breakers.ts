import 'server-only';
import {
  listBreakers as readBreakers,
  resetBreaker as writeReset,
  type BreakerView,
} from '@/lib/db/breakers-repository';
import { withTenant, type Tx } from '@/lib/db/client';
import { listConnections } from '@/lib/db/provider-connections-repository';
import { AppError } from '@/lib/errors/app-error';
import { currentRuntime } from '@/lib/server/current-runtime';
import { audit, type Access } from './access';
import { collect } from './collect';

/** The breaker of every connection, and of what was one: this replica's own view before the stored one. */
export async function listBreakers({ tenant }: Access): Promise<{ items: BreakerView[] }> {
  return withTenant(tenant.id, async (tx) => ({ items: await breakersOf(tx, tenant.id) }));
}

/** Closes a breaker. @throws AppError not_found where the tenant has no such provider */
export async function resetBreaker(
  access: Access<'editor'>,
  provider: string,
): Promise<BreakerView> {
  const { tenant } = access;
  return withTenant(tenant.id, async (tx) => {
    const before = (await breakersOf(tx, tenant.id)).find((each) => each.provider === provider);
    if (!before) throw new AppError('not_found', 'There is no provider connection of this name.');
    await writeReset(tx, tenant.id, provider);
    currentRuntime().breakers.reset(tenant.id, provider);
    await audit(tx, access, {
      action: 'breaker.reset',
      target: { type: 'provider', id: null, name: provider },
      detail: { changes: [{ path: 'state', from: before.state, to: 'closed' }] },
    });
    return closed(provider);
  });
}

async function breakersOf(tx: Tx, tenantId: string): Promise<BreakerView[]> {
  const connections = await collect((page) => listConnections(tx, tenantId, page));
  const views = new Map(connections.map(({ name }) => [name, closed(name)]));
  for (const stored of await readBreakers(tx, tenantId)) views.set(stored.provider, stored);
  for (const { provider, state, failureCount, openedAt } of currentRuntime().breakers.list(
    tenantId,
  )) {
    const opened = openedAt === null ? null : new Date(openedAt).toISOString();
    views.set(provider, { provider, state, failureCount, openedAt: opened });
  }
  return [...views.values()].sort((a, b) => a.provider.localeCompare(b.provider));
}

function closed(provider: string): BreakerView {
  return { provider, state: 'closed', failureCount: 0, openedAt: null };
}
