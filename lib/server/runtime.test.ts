import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seedDatabase } from '@/lib/db/seed';
import { testDatabase, type TestDatabase } from '@/lib/db/testing';
import { currentRuntime } from './current-runtime';
import { startGatewayPlane, type GatewayPlane } from './gateway-plane';
import { getRuntime, type Runtime } from './runtime';

let database: TestDatabase;
let runtime: Runtime;
let plane: GatewayPlane;
let key: string;

beforeAll(async () => {
  database = await testDatabase();
  const { demoKey } = await seedDatabase({
    env: {
      ROLEGATE_ADMIN_EMAIL: 'owner@example.com',
      ROLEGATE_ADMIN_PASSWORD: 'a password for a test',
      ROLEGATE_DEMO: true,
      OPENAI_API_KEY: undefined,
      ANTHROPIC_API_KEY: undefined,
      GEMINI_API_KEY: undefined,
    },
  });
  if (demoKey === null) throw new Error('The seed made no demo key.');
  key = demoKey;
  // The demo's own limits would end the test early.
  await database.owner.query(`UPDATE roles SET rate_limit_policy = '{"enabled": false}'`);
  runtime = await getRuntime();
  plane = await startGatewayPlane({ port: 0, host: '127.0.0.1', runtime });
});
afterAll(async () => {
  await plane.stop(0);
  await runtime.drain();
  await database.close();
});

const chat = (content = 'Hi') =>
  fetch(`${plane.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sandbox/small', messages: [{ role: 'user', content }] }),
  });

/** Tables that tell whose a key is, what its role may do, and where its requests go. */
const WHO_AND_WHAT =
  /FROM (\\"public\\"\.\\")?(api_keys|tenants|provider_connections|model_prices|roles\b(?!.*FOR KEY SHARE))/;

describe('the runtime', () => {
  it('is one for the process', async () => {
    expect(await getRuntime()).toBe(runtime);
    expect(currentRuntime()).toBe(runtime);
    expect(await runtime.unreadiness()).toBeNull();
  });

  it('answers the demo key through the sandbox, with its cost', async () => {
    const answer = await chat();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-rolegate-provider')).toBe('sandbox');
    expect(Number(answer.headers.get('x-rolegate-cost-usd'))).toBeGreaterThan(0);
  });

  it('makes no database round trip for a warm request', async () => {
    await chat();
    const query = vi.spyOn(Client.prototype, 'query');
    for (let turn = 0; turn < 50; turn++) expect((await chat(`turn ${turn}`)).status).toBe(200);
    const asked = query.mock.calls.map(([first]: readonly unknown[]) => JSON.stringify(first));
    // Receipts and ledger are written in batches, off the way of any request.
    expect(asked.filter((text) => WHO_AND_WHAT.test(text))).toEqual([]);
    query.mockRestore();
  });

  it('obeys a changed policy and a revoked key within a second', async () => {
    await database.owner.query(
      `UPDATE roles SET model_restrictions = '{"enabled": true, "mode": "blocklist", "blockedModels": ["small"]}', policy_version = policy_version + 1`,
    );
    const changed = performance.now();
    await expect.poll(async () => (await chat()).status, { interval: 20 }).toBe(403);
    expect(performance.now() - changed).toBeLessThan(1000);
    await database.owner.query(`UPDATE roles SET model_restrictions = '{"enabled": false}'`);
    await expect.poll(async () => (await chat()).status, { interval: 20 }).toBe(200);
  });

  it('refuses with policy_unavailable while a policy does not parse', async () => {
    await database.owner.query(`UPDATE roles SET tool_policies = '{"enabled": "perhaps"}'`);
    await expect.poll(async () => (await chat()).status, { interval: 20 }).toBe(503);
    expect(await (await chat()).json()).toMatchObject({ error: { code: 'policy_unavailable' } });
    await database.owner.query(`UPDATE roles SET tool_policies = '{"enabled": false}'`);
    await expect.poll(async () => (await chat()).status, { interval: 20 }).toBe(200);
  });

  it('keeps a receipt of every answer, refusals included', async () => {
    const answers = await Promise.all([chat(), chat('[[status:503]]')]);
    const ids = answers.map((answer) => answer.headers.get('x-request-id'));
    const stored = async () => {
      const { rows } = await database.owner.query<{ status: number }>(
        'SELECT status FROM request_log WHERE id = ANY($1) ORDER BY status',
        [ids],
      );
      return rows.map(({ status }) => status);
    };
    await expect.poll(stored).toEqual([200, 502]);
  });
});
