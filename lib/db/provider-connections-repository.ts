import 'server-only';
import { randomUUID } from 'node:crypto';
import type { ProviderConnection, ProviderKind } from '@/lib/gateway/types';
import { seal, unseal } from '@/lib/secrets/seal';
import type { Tx } from './client';
import { refuseTaken } from './conflicts';
import type { ProviderConnection as Row } from './generated/client';
import { isStorable, toJson } from './json';
import { limitOf, pageOf, positionOf, type Page, type PageRequest } from './paging';
import { isUuid } from './uuid';

/** What a call of the connection's `test` found. */
export type ConnectionTest = {
  ok: boolean;
  /** Safe to show: no key. */
  message: string;
  latencyMs: number | null;
  models: string[];
  at: string;
};

/** The credential itself is write-only. */
export type ConnectionView = {
  id: string;
  kind: ProviderKind;
  name: string;
  baseUrl: string | null;
  models: string[];
  enabled: boolean;
  hasCredential: boolean;
  /** Its last characters, `…f3a9`; empty when it has none or is too short to show any. */
  credentialHint: string;
  lastTest: ConnectionTest | null;
  createdAt: string;
  updatedAt: string;
};

export type ConnectionInput = {
  kind: ProviderKind;
  name: string;
  baseUrl?: string | null;
  /** Empty or absent: none, on an edit the stored one stays. */
  credential?: string;
  models?: string[];
  enabled?: boolean;
};

/** @throws AppError conflict when the name is taken */
export async function createConnection(
  tx: Tx,
  tenantId: string,
  input: ConnectionInput,
): Promise<ConnectionView> {
  const id = randomUUID();
  const { credential = '', baseUrl = null, ...rest } = input;
  const write = tx.providerConnection.create({
    data: { id, tenantId, ...rest, baseUrl, ...sealedFields(tenantId, id, credential) },
  });
  return viewOf(await refuseTaken('name', taken(input.name), write));
}

/** By name. */
export async function listConnections(
  tx: Tx,
  tenantId: string,
  page: PageRequest = {},
): Promise<Page<ConnectionView>> {
  const limit = limitOf(page);
  const after = positionOf(page);
  const rows = await tx.providerConnection.findMany({
    where: { tenantId, ...(after ? { name: { gt: after.key } } : {}) },
    orderBy: { name: 'asc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, viewOf, (row) => ({ key: row.name, id: row.id }));
}

/** By id or name; null when the tenant has no such connection. */
export async function findConnection(
  tx: Tx,
  tenantId: string,
  idOrName: string,
): Promise<ConnectionView | null> {
  const row = await findRow(tx, tenantId, idOrName);
  return row && viewOf(row);
}

/** With its credential in the clear, for a call to the provider; never for an answer. @throws SealError */
export async function openConnection(
  tx: Tx,
  tenantId: string,
  idOrName: string,
): Promise<ProviderConnection | null> {
  const row = await findRow(tx, tenantId, idOrName);
  return row && connectionOf(row);
}

/** Null when there is no such connection. @throws AppError conflict when the name is taken */
export async function updateConnection(
  tx: Tx,
  tenantId: string,
  id: string,
  changes: Partial<ConnectionInput>,
): Promise<ConnectionView | null> {
  if (!isUuid(id)) return null;
  const { credential, ...rest } = changes;
  const write = tx.providerConnection.updateMany({
    where: { id, tenantId },
    data: { ...rest, ...(credential ? sealedFields(tenantId, id, credential) : {}) },
  });
  const { count } = await refuseTaken('name', taken(changes.name ?? ''), write);
  return count === 0 ? null : findConnection(tx, tenantId, id);
}

/** Keeps how the latest test of a connection went; nothing when it is gone. */
export async function recordConnectionTest(
  tx: Tx,
  tenantId: string,
  id: string,
  test: ConnectionTest,
): Promise<void> {
  await tx.providerConnection.updateMany({
    where: { id, tenantId },
    data: { lastTest: toJson(test) },
  });
}

/** False when there was none. */
export async function deleteConnection(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  return (
    isUuid(id) && (await tx.providerConnection.deleteMany({ where: { id, tenantId } })).count > 0
  );
}

/** What a stored credential is bound to: a sealed text moved to another tenant or connection stays shut. */
export const credentialContext = (tenantId: string, connectionId: string): string =>
  `${tenantId}/${connectionId}`;

async function findRow(tx: Tx, tenantId: string, idOrName: string): Promise<Row | null> {
  if (!isStorable(idOrName)) return null;
  const byId = isUuid(idOrName)
    ? await tx.providerConnection.findFirst({ where: { tenantId, id: idOrName } })
    : null;
  return byId ?? tx.providerConnection.findFirst({ where: { tenantId, name: idOrName } });
}

function sealedFields(tenantId: string, id: string, credential: string) {
  if (credential === '') return { credentialSealed: null, credentialHint: '' };
  const hint = credential.length >= 12 ? `…${credential.slice(-4)}` : '';
  return {
    credentialSealed: seal(credential, credentialContext(tenantId, id)),
    credentialHint: hint,
  };
}

function connectionOf(row: Row): ProviderConnection {
  return {
    id: row.id,
    tenantId: row.tenantId,
    name: row.name,
    kind: row.kind as ProviderKind,
    baseUrl: row.baseUrl,
    credential:
      row.credentialSealed === null
        ? ''
        : unseal(row.credentialSealed, credentialContext(row.tenantId, row.id)),
    models: row.models,
    enabled: row.enabled,
  };
}

function viewOf(row: Row): ConnectionView {
  return {
    id: row.id,
    kind: row.kind as ProviderKind,
    name: row.name,
    baseUrl: row.baseUrl,
    models: row.models,
    enabled: row.enabled,
    hasCredential: row.credentialSealed !== null,
    credentialHint: row.credentialHint,
    lastTest: row.lastTest as ConnectionTest | null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const taken = (name: string) => `The provider name "${name}" is taken: choose another.`;
