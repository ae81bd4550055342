import 'server-only';
import { createHash } from 'node:crypto';
import type { CacheEntry, Shelf } from '@/lib/cache/entry';
import { packedVectorOf } from '@/lib/cache/vector/pack';
import { PROVIDER_KINDS, type ProviderKind } from '@/lib/gateway/types';
import { seal, unseal } from '@/lib/secrets/seal';
import type { Sql } from './client';
import { cleanText } from './json';

type Row = {
  id: string;
  key_id: string;
  partition: string;
  exact_key: string;
  provider: string;
  kind: string;
  model: string;
  requested_model: string;
  content: string;
  sealed: boolean;
  checksum: string;
  created_at: Date;
  expires_at: Date;
};

/** A row that is not what was written: altered, torn, or sealed with another key. */
export class CorruptEntryError extends Error {
  override readonly name = 'CorruptEntryError';
}

/** An entry as JSON of its row, ready for `insertCacheRows`. `sealed`: nothing of its content is readable. */
export function cacheRow(entry: CacheEntry, sealed: boolean): string {
  const { tenantId, roleId, keyId, id, target } = entry;
  const text = contentOf(entry);
  const content = sealed ? seal(text, sealContext(entry)) : text;
  return JSON.stringify({
    id,
    tenant_id: tenantId,
    role_id: roleId,
    key_id: keyId,
    partition: entry.partition,
    exact_key: entry.exactKey,
    provider: cleanText(target.provider),
    kind: target.kind,
    model: cleanText(target.model),
    requested_model: cleanText(entry.requestedModel),
    content,
    sealed,
    checksum: checksumOf(id, entry.exactKey, content),
    created_at: new Date(entry.createdAt).toISOString(),
    expires_at: new Date(entry.expiresAt).toISOString(),
  });
}

/**
 * Stores entries in one statement, each over the one for the same request. An entry whose role or key has gone
 * meanwhile is left out, and one that is not sealed of a tenant that keeps no content meanwhile. System scope. No two
 * rows may be for the same request.
 */
export async function insertCacheRows(sql: Sql, rows: readonly string[]): Promise<void> {
  await sql.query({
    name: 'insert-cache-entries',
    text: `INSERT INTO cache_entries (id, tenant_id, role_id, key_id, partition, exact_key, provider, kind, model, requested_model,
        content, sealed, checksum, created_at, expires_at)
      SELECT r.* FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, tenant_id uuid, role_id uuid, key_id uuid, partition text,
        exact_key text, provider text, kind text, model text, requested_model text, content text, sealed boolean, checksum text,
        created_at timestamptz, expires_at timestamptz)
      JOIN api_keys k ON k.id = r.key_id AND k.role_id = r.role_id AND k.tenant_id = r.tenant_id AND k.revoked_at IS NULL
      JOIN tenants t ON t.id = r.tenant_id AND (r.sealed OR t.log_content <> 'none') FOR SHARE OF t
      ON CONFLICT (role_id, exact_key) DO UPDATE SET id = excluded.id, key_id = excluded.key_id, partition = excluded.partition,
        provider = excluded.provider, kind = excluded.kind, model = excluded.model, requested_model = excluded.requested_model,
        content = excluded.content, sealed = excluded.sealed, checksum = excluded.checksum,
        created_at = excluded.created_at, expires_at = excluded.expires_at`,
    values: [`[${rows.join(',')}]`],
  });
}

/** Where a page ends: the next one begins after it. */
export type EntryPosition = { createdAt: Date; id: string };

/**
 * Rows of a role that have not expired, newest first. Tenant scope. Conditions and order are those of the index:
 * a page costs what is in it, however many come before it.
 */
export async function readCacheRows(
  sql: Sql,
  { tenantId, roleId }: Shelf,
  page: { now: number; after: EntryPosition | null; limit: number },
): Promise<Row[]> {
  const { createdAt = null, id = null } = page.after ?? {};
  const { rows } = await sql.query<Row>(
    `SELECT id, key_id, partition, exact_key, provider, kind, model, requested_model, content, sealed, checksum, created_at,
       expires_at
     FROM cache_entries WHERE tenant_id = $1 AND role_id = $2 AND expires_at > $3
       AND ($4::timestamptz IS NULL OR (created_at <= $4 AND (created_at < $4 OR id > $5::uuid)))
     ORDER BY created_at DESC, id LIMIT $6`,
    [tenantId, roleId, new Date(page.now), createdAt, id, page.limit],
  );
  return rows;
}

/** Rows that have not expired, by role. Tenant scope. */
export async function countCacheRows(
  sql: Sql,
  { tenantId, roleId, now }: { tenantId: string; roleId: string | null; now: number },
): Promise<{ roleId: string; entries: number }[]> {
  const { rows } = await sql.query<{ roleId: string; entries: number }>(
    `SELECT role_id AS "roleId", count(*)::int AS entries FROM cache_entries
     WHERE tenant_id = $1 AND ($2::uuid IS NULL OR role_id = $2) AND expires_at > $3 GROUP BY role_id`,
    [tenantId, roleId, new Date(now)],
  );
  return rows;
}

/** @throws CorruptEntryError when the row is not what was written */
export function entryOf(shelf: Shelf, row: Row): CacheEntry {
  if (row.checksum !== checksumOf(row.id, row.exact_key, row.content)) {
    throw new CorruptEntryError('a stored answer does not match its checksum');
  }
  const head = { ...shelf, id: row.id };
  const { question, vector, body } = parseContent(
    row.sealed ? unseal(row.content, sealContext(head)) : row.content,
  );
  return {
    ...head,
    keyId: row.key_id,
    partition: row.partition,
    exactKey: row.exact_key,
    question,
    vector,
    target: { provider: row.provider, kind: kindOf(row.kind), model: row.model },
    requestedModel: row.requested_model,
    body,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  };
}

const sealContext = ({ tenantId, id }: Pick<CacheEntry, 'tenantId' | 'id'>): string =>
  `${tenantId}/cache/${id}`;

function checksumOf(id: string, exactKey: string, content: string): string {
  return createHash('sha256').update(`${id}\n${exactKey}\n`).update(content).digest('base64url');
}

function kindOf(text: string): ProviderKind {
  const kind = PROVIDER_KINDS.find((each) => each === text);
  if (!kind) throw new CorruptEntryError('a stored answer is of an unknown kind of provider');
  return kind;
}

/** A line of JSON about the question, then the answer as it is. */
function contentOf({ question, vector, body }: CacheEntry): string {
  const packed = vector && {
    scale: vector.scale,
    values: Buffer.from(vector.values).toString('base64'),
  };
  return `${JSON.stringify({ question, vector: packed })}\n${body.toString('utf8')}`;
}

type Head = { question: string; vector: { scale: number; values: string } | null };

function parseContent(text: string): Pick<CacheEntry, 'question' | 'vector' | 'body'> {
  const end = text.indexOf('\n');
  const { question, vector } = JSON.parse(text.slice(0, end)) as Head;
  const body = Buffer.from(text.slice(end + 1), 'utf8');
  if (!vector) return { question, vector: null, body };
  return { question, vector: packedVectorOf(vector.values, vector.scale), body };
}
