import { createEncoder, type Encoder } from '@/lib/encoder/encoder';
import {
  testGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '@/lib/gateway/testing/test-gateway';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { SemanticAnswerCache, type AnswerCacheOptions } from '../answer-cache';
import { noArchive } from '../archive';

export type CachedGateway = TestGateway & {
  cache: SemanticAnswerCache;
  encoder: Encoder;
  /** `status` of the look-up of one question, or of a whole request body. */
  ask(body: string | object, init?: Parameters<TestGateway['chat']>[1]): Promise<Asked>;
  /** Calls the upstream has had since the last time this was asked. */
  calls(): number;
};

export type Asked = { status: string; headers: Headers; body: string };

export type CachingInput = NonNullable<RolePolicyInput['cachingPolicy']>;

/** A policy with the cache in force. */
export const caching = (
  policy: CachingInput = {},
  rest: RolePolicyInput = {},
): RolePolicyInput => ({
  ...rest,
  cachingPolicy: { enabled: true, ...policy },
});

export type CachedGatewayOptions = TestGatewayOptions & {
  cache?: Partial<AnswerCacheOptions>;
  /** False: the encoder starts with the first text that needs it, which saves a test that has none seconds. */
  byMeaning?: boolean;
};

/** A gateway whose cache and encoder are the real ones. Tests wait as long for the encoder as it takes. */
export async function cachedGateway(options: CachedGatewayOptions = {}): Promise<CachedGateway> {
  const encoder = createEncoder({ maxQueued: 1000 });
  if (options.byMeaning !== false) await encoder.warmUp();
  const cache = new SemanticAnswerCache({
    encoder,
    archive: noArchive,
    log: { warn: () => undefined },
    maxBytes: 64 * 2 ** 20,
    encodeBudgetMs: 5000,
    ...options.cache,
  });
  const gateway = await testGateway({
    policy: caching(),
    ...options,
    deps: { cache, ...options.deps },
  });
  let counted = 0;
  return {
    ...gateway,
    active: () => gateway.active(),
    cache,
    encoder,
    ask: async (body, init) => {
      const request =
        typeof body === 'string' ? { messages: [{ role: 'user', content: body }] } : body;
      const answer = await gateway.chat(request, init);
      const text = await answer.text();
      const status = answer.headers.get('x-rolegate-cache') ?? String(answer.status);
      return { status, headers: answer.headers, body: text };
    },
    calls: () => {
      const made = gateway.upstream.requests.length - counted;
      counted += made;
      return made;
    },
    close: async () => {
      await gateway.close();
      await encoder.close();
    },
  };
}
