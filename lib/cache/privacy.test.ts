import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_TENANT_ID } from '@/lib/gateway/testing/memory-principals';
import { sendCompletion, sendStream } from '@/lib/gateway/testing/test-upstream';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { noArchive } from './archive';
import type { CacheEntry } from './entry';
import { cachedGateway, caching, type CachedGateway } from './testing/cached-gateway';

const saved: CacheEntry[] = [];
let gateway: CachedGateway;
beforeAll(async () => {
  const archive = { ...noArchive, save: (entry: CacheEntry) => void saved.push(entry) };
  gateway = await cachedGateway({ byMeaning: false, cache: { archive } });
});
beforeEach(async () => {
  await gateway.cache.clear(TEST_TENANT_ID, null);
  saved.length = 0;
  gateway.calls();
});
afterAll(() => gateway.close());

const under = (rest: RolePolicyInput) =>
  gateway.setPolicy(caching({ similarityThreshold: 1 }, rest));
const redacting = (more: object): RolePolicyInput => ({
  promptPolicies: {
    enabled: true,
    pii: { enabled: true, entities: ['email'], action: 'redact', ...more },
  },
});
const asked = (text: string, stream: boolean) => ({
  messages: [{ role: 'user', content: text }],
  stream,
});

describe('personal data', () => {
  it.each([false, true])(
    'of one user never reaches another: each has its own put back (stream: %s)',
    async (stream) => {
      under(redacting({ restoreInResponse: true }));
      gateway.upstream.answer(({ request, response }) =>
        request.stream
          ? sendStream(response, ['I wrote to [EM', 'AIL_1].'])
          : sendCompletion(response, { content: 'I wrote to [EMAIL_1].' }),
      );
      const first = await gateway.ask(asked('Write to ann@example.com', stream));
      const second = await gateway.ask(asked('Write to bob@example.com', stream));
      expect([first.status, second.status]).toEqual(['miss', 'hit-exact']);
      expect(first.body).toContain('ann@example.com');
      expect(second.body).toContain('bob@example.com');
      expect(second.body).not.toContain('ann@');
      expect(gateway.calls()).toBe(1);
      const [entry] = saved;
      expect(`${entry?.question} ${String(entry?.body)}`).not.toMatch(/ann@|bob@/);
    },
  );

  it.each([false, true])(
    'that was taken out of an answer keeps it from being kept (stream: %s)',
    async (stream) => {
      under(redacting({ scanResponses: true }));
      gateway.upstream.answer(({ request, response }) =>
        request.stream
          ? sendStream(response, ['Ask carol@', 'example.com.'])
          : sendCompletion(response, { content: 'Ask carol@example.com.' }),
      );
      const first = await gateway.ask(asked('Whom do I ask?', stream));
      expect(first.body).not.toContain('carol@');
      expect((await gateway.ask(asked('Whom do I ask?', stream))).status).toBe('miss');
      expect(saved).toEqual([]);
    },
  );
});

it('an answer of which a tool call was taken out is not kept', async () => {
  gateway.setPolicy(
    caching(
      { similarityThreshold: 1, cacheToolCalls: true },
      {
        toolPolicies: {
          enabled: true,
          allowToolCalling: true,
          blockedTools: ['wipe'],
          onViolation: 'strip',
        },
      },
    ),
  );
  gateway.upstream.answer(({ response }) =>
    sendCompletion(response, { content: 'Done.', toolCalls: [{ name: 'wipe' }, { name: 'look' }] }),
  );
  const body = { messages: [{ role: 'user', content: 'Tidy up' }] };
  expect((await gateway.ask(body)).body).not.toContain('wipe');
  expect((await gateway.ask(body)).status).toBe('miss');
  expect(saved).toEqual([]);
});
