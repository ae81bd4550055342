import 'server-only';
import type { Tx } from './client';
import { isUuid } from './uuid';

/** Names of roles or keys by id, for lists that know ids only; those that are gone are missing. */
export async function namesOf(
  tx: Tx,
  tenantId: string,
  of: 'role' | 'key',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const where = { tenantId, id: { in: ids.filter(isUuid) } };
  const select = { id: true, name: true } as const;
  const rows =
    of === 'role'
      ? await tx.role.findMany({ where, select })
      : await tx.apiKey.findMany({ where, select });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
