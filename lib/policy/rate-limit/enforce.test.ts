import { describe, expect, it } from 'vitest';
import { compiled } from '../testing';
import { formatReset } from './duration';
import { denyOf, isUnlimited, rateLimitHeaders } from './enforce';
import { countersUnavailable } from './judge';
import { planRateLimits, planThrottle } from './plan';

const subject = { tenantId: 't', roleId: 'r', keyId: 'k', target: null };

describe('plans of rate limits', () => {
  it('limit nothing while the section is off or has no limits', () => {
    expect(
      isUnlimited(planRateLimits(compiled({ rateLimitPolicy: { requestsPerMinute: 1 } }), subject)),
    ).toBe(true);
    expect(
      isUnlimited(planRateLimits(compiled({ rateLimitPolicy: { enabled: true } }), subject)),
    ).toBe(true);
  });

  it('have a window for each limit that is set', () => {
    const limits = {
      requestsPerMinute: 1,
      requestsPerHour: 2,
      requestsPerDay: 3,
      tokensPerMinute: 4,
      tokensPerHour: 5,
      tokensPerDay: 6,
    };
    const { windows } = planRateLimits(
      compiled({ rateLimitPolicy: { enabled: true, ...limits } }),
      subject,
    );
    expect(Object.fromEntries(windows.map(({ field, limit }) => [field, limit]))).toEqual(limits);
  });

  it('count by role or by key, as scope says', () => {
    const idOf = (scope: 'key' | 'role', keyId: string) =>
      planRateLimits(
        compiled({ rateLimitPolicy: { enabled: true, scope, requestsPerMinute: 1 } }),
        { ...subject, keyId },
      ).windows[0]?.id;
    expect(idOf('role', 'k1')).toBe(idOf('role', 'k2'));
    expect(idOf('key', 'k1')).not.toBe(idOf('key', 'k2'));
  });

  it('have the limits of all patterns that match a model, once it is known', () => {
    const perModel = {
      'gpt-*': { requestsPerMinute: 5 },
      'openai/*': { tokensPerMinute: 7 },
      'claude-*': { requestsPerMinute: 9 },
      '*': {},
    };
    const policy = compiled({ rateLimitPolicy: { enabled: true, perModel } });
    expect(planRateLimits(policy, subject).windows).toEqual([]);
    const target = { provider: 'openai', model: 'gpt-4o' };
    expect(
      planRateLimits(policy, { ...subject, target }).windows.map(({ field, limit }) => [
        field,
        limit,
      ]),
    ).toEqual([
      ['perModel.gpt-*.requestsPerMinute', 5],
      ['perModel.openai/*.tokensPerMinute', 7],
    ]);
  });

  it('throttle to the rate of the budget', () => {
    const policy = compiled({ budgetPolicy: { throttleRequestsPerMinute: 4 } });
    expect(planThrottle(policy, subject).windows).toMatchObject([
      { limit: 4, windowMs: 60_000, kind: 'requests' },
    ]);
  });
});

describe('what a client sees of rate limits', () => {
  it.each([
    [0, '0s'],
    [0.2, '1ms'],
    [120, '120ms'],
    [999.5, '1s'],
    [1000, '1s'],
    [1001, '2s'],
    [60_000, '1m0s'],
    [360_000, '6m0s'],
    [3_599_001, '1h0m0s'],
    [86_400_000, '24h0m0s'],
  ])('%d ms is written %s', (ms, text) => {
    expect(formatReset(ms)).toBe(text);
  });

  it('has the headers of OpenAI, for kinds that are limited', () => {
    expect(
      rateLimitHeaders({ requests: { limit: 60, remaining: 59, resetMs: 60_000 }, tokens: null }),
    ).toEqual({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1m0s',
    });
  });

  it('is told when to try again, unless it never can', () => {
    expect(denyOf(countersUnavailable())).toMatchObject({
      verdict: 'deny',
      code: 'unavailable',
      retryAfterSeconds: 1,
    });
    expect(denyOf({ ...countersUnavailable(), retryAfterMs: null })).not.toHaveProperty(
      'retryAfterSeconds',
    );
  });
});
