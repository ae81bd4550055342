import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { evaluateChat } from './evaluate';
import { testGateway, type TestGateway } from './testing/test-gateway';
import type { Principal } from './types';

let gateway: TestGateway;
let principal: Principal;
beforeAll(async () => {
  gateway = await testGateway({
    policy: { rateLimitPolicy: { enabled: true, requestsPerMinute: 2 } },
  });
  const found = await gateway.principals.bySecret(gateway.key);
  if (found.kind !== 'found') throw new Error('The test has no principal.');
  principal = found.principal;
});
afterAll(() => gateway.close());

const request = { model: 'test/test-model', messages: [{ role: 'user', content: 'Hi' }] };

describe('evaluating a request', () => {
  it('tells what would happen, calls no provider, consumes nothing and records nothing', async () => {
    for (let time = 0; time < 5; time++) {
      const receipt = await evaluateChat({ principal, request }, gateway.deps);
      expect(receipt).toMatchObject({
        status: 200,
        code: null,
        requestedModel: 'test/test-model',
        route: { strategy: 'explicit' },
        attempts: [],
        costUsd: '0',
      });
      expect(receipt.stages.map(({ name }) => name)).toContain('route');
      expect(receipt.stages.map(({ name }) => name)).not.toContain('execute');
    }
    expect(gateway.upstream.requests).toHaveLength(0);
    expect(gateway.receipts).toHaveLength(0);
    expect((await gateway.chat()).status).toBe(200);
  });

  it('tells the refusal and the stage that refused', async () => {
    const tooMany = rolePolicySchema.parse({
      promptPolicies: { enabled: true, maxPromptChars: 1 },
    });
    const receipt = await evaluateChat({ principal, request, policy: tooMany }, gateway.deps);
    expect(receipt).toMatchObject({ status: 400, code: 'prompt_too_long' });
    expect(receipt.stages.at(-1)).toMatchObject({ name: 'prompt', verdict: 'deny' });
  });

  it('takes garbage as the gateway would', async () => {
    expect(await evaluateChat({ principal, request: 7 }, gateway.deps)).toMatchObject({
      status: 400,
      code: 'invalid_request',
    });
    expect(await evaluateChat({ principal, request: undefined }, gateway.deps)).toMatchObject({
      status: 400,
      code: 'invalid_json',
    });
  });

  it('sees the windows as they stand', async () => {
    gateway.setPolicy({ rateLimitPolicy: { enabled: true, requestsPerMinute: 1 } });
    await gateway.chat();
    const full = rolePolicySchema.parse({
      rateLimitPolicy: { enabled: true, requestsPerMinute: 1 },
    });
    expect(await evaluateChat({ principal, request, policy: full }, gateway.deps)).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
    });
  });
});
