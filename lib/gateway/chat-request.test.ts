import { readFileSync } from 'node:fs';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors/app-error';
import { readJsonBody, webBodyReader } from './body';
import { parseChatRequest } from './chat-request';

const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const user = { role: 'user', content: 'Hi' };

function refusal(bytes: Uint8Array): { code: string; param: string | null; message: string } {
  try {
    parseChatRequest(bytes);
  } catch (error) {
    if (error instanceof AppError)
      return { code: error.code, param: error.param, message: error.message };
    throw error;
  }
  return { code: 'accepted', param: null, message: '' };
}

describe('chat request', () => {
  it('keeps unknown fields and everything the client wrote', () => {
    const body = {
      model: 'a/b',
      messages: [user, { ...user, custom: 1 }],
      reasoning_effort: 'low',
      x: { y: [1] },
    };
    expect(parseChatRequest(encode(body))).toEqual(body);
  });

  it.each([
    [{ messages: 'no' }, 'messages'],
    [{}, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: [1] }, 'messages[0]'],
    [{ messages: [{ role: 'king', content: '' }] }, 'messages[0].role'],
    [{ messages: [user, { role: 'user' }] }, 'messages[1].content'],
    [{ messages: [{ role: 'user', content: 4 }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ text: 'x' }] }] }, 'messages[0].content[0]'],
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }] },
      'messages[0].content[0].image_url',
    ],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id'],
    [
      { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', type: 'function' }] }] },
      'messages[0].tool_calls[0].function',
    ],
    [{ messages: [user], model: 1 }, 'model'],
    [{ messages: [user], model: '' }, 'model'],
    [{ messages: [user], model: 'a b' }, 'model'],
    [{ messages: [user], stream: 'yes' }, 'stream'],
    [{ messages: [user], stream_options: { include_usage: true } }, 'stream_options'],
    [
      { messages: [user], stream: true, stream_options: { include_usage: 1 } },
      'stream_options.include_usage',
    ],
    [{ messages: [user], tools: {} }, 'tools'],
    [{ messages: [user], tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [{ messages: [user], functions: [{}] }, 'functions[0].name'],
    [{ messages: [user], tool_choice: 3 }, 'tool_choice'],
    [{ messages: [user], max_tokens: 0 }, 'max_tokens'],
    [{ messages: [user], max_completion_tokens: 1.5 }, 'max_completion_tokens'],
    [{ messages: [user], n: 129 }, 'n'],
    [{ messages: [user], temperature: 'hot' }, 'temperature'],
    [{ messages: [user], stop: [1] }, 'stop'],
    [{ messages: [user], logprobs: 1 }, 'logprobs'],
    [{ messages: [user], response_format: {} }, 'response_format.type'],
  ])('names the field at fault: %j', (body, param) => {
    const refused = refusal(encode(body));
    expect(refused.code).toBe('invalid_request');
    expect(refused.param).toBe(param);
    expect(refused.message).toContain(param);
  });

  it('treats a null model as absent', () => {
    expect(parseChatRequest(encode({ model: null, messages: [user] }))).not.toHaveProperty('model');
  });

  it('refuses what is not JSON without quoting it', () => {
    const refused = refusal(encode('{"messages": [{"role":"user","content":"my secret"}'));
    expect(refused.code).toBe('invalid_json');
    expect(refused.message).not.toContain('secret');
    expect(refusal(Buffer.from([0x7b, 0xff, 0x7d])).code).toBe('invalid_json');
    expect(refusal(Buffer.alloc(0)).code).toBe('invalid_json');
  });

  it('refuses nesting that would overflow a stack, numbers beyond a double, and __proto__', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(
      refusal(encode(`{"messages":[{"role":"user","content":"x"}],"x":${deep}}`)),
    ).toMatchObject({
      code: 'invalid_request',
    });
    const deepish = '['.repeat(200) + ']'.repeat(200);
    expect(
      refusal(encode(`{"messages":[{"role":"user","content":"x"}],"x":${deepish}}`)),
    ).toMatchObject({
      code: 'invalid_request',
      param: 'x',
    });
    expect(
      refusal(encode('{"messages":[{"role":"user","content":"x"}],"temperature":1e999}')).param,
    ).toBe('temperature');
    expect(
      refusal(encode('{"messages":[{"role":"user","content":"x"}],"__proto__":{"admin":true}}'))
        .code,
    ).toBe('invalid_request');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('does not take brackets within strings for nesting', () => {
    const content = `${'['.repeat(100_000)}\\"${'{'.repeat(100_000)}`;
    expect(
      parseChatRequest(encode({ messages: [{ role: 'user', content }] })).messages[0]?.content,
    ).toBe(content);
  });

  it('accepts lone surrogates as the text they are', () => {
    const request = parseChatRequest(encode('{"messages":[{"role":"user","content":"\\ud800"}]}'));
    expect(request.messages[0]?.content).toBe('\ud800');
  });

  it('answers every JSON torture text with a 400, in no time', () => {
    for (const line of readFileSync('../shared/eval/badinput/json-parsing.jsonl', 'utf8')
      .split('\n')
      .filter(Boolean)) {
      const { input } = JSON.parse(line) as { input: string };
      const started = performance.now();
      expect(refusal(Buffer.from(input)).code).toMatch(/^invalid_(json|request)$/);
      expect(
        refusal(encode(`{"messages":[{"role":"user","content":"x"}],"x":${input}}`)).code,
      ).toMatch(/^(invalid_(json|request)|accepted)$/);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});

describe('body', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://gateway/', {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
  const read = (request: Request, limit?: number) =>
    readJsonBody(
      webBodyReader(request),
      {
        contentType: request.headers.get('content-type') ?? undefined,
        contentEncoding: request.headers.get('content-encoding') ?? undefined,
      },
      limit,
    );

  it('undoes gzip and br', async () => {
    const text = JSON.stringify({ messages: [user] });
    expect(
      Buffer.from(await read(post(gzipSync(text), { 'content-encoding': 'gzip' }))).toString(),
    ).toBe(text);
    expect(
      Buffer.from(
        await read(post(brotliCompressSync(text), { 'content-encoding': 'br' })),
      ).toString(),
    ).toBe(text);
  });

  it('counts the inflated size, so that a bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    await expect(read(post(bomb, { 'content-encoding': 'gzip' }))).rejects.toMatchObject({
      code: 'request_too_large',
    });
  });

  it('refuses other encodings, other charsets and broken gzip', async () => {
    await expect(read(post('x', { 'content-encoding': 'compress' }))).rejects.toMatchObject({
      status: 415,
    });
    await expect(
      read(post('x', { 'content-type': 'application/json; charset=utf-16' })),
    ).rejects.toMatchObject({ status: 415 });
    await expect(read(post('x', { 'content-encoding': 'gzip' }))).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('stops reading a body that is too large', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    await expect(read(post(endless), 10_000)).rejects.toMatchObject({ code: 'request_too_large' });
    expect(sent).toBeLessThan(20_000);
  });
});
