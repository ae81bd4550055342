import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST as chat } from '@/app/api/v1/chat/completions/route';
import { wordingOf } from '@/lib/cache/wording';
import { encoder } from '@/lib/encoder';
import { testDatabase } from '@/lib/db/testing';
import { getRuntime } from '@/lib/server/runtime';
import { createTestTenant, type TestTenant } from './testing/fixture';
import { auditView, cacheStatsView, newKeyView, receiptView } from './views';

/** The cache as administrators and clients see it together: the real runtime over a real database. */

const database = await testDatabase();
const runtime = await getRuntime();
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  await encoder().warmUp();
  tenant = await createTestTenant('enterprise');
  other = await createTestTenant('enterprise');
});
afterAll(async () => {
  await runtime.drain();
  await database.close();
});

const policy = {
  cachingPolicy: { enabled: true, similarityThreshold: 0.9 },
};
const keys: Record<string, string> = {};

/** A role with the cache on, and a key of it. */
async function makeRole(of: TestTenant, name: string): Promise<void> {
  const made = await of.owner.post(`${of.path}/roles`, { name });
  expect(made.status).toBe(201);
  const saved = await of.owner.put(`${of.path}/roles/${name}/policy`, policy, {
    'if-match': '"1"',
  });
  expect(saved.status).toBe(200);
  const key = await of.owner.post(`${of.path}/keys`, { name, role: name });
  keys[name] = newKeyView.parse(key.body).secret;
}

async function ask(role: string, content: string, model = 'sandbox/small') {
  const response = await chat(
    new Request('http://localhost:3000/api/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${keys[role]}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
    }),
  );
  await response.text();
  expect(response.status).toBe(200);
  return {
    cache: response.headers.get('x-rolegate-cache'),
    id: response.headers.get('x-request-id') ?? '',
  };
}
const status = async (role: string, content: string, model?: string) =>
  (await ask(role, content, model)).cache;

/** Both counted and stored, as far as that goes behind the requests. */
const written = () => runtime.deps.receipts.drain();
const stats = async (of: TestTenant, query = '') => {
  const answer = await of.viewer.get(`${of.path}/cache/stats?${query}`);
  return cacheStatsView.parse(answer.body);
};

/** Entries are written behind the requests. */
const stored = (of: string, entries: number) =>
  expect
    .poll(async () => {
      const { rowCount } = await database.owner.query(
        'SELECT 1 FROM cache_entries e JOIN roles r ON r.id = e.role_id WHERE r.name = $1',
        [of],
      );
      return rowCount;
    })
    .toBe(entries);

let number = 0;
let role: string;
beforeAll(async () => {
  for (const each of [tenant, other]) {
    const made = await each.owner.post(`${each.path}/providers`, { kind: 'sandbox' });
    expect(made.status).toBe(201);
  }
});
beforeEach(async () => {
  role = `role-${(number += 1)}`;
  await makeRole(tenant, role);
});

describe('a purge', () => {
  const purge = (query: string, of = tenant) => of.editor.del(`${of.path}/cache?${query}`);

  it('takes what role, model and pattern name together, and nothing else', async () => {
    const second = `${role}-second`;
    await makeRole(tenant, second);
    for (const each of [role, second]) {
      await ask(each, 'Name a red fruit');
      await ask(each, 'Name a blue fruit', 'sandbox/medium');
      await ask(each, 'Name a town');
    }
    expect((await purge(`role=${role}&model=sandbox/m*&pattern=fruit`)).status).toBe(204);
    expect(await status(role, 'Name a red fruit')).toBe('hit-exact');
    expect(await status(role, 'Name a blue fruit', 'sandbox/medium')).toBe('miss');
    expect((await purge(`pattern=${encodeURIComponent('(?i)FRUIT$')}`)).status).toBe(204);
    for (const each of [role, second]) {
      expect(await status(each, 'Name a red fruit')).toBe('miss');
      expect(await status(each, 'Name a town')).toBe('hit-exact');
    }
    expect((await purge(`role=${second}`)).status).toBe(204);
    expect(await status(role, 'Name a town')).toBe('hit-exact');
    expect(await status(second, 'Name a town')).toBe('miss');
    expect((await stats(tenant, `role=${second}`)).entries).toBe(1);
  });

  it('takes one entry, as a receipt names it', async () => {
    for (const text of ['Name a bird', 'Name a fish']) await ask(role, text);
    const { id } = await ask(role, 'Name a bird');
    await written();
    const receipt = receiptView.parse(
      (await tenant.viewer.get(`${tenant.path}/requests/${id}`)).body,
    );
    expect((await purge(`entry=${receipt.cache.entryId}`, other)).status).toBe(204);
    expect(await status(role, 'Name a bird')).toBe('hit-exact');
    expect((await purge(`entry=${receipt.cache.entryId}`)).status).toBe(204);
    expect(await status(role, 'Name a bird')).toBe('miss');
    expect(await status(role, 'Name a fish')).toBe('hit-exact');
  });

  it('by a pattern that would keep other engines busy for ever is done at once', async () => {
    await ask(role, `${'a'.repeat(60)}!`);
    const startedMs = performance.now();
    expect((await purge(`pattern=${encodeURIComponent('^(a+)+$')}`)).status).toBe(204);
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(await status(role, `${'a'.repeat(60)}!`)).toBe('hit-exact');
  });

  it.each([
    ['a pattern that is none', 'pattern=%28', 422],
    ['a pattern that looks back, which RE2 does not', 'pattern=(%3F%3C%3Da)b', 422],
    ['an entry that is no id', 'entry=x', 422],
    ['a role that nobody has', 'role=nobody', 422],
    ['a role without a name', 'role=', 422],
    ['a filter that is misspelt', 'rolle=x', 422],
    ['a filter that is empty', 'pattern=', 422],
  ])('by %s is refused, and takes nothing', async (_what, query, expected) => {
    await ask(role, 'Name a tree');
    expect((await purge(query)).status).toBe(expected);
    expect(await status(role, 'Name a tree')).toBe('hit-exact');
  });

  it('is for editors of the tenant: viewers may not, and for others neither role nor tenant is there', async () => {
    await ask(role, 'Name a tree');
    expect((await tenant.viewer.del(`${tenant.path}/cache?role=${role}`)).status).toBe(403);
    expect((await other.owner.del(`${tenant.path}/cache`)).status).toBe(404);
    expect((await purge(`role=${role}`, other)).status).toBe(422);
    expect((await purge('', other)).status).toBe(204);
    expect(await status(role, 'Name a tree')).toBe('hit-exact');
  });
});

describe('a wrong answer', () => {
  const wrong = (id: string, of = tenant) =>
    of.editor.post(`${of.path}/requests/${id}/feedback`, { verdict: 'wrong' });

  it('goes, its pair never matches again, and is counted once however often it is said', async () => {
    const [first, alike] = ['How do I reset my password?', 'How can I reset my password?'];
    await ask(role, first);
    await runtime.cacheKeeper.settled();
    // A look-up waits for the encoder for as long as a busy machine may take for anything else.
    await encoder().encode(wordingOf(alike));
    const { cache, id } = await ask(role, alike);
    expect(cache).toBe('hit-semantic');
    await written();
    const answers = await Promise.all([wrong(id), wrong(id), wrong(id)]);
    expect(answers.map((answer) => answer.status)).toEqual([204, 204, 204]);
    expect((await wrong(id)).status).toBe(204);
    expect((await stats(tenant, `role=${role}`)).wrongAnswers).toBe(1);
    const receipt = receiptView.parse(
      (await tenant.viewer.get(`${tenant.path}/requests/${id}`)).body,
    );
    expect(receipt.cache.rejected).toBe(true);
    const { items } = auditView.parse((await tenant.viewer.get(`${tenant.path}/audit`)).body);
    expect(items.filter(({ action }) => action === 'cache.reject')).toHaveLength(1);

    expect(await status(role, first)).toBe('miss');
    await runtime.cacheKeeper.settled();
    expect(await status(role, alike)).toBe('miss');
    // Nor when the process knows no more than what is stored.
    await runtime.cacheKeeper.settled();
    await stored(role, 2);
    await tenant.editor.del(`${tenant.path}/cache?pattern=${encodeURIComponent('^How can I')}`);
    runtime.cacheKeeper.reload(null);
    expect(await status(role, first)).toBe('hit-exact');
    expect(await status(role, alike)).toBe('miss');
  });

  it('can be told of a hit only, and of one’s own tenant only', async () => {
    const miss = await ask(role, 'Name a metal');
    const hit = await ask(role, 'Name a metal');
    await written();
    expect((await wrong(miss.id)).status).toBe(409);
    expect((await wrong(hit.id, other)).status).toBe(404);
    expect((await other.owner.post(`${tenant.path}/requests/${hit.id}/feedback`)).status).toBe(404);
    expect((await wrong('no-such-request')).status).toBe(404);
    const asked = { verdict: 'right' };
    const path = `${tenant.path}/requests/${hit.id}/feedback`;
    expect((await tenant.editor.post(path, asked)).status).toBe(422);
    expect((await tenant.viewer.post(path, { verdict: 'wrong' })).status).toBe(403);
    expect(await status(role, 'Name a metal')).toBe('hit-exact');
    expect((await stats(tenant, `role=${role}`)).wrongAnswers).toBe(0);
  });
});

describe('the figures', () => {
  it('are exact after 500 requests at once, and nobody else’s', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask(role, 'Name a star')));
    const hits = answers.filter(({ cache }) => cache === 'hit-exact').length;
    expect(hits).toBe(499);
    const read = () => stats(tenant, `role=${role}`);
    await expect.poll(async () => (await read()).hits).toBe(499);
    const figures = await read();
    expect(figures).toMatchObject({ hits: 499, misses: 1, entries: 1 });
    await written();
    const { rows } = await database.owner.query<{ cost: string }>(
      `SELECT cost_usd::text AS cost FROM request_log WHERE cache_status = 'miss' AND role_id = (SELECT id FROM roles WHERE name = $1)`,
      [role],
    );
    const cost = Number(rows[0]?.cost);
    expect(cost).toBeGreaterThan(0);
    expect(Number(figures.costSavedUsd)).toBeCloseTo(499 * cost, 10);
    expect(figures.days).toMatchObject([{ hits: 499, misses: 1 }]);
    expect(await stats(other)).toMatchObject({
      hits: 0,
      misses: 0,
      entries: 0,
      bytes: 0,
      days: [],
    });
    expect((await other.viewer.get(`${other.path}/cache/stats?role=${role}`)).status).toBe(422);
  });

  it('tell what is stored also before the role is asked for again', async () => {
    await ask(role, 'Name a river');
    const before = await stats(tenant, `role=${role}`);
    expect(before.entries).toBe(1);
    await stored(role, 1);
    runtime.cacheKeeper.reload(null);
    expect((await stats(tenant, `role=${role}`)).entries).toBe(1);
  });
});

describe('a stored row that is not what was written', () => {
  it('answers nobody and is counted, and the others answer', async () => {
    for (const text of ['Name a desert', 'Name a valley']) await ask(role, text);
    await stored(role, 2);
    await database.owner.query(
      `UPDATE cache_entries SET content = replace(content, 'desert', 'forest')
       WHERE role_id = (SELECT id FROM roles WHERE name = $1)`,
      [role],
    );
    runtime.cacheKeeper.reload(null);
    expect(await status(role, 'Name a valley')).toBe('hit-exact');
    expect(await status(role, 'Name a desert')).toBe('miss');
    const { text } = await runtime.metrics();
    expect(text).toContain('rolegate_cache_rows_total{outcome="corrupt"} 1');
    expect(Number(/^rolegate_cache_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  });
});

describe('a request that is explained', () => {
  it('is told what the cache would do, and leaves no trace', async () => {
    const evaluate = (content: string) =>
      tenant.viewer.post(`${tenant.path}/roles/${role}/evaluate`, {
        request: { model: 'sandbox/small', messages: [{ role: 'user', content }] },
      });
    const cacheOf = async (content: string) =>
      (await evaluate(content)).body as { cache: { status: string } };
    expect((await cacheOf('Name a lake')).cache.status).toBe('miss');
    expect((await cacheOf('Name a lake')).cache.status).toBe('miss');
    await ask(role, 'Name a lake');
    expect((await cacheOf('Name a lake')).cache.status).toBe('hit-exact');
    const figures = async () => (await stats(tenant, `role=${role}`)).misses;
    await expect.poll(figures).toBe(1);
    expect(await stats(tenant, `role=${role}`)).toMatchObject({ hits: 0, misses: 1, entries: 1 });
  });
});
