import type { z } from 'zod';
import type * as ledger from '@/lib/admin/ledger-views';
import type * as views from '@/lib/admin/views';
import { defaultPoliciesForTier } from '@/lib/policy/tiers';

/** What answers look like. Requests stand in `operations.ts`, where a test takes them from to send them. */

type Of<S extends z.ZodType> = z.output<S>;

const ROLE = { id: '01a205b2-51aa-7c3e-9c0d-6a1f0b3c2d10', name: 'support' };
const KEY = { id: '01a205b2-6a20-7b41-8f3a-2b9d4c5e6f70', name: 'helpdesk' };
const times = { createdAt: '2030-01-07T09:00:00.000Z', updatedAt: '2030-01-07T09:30:00.000Z' };
const page = <T>(...items: T[]) => ({ items, nextCursor: null });
const actor = { type: 'user', id: '01a205b2-1111-7abc-8def-0123456789ab', name: 'ada@example.com' };
const client = { ip: '203.0.113.7', userAgent: 'curl/8.5.0' };

export const tenant: Of<typeof views.tenantView> = {
  id: '01a205b2-2222-7abc-8def-0123456789ab',
  name: 'Acme',
  slug: 'acme',
  tier: 'professional',
  timezone: 'Europe/Berlin',
  logContent: 'redacted',
  membership: 'owner',
  ...times,
};
export const tenants = page(tenant);

export const me: Of<typeof views.meView> = {
  actor: { ...actor, type: 'user' },
  user: { id: actor.id, email: actor.name, name: 'Ada', hasPassword: true },
  tenants: [tenant],
};

export const role: Of<typeof views.roleView> = {
  ...ROLE,
  description: 'Answers of the help desk.',
  isDefault: false,
  tier: 'professional',
  policyVersion: 2,
  sections: {
    promptPolicies: true,
    toolPolicies: true,
    rateLimitPolicy: true,
    modelRestrictions: false,
    cachingPolicy: true,
    routingPolicy: true,
    resiliencePolicy: true,
    budgetPolicy: true,
  },
  keyCount: 1,
  lastChange: { at: '2030-01-07T09:30:00.000Z', by: actor.name },
  ...times,
};
export const roles = page(role);

export const policy: Of<typeof views.policyView> = {
  version: 2,
  policy: defaultPoliciesForTier('professional'),
};
const revisionSummary: Of<typeof views.revisionSummaryView> = {
  version: 2,
  at: '2030-01-07T09:30:00.000Z',
  actor,
  ...client,
  comment: 'Fifty dollars a day',
  restoredFrom: null,
  diff: [{ path: 'budgetPolicy.dailyLimitUSD', from: 0, to: 50 }],
};
export const revisions = page(revisionSummary);
export const revision: Of<typeof views.revisionView> = {
  ...revisionSummary,
  policy: policy.policy,
};

export const key: Of<typeof views.keyView> = {
  ...KEY,
  role: ROLE,
  prefix: 'rg_FkgD1c2',
  createdBy: actor.name,
  createdAt: times.createdAt,
  expiresAt: '2031-01-01T00:00:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
};
export const keys = page(key);
export const newKey: Of<typeof views.newKeyView> = { ...key, secret: 'rg_FkgD1c2…' };

export const token: Of<typeof views.tokenView> = {
  id: '01a205b2-3333-7abc-8def-0123456789ab',
  name: 'ci',
  role: 'editor',
  prefix: 'rga_Zq81mN',
  createdBy: actor.name,
  createdAt: times.createdAt,
  expiresAt: null,
  lastUsedAt: null,
};
export const tokens = page(token);
export const newToken: Of<typeof views.newTokenView> = { ...token, secret: 'rga_Zq81mN…' };

export const member: Of<typeof views.memberView> = {
  id: '01a205b2-4444-7abc-8def-0123456789ab',
  userId: '01a205b2-5555-7abc-8def-0123456789ab',
  email: 'grace@example.com',
  name: 'grace',
  role: 'editor',
  createdAt: times.createdAt,
};
export const members = page(member);
export const invitation: Of<typeof views.invitationView> = {
  url: 'https://rolegate.example.com/invite/01a2…',
  expiresAt: '2030-01-14T09:00:00.000Z',
};
export const newMember: Of<typeof views.newMemberView> = { ...member, invite: invitation };
export const invite: Of<typeof views.inviteView> = {
  email: member.email,
  expiresAt: invitation.expiresAt,
};

export const providerTest: Of<typeof views.providerTestView> = {
  ok: true,
  message: 'The provider answered.',
  latencyMs: 212,
  models: ['gpt-4o', 'gpt-4o-mini'],
  at: '2030-01-07T09:10:00.000Z',
};
export const provider: Of<typeof views.providerView> = {
  id: '01a205b2-6666-7abc-8def-0123456789ab',
  kind: 'openai',
  name: 'openai',
  baseUrl: null,
  models: ['gpt-4o', 'gpt-4o-mini'],
  enabled: true,
  hasCredential: true,
  credentialHint: '…abcd',
  lastTest: providerTest,
  ...times,
};
export const providers = page(provider);

export const prices: Of<typeof views.pricesView> = {
  items: [
    {
      model: 'openai/gpt-4o',
      inputPerMillion: '2.5',
      cachedInputPerMillion: '1.25',
      outputPerMillion: '10',
      source: 'catalogue',
    },
  ],
};

export const usage: Of<typeof views.usageView> = {
  by: 'role',
  from: '2029-12-08T09:00:00.000Z',
  to: '2030-01-07T09:00:00.000Z',
  items: [
    {
      key: ROLE.id,
      label: ROLE.name,
      requests: 1200,
      inputTokens: 640_000,
      outputTokens: 210_000,
      costUsd: '3.70000125',
    },
  ],
};
export const budgets: Of<typeof views.budgetsView> = {
  items: [
    {
      role: ROLE.name,
      roleId: ROLE.id,
      enabled: true,
      onExceeded: 'block',
      alertThreshold: 0.8,
      criticalThreshold: 0.95,
      windows: [
        {
          window: 'day',
          limitUsd: '50',
          capUsd: '55',
          settledUsd: '12.3400001',
          reservedUsd: '0.02',
          startsAt: '2030-01-06T23:00:00.000Z',
          resetsAt: '2030-01-07T23:00:00.000Z',
        },
      ],
    },
  ],
};
const counts = {
  hits: 310,
  misses: 890,
  costSavedUsd: '0.92',
  latencySavedMs: 248_000,
  wrongAnswers: 1,
};
export const cacheStats: Of<typeof views.cacheStatsView> = {
  ...counts,
  entries: 214,
  bytes: 1_048_576,
  days: [{ date: '2030-01-07', ...counts }],
};
export const cacheMatch: Of<typeof views.cacheMatchView> = {
  cosine: 0.9812,
  similarity: 0.9731,
  comparable: true,
  checks: [
    { name: 'numbers', differs: null },
    { name: 'negation', differs: null },
  ],
};
export const breaker: Of<typeof views.breakerView> = {
  provider: 'openai',
  state: 'closed',
  failureCount: 0,
  openedAt: null,
};
export const breakers: Of<typeof views.breakersView> = { items: [breaker] };

export const alerts = page<Of<typeof views.alertView>>({
  id: '01a205b2-7777-7abc-8def-0123456789ab',
  roleId: ROLE.id,
  kind: 'critical',
  channel: 'email',
  target: 'finance@example.com',
  status: 'delivered',
  attempts: 1,
  lastError: null,
  payload: { level: 'critical', window: 'day', spentUsd: '47.5', limitUsd: '50' },
  createdAt: times.createdAt,
  sentAt: times.createdAt,
});
export const testAlert: Of<typeof ledger.testAlertView> = {
  items: [{ channel: 'email', target: 'finance@example.com', status: 'sent', error: null }],
};
export const signingSecret: Of<typeof ledger.signingSecretView> = { secret: 'whsec_MfKQ9r8G…' };
export const ledgerVerification: Of<typeof ledger.ledgerVerificationView> = {
  at: times.updatedAt,
  ok: true,
  windows: 3,
  entries: 1200,
  receipts: 1200,
  settledUsd: '12.3400001',
  differences: [],
};

const receiptSummary: Of<typeof views.receiptSummaryView> = {
  id: '01a205b2-ba36-7d6a-a6a7-446b954e56da',
  at: '2030-01-07T09:20:00.000Z',
  role: ROLE,
  key: KEY,
  status: 200,
  code: null,
  stream: false,
  requestedModel: 'auto',
  provider: 'openai',
  model: 'gpt-4o-mini',
  policyVersion: 2,
  route: {
    strategy: 'cost',
    reason: 'simple',
    candidates: [{ provider: 'openai', model: 'gpt-4o-mini', taken: true, reason: 'cheapest' }],
  },
  stages: [{ name: 'model', verdict: 'allow', reason: 'permitted', ms: 0.04 }],
  attempts: [
    {
      provider: 'openai',
      model: 'gpt-4o-mini',
      status: 200,
      code: 'ok',
      ms: 812,
      costUsd: '0.0001',
    },
  ],
  cache: { status: 'miss', similarity: null, ageSeconds: null },
  tokens: { input: 120, cachedInput: 0, output: 130, reasoning: 0, estimated: false },
  costUsd: '0.0001',
  latencyMs: 815,
  warnings: ['pii_redacted'],
};
export const requests = page(receiptSummary);
export const receipt: Of<typeof views.receiptView> = {
  ...receiptSummary,
  content: {
    messages: [{ role: 'user', content: 'Mail [EMAIL_1] the invoice.' }],
    answer: 'Done.',
  },
};
export const audit = page<Of<typeof views.auditEntryView>>({
  id: '01a205b2-8888-7abc-8def-0123456789ab',
  at: times.updatedAt,
  actor,
  action: 'policy.update',
  target: { type: 'role', ...ROLE },
  detail: { version: 2 },
  ...client,
});

export const completion = {
  id: 'chatcmpl-9x',
  object: 'chat.completion',
  created: 1_893_488_400,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello!' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
};
export const model = { id: 'sandbox/small', object: 'model', created: 0, owned_by: 'sandbox' };
export const models = { object: 'list', data: [model] };
