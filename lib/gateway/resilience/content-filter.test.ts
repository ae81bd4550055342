import { afterEach, describe, expect, it } from 'vitest';
import { answerJson, answerSse, GEMINI, sse } from '../providers/testing/provider-answers';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion, sendStream, type UpstreamHandler } from '../testing/test-upstream';

let gateway: RoutedGateway;
afterEach(() => gateway.close());

const BLOCKED = {
  promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
  usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 },
  modelVersion: GEMINI.modelVersion,
};

/** A gateway whose Gemini has another provider behind it, and retries and breaker before it. */
async function withGemini(answer: UpstreamHandler): Promise<void> {
  gateway = await routedGateway({
    policy: {
      resiliencePolicy: {
        enabled: true,
        retryEnabled: true,
        fallbackEnabled: true,
        fallbackChain: [{ provider: 'other', model: 'm', priority: 1 }],
        circuitBreakerEnabled: true,
        circuitBreakerThreshold: 1,
      },
    },
    connections: { gemini: { kind: 'gemini', models: ['gemini-pro'] }, other: {} },
  });
  gateway.upstreams.gemini!.answer(answer);
  gateway.upstreams.other!.answer(({ request, response }) =>
    request.stream === true ? sendStream(response, ['Hello']) : sendCompletion(response),
  );
}

describe('a prompt that Gemini blocks', () => {
  it.each([false, true])(
    'is answered as filtered and shopped around to nobody (stream: %s)',
    async (stream) => {
      await withGemini(({ response }) =>
        (stream ? answerSse(sse([BLOCKED])) : answerJson(BLOCKED))(response),
      );
      for (let turn = 1; turn <= 2; turn += 1) {
        const answer = await gateway.chat({ model: 'gemini/gemini-pro', stream });
        expect(answer.status).toBe(200);
        expect(await answer.text()).toContain('"finish_reason":"content_filter"');
        expect(answer.headers.get('x-rolegate-attempts')).toBe('1');
        const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
        expect(receipt.attempts).toMatchObject([{ provider: 'gemini', status: 200, code: 'ok' }]);
        expect(receipt.tokens).toMatchObject({ input: 4, output: 0 });
      }
      // The breaker has not counted it either: the second request was sent like the first.
      expect(gateway.calls()).toEqual({ gemini: 2, other: 0 });
    },
  );
});

describe('a Gemini that answers with nothing, and does not say why', () => {
  it.each([false, true])(
    'has failed, so the next provider answers (stream: %s)',
    async (stream) => {
      const empty = { ...GEMINI, candidates: [] };
      await withGemini(({ response }) =>
        (stream ? answerSse(sse([empty])) : answerJson(empty))(response),
      );
      const answer = await gateway.chat({ model: 'gemini/gemini-pro', stream });
      await answer.arrayBuffer();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-rolegate-provider')).toBe('other');
    },
  );
});
