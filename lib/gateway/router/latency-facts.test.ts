import { describe, expect, it } from 'vitest';
import { connection } from '../testing/route-request';
import { FakeClock } from '../testing/fake-clock';
import { LatencyFacts } from './latency-facts';

const TENANT = 'tenant';
const a = { connection: connection('a'), model: 'm' };
const b = { connection: connection('b'), model: 'm' };

function setUp() {
  const clock = new FakeClock();
  const facts = new LatencyFacts(clock);
  const stream = (ms: number | null | undefined, target = a) =>
    facts.start(TENANT, target, true).end(typeof ms === 'number' ? { ms, outputTokens: 0 } : ms);
  const whole = (ms: number, outputTokens: number) =>
    facts.start(TENANT, a, false).end({ ms, outputTokens });
  const ofStream = (target = a, tenant = TENANT) => facts.latencyMs(tenant, target, true);
  return { clock, facts, stream, whole, ofStream };
}

describe('what is known of latencies', () => {
  it('belongs to a tenant and a target, streams and whole answers apart', () => {
    const { facts, stream, ofStream } = setUp();
    stream(20);
    expect(ofStream()).toBe(20);
    expect(ofStream(b)).toBeNull();
    expect(ofStream(a, 'other')).toBeNull();
    expect(facts.latencyMs(TENANT, a, false)).toBeNull();
  });

  it('of whole answers is time per output token, told for an answer of usual length', () => {
    const { facts, whole } = setUp();
    whole(1000, 100);
    expect(facts.latencyMs(TENANT, a, false)).toBeCloseTo(1000);
    // Four times as long an answer in four times the time is as fast.
    whole(4000, 400);
    expect(facts.latencyMs(TENANT, a, false)! / 130).toBeCloseTo(10);
  });

  it('takes one late answer for chance and believes two', () => {
    const { stream, ofStream } = setUp();
    for (const ms of [20, 20, 500]) stream(ms);
    expect(ofStream()).toBe(20);
    stream(500);
    expect(ofStream()).toBeCloseTo(20 + 0.6 * 480);
  });

  it('falls fast when a slow target has recovered', () => {
    const { stream, ofStream } = setUp();
    for (const ms of [500, 500, 20, 20]) stream(ms);
    expect(ofStream()!).toBeLessThan(60);
  });

  it('counts a failure at once, and what tells nothing not at all', () => {
    const { stream, ofStream } = setUp();
    stream(20);
    stream(undefined);
    expect(ofStream()).toBe(20);
    stream(null);
    expect(ofStream()).toBe(80);
  });

  it('is forgotten after a minute without an answer', () => {
    const { clock, stream, ofStream } = setUp();
    stream(20);
    clock.advance(60_000);
    expect(ofStream()).toBe(20);
    clock.advance(1);
    expect(ofStream()).toBeNull();
  });

  it('shows a hanging target before its first late answer', () => {
    const { clock, facts, stream, ofStream } = setUp();
    stream(20);
    facts.start(TENANT, a, true);
    clock.advance(100);
    expect(ofStream()).toBe(20);
    clock.advance(100);
    expect(ofStream()).toBe(200);
  });

  it('keeps others away from a target while its first answer is awaited', () => {
    const { facts, ofStream } = setUp();
    facts.start(TENANT, a, true);
    expect(ofStream()).toBe(Infinity);
  });
});
