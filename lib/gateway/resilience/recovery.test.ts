import { afterEach, describe, expect, it } from 'vitest';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion } from '../testing/test-upstream';

const REQUESTS = 500;
const TIMEOUT_MS = 60_000;

let gateway: RoutedGateway;
afterEach(() => gateway.close());

/** A gateway whose one provider has just been found broken. */
async function withOpenBreaker(): Promise<void> {
  gateway = await routedGateway({
    policy: {
      resiliencePolicy: {
        enabled: true,
        circuitBreakerEnabled: true,
        circuitBreakerThreshold: 3,
        circuitBreakerTimeout: TIMEOUT_MS / 1000,
      },
    },
    connections: { main: {} },
  });
  down();
  for (let turn = 0; turn < 3; turn += 1) await ask();
  gateway.forget();
}

const down = () =>
  gateway.upstreams.main!.answer(({ response }) => void response.writeHead(503).end());

async function ask(): Promise<number> {
  const answer = await gateway.chat({ model: 'main/m' });
  await answer.arrayBuffer();
  return answer.status;
}

async function statuses(pending: Promise<number>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const status of await Promise.all(pending)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const askAll = () => Array.from({ length: REQUESTS }, ask);

/** Something to wait for, opened by hand. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  return { promise, resolve };
}

/** Until so many requests are being answered by the gateway. */
async function waiting(count: number): Promise<void> {
  while (gateway.active() < count) await new Promise((resolve) => setImmediate(resolve));
}

describe('an open breaker under 500 parallel requests', () => {
  it('calls nobody until its timeout has passed', async () => {
    await withOpenBreaker();
    gateway.breakerClock.advance(TIMEOUT_MS - 1);
    expect(await statuses(askAll())).toEqual({ 503: REQUESTS });
    expect(gateway.calls()).toEqual({ main: 0 });
  });

  it('sends exactly one probe to a provider that has recovered, then lets all pass', async () => {
    await withOpenBreaker();
    gateway.breakerClock.advance(TIMEOUT_MS);
    const probe = gate();
    const release = gate();
    gateway.upstreams.main!.answer(async ({ response }) => {
      probe.resolve();
      await release.promise;
      sendCompletion(response);
    });
    const pending = askAll();
    await probe.promise;
    await waiting(REQUESTS);
    expect(gateway.calls()).toEqual({ main: 1 });
    release.resolve();
    expect(await statuses(pending)).toEqual({ 200: REQUESTS });
    expect(gateway.calls()).toEqual({ main: REQUESTS });
    expect(await ask()).toBe(200);
  });

  it('sends exactly one probe to a provider that is still down, and refuses all others', async () => {
    await withOpenBreaker();
    gateway.breakerClock.advance(TIMEOUT_MS);
    const probe = gate();
    const release = gate();
    gateway.upstreams.main!.answer(async ({ response }) => {
      probe.resolve();
      await release.promise;
      response.writeHead(503).end();
    });
    const pending = askAll();
    await probe.promise;
    await waiting(REQUESTS);
    release.resolve();
    expect(await statuses(pending)).toEqual({ 502: 1, 503: REQUESTS - 1 });
    expect(gateway.calls()).toEqual({ main: 1 });
    gateway.breakerClock.advance(TIMEOUT_MS - 1);
    expect(await ask()).toBe(503);
    expect(gateway.calls()).toEqual({ main: 1 });
  });

  it('stops waiting for the probe when the client goes away', async () => {
    await withOpenBreaker();
    gateway.breakerClock.advance(TIMEOUT_MS);
    const probe = gate();
    const release = gate();
    gateway.upstreams.main!.answer(async ({ response }) => {
      probe.resolve();
      await release.promise;
      sendCompletion(response);
    });
    const first = ask();
    await probe.promise;
    const leaving = new AbortController();
    const second = gateway.chat({ model: 'main/m' }, { signal: leaving.signal });
    await waiting(2);
    leaving.abort();
    await expect(second).rejects.toThrow();
    while (gateway.active() > 1) await new Promise((resolve) => setImmediate(resolve));
    release.resolve();
    expect(await first).toBe(200);
    expect(gateway.calls()).toEqual({ main: 1 });
  });
});
