import type { Findings } from '@/lib/policy/decision';
import type { PolicyKind, RolePolicy } from '@/lib/policy/role-policy';
import type { ProviderKind } from '@/lib/gateway/types';

/** The admin API's views, as the public contract names them. Times are ISO 8601, money is a decimal string. */

export type Page<T> = { items: T[]; nextCursor: string | null };

export type Tier = 'free' | 'professional' | 'enterprise';
export const TIERS: readonly Tier[] = ['free', 'professional', 'enterprise'];

export type MembershipRole = 'owner' | 'editor' | 'viewer';
export const MEMBERSHIP_ROLES: readonly MembershipRole[] = ['owner', 'editor', 'viewer'];

/** How much of a request's content its receipt keeps. */
export type LogContent = 'none' | 'redacted' | 'full';

export type TenantView = {
  id: string;
  name: string;
  slug: string;
  tier: Tier;
  timezone: string;
  logContent: LogContent;
  /** What the asking user may do in it. */
  membership: MembershipRole;
  createdAt: string;
};

export type TenantInput = {
  name: string;
  slug?: string;
  tier: Tier;
  timezone: string;
};

export type RoleView = {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  tier: Tier | null;
  policyVersion: number;
  /** Which of the eight sections are on. */
  sections: Record<PolicyKind, boolean>;
  keyCount: number;
  lastChange: { at: string; by: string } | null;
  createdAt: string;
};

export type RoleInput = { name: string; description?: string; isDefault?: boolean };
/** Where a new role's policy comes from: its tenant's tier or a named one, another role, or nothing. */
export type RoleSource =
  { kind: 'tier'; tier: Tier } | { kind: 'role'; id: string } | { kind: 'empty' };

export type PolicyView = { version: number; policy: RolePolicy };
/** What GET and PUT of a policy answer, with the ETag to send back as If-Match. */
export type PolicyDocument = PolicyView & { etag: string };

export type FieldChange = { path: string; from: unknown; to: unknown };

export type RevisionSummary = {
  version: number;
  at: string;
  /** Who: an e-mail address or the name of an admin token. */
  actor: { type: string; id: string | null; name: string };
  /** From where. */
  ip: string | null;
  userAgent: string | null;
  comment: string;
  restoredFrom: number | null;
  diff: FieldChange[];
};

export type RevisionView = RevisionSummary & { policy: RolePolicy };

export type KeyView = {
  id: string;
  name: string;
  role: { id: string; name: string };
  prefix: string;
  createdAt: string;
  createdBy: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

export type KeyInput = { name: string; role: string; expiresAt?: string };
/** A key as it is answered once, with the secret that is never shown again. */
export type NewKey = KeyView & { secret: string };

export type ProviderTestResult = {
  ok: boolean;
  /** What the provider said, without its key. */
  message: string;
  latencyMs: number | null;
  /** Models the provider listed, when it lists any. */
  models: string[];
  at: string;
};

export type ProviderView = {
  id: string;
  kind: ProviderKind;
  name: string;
  baseUrl: string | null;
  models: string[];
  enabled: boolean;
  /** Whether a credential is stored; the credential itself is write-only. */
  hasCredential: boolean;
  /** Its last characters, such as `…f3a9`. */
  credentialHint: string;
  lastTest: ProviderTestResult | null;
  createdAt: string;
  updatedAt: string;
};

export type ProviderInput = {
  kind: ProviderKind;
  name: string;
  baseUrl?: string | null;
  /** Left out on an edit: the stored one stays. */
  apiKey?: string;
  models: string[];
  enabled: boolean;
};

export type TokenView = {
  id: string;
  name: string;
  role: MembershipRole;
  prefix: string;
  createdAt: string;
  createdBy: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};
export type TokenInput = { name: string; role: MembershipRole; expiresAt?: string };
export type NewToken = TokenView & { secret: string };

export type MemberView = {
  id: string;
  email: string;
  name: string;
  role: MembershipRole;
  createdAt: string;
};
/** A link to set a first password, answered once. */
export type Invitation = { url: string; expiresAt: string };
/** `invite` is null for a person who can sign in already. */
export type NewMember = MemberView & { invite: Invitation | null };

export type PriceView = {
  model: string;
  inputPerMillion: string;
  cachedInputPerMillion: string | null;
  outputPerMillion: string;
  source: 'catalogue' | 'tenant';
};

export type UsageBy = 'role' | 'key' | 'model' | 'provider' | 'day';
export type UsageRow = {
  /** The value of `by`: the id of a role or key, `provider/model`, a provider, a day. */
  key: string;
  /** The same for a reader. */
  label: string;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: string;
};
export type UsageQuery = { by: UsageBy; role?: string; from?: string; to?: string };

export type BudgetView = {
  role: string;
  roleId: string;
  enabled: boolean;
  windows: {
    window: 'day' | 'week' | 'month';
    limitUsd: string;
    settledUsd: string;
    reservedUsd: string;
    resetsAt: string;
  }[];
};

export type BreakerView = {
  provider: string;
  state: 'closed' | 'open' | 'half_open';
  failureCount: number;
  openedAt: string | null;
};

export type Receipt = {
  id: string;
  at: string;
  role: { id: string; name: string };
  key: { id: string; name: string };
  status: number;
  code: string | null;
  stream: boolean;
  requestedModel: string | null;
  provider: string | null;
  model: string | null;
  policyVersion: number;
  stages: {
    name: string;
    verdict: 'allow' | 'deny' | 'rewrite' | 'skip';
    reason: string;
    ms: number;
    /** What the checks of the prompt found. */
    findings?: Findings;
  }[];
  /** Upstream calls made, in order. */
  attempts: {
    provider: string;
    model: string;
    status: number | null;
    code: string;
    ms: number;
    costUsd: string | null;
  }[];
  cache: { status: string; similarity: number | null; ageSeconds: number | null };
  tokens: {
    input: number;
    cachedInput: number;
    output: number;
    reasoning: number;
    estimated: boolean;
  };
  costUsd: string | null;
  latencyMs: number;
  warnings: string[];
  /** As far as the tenant keeps it; of a dry run, what would be sent upstream. */
  content?: { messages: unknown; answer: unknown } | null;
};

export type Me = {
  user: { id: string; email: string; name: string; hasPassword: boolean } | null;
  tenants: TenantView[];
};
