import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '@/lib/db/testing';
import type { Receipt } from '@/lib/gateway/types';
import { getRuntime } from '@/lib/server/runtime';
import type { Answer } from './testing/client';
import { createTestTenant, type TestTenant } from './testing/fixture';
import {
  auditView,
  breakersView,
  budgetsView,
  errorView,
  keysView,
  newKeyView,
  priceView,
  pricesView,
  providerView,
  receiptView,
  requestsView,
  roleView,
  rolesView,
  usageView,
} from './views';

const database = await testDatabase();
const runtime = await getRuntime();
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

let tenant: TestTenant;
let T: string;
beforeEach(async () => {
  tenant = await createTestTenant();
  T = tenant.path;
});
const issuesOf = (answer: Answer) => errorView.parse(answer.body).error.issues;
const audited = async () => {
  const { items } = auditView.parse((await tenant.viewer.get(`${T}/audit?limit=200`)).body);
  return items;
};

describe('roles', () => {
  const create = (body: object) => tenant.editor.post(`${T}/roles`, body);

  it('are named once, and found by name and id', async () => {
    const role = roleView.parse((await create({ name: 'Büro & Co', description: 'x' })).body);
    expect(role).toMatchObject({
      isDefault: false,
      tier: null,
      policyVersion: 1,
      lastChange: { by: 'editor' },
    });
    for (const ref of [role.id, encodeURIComponent('Büro & Co')]) {
      expect((await tenant.viewer.get(`${T}/roles/${ref}`)).body).toEqual(role);
    }
    const again = await create({ name: 'Büro & Co' });
    expect([again.status, issuesOf(again)[0]?.path]).toEqual([409, 'name']);
    const renamed = await tenant.editor.patch(`${T}/roles/${role.id}`, { name: 'default' });
    expect(renamed.status).toBe(409);
  });

  it.each([
    { name: '' },
    { name: 'a/b' },
    { name: '..' },
    { name: randomUUID() },
    { name: 'x'.repeat(65) },
    { name: 'a\u200bb' },
  ])('of the name %j are refused', async (body) => {
    const answer = await create(body);
    expect([answer.status, issuesOf(answer)[0]?.path]).toEqual([422, 'name']);
  });

  it('have one default among them, which stays until another takes its place', async () => {
    const defaults = async () =>
      rolesView
        .parse((await tenant.viewer.get(`${T}/roles`)).body)
        .items.filter((role) => role.isDefault)
        .map((role) => role.name);
    expect((await tenant.editor.del(`${T}/roles/default`)).status).toBe(409);
    expect((await tenant.editor.patch(`${T}/roles/default`, { isDefault: false })).status).toBe(
      409,
    );
    await create({ name: 'next', isDefault: true });
    expect(await defaults()).toEqual(['next']);
    await tenant.editor.patch(`${T}/roles/default`, { isDefault: true });
    expect(await defaults()).toEqual(['default']);
    expect((await tenant.editor.del(`${T}/roles/next`)).status).toBe(204);
  });

  it('with live keys stay until those are revoked', async () => {
    await create({ name: 'r' });
    const key = newKeyView.parse(
      (await tenant.editor.post(`${T}/keys`, { name: 'k', role: 'r' })).body,
    );
    const refused = await tenant.editor.del(`${T}/roles/r`);
    expect([refused.status, errorView.parse(refused.body).error.message]).toEqual([
      409,
      expect.stringContaining('Revoke'),
    ]);
    await tenant.editor.del(`${T}/keys/${key.id}`);
    expect((await tenant.editor.del(`${T}/roles/r`)).status).toBe(204);
    expect((await tenant.viewer.get(`${T}/roles/r`)).status).toBe(404);
  });
});

describe('keys', () => {
  it('show their secret once; what is stored is its hash', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const answer = await tenant.editor.post(`${T}/keys`, {
      name: 'ci',
      role: 'default',
      expiresAt,
    });
    const key = newKeyView.parse(answer.body);
    expect(key).toMatchObject({
      name: 'ci',
      role: { name: 'default' },
      expiresAt,
      createdBy: 'editor',
    });
    expect(key.secret.startsWith(key.prefix)).toBe(true);
    const seen = await Promise.all(
      ['keys', `keys/${key.id}`, 'audit'].map((path) => tenant.owner.get(`${T}/${path}`)),
    );
    for (const { body } of seen) expect(JSON.stringify(body)).not.toContain(key.secret);
  });

  it('are revoked for good, and listed afterwards when asked for', async () => {
    const key = newKeyView.parse(
      (await tenant.editor.post(`${T}/keys`, { name: 'k', role: 'default' })).body,
    );
    expect((await tenant.editor.del(`${T}/keys/${key.id}`)).status).toBe(204);
    expect((await tenant.editor.del(`${T}/keys/${key.id}`)).status).toBe(404);
    const list = async (query: string) =>
      keysView
        .parse((await tenant.viewer.get(`${T}/keys${query}`)).body)
        .items.map((item) => item.id);
    expect(await list('')).toEqual([]);
    expect(await list('?revoked=true&role=default')).toEqual([key.id]);
    expect((await audited()).map((entry) => entry.action)).toEqual(
      expect.arrayContaining(['key.create', 'key.revoke']),
    );
  });

  it("are not made for another tenant's role", async () => {
    const other = await createTestTenant();
    const role = roleView.parse((await other.owner.get(`${other.path}/roles/default`)).body);
    const answer = await tenant.owner.post(`${T}/keys`, { name: 'k', role: role.id });
    expect([answer.status, issuesOf(answer)[0]?.path]).toEqual([422, 'role']);
    expect((await tenant.owner.get(`${T}/keys?role=${role.id}`)).status).toBe(422);
  });

  it.each([
    { role: 'nobody' },
    { expiresAt: '2001-01-01T00:00:00Z' },
    { expiresAt: 7 },
    { name: '' },
  ])('of %j are 422', async (body) => {
    const answer = await tenant.editor.post(`${T}/keys`, { name: 'k', role: 'default', ...body });
    expect([answer.status, issuesOf(answer)[0]?.path]).toEqual([422, Object.keys(body)[0]]);
  });
});

describe('provider connections', () => {
  const SECRET = 'sk-very-secret-0123456789abcd';
  const create = (body: object) => tenant.editor.post(`${T}/providers`, body);

  it('are named after their kind, and never show their key', async () => {
    const answer = await create({ kind: 'openai', apiKey: SECRET, models: ['gpt-4o'] });
    const provider = providerView.parse(answer.body);
    expect(provider).toMatchObject({
      name: 'openai',
      enabled: true,
      hasCredential: true,
      credentialHint: '…abcd',
    });
    const { rows } = await database.owner.query(
      'SELECT credential_sealed FROM provider_connections WHERE id = $1',
      [provider.id],
    );
    const seen = await Promise.all(
      [`providers/${provider.id}`, 'providers', 'audit'].map((path) =>
        tenant.owner.get(`${T}/${path}`),
      ),
    );
    for (const text of [
      JSON.stringify(answer.body),
      rows[0].credential_sealed,
      ...seen.map(({ body }) => JSON.stringify(body)),
    ]) {
      expect(text).not.toContain('very-secret');
    }
    expect((await create({ kind: 'openai', apiKey: SECRET })).status).toBe(409);
    expect((await tenant.viewer.get(`${T}/providers/openai`)).body).toMatchObject({
      id: provider.id,
    });
  });

  it.each([
    [{ kind: 'openai' }, 'apiKey'],
    [{ kind: 'azure-openai', apiKey: SECRET }, 'baseUrl'],
    [{ kind: 'openai-compatible' }, 'baseUrl'],
    [{ kind: 'ollama' }, 'baseUrl'],
    [{ kind: 'sandbox', apiKey: SECRET }, 'apiKey'],
    [{ kind: 'sandbox', baseUrl: 'https://api.example.com' }, 'baseUrl'],
    [{ kind: 'openai', apiKey: SECRET, baseUrl: 'http://api.example.com/v1' }, 'baseUrl'],
    [{ kind: 'openai', apiKey: SECRET, baseUrl: 'https://user:pw@api.example.com' }, 'baseUrl'],
    [{ kind: 'openai', apiKey: 'a b' }, 'apiKey'],
    [{ kind: 'openai', apiKey: SECRET, name: 'Open AI' }, 'name'],
    [{ kind: 'openai', apiKey: SECRET, models: ['a', 'a'] }, 'models.1'],
    [{ kind: 'openai', apiKey: SECRET, models: ['gpt-*'] }, 'models.0'],
    [{ kind: 'closedai', apiKey: SECRET }, 'kind'],
  ])('%j are refused at %s', async (body, path) => {
    const answer = await create(body);
    expect([answer.status, issuesOf(answer).map((issue) => issue.path)]).toEqual([422, [path]]);
  });

  it('keep their key on an edit, but not at another address', async () => {
    const made = providerView.parse((await create({ kind: 'openai', apiKey: SECRET })).body);
    const patch = (body: object) => tenant.editor.patch(`${T}/providers/${made.id}`, body);
    expect((await patch({ enabled: false, apiKey: '' })).body).toMatchObject({
      enabled: false,
      hasCredential: true,
    });
    const moved = await patch({ baseUrl: 'https://collector.example.com/v1' });
    expect([moved.status, issuesOf(moved)[0]?.path]).toEqual([422, 'apiKey']);
    const again = await patch({
      baseUrl: 'https://eu.api.example.com/v1',
      apiKey: 'sk-another-0123456789wxyz',
    });
    expect(again.body).toMatchObject({
      baseUrl: 'https://eu.api.example.com/v1',
      credentialHint: '…wxyz',
    });
    expect((await patch({ kind: 'groq' })).status).toBe(422);
    const entry = (await audited()).find((each) => each.action === 'provider.update');
    expect(entry?.detail).toMatchObject({ credentialReplaced: true });
  });

  it('are tested by a call that keeps what the provider said', async () => {
    const made = providerView.parse((await create({ kind: 'sandbox' })).body);
    const test = await tenant.editor.post(`${T}/providers/${made.id}/test`);
    expect(test.body).toMatchObject({ ok: true, models: expect.arrayContaining(['small']) });
    expect((await tenant.viewer.get(`${T}/providers/${made.id}`)).body).toMatchObject({
      lastTest: { ok: true },
    });
  });
});

describe('prices', () => {
  const put = (items: unknown[]) => tenant.editor.put(`${T}/prices`, { items });

  it("are the catalogue's, under the names of the tenant's connections", async () => {
    await tenant.editor.post(`${T}/providers`, {
      kind: 'openai',
      name: 'openai-eu',
      apiKey: 'sk-0123456789',
    });
    const { items } = pricesView.parse((await tenant.viewer.get(`${T}/prices`)).body);
    const named = (model: string) => items.find((item) => item.model === model);
    expect(named('openai/gpt-4o')).toMatchObject({
      source: 'catalogue',
      inputPerMillion: '2.5',
      outputPerMillion: '10',
    });
    expect(named('openai-eu/gpt-4o')).toEqual({
      ...named('openai/gpt-4o'),
      model: 'openai-eu/gpt-4o',
    });
    expect(named('sandbox/small')).toBeDefined();
  });

  it("are the tenant's own where it has some, exact to ten decimals", async () => {
    const own = {
      model: 'openai/gpt-4o',
      inputPerMillion: '0.0000000001',
      cachedInputPerMillion: null,
      outputPerMillion: '3',
    };
    const answer = await put([
      own,
      { model: 'vllm/own', inputPerMillion: 0.1, outputPerMillion: '20.50' },
    ]);
    expect(answer.status).toBe(200);
    const { items } = pricesView.parse(answer.body);
    expect(items.find((item) => item.model === 'openai/gpt-4o')).toEqual({
      ...own,
      source: 'tenant',
    });
    expect(items.find((item) => item.model === 'vllm/own')).toMatchObject({
      inputPerMillion: '0.1',
      outputPerMillion: '20.5',
    });
    // What was read may be written back.
    expect((await tenant.editor.put(`${T}/prices`, answer.body)).status).toBe(200);
    await put([]);
    const after = pricesView.parse((await tenant.viewer.get(`${T}/prices`)).body).items;
    expect(after.every((item) => item.source === 'catalogue')).toBe(true);
  });

  it.each([
    [{ model: 'gpt-4o' }, 'items.0.model'],
    [{ inputPerMillion: '-1' }, 'items.0.inputPerMillion'],
    [{ inputPerMillion: '1e3' }, 'items.0.inputPerMillion'],
    [{ inputPerMillion: '0.00000000001' }, 'items.0.inputPerMillion'],
    [{ outputPerMillion: undefined }, 'items.0.outputPerMillion'],
    [{ currency: 'EUR' }, 'items.0.currency'],
  ])('with %j are refused at %s', async (change, path) => {
    const answer = await put([
      { model: 'openai/x', inputPerMillion: '1', outputPerMillion: '1', ...change },
    ]);
    expect([answer.status, issuesOf(answer).map((issue) => issue.path)]).toEqual([422, [path]]);
  });

  it('are given once a model', async () => {
    const price = priceView.omit({ source: true, cachedInputPerMillion: true }).parse({
      model: 'openai/x',
      inputPerMillion: '1',
      outputPerMillion: '1',
    });
    expect(issuesOf(await put([price, price]))[0]?.path).toBe('items.1.model');
  });
});

describe('what happened', () => {
  const receipt = (change: Partial<Receipt>): Receipt => ({
    id: randomUUID(),
    at: new Date().toISOString(),
    tenantId: tenant.id,
    role: { id: roleId, name: 'default' },
    key: { id: keyId, name: 'k' },
    status: 200,
    code: null,
    stream: false,
    requestedModel: 'sandbox/small',
    provider: 'sandbox',
    model: 'small',
    policyVersion: 1,
    route: { strategy: 'explicit', reason: 'named', candidates: [] },
    stages: [],
    attempts: [],
    cache: { status: 'off', similarity: null, ageSeconds: null },
    tokens: { input: 10, cachedInput: 0, output: 5, reasoning: 0, estimated: false },
    costUsd: '0.0000000003',
    latencyMs: 12,
    warnings: [],
    content: { messages: ['Hello'], answer: 'Hi' },
    ...change,
  });
  let roleId = '';
  let keyId = '';
  const write = async (...receipts: Receipt[]) => {
    for (const each of receipts) runtime.deps.receipts.write(each);
    await runtime.deps.receipts.drain();
  };
  beforeEach(async () => {
    roleId = roleView.parse((await tenant.owner.get(`${T}/roles/default`)).body).id;
    const key = await tenant.owner.post(`${T}/keys`, { name: 'laptop', role: 'default' });
    keyId = newKeyView.parse(key.body).id;
  });

  it('is listed by what was asked for, newest first, page by page', async () => {
    const refused = receipt({
      status: 429,
      code: 'rate_limit_exceeded',
      provider: null,
      model: null,
    });
    await write(receipt({}), refused, receipt({ status: 502, code: 'upstream_error' }));
    const ids = async (query: string) => {
      const answer = await tenant.viewer.get(`${T}/requests?${query}`);
      expect(answer.status).toBe(200);
      return requestsView.parse(answer.body).items.map((item) => item.id);
    };
    expect(await ids('')).toHaveLength(3);
    for (const query of ['status=429', 'status=4xx', 'code=rate_limit_exceeded']) {
      expect(await ids(query)).toEqual([refused.id]);
    }
    expect(await ids(`role=default&key=${keyId}&provider=sandbox&model=small`)).toHaveLength(2);
    expect(await ids('from=2001-01-01&to=2001-01-02')).toEqual([]);
    const first = requestsView.parse((await tenant.viewer.get(`${T}/requests?limit=2`)).body);
    const rest = await ids(`limit=2&cursor=${first.nextCursor}`);
    expect(new Set([...first.items.map((item) => item.id), ...rest]).size).toBe(3);
  });

  it.each([
    'status=999',
    'status=x',
    'key=x',
    'role=nobody',
    'from=yesterday',
    'from=2026-02-01&to=2026-01-01',
  ])('is not listed by %s', async (query) => {
    expect((await tenant.viewer.get(`${T}/requests?${query}`)).status).toBe(422);
  });

  it('shows what was said only while the tenant keeps it', async () => {
    const kept = receipt({});
    await write(kept);
    const read = async () =>
      receiptView.parse((await tenant.viewer.get(`${T}/requests/${kept.id}`)).body);
    expect((await read()).content).toEqual(kept.content);
    await tenant.owner.patch(T, { logContent: 'none' });
    expect((await read()).content).toBeNull();
  });

  it('adds up to usage by role, key, model, provider and day, exactly', async () => {
    await tenant.owner.patch(T, { timezone: 'Pacific/Kiritimati' });
    const at = '2026-03-31T09:59:59.000Z';
    await write(receipt({ at }), receipt({ at: '2026-03-31T10:00:00.000Z' }));
    const usage = async (query: string) =>
      usageView.parse(
        (await tenant.viewer.get(`${T}/usage?from=2026-03-31&to=2026-04-01&${query}`)).body,
      );
    const sums = { requests: 2, inputTokens: 20, outputTokens: 10, costUsd: '0.0000000006' };
    expect((await usage('by=role')).items).toEqual([{ key: roleId, label: 'default', ...sums }]);
    expect((await usage('by=key&role=default')).items).toEqual([
      { key: keyId, label: 'laptop', ...sums },
    ]);
    expect((await usage('by=model')).items).toMatchObject([{ key: 'sandbox/small', ...sums }]);
    expect((await usage('by=provider')).items).toMatchObject([{ key: 'sandbox', ...sums }]);
    // In Kiritimati a day begins at ten in the morning, universal time.
    expect((await usage('by=day')).items.map(({ key, requests }) => [key, requests])).toEqual([
      ['2026-03-31', 1],
      ['2026-04-01', 1],
    ]);
    const tooLong = await tenant.viewer.get(`${T}/usage?from=2020-01-01&to=2026-01-01`);
    expect(tooLong.status).toBe(422);
  });

  it('leaves budgets with their limits and the end of each window', async () => {
    const { items } = budgetsView.parse((await tenant.viewer.get(`${T}/budgets`)).body);
    expect(items).toMatchObject([
      {
        role: 'default',
        roleId,
        windows: [
          { window: 'day', limitUsd: '1', settledUsd: '0', reservedUsd: '0' },
          { window: 'week', limitUsd: '0' },
          { window: 'month', limitUsd: '10' },
        ],
      },
    ]);
    for (const { resetsAt } of items[0]?.windows ?? [])
      expect(Date.parse(resetsAt)).toBeGreaterThan(Date.now());
  });

  it('shows a breaker for each connection, and closes one by hand', async () => {
    await tenant.editor.post(`${T}/providers`, { kind: 'sandbox' });
    const permit = runtime.breakers.admit(tenant.id, 'sandbox', {
      threshold: 1,
      timeoutMs: 60_000,
    });
    if ('failed' in permit) permit.failed();
    const read = async () =>
      breakersView.parse((await tenant.viewer.get(`${T}/breakers`)).body).items;
    expect(await read()).toMatchObject([{ provider: 'sandbox', state: 'open', failureCount: 1 }]);
    const reset = await tenant.editor.post(`${T}/breakers/sandbox/reset`);
    expect([reset.status, reset.body]).toMatchObject([200, { state: 'closed' }]);
    expect(await read()).toEqual([
      { provider: 'sandbox', state: 'closed', failureCount: 0, openedAt: null },
    ]);
  });

  it('is judged beforehand without happening', async () => {
    await tenant.editor.post(`${T}/providers`, { kind: 'sandbox' });
    const evaluate = async (body: object, client = tenant.viewer) =>
      client.post(`${T}/roles/default/evaluate`, body);
    const request = { model: 'sandbox/small', messages: [{ role: 'user', content: 'Hello' }] };
    const policy = { promptPolicies: { enabled: true, blockedPatterns: ['Hel+o'] } };
    const allowed = receiptView.parse((await evaluate({ request, policy: {} })).body);
    expect(allowed).toMatchObject({
      status: 200,
      attempts: [],
      provider: 'sandbox',
      model: 'small',
    });
    const denied = receiptView.parse((await evaluate({ request, policy })).body);
    expect(denied).toMatchObject({ status: 400, code: 'blocked_content' });
    expect(denied.stages.at(-1)).toMatchObject({ verdict: 'deny' });
    const nonsense = await evaluate({ request: 7, policy: {} });
    expect([nonsense.status, receiptView.parse(nonsense.body).status]).toEqual([200, 400]);
    expect((await evaluate({ request, policy: { promptPolicies: { enabled: 7 } } })).status).toBe(
      422,
    );
    expect((await evaluate({})).status).toBe(422);
    await runtime.deps.receipts.drain();
    expect(requestsView.parse((await tenant.viewer.get(`${T}/requests`)).body).items).toEqual([]);
  });
});
