import { afterEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';

let gateway: RoutedGateway;
afterEach(() => gateway.close());

const open = async (
  routingPolicy: RolePolicyInput['routingPolicy'],
  resiliencePolicy: RolePolicyInput['resiliencePolicy'] = {},
) => {
  gateway = await routedGateway({
    policy: { routingPolicy: { enabled: true, ...routingPolicy }, resiliencePolicy },
    connections: { a: {}, b: {}, c: {} },
  });
};

/** Sends so many requests at once; counts the statuses and who answered, by header. */
async function askAll(count: number): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  await Promise.all(
    Array.from({ length: count }, async () => {
      const answer = await gateway.chat({ model: 'auto' });
      await answer.arrayBuffer();
      const who = answer.headers.get('x-rolegate-provider') ?? String(answer.status);
      seen[who] = (seen[who] ?? 0) + 1;
    }),
  );
  return seen;
}

describe('shares over the real gateway', () => {
  it('weighted 70/20/10 over 1,000 concurrent requests is 700/200/100', async () => {
    await open({ strategy: 'weighted', weightedConfig: { weights: { a: 70, b: 20, c: 10 } } });
    const seen = await askAll(1000);
    expect(seen).toEqual({ a: 700, b: 200, c: 100 });
    expect(gateway.calls()).toEqual(seen);
  });

  it('weighted: a broken target gives its share to the others in proportion', async () => {
    await open(
      { strategy: 'weighted', weightedConfig: { weights: { a: 70, b: 20, c: 10 } } },
      { enabled: true, circuitBreakerEnabled: true, circuitBreakerThreshold: 1 },
    );
    gateway.upstreams.a!.answer(({ response }) => void response.writeHead(500).end());
    await askAll(1);
    expect(await askAll(300)).toEqual({ b: 200, c: 100 });
    expect(gateway.calls().a).toBe(1);
  });

  it('round robin over 3 x 300 concurrent requests is 300 each', async () => {
    await open({
      strategy: 'round_robin',
      roundRobinConfig: { models: ['a/m', 'b/m', 'c/m'] },
    });
    for (let round = 1; round <= 3; round += 1) {
      expect(await askAll(300)).toEqual({ a: 100, b: 100, c: 100 });
    }
    expect(gateway.calls()).toEqual({ a: 300, b: 300, c: 300 });
  });
});
