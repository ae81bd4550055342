import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testGateway, type TestGateway } from './testing/test-gateway';
import { beginStream, chunkEvent, drained, sendStream, usageEvent } from './testing/test-upstream';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({ logContent: 'full' });
});
beforeEach(() => gateway.setPolicy({}));
afterAll(() => gateway.close());

const idOf = (answer: Response) => answer.headers.get('x-request-id');
const stream = (body: object = {}) => gateway.chat({ stream: true, ...body });

/** Data payloads of a stream's events. */
async function events(answer: Response): Promise<string[]> {
  return (await answer.text())
    .split('\n\n')
    .filter(Boolean)
    .map((event) => event.replace(/^data: /, ''));
}

describe('a stream', () => {
  it('relays the bytes of the upstream untouched, usage asked for', async () => {
    const written: string[] = [];
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      for (const event of [
        chunkEvent({ role: 'assistant', content: '' }),
        'data: {"id":"x" , "object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"\\u00e9 "},"finish_reason":null}]}\n\n',
        chunkEvent({}, { finish_reason: 'stop' }),
        usageEvent(),
        'data: [DONE]\n\n',
      ]) {
        written.push(event);
        response.write(event);
      }
      response.end();
    });
    const answer = await stream({ stream_options: { include_usage: true } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('no-transform');
    expect(answer.headers.get('x-rolegate-provider')).toBe('test');
    expect(answer.headers.get('x-rolegate-attempts')).toBe('1');
    expect(await answer.text()).toBe(written.join(''));
  });

  it('always asks the upstream for usage, and hides what the client did not ask for', async () => {
    gateway.upstream.answer(({ response }) =>
      sendStream(response, ['Hel', 'lo'], { promptTokens: 12, completionTokens: 34 }),
    );
    const answer = await stream();
    const data = await events(answer);
    expect(gateway.upstream.requests.at(-1)?.request.stream_options).toEqual({
      include_usage: true,
    });
    expect(data.join('')).not.toContain('"usage":{');
    expect(data.at(-1)).toBe('[DONE]');
    const receipt = await gateway.receipt(idOf(answer));
    expect(receipt).toMatchObject({
      status: 200,
      stream: true,
      tokens: { input: 12, output: 34, estimated: false },
      content: { answer: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] },
    });
  });

  it('estimates the usage that an upstream keeps to itself', async () => {
    gateway.upstream.answer(({ response }) =>
      sendStream(response, ['one two three four'], { usage: false }),
    );
    const answer = await stream();
    await answer.text();
    const { tokens } = await gateway.receipt(idOf(answer));
    expect(tokens.estimated).toBe(true);
    expect(tokens.output).toBe(4);
    expect(tokens.input).toBeGreaterThan(0);
  });

  it('sends its headers before the first byte, and the first byte as soon as there is one', async () => {
    let finish = () => undefined as void;
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'first' }));
      finish = () => {
        response.write(chunkEvent({}, { finish_reason: 'stop' }));
        response.end('data: [DONE]\n\n');
      };
    });
    const answer = await stream();
    const reader = answer.body!.getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value!).toString()).toContain('first');
    finish();
    await reader.cancel();
  });

  it('is refused with a status while nothing has been sent', async () => {
    gateway.upstream.answer(({ response }) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"out of order"}}');
    });
    const answer = await stream();
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('ends without [DONE] after an error event when the upstream breaks off', async () => {
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'Once' }), () => response.destroy());
    });
    const answer = await stream();
    const data = await events(answer);
    expect(data).toHaveLength(2);
    expect(JSON.parse(data[1]!)).toMatchObject({
      error: { code: 'upstream_error', type: 'api_error' },
    });
    const receipt = await gateway.receipt(idOf(answer));
    expect(receipt).toMatchObject({
      status: 502,
      code: 'upstream_error',
      tokens: { estimated: true },
    });
    expect(receipt.attempts).toMatchObject([{ code: 'reset' }]);
  });

  it('passes on what came at once before a fault, then tells the fault', async () => {
    const fault = 'data: {"error":{"message":"out of memory","code":"server_error"}}\n\n';
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.end(chunkEvent({ content: 'One' }) + chunkEvent({ content: ' two' }) + fault);
    });
    const data = await events(await stream());
    expect(data.slice(0, 2).join()).toMatch(/One.* two/);
    expect(data).toHaveLength(3);
    expect(JSON.parse(data[2]!)).toMatchObject({ error: { code: 'upstream_error' } });
  });

  it('passes on what came at once before a call that policy forbids, and nothing of the call', async () => {
    gateway.setPolicy({ toolPolicies: { enabled: true, allowToolCalling: false } });
    const call = { index: 0, id: 'c', type: 'function', function: { name: 'wipe', arguments: '' } };
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      const said = chunkEvent({ content: 'One' }) + chunkEvent({ content: ' two' });
      response.end(`${said}${chunkEvent({ tool_calls: [call] })}data: [DONE]\n\n`);
    });
    const data = await events(await stream());
    expect(data.slice(0, 2).join()).toMatch(/One.* two/);
    expect(data).toHaveLength(3);
    expect(JSON.parse(data[2]!)).toMatchObject({ error: { code: 'tools_not_allowed' } });
    expect(data.join()).not.toContain('wipe');
  });

  /** Milliseconds from a client's leaving to the end of the upstream's connection; the median of some. */
  async function timeToAbort(
    leaveAfter: (controller: AbortController) => Promise<void>,
  ): Promise<number> {
    const times: number[] = [];
    for (let turn = 0; turn < 5; turn++) {
      gateway.upstream.aborts.length = 0;
      const controller = new AbortController();
      await leaveAfter(controller);
      const { response } = gateway.upstream.requests.at(-1)!;
      const upstreamGone = new Promise<void>((resolve) => response.once('close', () => resolve()));
      const left = performance.now();
      controller.abort();
      await upstreamGone;
      times.push(gateway.upstream.aborts[0]! - left);
    }
    return times.sort((a, b) => a - b)[2]!;
  }

  it('aborts the upstream within 100 ms of the client leaving, frees its slot and says 499', async () => {
    gateway.setPolicy({ rateLimitPolicy: { enabled: true, maxConcurrentRequests: 1 } });
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ content: 'a b c' }));
    });
    let id: string | null = null;
    const median = await timeToAbort(async (controller) => {
      const answer = await gateway.chat({ stream: true }, { signal: controller.signal });
      id = idOf(answer);
      // The slot of the former one is free again, or this would be a 429.
      expect(answer.status).toBe(200);
    });
    expect(median).toBeLessThan(100);
    const receipt = await gateway.receipt(id);
    expect(receipt).toMatchObject({ status: 499, code: 'client_closed_request' });
    expect(receipt.tokens).toMatchObject({ output: 3, estimated: true });
  });

  it('aborts an upstream that has not answered yet', async () => {
    const median = await timeToAbort(async (controller) => {
      const asked = new Promise<void>((resolve) => gateway.upstream.answer(() => resolve()));
      gateway.chat({}, { signal: controller.signal }).catch((error: Error) => {
        expect(error.name).toBe('AbortError');
      });
      await asked;
    });
    expect(median).toBeLessThan(100);
  });

  it('reads the upstream no faster than its client', async () => {
    const big = 'x'.repeat(64 * 1024);
    let written = 0;
    gateway.upstream.answer(async ({ response }) => {
      beginStream(response);
      while (written < 2000 && !response.destroyed) {
        written += 1;
        if (!response.write(chunkEvent({ content: big }))) await drained(response);
      }
      response.end();
    });
    const controller = new AbortController();
    const answer = await gateway.chat({ stream: true }, { signal: controller.signal });
    await answer.body!.getReader().read();
    let before = -1;
    const stalled = () => {
      const isStill = written === before;
      before = written;
      return isStill;
    };
    await expect.poll(stalled, { interval: 100 }).toBe(true);
    // Sockets and queues in between hold some MiB; the upstream would like to send 125.
    expect(written).toBeLessThan(600);
    controller.abort();
  });
});

describe('tool calls in a stream', () => {
  const toolStream = (names: string[]) =>
    gateway.upstream.answer(({ response }) => {
      beginStream(response);
      response.write(chunkEvent({ role: 'assistant', content: null }));
      names.forEach((name, index) => {
        response.write(
          chunkEvent({
            tool_calls: [
              { index, id: `c${index}`, type: 'function', function: { name, arguments: '' } },
            ],
          }),
        );
        response.write(chunkEvent({ tool_calls: [{ index, function: { arguments: '{"a":1}' } }] }));
      });
      response.write(chunkEvent({}, { finish_reason: 'tool_calls' }));
      response.write(usageEvent());
      response.end('data: [DONE]\n\n');
    });

  it('never reach the client when they are forbidden', async () => {
    gateway.setPolicy({ toolPolicies: { enabled: true, blockedTools: ['delete_*'] } });
    toolStream(['delete_all']);
    const answer = await stream();
    const text = await answer.text();
    expect(text).not.toContain('delete_all"');
    expect(text).toContain('"code":"tool_not_allowed"');
    expect(text).not.toContain('[DONE]');
    const receipt = await gateway.receipt(idOf(answer));
    expect(receipt).toMatchObject({ status: 403, code: 'tool_not_allowed' });
    expect(receipt.stages.at(-1)).toMatchObject({ name: 'answer', verdict: 'deny' });
  });

  it('are stripped where the policy says so, and the receipt tells', async () => {
    gateway.setPolicy({
      toolPolicies: { enabled: true, blockedTools: ['delete_*'], onViolation: 'strip' },
    });
    toolStream(['delete_all', 'read']);
    const answer = await stream();
    const data = await events(answer);
    expect(data.join('')).not.toContain('delete_all');
    expect(data.join('')).toContain('"name":"read"');
    expect(data.at(-1)).toBe('[DONE]');
    const receipt = await gateway.receipt(idOf(answer));
    expect(receipt.warnings).toContain('tools_stripped');
    expect(receipt.stages.at(-1)).toMatchObject({ name: 'answer', verdict: 'rewrite' });
  });
});
