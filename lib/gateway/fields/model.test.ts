import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { testGateway, type TestGateway } from '../testing/test-gateway';
import { sendCompletion } from '../testing/test-upstream';

type Restrictions = NonNullable<RolePolicyInput['modelRestrictions']>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({
    connections: [
      { kind: 'openai-compatible', name: 'one', models: ['alpha', 'beta', 'vendor/gamma'] },
      { kind: 'openai-compatible', name: 'two', models: ['alpha', 'delta'] },
    ],
  });
  gateway.upstream.answer(({ response }) => sendCompletion(response));
});
afterAll(() => gateway.close());

const restrict = (restrictions: Restrictions) =>
  gateway.setPolicy({ modelRestrictions: { enabled: true, ...restrictions } });

/** Status and code, or the provider and model that answered. */
async function ask(model: string | undefined, body: object = {}): Promise<string> {
  const answer = await gateway.chat({ model, ...body });
  const text = await answer.text();
  if (answer.status !== 200) {
    return `${answer.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
  }
  return `${answer.headers.get('x-rolegate-provider')}/${answer.headers.get('x-rolegate-model')}`;
}

async function listed(): Promise<string[]> {
  const page = await gateway.client().models.list();
  return page.data.map(({ id }) => id);
}

describe('modelRestrictions', () => {
  it('enabled: off, nothing else in the section counts', async () => {
    gateway.setPolicy({
      modelRestrictions: {
        allowedModels: ['none'],
        defaultModel: 'one/alpha',
        allowedProviders: ['two'],
        maxOutputTokens: 1,
      },
    });
    expect(await ask('one/alpha')).toBe('one/alpha');
    expect(await ask(undefined)).toBe('400 model_required');
    await gateway.chat({ model: 'one/alpha', max_tokens: 50 });
    expect(gateway.upstream.requests.at(-1)?.request.max_tokens).toBe(50);
  });

  it('allowedModels: only these, by provider/model, bare name and wildcard', async () => {
    restrict({ allowedModels: ['one/alpha'] });
    expect(await ask('one/alpha')).toBe('one/alpha');
    expect(await ask('two/alpha')).toBe('403 model_not_allowed');
    expect(await ask('beta')).toBe('403 model_not_allowed');
    restrict({ allowedModels: ['alpha'] });
    expect(await ask('two/alpha')).toBe('two/alpha');
    restrict({ allowedModels: ['de*'] });
    expect(await ask('delta')).toBe('two/delta');
    expect(await ask('alpha')).toBe('403 model_not_allowed');
    expect(await listed()).toEqual(['two/delta']);
  });

  it('allowedModels: a bare name goes to the connection that is permitted', async () => {
    restrict({ allowedModels: ['two/alpha'] });
    expect(await ask('alpha')).toBe('two/alpha');
  });

  it('blockedModels and mode: in force in blocklist mode only', async () => {
    restrict({ mode: 'blocklist', blockedModels: ['alpha'], allowedModels: ['delta'] });
    expect(await ask('one/alpha')).toBe('403 model_not_allowed');
    expect(await ask('two/alpha')).toBe('403 model_not_allowed');
    expect(await ask('beta')).toBe('one/beta');
    restrict({ mode: 'allowlist', blockedModels: ['alpha'] });
    expect(await ask('one/alpha')).toBe('one/alpha');
  });

  it('blockedModels: a block on a name holds whoever serves it', async () => {
    restrict({ mode: 'blocklist', blockedModels: ['vendor/*'] });
    expect(await ask('one/vendor/gamma')).toBe('403 model_not_allowed');
    expect(await ask('vendor/gamma')).toBe('403 model_not_allowed');
    expect(await listed()).not.toContain('one/vendor/gamma');
  });

  it('a forbidden name is 403 and an unknown one 404, so that neither tells the other', async () => {
    restrict({ mode: 'blocklist', blockedModels: ['secret-*'] });
    expect(await ask('secret-model')).toBe('403 model_not_allowed');
    expect(await ask('unheard-of')).toBe('404 model_not_found');
  });

  it('allowedProviders: only these connections, in either mode', async () => {
    for (const mode of ['allowlist', 'blocklist'] as const) {
      restrict({ mode, allowedProviders: ['two'] });
      expect(await ask('one/beta')).toBe('403 provider_not_allowed');
      expect(await ask('alpha')).toBe('two/alpha');
      expect(await listed()).toEqual(['two/alpha', 'two/delta']);
    }
  });

  it('defaultModel: answers a request that names none, or auto', async () => {
    restrict({ defaultModel: 'two/delta' });
    for (const model of [undefined, 'auto']) {
      const answer = await gateway.chat({ model });
      expect(answer.headers.get('x-rolegate-model')).toBe('delta');
      expect(answer.headers.get('x-rolegate-route')).toBe('default');
    }
    restrict({ defaultModel: 'two/delta', allowedModels: ['alpha'] });
    expect(await ask(undefined)).toBe('403 model_not_allowed');
  });

  it('maxOutputTokens: clamps what asks for more, with a warning, and bounds what asks for nothing', async () => {
    restrict({ maxOutputTokens: 100 });
    const clamped = await gateway.chat({ model: 'one/alpha', max_tokens: 500 });
    expect(clamped.headers.get('x-rolegate-warnings')).toContain('max_tokens_clamped');
    expect(gateway.upstream.requests.at(-1)?.request.max_tokens).toBe(100);
    const small = await gateway.chat({ model: 'one/alpha', max_completion_tokens: 20 });
    expect(small.headers.get('x-rolegate-warnings') ?? '').not.toContain('max_tokens_clamped');
    expect(gateway.upstream.requests.at(-1)?.request.max_completion_tokens).toBe(20);
    await gateway.chat({ model: 'one/alpha' });
    expect(gateway.upstream.requests.at(-1)?.request.max_completion_tokens).toBe(100);
    expect(await ask('one/alpha', { n: 101 })).toBe('400 invalid_request');
  });

  it('holds for what routing chooses: a model that is not permitted is never called', async () => {
    const forbidden = await testGateway({
      connections: [{ kind: 'openai-compatible', name: 'one', models: ['alpha', 'beta'] }],
      policy: {
        modelRestrictions: { enabled: true, mode: 'blocklist', blockedModels: ['beta'] },
        routingPolicy: { enabled: true },
      },
      deps: {
        planner: {
          plan: ({ connections }) => {
            const target = { connection: connections[0]!, model: 'beta' };
            return Promise.resolve({
              strategy: 'cost',
              reason: 'simple',
              targets: [target],
              candidates: [],
            });
          },
        },
      },
    });
    const answer = await forbidden.chat({ model: 'auto' });
    expect(answer.status).toBe(403);
    expect(forbidden.upstream.requests).toHaveLength(0);
    await forbidden.close();
  });
});
