import { z } from 'zod';
import { MEMBERSHIP_ROLES } from '@/lib/db/memberships-repository';
import { TENANT_TIERS } from '@/lib/db/tenants-repository';
import { PROVIDER_KINDS } from '@/lib/gateway/types';
import { SEVERITIES } from '@/lib/policy/lint/finding';
import { POLICY_KINDS, rolePolicySchema, type PolicyKind } from '@/lib/policy/role-policy';

/**
 * What the admin API answers, as published: tests parse answers with these, and the API description is
 * made of them. Times are ISO 8601, money is a plain decimal string.
 */

const time = z.iso.datetime();
const money = z.string().regex(/^-?\d+(\.\d{1,10})?$/);
const uuid = z.uuid();
const tier = z.enum(TENANT_TIERS);
const membershipRole = z.enum(MEMBERSHIP_ROLES);
const named = z.object({ id: uuid, name: z.string() });
const json = z.json();

/** A page of a list; `nextCursor` is null on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export const errorView = z.object({
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
});

export const tenantView = z.object({
  id: uuid,
  name: z.string(),
  slug: z.string(),
  tier,
  timezone: z.string(),
  logContent: z.enum(['none', 'redacted', 'full']),
  /** What the asking one may do in it. */
  membership: membershipRole,
  createdAt: time,
  updatedAt: time,
});
export type TenantView = z.output<typeof tenantView>;
export const tenantsView = pageOf(tenantView);

export const meView = z.object({
  /** Who asks; for a token its name, and no e-mail address. */
  actor: z.object({
    type: z.enum(['user', 'token', 'bootstrap']),
    id: uuid.nullable(),
    name: z.string(),
  }),
  user: z
    .object({ id: uuid, email: z.string(), name: z.string(), hasPassword: z.boolean() })
    .nullable(),
  tenants: z.array(tenantView),
});
export type MeView = z.output<typeof meView>;

export const roleView = z.object({
  id: uuid,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  tier: tier.nullable(),
  policyVersion: z.int32(),
  sections: z.object(
    Object.fromEntries(POLICY_KINDS.map((kind) => [kind, z.boolean()])) as Record<
      PolicyKind,
      z.ZodBoolean
    >,
  ),
  keyCount: z.int32(),
  lastChange: z.object({ at: time, by: z.string() }).nullable(),
  createdAt: time,
  updatedAt: time,
});
export const rolesView = pageOf(roleView);

export const policyView = z.object({ version: z.int32(), policy: rolePolicySchema });

export const lintView = z.object({
  findings: z.array(
    z.object({
      /** Name of the rule, as docs/policy-lint.md lists it. */
      rule: z.string(),
      severity: z.enum(SEVERITIES),
      path: z.string(),
      message: z.string(),
      /** A way out. */
      remedy: z.string(),
    }),
  ),
});

const fieldChange = z.object({ path: z.string(), from: json, to: json });
const actorView = z.object({ type: z.string(), id: z.string().nullable(), name: z.string() });
export const revisionSummaryView = z.object({
  version: z.int32(),
  at: time,
  actor: actorView,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  comment: z.string(),
  restoredFrom: z.int32().nullable(),
  diff: z.array(fieldChange),
});
export const revisionsView = pageOf(revisionSummaryView);
export const revisionView = revisionSummaryView.extend({ policy: rolePolicySchema });

export const keyView = z.object({
  id: uuid,
  name: z.string(),
  role: named,
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});
export const keysView = pageOf(keyView);
export const newKeyView = keyView.extend({ secret: z.string() });

export const tokenView = z.object({
  id: uuid,
  name: z.string(),
  role: membershipRole,
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
});
export const tokensView = pageOf(tokenView);
export const newTokenView = tokenView.extend({ secret: z.string() });

export const memberView = z.object({
  id: uuid,
  userId: uuid,
  email: z.string(),
  name: z.string(),
  role: membershipRole,
  createdAt: time,
});
export type MemberView = z.output<typeof memberView>;
export const membersView = pageOf(memberView);
/** A link to set a password, shown once; null for a person who can sign in already. */
export const invitationView = z.object({ url: z.string(), expiresAt: time });
export const newMemberView = memberView.extend({ invite: invitationView.nullable() });
export type NewMemberView = z.output<typeof newMemberView>;
export const inviteView = z.object({ email: z.string(), expiresAt: time });
export type InviteView = z.output<typeof inviteView>;
export const acceptedInviteView = z.object({ email: z.string() });

export const providerTestView = z.object({
  ok: z.boolean(),
  message: z.string(),
  latencyMs: z.number().nullable(),
  models: z.array(z.string()),
  at: time,
});
export const providerView = z.object({
  id: uuid,
  kind: z.enum(PROVIDER_KINDS),
  name: z.string(),
  baseUrl: z.string().nullable(),
  models: z.array(z.string()),
  enabled: z.boolean(),
  hasCredential: z.boolean(),
  credentialHint: z.string(),
  lastTest: providerTestView.nullable(),
  createdAt: time,
  updatedAt: time,
});
export const providersView = pageOf(providerView);

export const priceView = z.object({
  model: z.string(),
  inputPerMillion: money,
  cachedInputPerMillion: money.nullable(),
  outputPerMillion: money,
  source: z.enum(['catalogue', 'tenant']),
});
export type PriceView = z.output<typeof priceView>;
export const pricesView = listOf(priceView);

export const usageView = z.object({
  by: z.enum(['role', 'key', 'model', 'provider', 'day']),
  from: time,
  to: time,
  items: z.array(
    z.object({
      /** The value of `by`: a role's or key's id, `provider/model`, a provider, a day. */
      key: z.string(),
      /** The same for a reader: a role's or key's name. */
      label: z.string(),
      requests: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      costUsd: money,
    }),
  ),
});
export type UsageView = z.output<typeof usageView>;

export const budgetsView = listOf(
  z.object({
    role: z.string(),
    roleId: uuid,
    enabled: z.boolean(),
    onExceeded: z.enum(['block', 'warn', 'throttle']),
    alertThreshold: z.number(),
    criticalThreshold: z.number(),
    windows: z.array(
      z.object({
        window: z.enum(['day', 'week', 'month']),
        /** 0: unlimited. */
        limitUsd: money,
        /** The limit with the soft limit's buffer. */
        capUsd: money,
        settledUsd: money,
        reservedUsd: money,
        startsAt: time,
        resetsAt: time,
      }),
    ),
  }),
);
export type BudgetsView = z.output<typeof budgetsView>;

const cacheCounts = {
  hits: z.int(),
  misses: z.int(),
  costSavedUsd: money,
  latencySavedMs: z.number(),
  wrongAnswers: z.int(),
};
export const cacheStatsView = z.object({
  ...cacheCounts,
  entries: z.int(),
  bytes: z.int(),
  days: z.array(z.object({ date: z.iso.date(), ...cacheCounts })),
});
export type CacheStatsView = z.output<typeof cacheStatsView>;

export const cacheMatchView = z.object({
  /** Of the encoder's vectors; null when it did not answer. */
  cosine: z.number().nullable(),
  /** What `similarityThreshold` is compared with; 0 when a check objects. */
  similarity: z.number(),
  /** Both texts are short enough and in the language that the encoder knows; others get exact matching only. */
  comparable: z.boolean(),
  /** What each check found to differ; null: nothing. */
  checks: z.array(z.object({ name: z.string(), differs: z.string().nullable() })),
});
export type CacheMatchView = z.output<typeof cacheMatchView>;

export const breakerView = z.object({
  provider: z.string(),
  state: z.enum(['closed', 'open', 'half_open']),
  failureCount: z.int32(),
  openedAt: time.nullable(),
});
export const breakersView = listOf(breakerView);

export const alertView = z.object({
  id: uuid,
  roleId: uuid.nullable(),
  kind: z.string(),
  channel: z.enum(['email', 'webhook', 'slack']),
  target: z.string(),
  status: z.enum(['pending', 'delivered', 'failed', 'undeliverable']),
  attempts: z.int32(),
  lastError: z.string().nullable(),
  payload: json,
  createdAt: time,
  sentAt: time.nullable(),
});
export const alertsView = pageOf(alertView);

/** Stages, routes and attempts may tell more than this. */
export const receiptSummaryView = z.looseObject({
  id: z.string(),
  at: time,
  role: named,
  key: z.looseObject({ id: z.string(), name: z.string() }),
  status: z.int32(),
  code: z.string().nullable(),
  stream: z.boolean(),
  requestedModel: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  policyVersion: z.int32(),
  route: z.looseObject({
    strategy: z.string(),
    reason: z.string(),
    candidates: z.array(
      z.looseObject({
        provider: z.string(),
        model: z.string(),
        taken: z.boolean(),
        reason: z.string(),
      }),
    ),
    order: z.array(z.string()).optional(),
    detail: z
      .object({
        score: z.number().optional(),
        thresholds: z.object({ simple: z.number(), complex: z.number() }).optional(),
        parts: z.array(z.object({ name: z.string(), logit: z.number() })).optional(),
        tier: z.string().optional(),
        task: z.string().optional(),
      })
      .optional(),
  }),
  stages: z.array(
    z.looseObject({
      name: z.string(),
      verdict: z.enum(['allow', 'deny', 'rewrite', 'skip']),
      reason: z.string(),
      ms: z.number(),
    }),
  ),
  attempts: z.array(
    z.looseObject({
      provider: z.string(),
      model: z.string(),
      status: z.int32().nullable(),
      code: z.string(),
      ms: z.number(),
      costUsd: money.nullable(),
      next: z.string().optional(),
    }),
  ),
  cache: z.looseObject({
    status: z.enum(['hit-exact', 'hit-semantic', 'miss', 'bypass', 'off']),
    similarity: z.number().nullable(),
    ageSeconds: z.number().nullable(),
    entryId: z.string().optional(),
    pair: z.string().optional(),
    /** Somebody has called the cached answer wrong. */
    rejected: z.boolean().optional(),
  }),
  tokens: z.looseObject({
    input: z.int(),
    cachedInput: z.int(),
    output: z.int(),
    reasoning: z.int(),
    estimated: z.boolean(),
  }),
  costUsd: money.nullable(),
  latencyMs: z.number(),
  warnings: z.array(z.string()),
});
export const requestsView = pageOf(receiptSummaryView);
export const receiptView = receiptSummaryView.extend({
  content: z.object({ messages: json, answer: json }).nullable(),
});

export const auditEntryView = z.object({
  id: uuid,
  at: time,
  actor: actorView,
  action: z.string(),
  target: actorView,
  detail: json,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export const auditView = pageOf(auditEntryView);
