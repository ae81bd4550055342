import 'server-only';
import { withTenant } from '@/lib/db/client';
import {
  openConnection,
  recordConnectionTest,
  type ConnectionTest,
} from '@/lib/db/provider-connections-repository';
import { AppError } from '@/lib/errors/app-error';
import { currentRuntime } from '@/lib/server/current-runtime';
import { audit, type Access } from './access';

/** Calls the provider once with the stored credential, and keeps what it said. */
export async function testProvider(access: Access<'editor'>, ref: string): Promise<ConnectionTest> {
  const { tenant } = access;
  const connection = await withTenant(tenant.id, (tx) => openConnection(tx, tenant.id, ref));
  if (!connection) throw new AppError('not_found', 'There is no such provider connection.');
  const { ok, message, latencyMs, models = [] } = await currentRuntime().testConnection(connection);
  const test = { ok, message, latencyMs, models, at: new Date().toISOString() };
  await withTenant(tenant.id, async (tx) => {
    await recordConnectionTest(tx, tenant.id, connection.id, test);
    await audit(tx, access, {
      action: 'provider.test',
      target: { type: 'provider', id: connection.id, name: connection.name },
      detail: { ok, message },
    });
  });
  return test;
}
