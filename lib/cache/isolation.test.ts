import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateChat } from '@/lib/gateway/evaluate';
import type { Principal } from '@/lib/gateway/types';
import { sendCompletion } from '@/lib/gateway/testing/test-upstream';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

const IMAGE = (data: string) => ({
  type: 'image_url',
  image_url: { url: `data:image/png;base64,${data}` },
});
const tool = (name: string) => ({ type: 'function', function: { name, parameters: {} } });

type Variant = { principal?: string; body?: object; messages?: object[]; parts?: object[] };

/** Each changes one thing that an answer may depend on. Two requests that differ share nothing. */
const DIMENSIONS: Record<string, Variant> = {
  base: {},
  tenant: { principal: 'tenant' },
  role: { principal: 'role' },
  key: { principal: 'key' },
  user: { body: { user: 'bob' } },
  model: { body: { model: 'test/other-model' } },
  'bare model': { body: { model: 'test-model' } },
  'system prompt': { messages: [{ role: 'system', content: 'Be brief.' }] },
  history: {
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Yes?' },
    ],
  },
  'other history': {
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'No?' },
    ],
  },
  tools: { body: { tools: [tool('a')] } },
  'other tools': { body: { tools: [tool('b')] } },
  'tool choice': { body: { tools: [tool('a')], tool_choice: 'none' } },
  format: { body: { response_format: { type: 'json_object' } } },
  temperature: { body: { temperature: 0.2 } },
  'top p': { body: { top_p: 0.5 } },
  stop: { body: { stop: ['.'] } },
  'length of the answer': { body: { max_tokens: 7 } },
  image: { parts: [IMAGE('AAAA')] },
  'other image': { parts: [IMAGE('BBBB')] },
  'unknown field': { body: { top_k: 5 } },
};
const QUESTION = 'How do I reset my password?';
const PARAPHRASE = 'How can I reset my password?';

describe('no entry crosses', () => {
  let gateway: CachedGateway;
  const keys = new Map<string, string>();

  beforeAll(async () => {
    gateway = await cachedGateway({
      connections: [
        { kind: 'openai-compatible', name: 'test', models: ['test-model', 'other-model'] },
      ],
    });
    gateway.upstream.answer(({ request, response }) =>
      sendCompletion(response, { model: request.model }),
    );
    keys.set('base', gateway.key);
    const base = await principalOf(gateway.key);
    const other = (name: string, change: Partial<Principal>) => {
      const key = gateway.principals.add();
      gateway.principals.update(key, { ...base, ...change });
      keys.set(name, key);
    };
    other('tenant', { tenant: { ...base.tenant, id: '22222222-2222-4222-8222-222222222222' } });
    other('role', { role: { id: 'another-role', name: 'another' } });
    other('key', { key: { ...base.key, id: 'another-key' } });
  });
  afterAll(() => gateway.close());

  async function principalOf(key: string): Promise<Principal> {
    const found = await gateway.principals.bySecret(key);
    if (found.kind !== 'found') throw new Error('There is no such key.');
    return found.principal;
  }

  async function ask(name: string, text: string): Promise<string> {
    const { principal = 'base', body = {}, messages = [], parts = [] } = DIMENSIONS[name] ?? {};
    const content = parts.length > 0 ? [{ type: 'text', text }, ...parts] : text;
    const request = {
      user: 'ann',
      model: 'test/test-model',
      ...body,
      messages: [...messages, { role: 'user', content }],
    };
    return (await gateway.ask(request, { key: keys.get(principal) })).status;
  }

  for (const scope of ['role', 'key', 'user'] as const) {
    it(`between any two of ${Object.keys(DIMENSIONS).length} requests, neither exactly nor by meaning, with scope ${scope}`, async () => {
      // At scope role and key the field `user`, at scope role and user the key decides nothing.
      const shared = { role: ['key', 'user'], key: ['user'], user: ['key'] }[scope];
      const names = Object.keys(DIMENSIONS).filter((name) => !shared.includes(name));
      const policy = caching({ scope, similarityThreshold: 0.5 });
      for (const key of keys.values()) gateway.principals.setPolicy(key, policy);
      const document = (await principalOf(gateway.key)).policy;
      for (const key of keys.values()) gateway.principals.update(key, { policy: document });
      const crossed: string[] = [];
      for (const from of names) {
        for (const tenant of [
          '11111111-1111-4111-8111-111111111111',
          '22222222-2222-4222-8222-222222222222',
        ]) {
          await gateway.cache.clear(tenant, null);
        }
        expect(await ask(from, QUESTION)).toBe('miss');
        await gateway.encoder.encode(QUESTION);
        expect(await ask(from, QUESTION)).toBe('hit-exact');
        expect(await ask(from, PARAPHRASE)).toBe('hit-semantic');
        for (const to of names) {
          if (to === from) continue;
          for (const text of [QUESTION, PARAPHRASE]) {
            // A dry look-up: what one pair finds must not be there for the next.
            if (await finds(to, text)) crossed.push(`${from} → ${to}`);
          }
        }
      }
      expect(crossed).toEqual([]);
    });
  }

  /** Looks without leaving anything behind, as `evaluate` does. */
  async function finds(name: string, text: string): Promise<boolean> {
    const { principal = 'base', body = {}, messages = [], parts = [] } = DIMENSIONS[name] ?? {};
    const content = parts.length > 0 ? [{ type: 'text', text }, ...parts] : text;
    const receipt = await evaluateChat(
      {
        principal: await principalOf(keys.get(principal) ?? ''),
        request: {
          user: 'ann',
          model: 'test/test-model',
          ...body,
          messages: [...messages, { role: 'user', content }],
        },
      },
      gateway.deps,
    );
    return receipt.cache.status.startsWith('hit');
  }
});
