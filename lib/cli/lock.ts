import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import { type RolePolicy, rolePolicySchema } from '@/lib/policy/role-policy';
import { CliError } from './io';
import { LOCK_FILE } from './folder';
import { sealedIn, withoutSecrets } from './policy-file';

const connection = z.object({
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  enabled: z.boolean(),
  models: z.array(z.string()),
  /** Written by hand: what the provider permits. `pull` keeps it. */
  requestsPerMinute: z.int().min(1).optional(),
  tokensPerMinute: z.int().min(1).optional(),
});
const price = z.object({
  model: z.string(),
  inputPerMillion: z.string(),
  cachedInputPerMillion: z.string().nullish(),
  outputPerMillion: z.string(),
});
const lockSchema = z.object({
  lockVersion: z.literal(1),
  server: z.string(),
  /** By slug: what linting and evaluating without a server know of a tenant. No credentials. */
  tenants: z.record(
    z.string(),
    z.object({ connections: z.array(connection), prices: z.array(price) }),
  ),
  /** By `tenant/role`: what the server held when the files last agreed with it, without secrets. */
  roles: z.record(
    z.string(),
    z.object({
      version: z.int(),
      policy: rolePolicySchema,
      /** Which secrets the server holds; not what they are. */
      sealed: z.array(z.string()).default([]),
    }),
  ),
});

/** What is remembered of the server beside the files: meant to be committed with them. */
export type Lock = z.output<typeof lockSchema>;
export type LockedTenant = Lock['tenants'][string];

/** What the lock remembers of a policy. */
export const locked = (version: number, policy: RolePolicy): Lock['roles'][string] => ({
  version,
  policy: withoutSecrets(policy),
  sealed: sealedIn(policy),
});

const emptyLock = (server = ''): Lock => ({
  lockVersion: 1,
  server,
  tenants: {},
  roles: {},
});

/** @throws CliError when the file is there and cannot be read */
export function readLock(folder: string): Lock {
  const path = join(folder, LOCK_FILE);
  if (!existsSync(path)) return emptyLock();
  try {
    return lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new CliError(
      `${LOCK_FILE} cannot be read. Restore it from version control, or delete it and run rolegate pull.`,
    );
  }
}

/** Keys in order, so that version control shows what changed. */
export function writeLock(folder: string, lock: Lock): void {
  const sorted = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify(
    { ...lock, tenants: sorted(lock.tenants), roles: sorted(lock.roles) },
    null,
    2,
  );
  writeFileSync(join(folder, LOCK_FILE), `${text}\n`);
}
