import { afterEach, describe, expect, it } from 'vitest';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { beginStream, chunkEvent, sendStream, usageEvent } from '../testing/test-upstream';

let gateway: RoutedGateway;
afterEach(() => gateway.close());

const MODEL = 'gpt-4o-mini';

/** A stream of `main` that breaks off after these events, with `spare` standing behind it. */
async function breaksAfter(...events: string[]) {
  gateway = await routedGateway({
    policy: {
      resiliencePolicy: {
        enabled: true,
        retryEnabled: true,
        fallbackEnabled: true,
        fallbackChain: [{ provider: 'spare', model: MODEL, priority: 1 }],
        maxRetries: 0,
      },
    },
    connections: {
      main: { kind: 'openai', models: [MODEL] },
      spare: { kind: 'openai', models: [MODEL] },
    },
  });
  gateway.upstreams.main!.answer(async ({ response }) => {
    beginStream(response);
    await new Promise<void>((resolve) => response.write(events.join(''), () => resolve()));
    setImmediate(() => response.socket?.destroy());
  });
  gateway.upstreams.spare!.answer(({ response }) => sendStream(response, ['Hello']));
  const answer = await gateway.chat({ model: `main/${MODEL}`, stream: true });
  const text = await answer.text();
  return { text, receipt: await gateway.receipt(answer.headers.get('x-request-id')) };
}

describe('a stream that breaks off', () => {
  it('after its first token is paid for as far as it came, and no other provider takes over', async () => {
    const { text, receipt } = await breaksAfter(chunkEvent({ content: 'Once upon a time' }));
    expect(text).toContain('Once upon a time');
    expect(text).toContain('"upstream_error"');
    expect(text).not.toContain('[DONE]');
    expect(gateway.calls()).toEqual({ main: 1, spare: 0 });
    expect(receipt.tokens.output).toBeGreaterThan(0);
    expect(receipt.tokens.estimated).toBe(true);
    expect(Number(receipt.costUsd)).toBeGreaterThan(0);
    expect(receipt.attempts).toMatchObject([{ code: 'reset', costUsd: receipt.costUsd }]);
  });

  it('before its first token is taken over unnoticed, and both parts are paid', async () => {
    const { text, receipt } = await breaksAfter(
      chunkEvent({ role: 'assistant', content: '' }),
      usageEvent({ promptTokens: 1000, completionTokens: 0 }),
    );
    expect(text).toContain('Hello');
    expect(text).toContain('[DONE]');
    expect(receipt.attempts).toMatchObject([
      { provider: 'main', code: 'reset', next: expect.stringContaining('falls back') as string },
      { provider: 'spare', code: 'ok' },
    ]);
    const [broken, taken] = receipt.attempts.map(({ costUsd }) => Number(costUsd));
    expect(broken).toBeGreaterThan(0);
    expect(Number(receipt.costUsd)).toBeCloseTo(broken! + taken!, 12);
  });
});
