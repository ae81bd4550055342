import 'server-only';
import { generateApiKey } from '@/lib/secrets/token';
import type { Tx } from './client';
import type { ApiKey } from './generated/client';
import { limitOf, newestFirst, olderThan, pageOf, type Page, type PageRequest } from './paging';
import { isUuid } from './uuid';

export type KeyView = {
  id: string;
  name: string;
  role: { id: string; name: string };
  prefix: string;
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  /** Within a minute or so: uses are written in batches. */
  lastUsedAt: string | null;
  revokedAt: string | null;
};
/** With the secret, which is stored nowhere and shown once. */
export type NewKeyView = KeyView & { secret: string };

const withRole = { role: { select: { id: true, name: true } } } as const;

/** `roleId` must be a role of the tenant, or the database refuses. */
export async function createApiKey(
  tx: Tx,
  tenantId: string,
  input: { name: string; roleId: string; expiresAt?: Date | null; createdBy: string },
): Promise<NewKeyView> {
  const { secret, hash, prefix } = generateApiKey();
  const row = await tx.apiKey.create({
    data: { tenantId, ...input, hash, prefix },
    include: withRole,
  });
  return { ...viewOf(row), secret };
}

/** Newest first; revoked ones only when asked for. */
export async function listApiKeys(
  tx: Tx,
  tenantId: string,
  filter: PageRequest & { roleId?: string; includeRevoked?: boolean } = {},
): Promise<Page<KeyView>> {
  const limit = limitOf(filter);
  const rows = await tx.apiKey.findMany({
    where: {
      tenantId,
      roleId: filter.roleId,
      ...(filter.includeRevoked ? {} : { revokedAt: null }),
      ...olderThan(filter),
    },
    include: withRole,
    orderBy: newestFirst,
    take: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => ({ key: row.createdAt, id: row.id }));
}

/** One key, revoked or not. Null when there is none. */
export async function findApiKey(tx: Tx, tenantId: string, id: string): Promise<KeyView | null> {
  if (!isUuid(id)) return null;
  const row = await tx.apiKey.findFirst({ where: { id, tenantId }, include: withRole });
  return row && viewOf(row);
}

/** Revokes for good; its requests keep their key. Null when there is none, or it was revoked already. */
export async function revokeApiKey(tx: Tx, tenantId: string, id: string): Promise<KeyView | null> {
  if (!isUuid(id)) return null;
  const { count } = await tx.apiKey.updateMany({
    where: { id, tenantId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return count === 0 ? null : findApiKey(tx, tenantId, id);
}

function viewOf(row: ApiKey & { role: { id: string; name: string } }): KeyView {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
