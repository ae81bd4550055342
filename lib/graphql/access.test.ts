import { randomUUID } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveApp } from '@/lib/admin/testing/app-routes';
import { BOOTSTRAP_TOKEN, createTestTenant, type TestTenant } from '@/lib/admin/testing/fixture';
import { testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import { LIMITS } from './limits';
import { bearerClient, graphqlClient, refusalOf } from './testing/client';

const database = await testDatabase();
const runtime = await getRuntime();
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

const bootstrap = bearerClient(BOOTSTRAP_TOKEN);
const anonymous = graphqlClient({});
let own: TestTenant;
let other: TestTenant;
const tokens = new Map<string, string>();
const as = (role: string) => bearerClient(tokens.get(role) ?? '');

beforeAll(async () => {
  own = await createTestTenant('professional');
  other = await createTestTenant('free');
  for (const role of ['owner', 'editor', 'viewer']) {
    const { body } = await own.owner.post(`${own.path}/tokens`, { name: role, role });
    tokens.set(role, (body as { secret: string }).secret);
  }
});

const ROLES = `query ($tenant: String!) { roles(tenant: $tenant) { items { name } } }`;

describe('who may ask', () => {
  it('is nobody without a sign-in, introspection included', async () => {
    for (const query of [
      '{ tenants { items { id } } }',
      getIntrospectionQuery(),
      '{ __typename }',
    ]) {
      const refused = await refusalOf(anonymous.request(query));
      expect([refused.status, refused.extensions.code]).toEqual([401, 'unauthorized']);
    }
    const bad = await refusalOf(bearerClient('rga_wrong').request('{ __typename }'));
    expect(bad.status).toBe(401);
  });

  it('may read the schema when signed in', async () => {
    const { __schema } = await as('viewer').request<{ __schema: { types: { name: string }[] } }>(
      getIntrospectionQuery(),
    );
    expect(__schema.types.map(({ name }) => name)).toContain('CachingPolicyInput');
  });

  it('finds nothing in another tenant, whatever it is asked for, as if it did not exist', async () => {
    for (const tenant of [other.slug, other.id, randomUUID()]) {
      const refused = await refusalOf(as('owner').request(ROLES, { tenant }));
      expect([refused.extensions.code, refused.message]).toEqual([
        'not_found',
        'There is no such tenant.',
      ]);
    }
    const role = (await other.owner.get(`${other.path}/roles/default`)).body as { id: string };
    const refused = await refusalOf(
      as('owner').request(
        `query ($tenant: String!, $role: String!) { policy(tenant: $tenant, role: $role) { version } }`,
        { tenant: own.slug, role: role.id },
      ),
    );
    expect(refused.extensions.code).toBe('not_found');
  });

  it('may do what the membership role permits, and see no more', async () => {
    const create = `mutation ($tenant: String!) { createRole(tenant: $tenant, input: { name: "" }) { id } }`;
    const at = { tenant: own.slug };
    // Refused for the role before the arguments are looked at.
    expect((await refusalOf(as('viewer').request(create, at))).extensions.code).toBe('forbidden');
    const faulty = await refusalOf(as('editor').request(create, at));
    expect(faulty.extensions).toMatchObject({ code: 'validation_failed', path: 'input.name' });
    const secrets = `query ($tenant: String!) { tokens(tenant: $tenant) { items { prefix } } signingSecret(tenant: $tenant) { secret } }`;
    expect((await refusalOf(as('editor').request(secrets, at))).extensions.code).toBe('forbidden');
    expect(await as('owner').request(secrets, at)).toMatchObject({
      signingSecret: { secret: expect.stringMatching(/^whsec_/) },
    });
    await own.owner.put(
      `${own.path}/roles/default/policy`,
      { budgetPolicy: { enabled: true, alertWebhook: 'https://hooks.example.com/secret-path' } },
      { 'if-match': '*' },
    );
    const webhook = `query ($tenant: String!) { roles(tenant: $tenant) { items { policy { policy { budgetPolicy { alertWebhook } } } } } }`;
    expect(JSON.stringify(await as('viewer').request(webhook, at))).not.toContain('secret-path');
    expect(JSON.stringify(await as('editor').request(webhook, at))).toContain('secret-path');
  });

  it('asks by POST with JSON, and a session only from its own pages', async () => {
    const send = (init: RequestInit) =>
      serveApp(
        new Request('http://localhost:3000/api/graphql', {
          ...init,
          headers: { authorization: `Bearer ${BOOTSTRAP_TOKEN}`, ...init.headers },
        }),
      );
    expect((await send({ method: 'GET' })).status).toBe(405);
    const body = JSON.stringify({ query: '{ __typename }' });
    const huge = await send({
      method: 'POST',
      body: ' '.repeat(2 * 1024 * 1024 + 1),
      headers: { 'content-type': 'application/json' },
    });
    expect(huge.status).toBe(413);
    const form = await send({ method: 'POST', body, headers: { 'content-type': 'text/plain' } });
    expect(form.status).toBeGreaterThanOrEqual(400);
    const good = await send({
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([good.status, good.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(good.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('what is too much', () => {
  const refused = async (query: string) => {
    const { extensions, message } = await refusalOf(bootstrap.request(query));
    return `${extensions.code}: ${message}`;
  };

  it('is introspection that goes round in types', async () => {
    const types = (n: number): string => (n === 0 ? 'name' : `name ofType { ${types(n - 1)} }`);
    expect(await refused(`{ __schema { types { fields { type { ${types(25)} } } } } }`)).toContain(
      'nests deeper than 20',
    );
  });

  it('is more aliases, tokens or fields than a request may have', async () => {
    const aliased = Array.from({ length: LIMITS.aliases + 1 }, (_, i) => `a${i}: __typename`);
    expect(await refused(`{ ${aliased.join(' ')} }`)).toContain('aliases');
    expect(await refused(`{ ${'__typename '.repeat(LIMITS.tokens)} }`)).toContain('tokens');
    const wide = Array.from(
      { length: 20 },
      (_, i) =>
        `r${i}: requests(tenant: "x", limit: 200) { items { id at status code stream latencyMs costUsd } }`,
    );
    expect(await refused(`{ ${wide.join(' ')} }`)).toContain('25,000');
    const byVariable = `query ($n: Int) { ${wide.join(' ').replaceAll('200', '$n')} }`;
    const { message } = await refusalOf(bootstrap.request(byVariable, { n: 200 }));
    expect(message).toContain('25,000');
    // With small pages the same query is one that may be run.
    expect((await refusalOf(bootstrap.request(byVariable, { n: 1 }))).extensions.code).toBe(
      'not_found',
    );
  });

  it('is fragments that multiply', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `fragment f${i} on Query { ...f${i + 1} ... on Query { ...f${i + 1} } }`,
    );
    const bomb = `{ ...f0 } ${levels.join(' ')} fragment f30 on Query { __typename }`;
    expect(await refused(bomb)).toContain('25,000');
  });
});

describe('errors', () => {
  it("of GraphQL's own have a code and say where", async () => {
    const at = { tenant: own.slug };
    const unknown = await refusalOf(bootstrap.request('{ nothing }'));
    expect(unknown.extensions.code).toBe('invalid_request');
    const badEnum = await refusalOf(
      bootstrap.request(
        `query ($tenant: String!) { usage(tenant: $tenant, by: model) { by } }`,
        at,
      ),
    );
    expect(badEnum.extensions.code).toBe('invalid_request');
  });

  it('of ours say nothing of what happened inside', async () => {
    const query = vi.spyOn(Client.prototype, 'query').mockImplementation(() => {
      throw new Error('password=hunter2');
    });
    const failed = await refusalOf(bootstrap.request(ROLES, { tenant: own.slug })).finally(() =>
      query.mockRestore(),
    );
    expect(['internal_error', 'unavailable']).toContain(failed.extensions.code);
    expect(JSON.stringify(failed)).not.toContain('hunter2');
  });

  it('of one entry leave the rest of a list', async () => {
    await own.owner.post(`${own.path}/roles`, { name: 'broken' });
    await database.owner.query(
      `UPDATE roles SET caching_policy = '{"enabled": "maybe"}' WHERE name = 'broken' AND tenant_id = $1`,
      [own.id],
    );
    const { data, errors } = await bootstrap
      .rawRequest<{
        roles: { items: { name: string; policy: unknown }[] };
      }>(
        `query ($tenant: String!) { roles(tenant: $tenant) { items { name policy { version } } } }`,
        {
          tenant: own.slug,
        },
      )
      .catch((error: { response: { data: never; errors: unknown[] } }) => error.response);
    expect(data.roles.items.map(({ name, policy }) => [name, policy !== null])).toEqual([
      ['broken', false],
      ['default', true],
    ]);
    expect(errors).toMatchObject([
      { path: ['roles', 'items', 0, 'policy'], extensions: { code: 'policy_unavailable' } },
    ]);
    await own.owner.del(`${own.path}/roles/broken`);
  });
});

describe('the number of database queries', () => {
  const DEEP = `query ($tenant: String!) {
    roles(tenant: $tenant) { items { name policy { version policy { budgetPolicy { dailyLimitUSD } } } budget { windows { limitUsd } } } }
    keys(tenant: $tenant) { items { name role { name policy { version } budget { enabled } } } }
    budgets(tenant: $tenant) { items { role } }
  }`;
  type Deep = { roles: { items: unknown[] }; keys: { items: { role: { name: string } }[] } };

  /** By which the connection that waits for notifications knows that it is alive. */
  const HEARTBEAT = 'SELECT 1';

  /** The fewest of several times: what else the process does in the background is counted too. */
  async function queriesOf(tenant: string): Promise<{ queries: number; answer: Deep }> {
    const spy = vi.spyOn(Client.prototype, 'query');
    const owner = as('owner');
    let fewest = Infinity;
    let answer = await owner.request<Deep>(DEEP, { tenant });
    for (let time = 0; time < 5; time++) {
      spy.mockClear();
      answer = await owner.request<Deep>(DEEP, { tenant });
      const asked = spy.mock.calls.filter(([query]) => (query as unknown) !== HEARTBEAT);
      fewest = Math.min(fewest, asked.length);
    }
    spy.mockRestore();
    return { queries: fewest, answer };
  }

  it('does not grow with the lists that are asked for', async () => {
    const add = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const name = `r-${randomUUID()}`;
        await own.owner.post(`${own.path}/roles?from=tier`, { name });
        await own.owner.post(`${own.path}/keys`, { name, role: name });
      }
    };
    await add(2);
    const few = await queriesOf(own.slug);
    await add(10);
    const many = await queriesOf(own.slug);
    expect(many.answer.roles.items.length).toBe(few.answer.roles.items.length + 10);
    expect(many.answer.keys.items.every(({ role }) => role.name.startsWith('r-'))).toBe(true);
    expect(few.queries).toBeGreaterThan(0);
    expect(many.queries).toBeLessThanOrEqual(few.queries);
  });
});
