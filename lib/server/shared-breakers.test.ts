import { afterAll, expect, it } from 'vitest';
import { createTestTenant } from '@/lib/admin/testing/fixture';
import { breakersView, newKeyView } from '@/lib/admin/views';
import { testDatabase } from '@/lib/db/testing';
import { reloadEnv } from '@/lib/env';
import { connectRedis } from '@/lib/live/redis';
import { RedisBreakers } from '@/lib/live/redis-breakers';
import { startTestRedis } from '@/lib/live/redis-testing';
import { startGatewayPlane, type GatewayPlane } from './gateway-plane';
import { getRuntime, type Runtime } from './runtime';

const redis = await startTestRedis();
process.env.REDIS_URL = redis.url;
reloadEnv();
const database = await testDatabase();
let runtime: Runtime;
let plane: GatewayPlane;

/** The server as it starts: with the state that Redis and the database hold. */
async function start(): Promise<void> {
  runtime = await getRuntime();
  plane = await startGatewayPlane({ port: 0, host: '127.0.0.1', runtime });
}
async function stop(): Promise<void> {
  await plane.stop(0);
  await runtime.drain();
}
await start();
afterAll(async () => {
  await stop();
  await database.close();
  await redis.stop();
  delete process.env.REDIS_URL;
  reloadEnv();
});

it('with REDIS_URL opens breakers for all replicas, keeps them over a restart and resets them by API', async () => {
  const tenant = await createTestTenant();
  const { owner, path } = tenant;
  await owner.post(`${path}/providers`, { kind: 'sandbox' });
  const saved = await owner.put(
    `${path}/roles/default/policy`,
    {
      resiliencePolicy: {
        enabled: true,
        circuitBreakerEnabled: true,
        circuitBreakerThreshold: 2,
        circuitBreakerTimeout: 3600,
      },
    },
    { 'if-match': '"1"' },
  );
  expect(saved.status).toBe(200);
  const { secret } = newKeyView.parse(
    (await owner.post(`${path}/keys`, { name: 'first', role: 'default' })).body,
  );
  const ask = async (content: string) => {
    const answer = await fetch(`${plane.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ model: 'sandbox/small', messages: [{ role: 'user', content }] }),
    });
    const { error } = (await answer.json()) as { error?: { code: string } };
    return [answer.status, error?.code];
  };
  const listed = async () => breakersView.parse((await owner.get(`${path}/breakers`)).body).items;

  for (let turn = 0; turn < 2; turn += 1)
    expect(await ask('[[status:503]]')).toEqual([502, 'upstream_error']);
  expect(await ask('Hi')).toEqual([503, 'circuit_open']);
  expect(await listed()).toMatchObject([{ provider: 'sandbox', state: 'open', failureCount: 2 }]);

  // Another replica has it from Redis.
  const clients = [await connectRedis(redis.url), await connectRedis(redis.url)] as const;
  const replica = await RedisBreakers.open({ redis: clients[0], subscriber: clients[1] });
  const limits = { threshold: 2, timeoutMs: 3_600_000 };
  expect(await replica.admit(tenant.id, 'sandbox', limits)).toHaveProperty('retryAfterMs');

  // A restart has it from the database, should Redis have lost its memory meanwhile.
  await stop();
  await clients[0].flushall();
  for (const client of clients) client.disconnect();
  await start();
  expect(await ask('Hi')).toEqual([503, 'circuit_open']);
  expect(await listed()).toMatchObject([{ provider: 'sandbox', state: 'open' }]);

  expect((await owner.post(`${path}/breakers/sandbox/reset`)).status).toBe(200);
  expect(await ask('Hi')).toEqual([200, undefined]);
  expect(await listed()).toMatchObject([{ provider: 'sandbox', state: 'closed' }]);
});
