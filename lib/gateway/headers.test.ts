import { describe, expect, it } from 'vitest';
import { trailHeaders } from './headers';
import { requestId } from './request-id';
import { Trail } from './trail';

describe('response headers', () => {
  it('are only the id while nothing else is known', () => {
    expect(trailHeaders('id', new Trail())).toEqual({ 'x-request-id': 'id' });
  });

  it('name a strategy with its reason, and a cache hit with its age and likeness', () => {
    const trail = new Trail();
    trail.target = { provider: 'openai', kind: 'openai', model: 'gpt-4o' };
    trail.route = { ...trail.route, strategy: 'cost', reason: 'simple' };
    trail.cache = { status: 'hit-semantic', similarity: 0.98765, ageSeconds: 12.7 };
    trail.warn(['budget_alert', 'pii_redacted', 'budget_alert']);
    trail.rateLimits = { requests: { limit: 20, remaining: 19, resetMs: 3000 }, tokens: null };
    expect(trailHeaders('id', trail)).toMatchObject({
      'x-rolegate-provider': 'openai',
      'x-rolegate-model': 'gpt-4o',
      'x-rolegate-route': 'cost:simple',
      age: '12',
      'x-rolegate-cache-similarity': '0.9877',
      'x-rolegate-warnings': 'budget_alert,pii_redacted',
      'x-ratelimit-limit-requests': '20',
      'x-ratelimit-remaining-requests': '19',
      'x-ratelimit-reset-requests': '3s',
    });
  });

  it('carry no character that a header cannot', () => {
    const trail = new Trail();
    trail.target = { provider: 'one', kind: 'openai', model: 'a\r\nset-cookie: x\ud800' };
    expect(trailHeaders('id', trail)['x-rolegate-model']).toBe('a%0D%0Aset-cookie%3A%20x%EF%BF%BD');
  });
});

describe('request ids', () => {
  it('are version 7 UUIDs, in the order of time and never the same', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => requestId(1_700_000_000_000 + index));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(parseInt(ids[7]!.replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_007);
  });
});
