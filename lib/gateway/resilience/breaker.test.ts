import { describe, expect, it } from 'vitest';
import { type BreakerPermit, type BreakerRecord, MemoryBreakers } from './breaker';

const LIMITS = { threshold: 3, timeoutMs: 60_000 };

function setUp() {
  const time = { now: 1_000_000 };
  const changes: BreakerRecord[] = [];
  const breakers = new MemoryBreakers({ now: () => time.now }, (record) => changes.push(record));
  const admit = (provider = 'openai', tenant = 'tenant') =>
    breakers.admit(tenant, provider, LIMITS);
  const permit = (): BreakerPermit => {
    const admitted = admit();
    if ('retryAfterMs' in admitted) throw new Error('refused');
    return admitted;
  };
  const open = () => {
    for (let index = 0; index < LIMITS.threshold; index += 1) permit().failed();
  };
  return { time, changes, breakers, admit, permit, open };
}

describe('circuit breaker', () => {
  it('opens after as many consecutive failures as the threshold, not one earlier', () => {
    const { permit, admit } = setUp();
    permit().failed();
    permit().failed();
    expect(admit()).not.toHaveProperty('retryAfterMs');
    permit().failed();
    expect(admit()).toEqual({ retryAfterMs: 60_000 });
  });

  it('starts counting anew after a success', () => {
    const { permit, admit } = setUp();
    permit().failed();
    permit().failed();
    permit().succeeded();
    permit().failed();
    permit().failed();
    expect(admit()).not.toHaveProperty('retryAfterMs');
  });

  it('lets exactly one of 500 requests through as the probe once the timeout has passed', () => {
    const { open, admit, time } = setUp();
    open();
    time.now += 59_999;
    expect(admit()).toEqual({ retryAfterMs: 1 });
    time.now += 1;
    const admitted = Array.from({ length: 500 }, () => admit());
    const through = admitted.filter((each): each is BreakerPermit => 'probe' in each);
    expect(through).toHaveLength(1);
    expect(through[0]!.probe).toBe(true);
  });

  it('closes when the probe succeeds and opens for the whole timeout when it fails', () => {
    const { open, permit, admit, time } = setUp();
    open();
    time.now += 60_000;
    permit().failed();
    expect(admit()).toEqual({ retryAfterMs: 60_000 });
    time.now += 60_000;
    permit().succeeded();
    expect(admit()).toMatchObject({ probe: false });
    expect(admit()).toMatchObject({ probe: false });
  });

  it('lets the next request probe at once when a probe was called off', () => {
    const { open, permit, time } = setUp();
    open();
    time.now += 60_000;
    permit().unknown();
    expect(permit().probe).toBe(true);
  });

  it('gives a probe that never reports up after two minutes', () => {
    const { open, permit, admit, time } = setUp();
    open();
    time.now += 60_000;
    expect(permit().probe).toBe(true);
    time.now += 119_999;
    expect(admit()).toHaveProperty('retryAfterMs');
    time.now += 1;
    expect(permit().probe).toBe(true);
  });

  it('ignores late answers to requests from before it opened', () => {
    const { open, permit, admit } = setUp();
    const early = permit();
    open();
    early.succeeded();
    expect(admit()).toHaveProperty('retryAfterMs');
  });

  it('counts a permit once, however often it is told', () => {
    const { permit, admit } = setUp();
    const one = permit();
    for (let index = 0; index < 10; index += 1) one.failed();
    expect(admit()).not.toHaveProperty('retryAfterMs');
  });

  it('keeps tenants and providers apart', () => {
    const { open, admit } = setUp();
    open();
    expect(admit('openai')).toHaveProperty('retryAfterMs');
    expect(admit('anthropic')).not.toHaveProperty('retryAfterMs');
    expect(admit('openai', 'other')).not.toHaveProperty('retryAfterMs');
  });

  it('is closed by hand, and tells of every change of state', () => {
    const { open, breakers, admit, changes } = setUp();
    open();
    expect(breakers.list('tenant')).toMatchObject([
      { provider: 'openai', state: 'open', failureCount: 3 },
    ]);
    expect(breakers.reset('tenant', 'openai')).toBe(true);
    expect(breakers.reset('tenant', 'nobody')).toBe(false);
    expect(admit()).not.toHaveProperty('retryAfterMs');
    expect(changes.map((change) => change.state)).toEqual(['open', 'closed']);
  });

  it('takes over what was open before a restart, a lost probe included', () => {
    const { time, permit, breakers, admit } = setUp();
    const record = {
      tenantId: 'tenant',
      provider: 'openai',
      failureCount: 3,
      lastFailureAt: time.now,
      openedAt: time.now - 10_000,
      timeoutMs: 60_000,
    };
    breakers.load([{ ...record, state: 'half_open' }]);
    expect(admit()).toEqual({ retryAfterMs: 50_000 });
    time.now += 50_000;
    expect(permit().probe).toBe(true);
  });
});
