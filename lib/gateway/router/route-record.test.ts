import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { evaluateChat } from '../evaluate';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion } from '../testing/test-upstream';
import type { RouteRecord } from '../types';

let gateway: RoutedGateway;
beforeAll(async () => {
  gateway = await routedGateway({
    connections: {
      cheap: { kind: 'openai', models: ['gpt-4o-mini'] },
      top: { kind: 'openai', models: ['gpt-4o'] },
    },
  });
  for (const upstream of Object.values(gateway.upstreams))
    upstream.answer(({ request, response }) => sendCompletion(response, { model: request.model }));
});
afterAll(() => gateway.close());

const POLICY = {
  routingPolicy: {
    enabled: true,
    strategy: 'cost' as const,
    costConfig: {
      simpleModels: ['cheap/gpt-4o-mini', 'gone/model'],
      complexModels: ['top/gpt-4o'],
    },
  },
  resiliencePolicy: { enabled: true, fallbackEnabled: true },
};
const ASK = { messages: [{ role: 'user', content: 'hi' }] };

describe("a receipt's route", () => {
  const expected: Partial<RouteRecord> = {
    strategy: 'cost',
    reason: 'simple',
    order: ['cheap/gpt-4o-mini', 'top/gpt-4o'],
    candidates: [
      {
        provider: 'cheap',
        model: 'gpt-4o-mini',
        taken: true,
        reason: expect.stringMatching(/^simple, complexity 0\.\d\d$/) as string,
      },
      { provider: 'top', model: 'gpt-4o', taken: false, reason: 'next in order' },
      {
        provider: 'gone',
        model: 'model',
        taken: false,
        reason: 'no enabled connection serves it, or model restrictions forbid it',
      },
    ],
  };

  it('lists every candidate with its reason, and what the choice was made by', async () => {
    gateway.setPolicy(POLICY);
    const answer = await gateway.chat({ model: 'auto', ...ASK });
    await answer.arrayBuffer();
    expect(answer.headers.get('x-rolegate-route')).toBe('cost:simple');
    const { route } = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(route).toMatchObject(expected);
    expect(route.detail).toMatchObject({
      tier: 'simple',
      thresholds: { simple: 0.3, complex: 0.7 },
    });
    expect(route.detail!.score).toBeGreaterThanOrEqual(0);
    expect(route.detail!.score).toBeLessThan(0.3);
    expect(route.detail!.parts!.length).toBeGreaterThan(0);
  });

  it('is what an evaluation tells beforehand, without a call', async () => {
    gateway.setPolicy({});
    gateway.forget();
    const found = await gateway.principals.bySecret(gateway.key);
    if (found.kind !== 'found') throw new Error('no principal');
    const judged = await evaluateChat(
      { principal: found.principal, policy: rolePolicySchema.parse(POLICY), request: ASK },
      gateway.deps,
    );
    expect(judged.route).toMatchObject(expected);
    gateway.setPolicy(POLICY);
    const answer = await gateway.chat({ model: 'auto', ...ASK });
    await answer.arrayBuffer();
    const { route } = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(judged.route).toEqual(route);
    expect(gateway.calls()).toEqual({ cheap: 1, top: 0 });
  });
});
