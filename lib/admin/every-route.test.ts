import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { testDatabase } from '@/lib/db/testing';
import type { Endpoint } from '@/lib/http/route';
import { getRuntime } from '@/lib/server/runtime';
import { appRoutes } from './testing/app-routes';
import type { Answer, ApiClient } from './testing/client';
import { anonymous, bootstrap, createTestTenant, type TestTenant } from './testing/fixture';
import { errorView } from './views';

/**
 * One table over app/api: a route that is not in it fails, and every route in it is called by everybody
 * who may not, with another tenant's ids, and once as it should be, its answer parsed by its view.
 */

const database = await testDatabase();
const runtime = await getRuntime();
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

type Call = {
  /** Of the tenant; made once, later ones in the table find it changed by earlier ones. */
  path: (ids: Ids) => string;
  body?: unknown;
  headers?: Record<string, string>;
  status?: number;
  /** No id of another tenant can be put into the path: only the tenant itself is foreign. */
  tenantOnly?: true;
};

const T = '/api/tenants/[tenant]';
const CALLS: Record<string, Call> = {
  [`GET ${T}/roles`]: { path: () => '/roles?limit=10', tenantOnly: true },
  [`POST ${T}/roles`]: { path: () => '/roles?from=tier', body: { name: 'new' }, tenantOnly: true },
  [`GET ${T}/roles/[role]`]: { path: ({ role }) => `/roles/${role}` },
  [`PATCH ${T}/roles/[role]`]: { path: ({ role }) => `/roles/${role}`, body: { description: 'x' } },
  [`GET ${T}/roles/[role]/policy`]: { path: ({ role }) => `/roles/${role}/policy` },
  [`PUT ${T}/roles/[role]/policy`]: {
    path: ({ role }) => `/roles/${role}/policy`,
    body: { promptPolicies: { enabled: true, maxMessages: 9 } },
    headers: { 'if-match': '"1"' },
  },
  [`POST ${T}/roles/[role]/policy/lint`]: {
    path: ({ role }) => `/roles/${role}/policy/lint`,
    body: { policy: { promptPolicies: { enabled: true } } },
    status: 200,
  },
  [`GET ${T}/roles/[role]/policy/revisions`]: {
    path: ({ role }) => `/roles/${role}/policy/revisions`,
  },
  [`GET ${T}/roles/[role]/policy/revisions/[version]`]: {
    path: ({ role }) => `/roles/${role}/policy/revisions/1`,
  },
  [`POST ${T}/roles/[role]/policy/revisions/[version]/restore`]: {
    path: ({ role }) => `/roles/${role}/policy/revisions/1/restore`,
    body: {},
  },
  [`POST ${T}/roles/[role]/evaluate`]: {
    path: ({ role }) => `/roles/${role}/evaluate`,
    body: { request: { model: 'sandbox/small', messages: [{ role: 'user', content: 'Hello' }] } },
    status: 200,
  },
  [`GET ${T}/keys`]: { path: () => '/keys', tenantOnly: true },
  [`POST ${T}/keys`]: {
    path: () => '/keys',
    body: { name: 'k', role: 'default' },
    tenantOnly: true,
  },
  [`GET ${T}/keys/[id]`]: { path: ({ key }) => `/keys/${key}` },
  [`DELETE ${T}/keys/[id]`]: { path: ({ key }) => `/keys/${key}` },
  [`GET ${T}/tokens`]: { path: () => '/tokens', tenantOnly: true },
  [`POST ${T}/tokens`]: {
    path: () => '/tokens',
    body: { name: 't', role: 'viewer' },
    tenantOnly: true,
  },
  [`DELETE ${T}/tokens/[id]`]: { path: ({ token }) => `/tokens/${token}` },
  [`GET ${T}/members`]: { path: () => '/members', tenantOnly: true },
  [`POST ${T}/members`]: {
    path: () => '/members',
    body: { email: `${randomUUID()}@example.com`, role: 'viewer' },
    tenantOnly: true,
  },
  [`PATCH ${T}/members/[id]`]: {
    path: ({ member }) => `/members/${member}`,
    body: { role: 'editor' },
  },
  [`POST ${T}/members/[id]/invite`]: {
    path: ({ member }) => `/members/${member}/invite`,
    body: {},
  },
  [`DELETE ${T}/members/[id]`]: { path: ({ member }) => `/members/${member}` },
  [`GET ${T}/providers`]: { path: () => '/providers', tenantOnly: true },
  [`POST ${T}/providers`]: {
    path: () => '/providers',
    body: { kind: 'sandbox', name: 'second-sandbox' },
    tenantOnly: true,
  },
  [`GET ${T}/providers/[id]`]: { path: ({ provider }) => `/providers/${provider}` },
  [`PATCH ${T}/providers/[id]`]: {
    path: ({ provider }) => `/providers/${provider}`,
    body: { models: ['small'] },
  },
  [`POST ${T}/providers/[id]/test`]: {
    path: ({ provider }) => `/providers/${provider}/test`,
    body: {},
    status: 200,
  },
  [`DELETE ${T}/providers/[id]`]: { path: ({ provider }) => `/providers/${provider}` },
  [`GET ${T}/prices`]: { path: () => '/prices', tenantOnly: true },
  [`PUT ${T}/prices`]: {
    path: () => '/prices',
    body: { items: [{ model: 'openai/own', inputPerMillion: '1.5', outputPerMillion: 2 }] },
    tenantOnly: true,
  },
  [`GET ${T}/usage`]: {
    path: () => '/usage?by=day&from=2026-01-01&to=2026-01-31',
    tenantOnly: true,
  },
  [`GET ${T}/budgets`]: { path: () => '/budgets', tenantOnly: true },
  [`GET ${T}/cache/stats`]: { path: () => '/cache/stats', tenantOnly: true },
  [`DELETE ${T}/cache`]: { path: () => '/cache?model=openai/*&pattern=a%2Bb', tenantOnly: true },
  [`POST ${T}/cache/match`]: {
    path: () => '/cache/match',
    body: { a: 'How do I open it?', b: 'How do I close it?' },
    status: 200,
    tenantOnly: true,
  },
  [`GET ${T}/breakers`]: { path: () => '/breakers', tenantOnly: true },
  [`POST ${T}/breakers/[provider]/reset`]: {
    path: ({ breaker }) => `/breakers/${breaker}/reset`,
    body: {},
    status: 200,
  },
  [`GET ${T}/alerts`]: { path: () => '/alerts', tenantOnly: true },
  [`GET ${T}/alerts/signing-secret`]: { path: () => '/alerts/signing-secret', tenantOnly: true },
  [`POST ${T}/roles/[role]/alerts/test`]: {
    path: ({ role }) => `/roles/${role}/alerts/test`,
    body: { alertEmails: ['a@example.com'] },
    status: 200,
  },
  [`POST ${T}/ledger/verify`]: {
    path: () => '/ledger/verify',
    body: {},
    tenantOnly: true,
    status: 200,
  },
  [`GET ${T}/audit`]: { path: () => '/audit?limit=200', tenantOnly: true },
  [`GET ${T}/requests`]: { path: () => '/requests?status=4xx', tenantOnly: true },
  [`GET ${T}/requests/[id]`]: { path: ({ request }) => `/requests/${request}` },
  [`POST ${T}/requests/[id]/feedback`]: {
    path: ({ request }) => `/requests/${request}/feedback`,
    body: { verdict: 'wrong' },
    status: 204,
  },
  [`GET ${T}`]: { path: () => '', tenantOnly: true },
  [`PATCH ${T}`]: { path: () => '', body: { name: 'Renamed' }, tenantOnly: true },
  // Last: what they delete is gone.
  [`DELETE ${T}/roles/[role]`]: { path: ({ role }) => `/roles/${role}` },
  [`DELETE ${T}`]: { path: () => '', tenantOnly: true },
};

/** Routes outside of any tenant, with tests of their own. */
const ELSEWHERE = [
  'GET /api/auth/[...nextauth]',
  'POST /api/auth/[...nextauth]',
  'GET /api/invites/[token]',
  'POST /api/invites/[token]',
  'GET /api/me',
  'GET /api/openapi.json',
  'PUT /api/me/password',
  'GET /api/policy.schema.json',
  'GET /api/tenants',
  'POST /api/tenants',
];

type Ids = Record<'role' | 'key' | 'token' | 'member' | 'provider' | 'breaker' | 'request', string>;

async function populate(tenant: TestTenant): Promise<Ids> {
  const create = async (path: string, body: unknown) =>
    ((await tenant.owner.post(`${tenant.path}${path}`, body)).body as { id: string }).id;
  const role = await create('/roles', { name: 'r' });
  const breaker = `only-${tenant.slug}`;
  await create('/providers', { kind: 'sandbox', name: breaker });
  const request = randomUUID();
  runtime.deps.receipts.write(receiptFor(tenant, role, request));
  await runtime.deps.receipts.drain();
  return {
    role,
    breaker,
    request,
    key: await create('/keys', { name: 'k', role: 'default' }),
    token: await create('/tokens', { name: 't', role: 'viewer' }),
    member: await create('/members', { email: `${randomUUID()}@example.com`, role: 'viewer' }),
    provider: await create('/providers', { kind: 'sandbox' }),
  };
}

function receiptFor(tenant: TestTenant, roleId: string, id: string) {
  return {
    id,
    at: new Date().toISOString(),
    tenantId: tenant.id,
    role: { id: roleId, name: 'r' },
    key: { id: randomUUID(), name: 'k' },
    status: 429,
    code: 'rate_limit_exceeded',
    stream: false,
    requestedModel: 'sandbox/small',
    provider: null,
    model: null,
    policyVersion: 1,
    route: { strategy: 'explicit', reason: 'named', candidates: [] },
    stages: [{ name: 'rate_limit', verdict: 'deny' as const, reason: 'full', ms: 0.1 }],
    attempts: [],
    cache: {
      status: 'hit-semantic' as const,
      similarity: 0.96,
      ageSeconds: 3,
      entryId: randomUUID(),
      pair: 'pair',
    },
    tokens: { input: 3, cachedInput: 0, output: 0, reasoning: 0, estimated: true },
    costUsd: null,
    latencyMs: 1,
    warnings: [],
    content: { messages: [{ role: 'user', content: 'Hello' }], answer: null },
  };
}

const endpoints = (
  await Promise.all(
    appRoutes.map(async ({ path, load }) => {
      const exported = await load();
      return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
        const handler = exported[method];
        const endpoint = handler && 'definition' in handler ? handler : undefined;
        return endpoint || path.startsWith('/api/auth/')
          ? handler
            ? [{ name: `${method} ${path}`, method, endpoint }]
            : []
          : [];
      });
    }),
  )
).flat();
const definitionOf = (name: string): Endpoint['definition'] | undefined =>
  endpoints.find((each) => each.name === name)?.endpoint?.definition;

let own: TestTenant;
let other: TestTenant;
let ids: Ids;
let foreign: Ids;
beforeAll(async () => {
  own = await createTestTenant();
  other = await createTestTenant();
  ids = await populate(own);
  foreign = await populate(other);
});

const tenantCalls = Object.entries(CALLS);
const send = (client: ApiClient, name: string, at: string, with_: Ids): Promise<Answer> => {
  const call = CALLS[name];
  if (!call) throw new Error(`no call ${name}`);
  const [method = ''] = name.split(' ');
  return client.call(method, `${at}${call.path(with_)}`, {
    body: call.body,
    headers: call.headers,
  });
};
const codeOf = (answer: Answer) => errorView.parse(answer.body).error.code;

describe('the table of routes', () => {
  it('names every route there is', () => {
    const named = [...Object.keys(CALLS), ...ELSEWHERE].sort();
    expect(endpoints.map((each) => each.name).sort()).toEqual(named);
  });
});

describe('every route of a tenant', () => {
  it.each(tenantCalls)('%s is 401 for nobody and for a bad token', async (name) => {
    const bad = await send(anonymous, name, own.path, ids);
    expect([bad.status, codeOf(bad)]).toEqual([401, 'unauthorized']);
  });

  it.each(tenantCalls)("%s is 404 in a tenant that is not the caller's", async (name) => {
    for (const at of [other.path, `/api/tenants/${other.id}`, `/api/tenants/${randomUUID()}`]) {
      const answer = await send(own.owner, name, at, foreign);
      expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
    }
  });

  it.each(tenantCalls.filter(([, call]) => !call.tenantOnly))(
    "%s is 404 for another tenant's id in the caller's own tenant",
    async (name) => {
      const answer = await send(own.owner, name, own.path, foreign);
      expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
    },
  );

  it.each(tenantCalls.filter(([name]) => definitionOf(name)?.access !== 'viewer'))(
    '%s is 403 for those below its role, whatever the body',
    async (name) => {
      const lesser =
        definitionOf(name)?.access === 'owner' ? [own.viewer, own.editor] : [own.viewer];
      for (const client of lesser) {
        const answer = await send(client, name, own.path, ids);
        expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
      }
    },
  );

  it.each(tenantCalls.filter(([name]) => definitionOf(name)?.body))(
    '%s takes JSON only, whole, within bounds, of known fields',
    async (name) => {
      const call = CALLS[name];
      const [method = ''] = name.split(' ');
      const post = (raw: BodyInit, headers: Record<string, string> = {}) =>
        own.owner.call(method, `${own.path}${call?.path(ids)}`, {
          raw,
          headers: { ...call?.headers, ...headers },
        });
      const cases: [Answer, number, string][] = [
        [await post('{"a":'), 400, 'invalid_json'],
        [await post('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
        [await post(`"${'x'.repeat(2 * 1024 * 1024)}"`), 413, 'request_too_large'],
        [await post('{"surprise": 1}'), 422, 'validation_failed'],
        [await post('{"name": "\\u0000", "surprise": "\\ud800"}'), 422, 'validation_failed'],
      ];
      for (const [answer, status, code] of cases) {
        expect([answer.status, codeOf(answer)]).toEqual([status, code]);
        expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      }
    },
  );

  it.each(tenantCalls)('%s answers as its view says', async (name) => {
    const definition = definitionOf(name);
    const answer = await send(own.owner, name, own.path, ids);
    const created = name.startsWith('POST') ? 201 : name.startsWith('DELETE') ? 204 : 200;
    expect([answer.status, answer.body]).toEqual([
      CALLS[name]?.status ?? created,
      definition?.response ? parsedBy(definition.response, answer.body) : null,
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    if (answer.status === 204) expect(answer.body).toBeNull();
  });
});

/** The body, if the view knows all of it. */
function parsedBy(view: z.ZodType, body: unknown): unknown {
  const parsed = view.safeParse(body);
  if (!parsed.success) throw new Error(`${JSON.stringify(body)} ${parsed.error.message}`);
  return parsed.data;
}

describe('every route', () => {
  it('answers methods it has not with 405 and those it has', async () => {
    const answer = await bootstrap.call('PATCH', '/api/tenants', { body: {} });
    expect([answer.status, codeOf(answer), answer.headers.get('allow')]).toEqual([
      405,
      'method_not_allowed',
      'GET, HEAD, POST, OPTIONS',
    ]);
    const options = await anonymous.call('OPTIONS', '/api/tenants');
    expect([options.status, options.headers.get('allow')]).toEqual([
      204,
      'GET, HEAD, POST, OPTIONS',
    ]);
  });

  it('there is not is 404, in JSON', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await bootstrap.call(method, '/api/tenant');
      expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
    }
  });

  it('answers HEAD as GET, without the body', async () => {
    const answer = await bootstrap.call('HEAD', '/api/tenants');
    expect([answer.status, answer.body]).toEqual([200, null]);
  });
});
