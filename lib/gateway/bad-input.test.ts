import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testGateway, type TestGateway } from './testing/test-gateway';
import { sendCompletion } from './testing/test-upstream';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({
    logContent: 'full',
    policy: {
      promptPolicies: {
        enabled: true,
        maxPromptTokens: 1_000_000,
        maxPromptChars: 10_000_000,
        sanitize: { normalizeUnicode: true, stripInvisible: true },
        blockedPatterns: ['(a+)+$never', 'x*y'],
      },
      toolPolicies: { enabled: true, blockedTools: ['rm*'] },
      rateLimitPolicy: { enabled: true, tokensPerMinute: 1_000_000_000 },
    },
  });
  gateway.upstream.answer(({ response }) => sendCompletion(response));
  // The tokeniser's tables are loaded by the first request of a process.
  await gateway.chat();
});
afterAll(() => gateway.close());

const rows = (name: string) =>
  readFileSync(`../shared/eval/badinput/${name}.jsonl`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { input?: string; text?: string });

/** Ten at a time: what one does to the process shows in the others. */
async function forEachRow(name: string, harm: (text: string) => Promise<unknown>): Promise<void> {
  const texts = rows(name).map(({ input, text }) => input ?? text ?? '');
  for (let at = 0; at < texts.length; at += 10)
    await Promise.all(texts.slice(at, at + 10).map(harm));
}

async function timed(send: () => Promise<Response>) {
  const started = performance.now();
  const answer = await send();
  const text = await answer.text();
  return { answer, text, ms: performance.now() - started };
}

/**
 * No 500, no hang over a second, and an error in OpenAI's shape when there is one. Ten requests share a
 * process and a machine, so what took longer is asked again: an input that hangs the gateway always does.
 */
async function expectNoHarm(send: () => Promise<Response>): Promise<number> {
  let { answer, text, ms } = await timed(send);
  for (let again = 0; ms >= 1000 && again < 3; again += 1)
    ({ answer, text, ms } = await timed(send));
  expect(ms).toBeLessThan(1000);
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400) {
    expect(JSON.parse(text)).toMatchObject({
      error: { message: expect.any(String), type: expect.any(String), code: expect.any(String) },
    });
  }
  return answer.status;
}

const post = (body: BodyInit) =>
  fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body,
  });

describe('bad input', () => {
  it('JSON torture texts as the body, as a field and as a message are harmless', async () => {
    await forEachRow('json-parsing', async (input) => {
      expect(await expectNoHarm(() => post(input))).toBe(400);
      await expectNoHarm(() =>
        post(
          `{"model":"test/test-model","messages":[{"role":"user","content":"x"}],"extra":${input}}`,
        ),
      );
      await expectNoHarm(() => gateway.chat({ messages: [{ role: 'user', content: input }] }));
    });
  });

  it('naughty strings are harmless in every place a string may stand', async () => {
    await forEachRow('naughty-strings', async (text) => {
      await expectNoHarm(() =>
        gateway.chat({ messages: [{ role: 'user', content: text, name: text }] }),
      );
      await expectNoHarm(() => gateway.chat({ model: text }));
      await expectNoHarm(() => gateway.chat({ model: `test/${text}`, user: text, stop: text }));
      await expectNoHarm(() =>
        gateway.chat({
          tools: [{ type: 'function', function: { name: text, description: text } }],
          tool_choice: text,
        }),
      );
      await expectNoHarm(() =>
        fetch(`${gateway.url}/v1/models/${encodeURIComponent(text)}`, {
          headers: { authorization: `Bearer ${gateway.key}` },
        }),
      );
    });
  });

  it('reaches the upstream as the text it is', async () => {
    const texts = rows('naughty-strings').map(({ text = '' }) => text);
    gateway.setPolicy({});
    const messages = texts.map((content) => ({ role: 'user', content }));
    expect((await gateway.chat({ messages })).status).toBe(200);
    expect(gateway.upstream.requests.at(-1)?.request.messages).toEqual(messages);
  });

  it('huge lists, long runs and deep nesting take no time', async () => {
    await expectNoHarm(() => post(`{"messages":[${'[],'.repeat(1_000_000)}[]]}`));
    await expectNoHarm(() => post('['.repeat(5_000_000)));
    await expectNoHarm(() =>
      gateway.chat({ messages: [{ role: 'user', content: 'a'.repeat(3_000_000) }] }),
    );
    await expectNoHarm(() =>
      gateway.chat({ messages: [{ role: 'user', content: '\u200b'.repeat(500_000) }] }),
    );
  });

  it('a body over 10 MiB is refused with 413 by its length alone, without waiting for it', async () => {
    const answer = await new Promise<number>((resolve, reject) => {
      const upload = request(
        `${gateway.url}/v1/chat/completions`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${gateway.key}`, 'content-length': 2 ** 30 },
        },
        (response) => {
          resolve(response.statusCode ?? 0);
          upload.destroy();
        },
      );
      upload.on('error', reject);
      upload.write('{');
    });
    expect(answer).toBe(413);
  });

  it('a chunked body over 10 MiB is refused with 413 and a receipt', async () => {
    const piece = new Uint8Array(1024 * 1024).fill(0x20);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 14) controller.close();
        else controller.enqueue(piece);
      },
    });
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.key}` },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: 'request_too_large' } });
    const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(receipt).toMatchObject({ status: 413, code: 'request_too_large' });
  });
});
