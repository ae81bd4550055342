import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import type { Answer } from './testing/client';
import { bootstrap, createTestTenant, type TestTenant } from './testing/fixture';
import { errorView, receiptView } from './views';

/** Inputs that must do no harm, from outside of the project; without them there is nothing to test. */
const corpus = <T>(name: string): T[] =>
  readFileSync(
    fileURLToPath(new URL(`../../../shared/eval/badinput/${name}`, import.meta.url)),
    'utf8',
  )
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

const database = await testDatabase();
const runtime = await getRuntime();
let tenant: TestTenant;
/** Known without a look-up, which ten thousand calls would feel. */
const owner = bootstrap;
let hits = 0;
/** Listens where a request to a forbidden address would arrive. */
const trap = createServer((_request, response) => {
  hits += 1;
  response.end('{}');
});
beforeAll(async () => {
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  tenant = await createTestTenant();
});
afterAll(async () => {
  trap.close();
  await runtime.drain();
  await database.close();
});

const LIMIT_MS = 1000;

/** Answers in time, and with what is no fault of ours. */
async function harmless(call: () => Promise<Answer>): Promise<Answer> {
  const [answer, took] = await timed(call);
  // A busy machine is no hang: what was slow is asked again.
  if (took >= LIMIT_MS) expect((await timed(call))[1]).toBeLessThan(LIMIT_MS);
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400) errorView.parse(answer.body);
  return answer;
}

async function timed<T>(call: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now();
  const result = await call();
  return [result, performance.now() - startedAt];
}

const WORKERS = 4;

/** Some at a time, as clients come; `work` is told which of the workers it is. */
async function forEach<T>(
  items: readonly T[],
  work: (item: T, worker: number) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: WORKERS }, async (_, worker) => {
    for (const item of queue) await work(item, worker);
  });
  await Promise.all(workers);
}

const put = (policy: unknown, role = 'default') =>
  owner.put(`${tenant.path}/roles/${role}/policy`, policy, { 'if-match': '*' });

describe('JSON texts', () => {
  const texts = corpus<{ name: string; label: string; input: string }>('json-parsing.jsonl');
  const targets: [string, string][] = [
    ['PUT', '/roles/default/policy'],
    ['POST', '/roles'],
    ['POST', '/roles/default/evaluate'],
    ['PUT', '/prices'],
    ['PATCH', ''],
  ];

  it.each(targets)('%s %s takes none of them for more than they are', async (method, path) => {
    const before = (await owner.get(`${tenant.path}/roles/default/policy`)).headers.get('etag');
    await forEach(texts, async ({ input }) => {
      const answer = await harmless(() =>
        owner.call(method, `${tenant.path}${path}`, { raw: input, headers: { 'if-match': '"1"' } }),
      );
      // None of them is a document of ours, but for the empty object.
      if (!/^\s*\{\s*\}\s*$/.test(input)) expect([400, 422, 428]).toContain(answer.status);
    });
    const after = (await owner.get(`${tenant.path}/roles/default/policy`)).headers.get('etag');
    if (path !== '/roles/default/policy') expect(after).toBe(before);
  });

  it('that are not JSON are 400', async () => {
    for (const { label, input } of texts.filter((text) => text.label === 'must_reject')) {
      const answer = await owner.call('POST', `${tenant.path}/roles`, { raw: input });
      expect([label, answer.status]).toEqual(['must_reject', 400]);
    }
  });

  it('a million deep are refused at once', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ]) {
      const depth = 300_000;
      const raw = `${open?.repeat(depth)}1${close?.repeat(depth)}`;
      const answer = await harmless(() => owner.call('POST', `${tenant.path}/roles`, { raw }));
      expect([400, 422]).toContain(answer.status);
    }
  });

  it('with keys of the language itself change nothing', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']) {
      const raw = `{"${key}": {"enabled": true}, "routingPolicy": {"weightedConfig": {"weights": {"${key}": 100}}}}`;
      await harmless(() =>
        owner.call('PUT', `${tenant.path}/roles/default/policy`, {
          raw,
          headers: { 'if-match': '*' },
        }),
      );
      expect(({} as { enabled?: unknown }).enabled).toBeUndefined();
    }
  });
});

describe('naughty strings', () => {
  const strings = corpus<{ text: string }>('naughty-strings.jsonl').map(({ text }) => text);

  it('as names, descriptions, comments and models are kept as they are, or refused', async () => {
    // Saves of one role wait for each other, so each worker has a role of its own.
    const roles = Array.from({ length: WORKERS }, (_, worker) => `worker-${worker}`);
    for (const name of roles) await owner.post(`${tenant.path}/roles`, { name });
    await forEach(strings, async (text, worker) => {
      const role = await harmless(() =>
        owner.post(`${tenant.path}/roles`, { name: text, description: text }),
      );
      if (role.status === 201) {
        const { id, name } = role.body as { id: string; name: string };
        const read = await harmless(() =>
          owner.get(`${tenant.path}/roles/${encodeURIComponent(name)}`),
        );
        expect(read.body).toMatchObject({ id, name: text.trim(), description: text.trim() });
      }
      await harmless(() => owner.post(`${tenant.path}/keys`, { name: text, role: text }));
      await harmless(() => owner.post(`${tenant.path}/members`, { email: text, role: 'viewer' }));
      await harmless(() => owner.patch(tenant.path, { timezone: text }));
      await harmless(() =>
        owner.post(`${tenant.path}/providers`, { kind: 'openai', name: text, apiKey: text }),
      );
      await harmless(() =>
        put(
          { policy: { modelRestrictions: { allowedModels: [text] } }, comment: text },
          roles[worker],
        ),
      );
      await harmless(() =>
        put(
          { promptPolicies: { blockedPatterns: [text], injection: { allowedPhrases: [text] } } },
          roles[worker],
        ),
      );
    });
  }, 180_000);

  it('in paths and queries find nothing', async () => {
    await forEach(strings, async (text) => {
      const part = encodeURIComponent(text.toWellFormed());
      const T = tenant.path;
      const paths = [
        `/api/tenants/${part}`,
        `${T}/keys/${part}`,
        `${T}/requests/${part}`,
        `${T}/requests?cursor=${part}&code=${part}`,
        `${T}/audit?action=${part}&limit=${part}`,
        `${T}/usage?from=${part}&by=${part}`,
        `${T}/roles?cursor=${part}`,
        `/api/invites/${part}`,
      ];
      for (const path of paths) await harmless(() => owner.get(path));
      await harmless(() => owner.post(`${T}/breakers/${part}/reset`));
    });
  }, 120_000);

  it('as cursors that were made up are refused or find nothing', async () => {
    const keys = [
      '',
      '-271821-04-20T00:00:00Z',
      '+275760-09-13T00:00:00Z',
      '9'.repeat(400),
      'a\u0000b',
    ];
    for (const key of keys) {
      const cursor = Buffer.from(`${key}\n${key}`).toString('base64url');
      for (const list of [
        'audit',
        'requests',
        'roles',
        'keys',
        'members',
        'tokens',
        'providers',
        'alerts',
        'roles/default/policy/revisions',
      ]) {
        await harmless(() => owner.get(`${tenant.path}/${list}?cursor=${cursor}`));
      }
    }
  });

  it('as headers are kept out of the way', async () => {
    for (const text of strings.filter((each) => /^[\x20-\x7e\x80-\xff]+$/.test(each.trim()))) {
      const headers = {
        'user-agent': text.trim(),
        'x-forwarded-for': text.trim(),
        'if-match': text.trim(),
      };
      await harmless(() =>
        owner.call('PUT', `${tenant.path}/roles/default/policy`, { body: {}, headers }),
      );
    }
  });
});

describe('addresses that must not be called', () => {
  const urls = corpus<{ url: string; label: string }>('ssrf-urls.jsonl');
  const bad = urls.filter(({ label }) => label === 'block').map(({ url }) => url);
  const issuesOf = (answer: Answer) => errorView.parse(answer.body).error.issues;

  it('are refused as base URLs of every kind that takes one', async () => {
    const trapUrl = `http://127.0.0.1:${(trap.address() as { port: number }).port}/v1`;
    for (const baseUrl of [...bad, trapUrl]) {
      const answer = await harmless(() =>
        owner.post(`${tenant.path}/providers`, { kind: 'openai-compatible', name: 'p', baseUrl }),
      );
      expect([baseUrl, answer.status]).toEqual([baseUrl, 422]);
      expect(issuesOf(answer)[0]?.path).toBe('baseUrl');
    }
  });

  it('are refused as webhooks', async () => {
    for (const url of bad) {
      for (const field of ['alertWebhook', 'alertSlack']) {
        const answer = await harmless(() => put({ budgetPolicy: { [field]: url } }));
        expect([url, answer.status]).toEqual([url, 422]);
        expect(issuesOf(answer)[0]?.path).toBe(`budgetPolicy.${field}`);
      }
    }
  });

  it('are not called by a test of a connection that got past the check', async () => {
    const { port } = trap.address() as { port: number };
    const created = await owner.post(`${tenant.path}/providers`, {
      kind: 'openai-compatible',
      name: 'sneaky',
      baseUrl: 'https://api.example.com/v1',
    });
    const { id } = created.body as { id: string };
    const url = `http://127.0.0.1:${port}/v1`;
    await database.owner.query('UPDATE provider_connections SET base_url = $1 WHERE id = $2', [
      url,
      id,
    ]);
    const answer = await owner.post(`${tenant.path}/providers/${id}/test`);
    expect([answer.status, (answer.body as { ok: boolean }).ok]).toEqual([200, false]);
  });

  it('got no request', () => {
    expect(hits).toBe(0);
  });
});

describe('patterns that explode', () => {
  const patterns = corpus<{ pattern: string }>('redos.jsonl').map(({ pattern }) => pattern);

  it('are linear or refused, and judge a prompt in time', async () => {
    await owner.post(`${tenant.path}/providers`, { kind: 'sandbox' });
    const content = `${'a'.repeat(5_000)}${'_'.repeat(5_000)}${'\\'.repeat(5_000)}!`;
    for (const pattern of patterns) {
      const policy = { promptPolicies: { enabled: true, blockedPatterns: [pattern] } };
      const saved = await harmless(() => put(policy));
      expect([200, 422]).toContain(saved.status);
      if (saved.status !== 200) continue;
      const request = { model: 'sandbox/small', messages: [{ role: 'user', content }] };
      const judged = await harmless(() =>
        owner.post(`${tenant.path}/roles/default/evaluate`, { request, policy }),
      );
      expect(receiptView.parse(judged.body).stages.map(({ name }) => name)).toContain('prompt');
    }
  }, 60_000);
});
