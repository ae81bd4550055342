import 'server-only';
import { env, type Env } from '@/lib/env';
import type { ProviderKind } from '@/lib/gateway/types';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { defaultPoliciesForTier } from '@/lib/policy/tiers';
import { generatePassword, hashPassword, verifyPassword } from '@/lib/secrets/password';
import { hashSecret, isApiKey } from '@/lib/secrets/token';
import { createApiKey } from './api-keys-repository';
import { appendAudit, SYSTEM_ACTOR } from './audit-repository';
import { withSystem, type Tx } from './client';
import { PLAYGROUND_POLICY, SANDBOX_TIER_MODELS, SUPPORT_POLICY } from './demo-policies';
import { addMember, findMembershipRole } from './memberships-repository';
import { createConnection, findConnection } from './provider-connections-repository';
import { createRole } from './roles-repository';
import { createTenant, findTenant, type TenantRecord } from './tenants-repository';
import { createUser, findUserByEmail, setUserPassword, type UserRecord } from './users-repository';

export const DEMO_SLUG = 'demo';

type SeedEnv = Pick<
  Env,
  | 'ROLEGATE_ADMIN_EMAIL'
  | 'ROLEGATE_ADMIN_PASSWORD'
  | 'ROLEGATE_DEMO'
  | 'OPENAI_API_KEY'
  | 'ANTHROPIC_API_KEY'
  | 'GEMINI_API_KEY'
>;

export type SeedOptions = {
  /** Variables; those of the process by default. */
  env?: SeedEnv;
  /** The demo key's secret that a former start kept. */
  demoKey?: string | null;
  /** Keeps the demo key's secret. Called before the key is committed, so that none is ever made whose secret is lost. */
  keepDemoKey?: (secret: string) => Promise<void>;
};

export type SeedResult = {
  /** Set when this call made the first owner; `password` is null when it came from ROLEGATE_ADMIN_PASSWORD. */
  owner: { email: string; password: string | null } | null;
  /** Secret of the demo key, new or kept, while it is in force. */
  demoKey: string | null;
};

/**
 * Puts in place what a first start needs: the first owner, and with ROLEGATE_DEMO the tenant `demo`. Repeatable: what is
 * there stays as it is, what a user deleted stays deleted, and of several replicas one seeds while the others wait.
 */
export async function seedDatabase(options: SeedOptions = {}): Promise<SeedResult> {
  const variables = options.env ?? env();
  return withSystem(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('rolegate seed'))`;
    const { user, owner } = await ensureOwner(tx, variables);
    const demoKey = variables.ROLEGATE_DEMO ? await ensureDemo(tx, variables, options, user) : null;
    return { owner, demoKey };
  });
}

async function ensureOwner(
  tx: Tx,
  variables: SeedEnv,
): Promise<{ user: UserRecord | null; owner: SeedResult['owner'] }> {
  const { ROLEGATE_ADMIN_EMAIL: email, ROLEGATE_ADMIN_PASSWORD: given } = variables;
  const known = await findUserByEmail(tx, email);
  if (known) {
    // The way back in when the generated password was never seen: an owner who never signed in takes the one given.
    const stuck =
      given !== undefined &&
      known.lastLoginAt === null &&
      !(await verifyPassword(given, known.passwordHash));
    if (stuck) await setUserPassword(tx, known.id, await hashPassword(given));
    return { user: known, owner: null };
  }
  if ((await tx.user.count()) > 0) return { user: null, owner: null };
  const password = given ?? generatePassword();
  const user = await createUser(tx, {
    email,
    name: 'Owner',
    passwordHash: await hashPassword(password),
  });
  await appendAudit(tx, {
    tenantId: null,
    actor: SYSTEM_ACTOR,
    action: 'user.create',
    target: { type: 'user', id: user.id, name: email },
  });
  return { user, owner: { email, password: given === undefined ? password : null } };
}

async function ensureDemo(
  tx: Tx,
  variables: SeedEnv,
  options: SeedOptions,
  owner: UserRecord | null,
): Promise<string | null> {
  const known = await findTenant(tx, DEMO_SLUG);
  const tenant = known ?? (await createDemo(tx, owner));
  for (const [kind, credential] of envConnections(variables)) {
    if (!(await findConnection(tx, tenant.id, kind)))
      await createConnection(tx, tenant.id, { kind, name: kind, credential });
  }
  if (known) return keptKey(tx, tenant, options.demoKey ?? null);
  const role = await tx.role.findFirstOrThrow({ where: { tenantId: tenant.id, isDefault: true } });
  const { secret } = await createApiKey(tx, tenant.id, {
    name: 'Demo',
    roleId: role.id,
    createdBy: SYSTEM_ACTOR.name,
  });
  await options.keepDemoKey?.(secret);
  return secret;
}

async function createDemo(tx: Tx, owner: UserRecord | null): Promise<TenantRecord> {
  const tenant = await createTenant(tx, { name: 'Demo', slug: DEMO_SLUG, tier: 'professional' });
  if (owner && !(await findMembershipRole(tx, tenant.id, owner.id)))
    await addMember(tx, tenant.id, owner.id, 'owner');
  await createConnection(tx, tenant.id, {
    kind: 'sandbox',
    name: 'sandbox',
    models: ['small', 'medium', 'large'],
  });
  const roles = [
    {
      name: 'playground',
      description: 'The demo key belongs to this role: try things out here.',
      isDefault: true,
      policy: rolePolicySchema.parse(PLAYGROUND_POLICY),
    },
    {
      name: 'support-bot',
      description: 'All eight sections in use, as a public support assistant would have them.',
      policy: rolePolicySchema.parse(SUPPORT_POLICY),
    },
    {
      name: 'free-tier',
      description: 'The defaults of the free tier.',
      tier: 'free' as const,
      policy: defaultPoliciesForTier('free', SANDBOX_TIER_MODELS),
    },
  ];
  for (const role of roles)
    await createRole(
      tx,
      tenant.id,
      { ...role, comment: 'Made with the demo tenant' },
      SYSTEM_ACTOR,
    );
  await appendAudit(tx, {
    tenantId: tenant.id,
    actor: SYSTEM_ACTOR,
    action: 'tenant.create',
    target: { type: 'tenant', id: tenant.id, name: tenant.name },
    detail: { demo: true },
  });
  return tenant;
}

/** Connections of the demo tenant that the environment brings a key for. */
function envConnections(variables: SeedEnv): [ProviderKind, string][] {
  const keys: [ProviderKind, string | undefined][] = [
    ['openai', variables.OPENAI_API_KEY],
    ['anthropic', variables.ANTHROPIC_API_KEY],
    ['gemini', variables.GEMINI_API_KEY],
  ];
  return keys.filter((entry): entry is [ProviderKind, string] => entry[1] !== undefined);
}

/** The kept secret, if its key is still in force. */
async function keptKey(
  tx: Tx,
  tenant: TenantRecord,
  secret: string | null,
): Promise<string | null> {
  if (secret === null || !isApiKey(secret)) return null;
  const key = await tx.apiKey.findFirst({
    where: { tenantId: tenant.id, hash: hashSecret(secret), revokedAt: null },
  });
  return key ? secret : null;
}
