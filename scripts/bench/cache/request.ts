import { randomUUID } from 'node:crypto';
import { createPriceBook } from '@/lib/budget/pricing';
import type { CacheRequest } from '@/lib/gateway/ports';
import { systemClock, type Principal } from '@/lib/gateway/types';
import { compilePolicy } from '@/lib/policy/compile';
import { rolePolicySchema } from '@/lib/policy/role-policy';

const policyAt = (similarityThreshold: number) =>
  compilePolicy(
    rolePolicySchema.parse({
      cachingPolicy: { enabled: true, similarityThreshold, maxCacheSize: 1_000_000 },
    }),
  );
/** The default, and one that lets more neighbours be looked at. */
export const THRESHOLDS = { strict: policyAt(0.95), generous: policyAt(0.9) };

export const principal: Principal = {
  tenant: { id: randomUUID(), slug: 't', timezone: 'UTC', logContent: 'full' },
  role: { id: randomUUID(), name: 'r' },
  key: { id: randomUUID(), name: 'k', expiresAt: null },
  policy: { version: 1, document: THRESHOLDS.generous.document },
  connections: [
    {
      id: 'c',
      tenantId: 't',
      name: 'sandbox',
      kind: 'sandbox',
      baseUrl: null,
      credential: '',
      models: ['small'],
      enabled: true,
    },
  ],
  prices: createPriceBook(),
};

export const askedFor = (content: string, policy = THRESHOLDS.generous): CacheRequest => ({
  requestId: 'bench',
  principal,
  policy,
  request: { model: 'sandbox/small', messages: [{ role: 'user', content }] },
  clock: systemClock,
  signal: new AbortController().signal,
});
