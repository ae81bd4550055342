import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testGateway, type TestGateway } from '../testing/test-gateway';
import { sendCompletion } from '../testing/test-upstream';

vi.mock('@/lib/policy/prompt/injection/detect', () => ({
  THRESHOLDS: { low: 0.6, medium: 0.5, high: 0.4 },
  detectInjection: () => {
    throw new Error('the weights are broken');
  },
}));

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
  gateway.upstream.answer(({ response }) => sendCompletion(response));
});
afterAll(() => gateway.close());

it('refuses while the injection detector is broken, also where it would only warn', async () => {
  const injection = { enabled: true, action: 'warn' } as const;
  gateway.setPolicy({ promptPolicies: { enabled: true, injection } });
  const answer = await gateway.chat();
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ error: { code: 'policy_unavailable' } });
  expect(gateway.upstream.requests).toHaveLength(0);
  gateway.setPolicy({
    promptPolicies: { enabled: true, injection: { ...injection, enabled: false } },
  });
  expect((await gateway.chat()).status).toBe(200);
});
