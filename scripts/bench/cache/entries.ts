import { randomUUID } from 'node:crypto';
import { encodeAnswer, type CacheEntry } from '@/lib/cache/entry';
import { keysOf } from '@/lib/cache/keys';
import { packVector } from '@/lib/cache/vector/pack';
import { askedFor, principal } from './request';

/** About 500 characters, as a short answer has. */
const answer = encodeAnswer({
  completion: {
    id: 'x',
    object: 'chat.completion',
    created: 0,
    model: 'small',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'A sentence of an answer. '.repeat(20) },
        finish_reason: 'stop',
      },
    ],
  },
  usage: {
    inputTokens: 20,
    cachedInputTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 100,
    reasoningTokens: 0,
  },
  target: { provider: 'sandbox', kind: 'sandbox', model: 'small' },
  costUsd: '0.0001',
  latencyMs: 900,
});

/** An entry that shares no memory with any other. */
export function entryOf(text: string, vector: Float32Array): CacheEntry {
  const { partition, exactKey } = keysOf(askedFor(text));
  return {
    tenantId: principal.tenant.id,
    roleId: principal.role.id,
    id: randomUUID(),
    keyId: principal.key.id,
    partition,
    exactKey,
    question: Buffer.from(text).toString(),
    vector: packVector(vector),
    target: { provider: 'sandbox', kind: 'sandbox', model: 'small' },
    requestedModel: 'sandbox/small',
    body: Buffer.from(answer),
    createdAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
  };
}
