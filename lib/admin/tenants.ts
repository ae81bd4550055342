import 'server-only';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { auditActor } from '@/lib/auth/audit';
import { withSystem, withSystemSql, withTenant, type Tx } from '@/lib/db/client';
import { addMember } from '@/lib/db/memberships-repository';
import type { Page, PageRequest } from '@/lib/db/paging';
import { createRole } from '@/lib/db/roles-repository';
import {
  createTenant as insertTenant,
  deleteTenant as removeTenant,
  findTenant,
  listTenants as readTenants,
  updateTenant,
  type TenantRecord,
} from '@/lib/db/tenants-repository';
import { listTenantsOfUser } from '@/lib/db/users-repository';
import { AppError } from '@/lib/errors/app-error';
import { defaultPoliciesForTier } from '@/lib/policy/tiers';
import { audit, type Access, type Caller } from './access';
import { nameSchema, slugSchema, tierSchema } from './inputs';
import type { TenantView } from './views';

const timezoneSchema = z
  .string()
  .trim()
  .max(64)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/, 'Write an IANA name such as Europe/Berlin.')
  .refine(isTimeZone, 'Write an IANA name such as Europe/Berlin.');

const LOG_CONTENT = ['none', 'redacted', 'full'] as const;
const logContentSchema = z.enum(LOG_CONTENT, { error: `Write one of ${LOG_CONTENT.join(', ')}.` });

/** Of a new tenant. Without a slug it is made from the name. */
export const tenantInput = z.strictObject({
  name: nameSchema,
  slug: slugSchema.optional(),
  tier: tierSchema.default('free'),
  timezone: timezoneSchema.default('UTC'),
  logContent: logContentSchema.default('redacted'),
});
export const tenantPatch = z.strictObject({
  name: nameSchema.optional(),
  slug: slugSchema.optional(),
  tier: tierSchema.optional(),
  timezone: timezoneSchema.optional(),
  logContent: logContentSchema.optional(),
});

/** Name of the role that a tenant is born with. */
const DEFAULT_ROLE = 'default';

/** The tenants that the caller may enter. */
export async function listTenants({ actor }: Caller, page: PageRequest): Promise<Page<TenantView>> {
  return withSystem(async (tx) =>
    actor.type === 'bootstrap'
      ? tenantsOfAll(tx, page)
      : { items: await reachableTenants(tx, actor), nextCursor: null },
  );
}

/** The tenants a caller may enter, each with the role there; of the bootstrap token the first 200. */
export async function reachableTenants(tx: Tx, actor: Caller['actor']): Promise<TenantView[]> {
  if (actor.type === 'user') return listTenantsOfUser(tx, actor.id);
  if (actor.type === 'token') {
    const tenant = await findTenant(tx, actor.tenantId);
    return tenant ? [viewOf(tenant, actor.role)] : [];
  }
  return (await tenantsOfAll(tx, { limit: 200 })).items;
}

/** Every tenant there is, as the bootstrap token sees them. */
async function tenantsOfAll(tx: Tx, page: PageRequest): Promise<Page<TenantView>> {
  const { items, nextCursor } = await readTenants(tx, page);
  return { items: items.map((tenant) => viewOf(tenant, 'owner')), nextCursor };
}

/**
 * Creates a tenant with its default role, whose policy is the tier's; a person who does so becomes its
 * owner. @throws AppError forbidden for an admin token, which belongs to one tenant; conflict
 */
export async function createTenant(
  caller: Caller,
  input: z.output<typeof tenantInput>,
): Promise<TenantView> {
  const { actor, origin } = caller;
  if (actor.type === 'token') {
    throw new AppError(
      'forbidden',
      'An admin token belongs to one tenant: sign in to create another.',
    );
  }
  await requireKnownTimeZone(input.timezone);
  return withSystem(async (tx) => {
    const tenant = await insertTenant(tx, { ...input, slug: input.slug ?? slugOf(input.name) });
    const access = { ...caller, tenant };
    await audit(tx, access, {
      action: 'tenant.create',
      target: targetOf(tenant),
      detail: { slug: tenant.slug, tier: tenant.tier, timezone: tenant.timezone },
    });
    if (actor.type === 'user') await addMember(tx, tenant.id, actor.id, 'owner');
    const role = {
      name: DEFAULT_ROLE,
      description: `Made with the tenant, from the ${tenant.tier} tier.`,
      isDefault: true,
      tier: tenant.tier,
      policy: defaultPoliciesForTier(tenant.tier),
      comment: `Defaults of the ${tenant.tier} tier`,
    };
    const { id, name } = await createRole(tx, tenant.id, role, auditActor(actor, origin));
    await audit(tx, access, {
      action: 'role.create',
      target: { type: 'role', id, name },
      detail: { from: tenant.tier, isDefault: true },
    });
    return viewOf(tenant, 'owner');
  });
}

/** The tenant that was entered, and what the caller may do in it. */
export async function readTenant({ tenant, role }: Access): Promise<TenantView> {
  return viewOf(tenant, role);
}

/** Changes a tenant. A new tier changes what new roles start from, not the policies there are. @throws AppError conflict */
export async function changeTenant(
  access: Access<'owner'>,
  changes: z.output<typeof tenantPatch>,
): Promise<TenantView> {
  if (changes.timezone !== undefined) await requireKnownTimeZone(changes.timezone);
  return withTenant(access.tenant.id, async (tx) => {
    const tenant = await updateTenant(tx, access.tenant.id, changes);
    if (!tenant) throw new AppError('not_found', 'There is no such tenant.');
    await audit(tx, access, {
      action: 'tenant.update',
      target: targetOf(tenant),
      detail: { changes: changesOf(access.tenant, changes) },
    });
    return viewOf(tenant, access.role);
  });
}

/** Deletes a tenant and all that it owns, for good; its audit trail stays in the database. */
export async function deleteTenant(access: Access<'owner'>): Promise<void> {
  await withTenant(access.tenant.id, async (tx) => {
    await audit(tx, access, { action: 'tenant.delete', target: targetOf(access.tenant) });
    await removeTenant(tx, access.tenant.id);
  });
}

/** Which of the given fields differ from the former ones: `[{path, from, to}]`, as policy diffs are. */
export function changesOf<T extends object>(
  before: T,
  changes: Partial<T>,
): { path: string; from: unknown; to: unknown }[] {
  return (Object.keys(changes) as (keyof T & string)[])
    .filter((path) => changes[path] !== undefined)
    .filter((path) => JSON.stringify(changes[path]) !== JSON.stringify(before[path]))
    .map((path) => ({ path, from: before[path] ?? null, to: changes[path] ?? null }));
}

function viewOf(tenant: TenantRecord, membership: TenantView['membership']): TenantView {
  return { ...tenant, membership };
}

function targetOf({ id, name }: TenantRecord) {
  return { type: 'tenant', id, name };
}

/** `Acme & Söhne` → `acme-sohne`; a name without Latin letters gets a random slug. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  return slugSchema.safeParse(slug).success ? slug : `tenant-${randomBytes(4).toString('hex')}`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** PostgreSQL computes a tenant's days too, from a list of its own. */
async function requireKnownTimeZone(timezone: string): Promise<void> {
  const known = await withSystemSql((sql) =>
    sql.query('SELECT 1 FROM pg_timezone_names WHERE lower(name) = lower($1) LIMIT 1', [timezone]),
  );
  if (known.rowCount) return;
  const message = 'The database does not know this time zone: write another name of it.';
  throw new AppError('validation_failed', message, { issues: [{ path: 'timezone', message }] });
}
