import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/lib/db/testing';
import type { Answer } from './testing/client';
import { bootstrap, createTestTenant, signedInClient } from './testing/fixture';
import {
  auditView,
  errorView,
  meView,
  policyView,
  rolesView,
  tenantsView,
  tenantView,
} from './views';

const database = await testDatabase();
afterAll(() => database.close());

const slug = () => `s-${randomUUID().slice(0, 13)}`;
const pathsOf = (answer: Answer) =>
  errorView.parse(answer.body).error.issues.map(({ path }) => path);

describe('a new tenant', () => {
  it.each([
    ['free', 20],
    ['professional', 300],
    ['enterprise', 3000],
  ])('of the %s tier gets a default role with its policy', async (tier, requestsPerMinute) => {
    const created = await bootstrap.post('/api/tenants', {
      name: 'Acme',
      slug: slug(),
      tier,
      timezone: 'Europe/Berlin',
    });
    expect(created.status).toBe(201);
    const tenant = tenantView.parse(created.body);
    expect(tenant).toMatchObject({
      tier,
      timezone: 'Europe/Berlin',
      logContent: 'redacted',
      membership: 'owner',
    });
    const path = `/api/tenants/${tenant.id}/roles`;
    expect(rolesView.parse((await bootstrap.get(path)).body).items).toMatchObject([
      { name: 'default', isDefault: true, tier, policyVersion: 1, keyCount: 0 },
    ]);
    const { policy } = policyView.parse((await bootstrap.get(`${path}/default/policy`)).body);
    expect(policy.rateLimitPolicy.requestsPerMinute).toBe(requestsPerMinute);
  });

  it('made by a person is theirs', async () => {
    const ada = await signedInClient(`${randomUUID()}@example.com`);
    const created = await ada.client.post('/api/tenants', { name: 'Mine', slug: slug() });
    expect(created.status).toBe(201);
    const me = meView.parse((await ada.client.get('/api/me')).body);
    expect(me).toMatchObject({
      user: { email: ada.email },
      tenants: [{ name: 'Mine', membership: 'owner' }],
    });
    const foreign = await signedInClient(`${randomUUID()}@example.com`);
    expect((await foreign.client.get(`/api/tenants/${me.tenants[0]?.id}`)).status).toBe(404);
    expect(tenantsView.parse((await foreign.client.get('/api/tenants')).body).items).toEqual([]);
  });

  it("is not to be made by another site's page with a person's cookie", async () => {
    const { client } = await signedInClient(`${randomUUID()}@example.com`);
    const body = { name: 'Forged', slug: slug() };
    for (const site of ['cross-site', 'same-site']) {
      const answer = await client.post('/api/tenants', body, { 'sec-fetch-site': site });
      expect([answer.status, errorView.parse(answer.body).error.code]).toEqual([403, 'forbidden']);
    }
    expect((await client.get('/api/tenants')).body).toMatchObject({ items: [] });
  });

  it('is not to be made with an admin token', async () => {
    const { owner } = await createTestTenant();
    expect((await owner.post('/api/tenants', { name: 'X', slug: slug() })).status).toBe(403);
  });

  it('takes no slug that is taken, and makes one of its name', async () => {
    const name = `Ünïted ${slug()}`;
    const first = await bootstrap.post('/api/tenants', { name });
    expect((first.body as { slug: string }).slug).toMatch(/^united-s-/);
    const second = await bootstrap.post('/api/tenants', { name });
    expect([second.status, pathsOf(second)]).toEqual([409, ['slug']]);
    const japanese = await bootstrap.post('/api/tenants', { name: '日本' });
    expect((japanese.body as { slug: string }).slug).toMatch(/^tenant-/);
  });

  it.each([
    [{}, 'name'],
    [{ name: 'A', slug: 'Not A Slug' }, 'slug'],
    [{ name: 'A', slug: randomUUID() }, 'slug'],
    [{ name: 'A', tier: 'gold' }, 'tier'],
    [{ name: 'A', timezone: 'Mars/Olympus' }, 'timezone'],
    [{ name: 'A', timezone: '+05:30' }, 'timezone'],
    [{ name: 'A', colour: 'red' }, 'colour'],
    [{ name: '  ' }, 'name'],
  ])('%j is 422 at %s', async (body, path) => {
    const answer = await bootstrap.post('/api/tenants', body);
    expect([answer.status, pathsOf(answer)]).toEqual([422, [path]]);
  });
});

describe('a tenant', () => {
  it('is found by id and by slug, and changed by its owner', async () => {
    const tenant = await createTestTenant();
    const next = slug();
    const answer = await tenant.owner.patch(tenant.path, {
      slug: next,
      timezone: 'Asia/Kolkata',
      logContent: 'none',
    });
    expect(answer.status).toBe(200);
    expect(tenantView.parse(answer.body)).toMatchObject({
      slug: next,
      timezone: 'Asia/Kolkata',
      logContent: 'none',
    });
    expect((await tenant.viewer.get(tenant.path)).status).toBe(404);
    expect((await tenant.viewer.get(`/api/tenants/${next}`)).status).toBe(200);
    expect((await tenant.viewer.get(`/api/tenants/${tenant.id}`)).status).toBe(200);
    const { items } = auditView.parse(
      (await tenant.viewer.get(`/api/tenants/${next}/audit?action=tenant.update`)).body,
    );
    expect(items).toMatchObject([
      {
        actor: { type: 'token', name: 'owner' },
        userAgent: 'vitest',
        detail: {
          changes: [
            { path: 'slug', from: tenant.slug, to: next },
            { path: 'timezone', from: 'UTC', to: 'Asia/Kolkata' },
            { path: 'logContent', from: 'redacted', to: 'none' },
          ],
        },
      },
    ]);
  });

  it("takes no other's slug", async () => {
    const [a, b] = [await createTestTenant(), await createTestTenant()];
    expect((await a.owner.patch(a.path, { slug: b.slug })).status).toBe(409);
  });

  it('is deleted with its tokens', async () => {
    const tenant = await createTestTenant();
    expect((await tenant.owner.del(tenant.path)).status).toBe(204);
    expect((await tenant.owner.get('/api/me')).status).toBe(401);
    expect((await bootstrap.get(tenant.path)).status).toBe(404);
  });

  it('lists page by page for the bootstrap token', async () => {
    for (let made = 0; made < 3; made += 1) await createTestTenant();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = tenantsView.parse(
        (await bootstrap.get(`/api/tenants?limit=2&cursor=${cursor}`)).body,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    const { rows } = await database.owner.query('SELECT id FROM tenants');
    expect(new Set(seen)).toEqual(new Set(rows.map((row: { id: string }) => row.id)));
    expect(seen).toHaveLength(rows.length);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'limit=1.5', 'cursor=nonsense'])(
    'lists with %s are 422',
    async (query) => {
      expect((await bootstrap.get(`/api/tenants?${query}`)).status).toBe(422);
    },
  );
});
