import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { POST as chat } from '@/app/api/v1/chat/completions/route';
import { BOOTSTRAP_TOKEN } from '@/lib/admin/testing/fixture';
import { testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import { bearerClient, refusalOf } from './testing/client';

/** A tenant made, configured and watched over GraphQL alone, by a client from npm. */

const database = await testDatabase();
const runtime = await getRuntime();
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

const client = bearerClient(BOOTSTRAP_TOKEN);
const slug = `g-${randomUUID().slice(0, 13)}`;
const at = { tenant: slug, role: 'default' };

const ALL_SECTIONS = {
  promptPolicies: { enabled: true, maxMessages: 9, blockedPatterns: ['for+bidden'] },
  toolPolicies: { enabled: true, allowToolCalling: false, onViolation: 'BLOCK' },
  rateLimitPolicy: {
    enabled: true,
    scope: 'ROLE',
    requestsPerMinute: 100,
    tokensPerDay: 5_000_000_000,
    perModel: [{ model: 'sandbox/large', requestsPerMinute: 3 }],
  },
  modelRestrictions: { enabled: true, mode: 'ALLOWLIST', allowedModels: ['sandbox/*'] },
  cachingPolicy: {
    enabled: true,
    similarityThreshold: 0.97,
    scope: 'USER',
    excludedPatterns: ['status'],
  },
  routingPolicy: {
    enabled: true,
    strategy: 'WEIGHTED',
    weightedConfig: { weights: [{ target: 'sandbox/medium', weight: 100 }] },
    capabilityConfig: { taskModels: [{ task: 'CODE', models: ['sandbox/large'] }] },
  },
  resiliencePolicy: {
    enabled: true,
    retryEnabled: true,
    maxRetries: 1,
    retryBackoffMs: 0,
    fallbackEnabled: true,
    fallbackChain: [{ provider: 'sandbox', model: 'large', priority: 1 }],
  },
  budgetPolicy: { enabled: true, dailyLimitUSD: 1.5, onExceeded: 'BLOCK' },
};

const UPDATE = `mutation ($tenant: String!, $role: String!, $policy: RolePolicyInput!, $version: Int) {
  updatePolicy(tenant: $tenant, role: $role, policy: $policy, expectedVersion: $version, comment: "by script") { version }
}`;
const READ = `query ($tenant: String!, $role: String!) { policy(tenant: $tenant, role: $role) { version policy {
  promptPolicies { maxMessages blockedPatterns injection { enabled } }
  rateLimitPolicy { scope requestsPerMinute tokensPerDay perModel { model requestsPerMinute tokensPerMinute } }
  routingPolicy { strategy weightedConfig { weights { target weight } } capabilityConfig { taskModels { task models } } }
  cachingPolicy { similarityThreshold scope ttlSeconds }
  resiliencePolicy { maxRetries fallbackChain { provider model priority timeoutMs } }
  budgetPolicy { dailyLimitUSD onExceeded monthlyLimitUSD }
} } }`;
type Read = { policy: { version: number; policy: Record<string, Record<string, unknown>> } };
const read = async () => (await client.request<Read>(READ, at)).policy;
const update = async (policy: object, version: number) =>
  (await client.request<{ updatePolicy: { version: number } }>(UPDATE, { ...at, policy, version }))
    .updatePolicy.version;

let key = '';
async function ask(body: object): Promise<{ status: number; headers: Headers; code?: string }> {
  const response = await chat(
    new Request('http://localhost:3000/api/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], ...body }),
    }),
  );
  const answer = (await response.json()) as { error?: { code: string } };
  return { status: response.status, headers: response.headers, code: answer.error?.code };
}

/** A saved policy is in force within a second; until then the former one answers. */
const inForce = (body: object, expected: { status: number; code?: string }) =>
  vi.waitFor(async () => expect(await ask(body)).toMatchObject(expected), { timeout: 10_000 });

beforeAll(async () => {
  await client.request(
    `mutation ($slug: String!) { createTenant(input: { name: "Over GraphQL", slug: $slug, tier: FREE }) { id tier } }`,
    { slug },
  );
  await client.request(
    `mutation ($tenant: String!) { createProvider(tenant: $tenant, input: { kind: SANDBOX }) { name kind } }`,
    at,
  );
  const { createKey } = await client.request<{ createKey: { secret: string } }>(
    `mutation ($tenant: String!, $role: String!) { createKey(tenant: $tenant, input: { name: "app", role: $role }) { secret role { name } } }`,
    at,
  );
  key = createKey.secret;
});

describe('a policy set over GraphQL', () => {
  it('is stored in all eight sections, enums and maps in both directions', async () => {
    const before = await read();
    expect(await update(ALL_SECTIONS, before.version)).toBe(before.version + 1);
    expect((await read()).policy).toMatchObject({
      promptPolicies: { maxMessages: 9, blockedPatterns: ['for+bidden'] },
      rateLimitPolicy: {
        scope: 'ROLE',
        tokensPerDay: 5_000_000_000,
        perModel: [{ model: 'sandbox/large', requestsPerMinute: 3, tokensPerMinute: 0 }],
      },
      routingPolicy: {
        strategy: 'WEIGHTED',
        weightedConfig: { weights: [{ target: 'sandbox/medium', weight: 100 }] },
        capabilityConfig: { taskModels: [{ task: 'CODE', models: ['sandbox/large'] }] },
      },
      cachingPolicy: { similarityThreshold: 0.97, scope: 'USER' },
      resiliencePolicy: {
        maxRetries: 1,
        fallbackChain: [{ provider: 'sandbox', model: 'large', priority: 1, timeoutMs: 30_000 }],
      },
      budgetPolicy: { dailyLimitUSD: 1.5, onExceeded: 'BLOCK' },
    });
  });

  it('leaves what an input does not name: sections, fields and fields of groups', async () => {
    const before = await read();
    await update({ cachingPolicy: { enabled: true, ttlSeconds: 60 } }, before.version);
    const after = await read();
    expect(after.policy.cachingPolicy).toEqual({ ...before.policy.cachingPolicy, ttlSeconds: 60 });
    expect({ ...after.policy, cachingPolicy: null }).toEqual({
      ...before.policy,
      cachingPolicy: null,
    });
    expect(after.policy.promptPolicies).toMatchObject({ injection: { enabled: true } });
  });

  it('is obeyed by the gateway: model, prompt, tools, routing, retries and fallback', async () => {
    await inForce({ model: 'openai/gpt-4o' }, { status: 403, code: 'model_not_allowed' });
    const forbidden = { messages: [{ role: 'user', content: 'This is forrrbidden.' }] };
    expect(await ask(forbidden)).toMatchObject({ status: 400, code: 'blocked_content' });
    const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
    expect(await ask({ tools })).toMatchObject({ status: 403, code: 'tools_not_allowed' });
    const routed = await ask({});
    expect([routed.status, routed.headers.get('x-rolegate-model')]).toEqual([200, 'medium']);
    expect(routed.headers.get('x-rolegate-route')).toBe('weighted:sandbox/medium');
    const broken = { messages: [{ role: 'user', content: '[[status:503]] Hi' }] };
    // The first target and the fallback, each tried twice.
    const failed = await ask(broken);
    expect([failed.status, failed.code, failed.headers.get('x-rolegate-attempts')]).toEqual([
      502,
      'upstream_error',
      '4',
    ]);
  });

  it('is obeyed by the cache, for each end user apart', async () => {
    const cache = async (user: string) =>
      (await ask({ user })).headers.get('x-rolegate-cache')?.split(';')[0];
    expect([await cache('ann'), await cache('ann'), await cache('bob')]).toEqual([
      'miss',
      'hit-exact',
      'miss',
    ]);
  });

  it('limits rate and budget as it says', async () => {
    const { version } = await read();
    const limits = {
      rateLimitPolicy: { enabled: true, requestsPerMinute: 1 },
      budgetPolicy: { enabled: true, dailyLimitUSD: 0.000_000_1 },
    };
    const next = await update({ budgetPolicy: limits.budgetPolicy }, version);
    await inForce({}, { status: 429, code: 'budget_exceeded' });
    await update({ ...limits, budgetPolicy: { enabled: false } }, next);
    await inForce({}, { status: 429, code: 'rate_limit_exceeded' });
  });

  it('is not changed on a version that is no longer current', async () => {
    const { version } = await read();
    const refused = await refusalOf(update({ toolPolicies: { enabled: false } }, version - 1));
    expect(refused.extensions).toMatchObject({ code: 'version_conflict', currentVersion: version });
    const unsaid = await refusalOf(
      client.request(UPDATE, { ...at, policy: { toolPolicies: { enabled: false } } }),
    );
    expect(unsaid.extensions.code).toBe('precondition_required');
    expect((await read()).version).toBe(version);
  });

  it('is refused with the place of each fault', async () => {
    const { version } = await read();
    const weights = [{ target: 'sandbox/small', weight: 60 }];
    const refused = await refusalOf(
      update(
        { routingPolicy: { enabled: true, strategy: 'WEIGHTED', weightedConfig: { weights } } },
        version,
      ),
    );
    expect(refused.path).toEqual(['updatePolicy']);
    expect(refused.extensions).toMatchObject({
      code: 'validation_failed',
      path: 'routingPolicy.weightedConfig.weights',
    });
    const twice = [...weights, { target: 'sandbox/small', weight: 40 }];
    const doubled = await refusalOf(
      update(
        { routingPolicy: { enabled: true, strategy: 'COST', weightedConfig: { weights: twice } } },
        version,
      ),
    );
    expect(doubled.extensions.path).toBe('routingPolicy.weightedConfig.weights.1.target');
    const nulled = await refusalOf(
      update({ cachingPolicy: { enabled: true, ttlSeconds: null } }, version),
    );
    expect(nulled.extensions.path).toBe('cachingPolicy.ttlSeconds');
  });

  it('can be replaced whole, and restored', async () => {
    const { version } = await read();
    const { replacePolicy } = await client.request<{ replacePolicy: { version: number } }>(
      `mutation ($tenant: String!, $role: String!, $v: Int!) { replacePolicy(tenant: $tenant, role: $role, expectedVersion: $v, policy: { toolPolicies: { enabled: true } }) { version } }`,
      { ...at, v: version },
    );
    expect(replacePolicy.version).toBe(version + 1);
    expect((await read()).policy).toMatchObject({ promptPolicies: { blockedPatterns: [] } });
    await client.request(
      `mutation ($tenant: String!, $role: String!, $v: Int!) { restoreRevision(tenant: $tenant, role: $role, version: $v) { version } }`,
      { ...at, v: version },
    );
    expect((await read()).policy).toMatchObject({
      promptPolicies: { blockedPatterns: ['for+bidden'] },
    });
  });

  it('left receipts, revisions and an audit trail that GraphQL reads', async () => {
    await runtime.deps.receipts.drain();
    const seen = await client.request<Record<string, { items: Record<string, unknown>[] }>>(
      `query ($tenant: String!, $role: String!) {
        requests(tenant: $tenant, status: "4xx", limit: 50) { items { status code role { name } stages { name verdict } } }
        revisions(tenant: $tenant, role: $role) { items { version comment diff { path from to } } }
        audit(tenant: $tenant, action: "policy.update") { items { action actor { name } } }
        usage(tenant: $tenant, by: MODEL) { items { key requests costUsd } }
        budgets(tenant: $tenant) { items { role onExceeded windows { window limitUsd } } }
        breakers(tenant: $tenant) { items { provider state } }
        alerts(tenant: $tenant) { items { status } }
        cacheStats(tenant: $tenant) { days { date hits } }
      }`,
      at,
    );
    expect(seen.requests?.items.map((item) => item.code)).toEqual(
      expect.arrayContaining(['blocked_content', 'rate_limit_exceeded']),
    );
    expect(seen.revisions?.items.map((item) => item.comment)).toContain('by script');
    expect(seen.audit?.items.length).toBeGreaterThan(2);
    expect(seen.usage?.items).toContainEqual(expect.objectContaining({ key: 'sandbox/medium' }));
    expect(seen.budgets?.items[0]).toMatchObject({ role: 'default', onExceeded: 'BLOCK' });
    expect(seen.breakers?.items).toEqual([{ provider: 'sandbox', state: 'CLOSED' }]);
  });
});
