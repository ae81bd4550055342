import 'server-only';
import { generateAdminToken, hashSecret, isAdminToken } from '@/lib/secrets/token';
import type { Tx } from './client';
import type { AdminToken } from './generated/client';
import type { MembershipRole } from './memberships-repository';
import { limitOf, newestFirst, olderThan, pageOf, type Page, type PageRequest } from './paging';
import { isUuid } from './uuid';

export type TokenView = {
  id: string;
  name: string;
  role: MembershipRole;
  prefix: string;
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};
/** With the secret, which is stored nowhere and shown once. */
export type NewTokenView = TokenView & { secret: string };

/** Uses closer together than this are one: a script's thousand calls need not be a thousand writes. */
const USE_RESOLUTION_MS = 60_000;

/** Stores a token's hash; the secret is in this answer and nowhere else. */
export async function createAdminToken(
  tx: Tx,
  tenantId: string,
  input: { name: string; role: MembershipRole; expiresAt?: Date | null; createdBy: string },
): Promise<NewTokenView> {
  const { secret, hash, prefix } = generateAdminToken();
  const row = await tx.adminToken.create({ data: { tenantId, ...input, hash, prefix } });
  return { ...viewOf(row), secret };
}

/** Newest first. */
export async function listAdminTokens(
  tx: Tx,
  tenantId: string,
  page: PageRequest = {},
): Promise<Page<TokenView>> {
  const limit = limitOf(page);
  const rows = await tx.adminToken.findMany({
    where: { tenantId, ...olderThan(page) },
    orderBy: newestFirst,
    take: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => ({ key: row.createdAt, id: row.id }));
}

/** The deleted token, or null when there was none. */
export async function deleteAdminToken(
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<TokenView | null> {
  if (!isUuid(id)) return null;
  const row = await tx.adminToken.findFirst({ where: { id, tenantId } });
  if (!row) return null;
  await tx.adminToken.deleteMany({ where: { id, tenantId } });
  return viewOf(row);
}

/** Whose a presented secret is; null when malformed, unknown or expired. Notes the use. System scope. */
export async function identifyAdminToken(
  tx: Tx,
  secret: string,
  now: Date = new Date(),
): Promise<(TokenView & { tenantId: string }) | null> {
  if (!isAdminToken(secret)) return null;
  const row = await tx.adminToken.findUnique({ where: { hash: hashSecret(secret) } });
  if (!row || (row.expiresAt && row.expiresAt <= now)) return null;
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > USE_RESOLUTION_MS) {
    await tx.adminToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return { ...viewOf(row), tenantId: row.tenantId };
}

function viewOf(row: AdminToken): TokenView {
  return {
    id: row.id,
    name: row.name,
    role: row.role as MembershipRole,
    prefix: row.prefix,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
