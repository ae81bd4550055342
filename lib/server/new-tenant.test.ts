import { afterAll, describe, expect, it } from 'vitest';
import { createTestTenant } from '@/lib/admin/testing/fixture';
import { newKeyView } from '@/lib/admin/views';
import { testDatabase } from '@/lib/db/testing';
import { type Tier, TIERS } from '@/lib/policy/tiers';
import { startGatewayPlane } from './gateway-plane';
import { getRuntime } from './runtime';

const database = await testDatabase();
const runtime = await getRuntime();
const plane = await startGatewayPlane({ port: 0, host: '127.0.0.1', runtime });
afterAll(async () => {
  await plane.stop(0);
  await runtime.drain();
  await database.close();
});

const HARD =
  'Design a distributed rate limiter for 1M requests per second across three regions. Compare token bucket and sliding window, justify trade-offs, and write the Redis Lua script.';

/** A tenant as its owner has it after two steps: it is created, and the simulator is connected. */
async function sandboxTenant(tier: Tier) {
  const { owner, path } = await createTestTenant(tier);
  const connected = await owner.post(`${path}/providers`, { kind: 'sandbox' });
  expect(connected.status).toBe(201);
  const key = newKeyView.parse(
    (await owner.post(`${path}/keys`, { name: 'first', role: 'default' })).body,
  );
  return key.secret;
}

/** A request that names no model. */
const ask = (key: string, content: string) =>
  fetch(`${plane.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ messages: [{ role: 'user', content }] }),
  });

describe("a new tenant's defaults, with nothing connected but the simulator", () => {
  it.each(TIERS)('answer a request of the %s tier that names no model', async (tier) => {
    const key = await sandboxTenant(tier);
    const answer = await ask(key, 'Hi');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-rolegate-provider')).toBe('sandbox');
    const route = tier === 'enterprise' ? /^latency:/ : /^cost:simple$/;
    expect(answer.headers.get('x-rolegate-route')).toMatch(route);
  });

  it('send an easy request to its small model and a hard one to its large one', async () => {
    const key = await sandboxTenant('free');
    const models = [await ask(key, 'Hi'), await ask(key, HARD)].map(({ headers }) =>
      headers.get('x-rolegate-model'),
    );
    expect(models).toEqual(['small', 'large']);
  });
});
