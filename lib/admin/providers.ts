import 'server-only';
import { z } from 'zod';
import { withTenant, type Tx } from '@/lib/db/client';
import type { Page, PageRequest } from '@/lib/db/paging';
import {
  createConnection,
  deleteConnection,
  findConnection,
  listConnections,
  updateConnection,
  type ConnectionView,
} from '@/lib/db/provider-connections-repository';
import { AppError } from '@/lib/errors/app-error';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import { modelNameSchema, uniqueList } from '@/lib/policy/primitives';
import { audit, type Access } from './access';
import { outboundUrlFault } from './outbound-url';
import { connectionFaults } from './provider-rules';
import { changesOf } from './tenants';

const nameField = z
  .string()
  .trim()
  .min(1, 'Write a name.')
  .max(50, 'Write at most 50 characters.')
  .regex(
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/,
    'Use lower-case letters, digits, dots, underscores and hyphens, such as openai-eu.',
  );
const baseUrlField = z
  .string()
  .trim()
  .max(2000, 'Write at most 2000 characters.')
  .nullable()
  .transform((url) => (url === '' ? null : url));
/** Printable ASCII only: it travels in a header. */
const apiKeyField = z
  .string()
  .trim()
  .max(8000, 'Write at most 8000 characters.')
  .regex(/^[\x21-\x7e]*$/, 'An API key has no spaces and no special characters.');
const fields = {
  name: nameField,
  baseUrl: baseUrlField,
  /** Write-only. On an edit, empty or left out: the stored one stays. */
  apiKey: apiKeyField,
  models: uniqueList(modelNameSchema, 1000),
  enabled: z.boolean(),
};

export const providerInput = z.strictObject({
  kind: z.enum(PROVIDER_KINDS, { error: `Write one of ${PROVIDER_KINDS.join(', ')}.` }),
  name: fields.name.optional(),
  baseUrl: fields.baseUrl.default(null),
  apiKey: fields.apiKey.default(''),
  models: fields.models.default([]),
  enabled: fields.enabled.default(true),
});
/** A connection stays of its kind: make another for another kind. */
export const providerPatch = z.strictObject({
  kind: z.enum(PROVIDER_KINDS).optional(),
  name: fields.name.optional(),
  baseUrl: fields.baseUrl.optional(),
  apiKey: fields.apiKey.optional(),
  models: fields.models.optional(),
  enabled: fields.enabled.optional(),
});

/** Connections by name; of a credential only its hint. */
export async function listProviders(
  { tenant }: Access,
  page: PageRequest,
): Promise<Page<ConnectionView>> {
  return withTenant(tenant.id, (tx) => listConnections(tx, tenant.id, page));
}

/** One connection, by id or name. @throws AppError not_found */
export async function readProvider({ tenant }: Access, ref: string): Promise<ConnectionView> {
  return withTenant(tenant.id, (tx) => requireConnection(tx, tenant.id, ref));
}

/** Adds a connection; its name is its kind unless given. @throws AppError validation_failed, conflict */
export async function createProvider(
  access: Access<'editor'>,
  { apiKey, name, ...input }: z.output<typeof providerInput>,
): Promise<ConnectionView> {
  const { tenant } = access;
  requireSound({ ...input, hasCredential: apiKey !== '' });
  return withTenant(tenant.id, async (tx) => {
    const connection = await createConnection(tx, tenant.id, {
      ...input,
      name: name ?? input.kind,
      credential: apiKey,
    });
    const { kind, baseUrl, models, enabled, hasCredential } = connection;
    await audit(tx, access, {
      action: 'provider.create',
      target: targetOf(connection),
      detail: { kind, baseUrl, models, enabled, hasCredential },
    });
    return connection;
  });
}

/**
 * Changes a connection. A new address takes the credential again: otherwise whoever may edit it could
 * have the stored key sent to a server of their own.
 */
export async function changeProvider(
  access: Access<'editor'>,
  ref: string,
  { apiKey, kind, ...changes }: z.output<typeof providerPatch>,
): Promise<ConnectionView> {
  const { tenant } = access;
  return withTenant(tenant.id, async (tx) => {
    const before = await requireConnection(tx, tenant.id, ref);
    if (kind !== undefined && kind !== before.kind) {
      throw invalidAt('kind', 'A connection stays of its kind: create another one.');
    }
    const moved = changes.baseUrl !== undefined && changes.baseUrl !== before.baseUrl;
    if (moved && before.hasCredential && !apiKey) {
      throw invalidAt('apiKey', 'The address changes: write the API key again.');
    }
    const hasCredential = before.hasCredential || Boolean(apiKey);
    requireSound({ ...before, ...withoutUndefined(changes), hasCredential });
    const after = await updateConnection(tx, tenant.id, before.id, {
      ...changes,
      credential: apiKey,
    });
    if (!after) throw noSuchConnection();
    await audit(tx, access, {
      action: 'provider.update',
      target: targetOf(after),
      detail: { changes: changesOf(before, changes), credentialReplaced: Boolean(apiKey) },
    });
    return after;
  });
}

/** Deletes a connection; models that policies name through it are no longer served. */
export async function deleteProvider(access: Access<'editor'>, ref: string): Promise<void> {
  const { tenant } = access;
  await withTenant(tenant.id, async (tx) => {
    const connection = await requireConnection(tx, tenant.id, ref);
    await deleteConnection(tx, tenant.id, connection.id);
    await audit(tx, access, {
      action: 'provider.delete',
      target: targetOf(connection),
      detail: { kind: connection.kind },
    });
  });
}

async function requireConnection(tx: Tx, tenantId: string, ref: string): Promise<ConnectionView> {
  const connection = await findConnection(tx, tenantId, ref);
  if (!connection) throw noSuchConnection();
  return connection;
}

function requireSound(draft: Parameters<typeof connectionFaults>[0]): void {
  const issues = connectionFaults(draft, outboundUrlFault);
  if (issues.length === 0) return;
  const message = issues.map((issue) => issue.message).join(' ');
  throw new AppError('validation_failed', message, { issues });
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as Partial<T>;
}

function invalidAt(path: string, message: string): AppError {
  return new AppError('validation_failed', message, { issues: [{ path, message }] });
}

function targetOf({ id, name }: { id: string; name: string }) {
  return { type: 'provider', id, name };
}

function noSuchConnection(): AppError {
  return new AppError('not_found', 'There is no such provider connection.');
}
