import * as example from './examples';

/** What is known of an operation beside its declaration. */
export type OperationFacts = {
  /** Name of the function in a generated client. */
  id: string;
  tag: string;
  description?: string;
  /** A body to send, valid as it is. */
  request?: unknown;
  /** Of the answer. */
  response?: unknown;
  /** The change is made on a version: If-Match. */
  ifMatch?: 'required' | 'optional';
  /** The answer carries its version as an ETag. */
  etag?: true;
};

export const TAGS: Readonly<Record<string, string>> = {
  Tenants: 'Tenants, and who you are in them.',
  Roles: 'A role has a policy; keys belong to a role.',
  Policies: 'What a role may do, with every version there was.',
  Keys: 'API keys of the gateway.',
  Providers: 'Connections to model providers, prices and circuit breakers.',
  Observation: 'Requests, usage, budgets, cache and alerts.',
  Access: 'Members, admin tokens, invitations and the audit trail.',
  Gateway: "OpenAI's API, as applications call it with a key.",
  Machines: 'GraphQL, and this API and the policy document described for machines.',
};

const T = '/api/tenants/{tenant}';
const R = `${T}/roles/{role}`;
const LATER = '2035-01-01T00:00:00Z';
const CHAT = { model: 'sandbox/small', messages: [{ role: 'user', content: 'Hello' }] };

/** By method and path. An operation that is missing here fails the test of the document. */
export const OPERATIONS: Readonly<Record<string, OperationFacts>> = {
  'GET /api/me': { id: 'readMe', tag: 'Tenants', response: example.me },
  'GET /api/tenants': { id: 'listTenants', tag: 'Tenants', response: example.tenants },
  'POST /api/tenants': {
    id: 'createTenant',
    tag: 'Tenants',
    request: { name: 'Acme', slug: 'acme', tier: 'professional', timezone: 'Europe/Berlin' },
    response: example.tenant,
  },
  [`GET ${T}`]: { id: 'readTenant', tag: 'Tenants', response: example.tenant },
  [`PATCH ${T}`]: {
    id: 'updateTenant',
    tag: 'Tenants',
    request: { name: 'Acme Ltd', timezone: 'Europe/Berlin' },
    response: example.tenant,
  },
  [`DELETE ${T}`]: { id: 'deleteTenant', tag: 'Tenants' },

  [`GET ${T}/roles`]: { id: 'listRoles', tag: 'Roles', response: example.roles },
  [`POST ${T}/roles`]: {
    id: 'createRole',
    tag: 'Roles',
    request: { name: 'support', description: 'Answers of the help desk.' },
    response: example.role,
  },
  [`GET ${R}`]: { id: 'readRole', tag: 'Roles', response: example.role },
  [`PATCH ${R}`]: {
    id: 'updateRole',
    tag: 'Roles',
    request: { description: 'Answers of the help desk, in two languages.' },
    response: example.role,
  },
  [`DELETE ${R}`]: { id: 'deleteRole', tag: 'Roles' },

  [`GET ${R}/policy`]: {
    id: 'readPolicy',
    tag: 'Policies',
    response: example.policy,
    etag: true,
  },
  [`PUT ${R}/policy`]: {
    id: 'savePolicy',
    tag: 'Policies',
    description:
      'Takes the document bare or as `{policy, comment}`; one that changes nothing keeps its version.',
    request: {
      policy: { budgetPolicy: { enabled: true, dailyLimitUSD: 50 } },
      comment: 'Fifty dollars a day',
    },
    response: example.policy,
    ifMatch: 'required',
    etag: true,
  },
  [`POST ${R}/policy/lint`]: {
    id: 'lintPolicy',
    tag: 'Policies',
    description:
      '`policy` is judged instead of the saved one, by the same rules as a save. The rules are listed in docs/policy-lint.md.',
    request: { policy: { promptPolicies: { enabled: true } } },
    response: {
      findings: [
        {
          rule: 'prompt-without-checks',
          severity: 'warning',
          path: 'promptPolicies.enabled',
          message: 'Prompt checks are on, but no limit, detector or pattern is set.',
          remedy: 'Set at least one check, or switch the section off.',
        },
      ],
    },
  },
  [`GET ${R}/policy/revisions`]: {
    id: 'listRevisions',
    tag: 'Policies',
    response: example.revisions,
  },
  [`GET ${R}/policy/revisions/{version}`]: {
    id: 'readRevision',
    tag: 'Policies',
    response: example.revision,
  },
  [`POST ${R}/policy/revisions/{version}/restore`]: {
    id: 'restoreRevision',
    tag: 'Policies',
    request: { comment: 'Back to what worked' },
    response: example.policy,
    ifMatch: 'optional',
    etag: true,
  },
  [`POST ${R}/evaluate`]: {
    id: 'evaluate',
    tag: 'Policies',
    description:
      '`policy` is judged instead of the saved one, by the same rules as a save. What is wrong with the request is on the receipt.',
    request: {
      request: CHAT,
      policy: { toolPolicies: { enabled: true, allowToolCalling: false } },
    },
    response: example.receipt,
  },

  [`GET ${T}/keys`]: { id: 'listKeys', tag: 'Keys', response: example.keys },
  [`POST ${T}/keys`]: {
    id: 'createKey',
    tag: 'Keys',
    request: { name: 'helpdesk', role: 'default', expiresAt: LATER },
    response: example.newKey,
  },
  [`GET ${T}/keys/{id}`]: { id: 'readKey', tag: 'Keys', response: example.key },
  [`DELETE ${T}/keys/{id}`]: { id: 'revokeKey', tag: 'Keys' },

  [`GET ${T}/providers`]: { id: 'listProviders', tag: 'Providers', response: example.providers },
  [`POST ${T}/providers`]: {
    id: 'createProvider',
    tag: 'Providers',
    request: { kind: 'openai', apiKey: 'sk-0123456789abcd', models: ['gpt-4o', 'gpt-4o-mini'] },
    response: example.provider,
  },
  [`GET ${T}/providers/{id}`]: {
    id: 'readProvider',
    tag: 'Providers',
    response: example.provider,
  },
  [`PATCH ${T}/providers/{id}`]: {
    id: 'updateProvider',
    tag: 'Providers',
    request: { enabled: false },
    response: example.provider,
  },
  [`DELETE ${T}/providers/{id}`]: { id: 'deleteProvider', tag: 'Providers' },
  [`POST ${T}/providers/{id}/test`]: {
    id: 'testProvider',
    tag: 'Providers',
    response: example.providerTest,
  },
  [`GET ${T}/prices`]: { id: 'listPrices', tag: 'Providers', response: example.prices },
  [`PUT ${T}/prices`]: {
    id: 'replacePrices',
    tag: 'Providers',
    request: {
      items: [{ model: 'vllm/own', inputPerMillion: '0.4', outputPerMillion: '1.2' }],
    },
    response: example.prices,
  },
  [`GET ${T}/breakers`]: { id: 'listBreakers', tag: 'Providers', response: example.breakers },
  [`POST ${T}/breakers/{provider}/reset`]: {
    id: 'resetBreaker',
    tag: 'Providers',
    response: example.breaker,
  },

  [`GET ${T}/requests`]: { id: 'listRequests', tag: 'Observation', response: example.requests },
  [`GET ${T}/requests/{id}`]: {
    id: 'readRequest',
    tag: 'Observation',
    response: example.receipt,
  },
  [`GET ${T}/usage`]: { id: 'readUsage', tag: 'Observation', response: example.usage },
  [`GET ${T}/budgets`]: { id: 'listBudgets', tag: 'Observation', response: example.budgets },
  [`POST ${T}/ledger/verify`]: {
    id: 'verifyLedger',
    tag: 'Observation',
    response: example.ledgerVerification,
  },
  [`GET ${T}/cache/stats`]: {
    id: 'readCacheStats',
    tag: 'Observation',
    response: example.cacheStats,
  },
  [`DELETE ${T}/cache`]: { id: 'clearCache', tag: 'Observation' },
  [`POST ${T}/cache/match`]: {
    id: 'matchQuestions',
    tag: 'Observation',
    request: { a: 'How do I reset my password?', b: 'How can I reset my password?' },
    response: example.cacheMatch,
  },
  [`POST ${T}/requests/{id}/feedback`]: {
    id: 'giveFeedback',
    tag: 'Observation',
    request: { verdict: 'wrong' },
  },
  [`GET ${T}/alerts`]: { id: 'listAlerts', tag: 'Observation', response: example.alerts },
  [`GET ${T}/alerts/signing-secret`]: {
    id: 'readSigningSecret',
    tag: 'Observation',
    response: example.signingSecret,
  },
  [`POST ${R}/alerts/test`]: {
    id: 'sendTestAlert',
    tag: 'Observation',
    request: { alertEmails: ['finance@example.com'] },
    response: example.testAlert,
  },

  [`GET ${T}/members`]: { id: 'listMembers', tag: 'Access', response: example.members },
  [`POST ${T}/members`]: {
    id: 'addMember',
    tag: 'Access',
    request: { email: 'grace@example.com', role: 'editor' },
    response: example.newMember,
  },
  [`PATCH ${T}/members/{id}`]: {
    id: 'updateMember',
    tag: 'Access',
    request: { role: 'viewer' },
    response: example.member,
  },
  [`DELETE ${T}/members/{id}`]: { id: 'removeMember', tag: 'Access' },
  [`POST ${T}/members/{id}/invite`]: {
    id: 'inviteAgain',
    tag: 'Access',
    response: example.invitation,
  },
  [`GET ${T}/tokens`]: { id: 'listTokens', tag: 'Access', response: example.tokens },
  [`POST ${T}/tokens`]: {
    id: 'createToken',
    tag: 'Access',
    request: { name: 'ci', role: 'editor', expiresAt: LATER },
    response: example.newToken,
  },
  [`DELETE ${T}/tokens/{id}`]: { id: 'deleteToken', tag: 'Access' },
  [`GET ${T}/audit`]: { id: 'listAudit', tag: 'Access', response: example.audit },
  'GET /api/invites/{token}': { id: 'readInvite', tag: 'Access', response: example.invite },
  'POST /api/invites/{token}': {
    id: 'acceptInvite',
    tag: 'Access',
    request: { password: 'correct horse battery staple' },
    response: { email: 'grace@example.com' },
  },
  'PUT /api/me/password': {
    id: 'changePassword',
    tag: 'Access',
    request: {
      currentPassword: 'correct horse battery staple',
      newPassword: 'another staple, correct horse',
    },
  },

  'POST /api/v1/chat/completions': {
    id: 'createChatCompletion',
    tag: 'Gateway',
    description:
      'The gateway plane serves the same at its own port, without `/api`. With `stream` the answer is server-sent events of chat.completion.chunk objects.',
    request: CHAT,
    response: example.completion,
  },
  'GET /api/v1/models': { id: 'listModels', tag: 'Gateway', response: example.models },
  'GET /api/v1/models/{model}': { id: 'readModel', tag: 'Gateway', response: example.model },

  'POST /api/graphql': {
    id: 'graphql',
    tag: 'Machines',
    description:
      'Faults are told in `errors`, with REST’s codes in `extensions`. The explorer in the console shows the schema.',
    request: {
      query: 'query ($limit: Int) { tenants(limit: $limit) { items { slug tier } } }',
      variables: { limit: 10 },
    },
    response: { data: { tenants: { items: [{ slug: 'acme', tier: 'PROFESSIONAL' }] } } },
  },
  'GET /api/openapi.json': { id: 'readOpenApi', tag: 'Machines' },
  'GET /api/policy.schema.json': { id: 'readPolicySchema', tag: 'Machines' },
};
