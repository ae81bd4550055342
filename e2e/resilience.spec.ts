import { expect, test, type Page } from './support/one-window';
import { openEditor, save, setField, shownVersion } from './support/editor';
import { chat, createKey, createRole, inForce, type TestRole } from './support/roles';
import { adminApi } from './support/server';

type Attempt = { provider: string; model: string; status: number | null; next?: string };

let role: TestRole;
let key: string;
test.beforeEach(async ({ page }) => {
  role = await createRole({ resiliencePolicy: { enabled: true, retryBackoffMs: 10 } });
  key = await createKey(role.id);
  await openEditor(page, role, 'resiliencePolicy');
});

async function saved(page: Page): Promise<void> {
  await save(page);
  await inForce(key, await shownVersion(page));
}

async function ask(content: string, model = 'sandbox/small') {
  const answer = await chat(key, { model, messages: [{ role: 'user', content }] });
  const id = answer.headers.get('x-request-id') ?? '';
  return { ...answer, id, attempts: answer.headers.get('x-rolegate-attempts') };
}

/** Receipts are written behind the answer. */
async function attemptsOf(id: string): Promise<Attempt[]> {
  let attempts: Attempt[] = [];
  await expect(async () => {
    const receipt = await adminApi<{ attempts: Attempt[] }>(
      'GET',
      `/api/tenants/demo/requests/${id}`,
    );
    attempts = receipt.attempts;
  }).toPass();
  return attempts;
}

test('retries set in the tab are made, and the receipt tells why', async ({ page }) => {
  expect((await ask('[[status:503]] hello')).attempts).toBe('1');
  await setField(page, 'resiliencePolicy.retryEnabled', true);
  await setField(page, 'resiliencePolicy.maxRetries', 2);
  await saved(page);
  const answer = await ask('[[status:503]] hello');
  expect(answer).toMatchObject({ status: 502, code: 'upstream_error', attempts: '3' });
  const attempts = await attemptsOf(answer.id);
  expect(attempts.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(attempts[0]!.next).toContain('retryOnServerError is on');
});

test('a chain set in the tab is followed in order of its rows', async ({ page }) => {
  await setField(page, 'resiliencePolicy.fallbackEnabled', true);
  await setField(page, 'resiliencePolicy.fallbackChain', [
    { provider: 'sandbox', model: 'large', priority: 1, timeoutMs: 30_000 },
    { provider: 'sandbox', model: 'medium', priority: 2, timeoutMs: 30_000 },
  ]);
  await saved(page);
  const answer = await ask('[[status:503]] hello');
  expect(answer.attempts).toBe('3');
  const attempts = await attemptsOf(answer.id);
  expect(attempts.map(({ model }) => model)).toEqual(['small', 'large', 'medium']);
  expect(attempts[0]!.next).toContain('falls back to sandbox/large');
});

test('a breaker set in the tab opens, and is shown and closed over the API', async ({ page }) => {
  // A tenant has one breaker a provider, so this test takes a connection of its own.
  const name = `breaker-${role.name}`;
  await adminApi('POST', '/api/tenants/demo/providers', {
    kind: 'sandbox',
    name,
    models: ['small'],
    enabled: true,
  });
  await setField(page, 'resiliencePolicy.circuitBreakerEnabled', true);
  await setField(page, 'resiliencePolicy.circuitBreakerThreshold', 2);
  await saved(page);
  for (let turn = 0; turn < 2; turn += 1) await ask('[[status:503]] hello', `${name}/small`);
  expect(await ask('hello', `${name}/small`)).toMatchObject({
    status: 503,
    code: 'circuit_open',
    attempts: '0',
  });
  type Breakers = { items: { provider: string; state: string }[] };
  const { items } = await adminApi<Breakers>('GET', '/api/tenants/demo/breakers');
  expect(items.find(({ provider }) => provider === name)?.state).toBe('open');
  await adminApi('POST', `/api/tenants/demo/breakers/${name}/reset`);
  expect((await ask('hello', `${name}/small`)).status).toBe(200);
});
