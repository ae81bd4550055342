import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chat, start, temporaryDirectory } from './support';

const ADMIN_TOKEN = 'a-bootstrap-token-of-this-test';
const RESTART_MS = 10_000;
const RECEIPT_AGE_MS = 1_000;
const LOAD_MS = 3_000;

async function api<T>(
  consoleUrl: string,
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<T> {
  const response = await fetch(consoleUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(response.status, `${method} ${path}`).toBeLessThan(300);
  return (await response.json()) as T;
}

describe('kill -9 in the middle of load', () => {
  it('loses no saved policy and no receipt older than a second, and the next start serves within 10 s', async () => {
    const dataDir = join(await temporaryDirectory(), 'data');
    const env = { ROLEGATE_ADMIN_TOKEN: ADMIN_TOKEN };
    const first = start({ dataDir, env });
    const { consoleUrl, gatewayUrl, demoKey } = await first.ready;

    const role = '/api/tenants/demo/roles/free-tier/policy';
    const before = await api<{ version: number; policy: object }>(consoleUrl, 'GET', role);
    const policy = { ...before.policy, rateLimitPolicy: { enabled: true, requestsPerMinute: 77 } };
    const saved = await api<{ version: number }>(consoleUrl, 'PUT', role, policy, {
      'if-match': `"${before.version}"`,
    });

    const answered: { id: string; at: number }[] = [];
    const until = Date.now() + LOAD_MS;
    let isKilled = false;
    const client = async () => {
      while (!isKilled) {
        const response = await chat(gatewayUrl, demoKey, 'hello').catch(() => undefined);
        const text = await response?.text().catch(() => undefined);
        if (response?.ok && text)
          answered.push({ id: response.headers.get('x-request-id') ?? '', at: Date.now() });
        if (Date.now() > until && !isKilled) {
          isKilled = true;
          process.kill(first.nodePid(), 'SIGKILL');
        }
      }
    };
    await Promise.all([client(), client(), client(), client()]);
    const killedAt = Date.now();
    expect(await first.ended).toBe('SIGKILL');

    const begun = Date.now();
    const second = start({ dataDir, env });
    const again = await second.ready;
    expect((await chat(again.gatewayUrl, demoKey, 'hello')).status).toBe(200);
    expect(Date.now() - begun).toBeLessThan(RESTART_MS);

    expect(await api(again.consoleUrl, 'GET', role)).toMatchObject({
      version: saved.version,
      policy: { rateLimitPolicy: { requestsPerMinute: 77 } },
    });
    const old = answered.filter(({ at }) => at < killedAt - RECEIPT_AGE_MS);
    expect(old.length).toBeGreaterThan(0);
    const kept = new Set<string>();
    for (let cursor = ''; ;) {
      const page = await api<{ items: { id: string }[]; nextCursor: string | null }>(
        again.consoleUrl,
        'GET',
        `/api/tenants/demo/requests?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      page.items.forEach(({ id }) => kept.add(id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(old.filter(({ id }) => !kept.has(id))).toEqual([]);
    expect(await second.stop()).toBe(0);
  });
});
