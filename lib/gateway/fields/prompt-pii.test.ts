import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { testGateway, type TestGateway } from '../testing/test-gateway';
import { beginStream, chunkEvent, sendCompletion, sendStream } from '../testing/test-upstream';

type Pii = NonNullable<NonNullable<RolePolicyInput['promptPolicies']>['pii']>;

const EMAIL = 'ann.smith@example.com';
const CARD = '4111 1111 1111 1111';
const PROMPT = `Write to ${EMAIL} about card ${CARD}.`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({ logContent: 'full' });
});
afterAll(() => gateway.close());
beforeEach(() => echo());

const rule = (pii: Pii) =>
  gateway.setPolicy({ promptPolicies: { enabled: true, pii: { enabled: true, ...pii } } });
const user = (content: unknown) => ({ role: 'user', content });
/** The upstream repeats the last message; a stream comes in pieces of so many characters. */
function echo(size = 3, change = (text: string) => text) {
  gateway.upstream.answer(({ request, response }) => {
    const content = change(String(request.messages.at(-1)?.content));
    if (!request.stream) return sendCompletion(response, { content });
    sendStream(response, piecesOf(content, size));
  });
}
const piecesOf = (text: string, size: number) =>
  text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
const upstreamBody = () => gateway.upstream.requests.at(-1)?.body ?? '';

async function ask(messages: object[], extra: object = {}) {
  const answer = await gateway.chat({ messages, ...extra });
  const text = await answer.text();
  const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
  return {
    code: answer.status === 200 ? 'ok' : `${answer.status} ${receipt.code}`,
    text,
    content: answer.status === 200 ? contentOf(text) : '',
    // The model of this test has no price, which is a warning of its own.
    warnings: (answer.headers.get('x-rolegate-warnings') ?? '').replace(/,?cost_unknown/, ''),
    stage: receipt.stages.find(({ name }) => name === 'prompt'),
    receipt,
  };
}

type Shown = { content?: string | null; tool_calls?: { function: { arguments: string } }[] };
/** What the answer says, whole or streamed; arguments of calls follow the text. */
function contentOf(text: string): string {
  const bodies = text.startsWith('data:')
    ? text
        .split('\n\n')
        .filter((event) => event.startsWith('data: {'))
        .map((event) => event.slice(6))
    : [text];
  const said = bodies
    .map((body) => JSON.parse(body) as { choices?: { message?: Shown; delta?: Shown }[] })
    .map(({ choices }) => choices?.[0]?.message ?? choices?.[0]?.delta ?? {});
  const calls = said.flatMap(({ tool_calls: list }) => list ?? []);
  return [
    ...said.map(({ content }) => content ?? ''),
    ...calls.map((call) => call.function.arguments),
  ].join('');
}

describe('promptPolicies.pii', () => {
  it('enabled: off, personal data goes upstream as it is', async () => {
    rule({ enabled: false });
    await ask([user(PROMPT)]);
    expect(upstreamBody()).toContain(EMAIL);
    rule({ enabled: true });
    const redacted = await ask([user(PROMPT)]);
    expect(redacted).toMatchObject({
      code: 'ok',
      warnings: 'pii_redacted',
      stage: { verdict: 'rewrite' },
    });
    expect(upstreamBody()).toContain('Write to [EMAIL_1] about card [CREDIT_CARD_1].');
    expect(upstreamBody()).not.toContain(EMAIL);
  });

  it('action: block refuses, redact replaces, warn and log let through', async () => {
    rule({ action: 'block' });
    const asked = gateway.upstream.requests.length;
    expect(await ask([user(PROMPT)])).toMatchObject({
      code: '400 pii_detected',
      stage: { verdict: 'deny' },
    });
    expect(gateway.upstream.requests).toHaveLength(asked);
    expect((await ask([user('A harmless prompt')])).code).toBe('ok');
    rule({ action: 'warn' });
    expect(await ask([user(PROMPT)])).toMatchObject({ code: 'ok', warnings: 'pii_detected' });
    expect(upstreamBody()).toContain(EMAIL);
    rule({ action: 'log' });
    const logged = await ask([user(PROMPT)]);
    expect(logged).toMatchObject({ code: 'ok', warnings: '', stage: { verdict: 'allow' } });
    expect(logged.stage?.findings?.pii).toMatchObject({
      found: { email: 1, credit_card: 1 },
      paths: ['messages[0].content'],
    });
  });

  it('entities: only those are looked for', async () => {
    rule({ entities: ['credit_card'] });
    await ask([user(PROMPT)]);
    expect(upstreamBody()).toContain(`Write to ${EMAIL} about card [CREDIT_CARD_1].`);
    rule({ entities: [] });
    await ask([user(PROMPT)]);
    expect(upstreamBody()).toContain(CARD);
  });

  it('restoreInResponse: puts originals back, whole and streamed', async () => {
    for (const stream of [false, true]) {
      rule({ restoreInResponse: false });
      expect((await ask([user(PROMPT)], { stream })).content).toBe(
        'Write to [EMAIL_1] about card [CREDIT_CARD_1].',
      );
      rule({ restoreInResponse: true });
      expect((await ask([user(PROMPT)], { stream })).content).toBe(PROMPT);
    }
  });

  it('scanResponses: treats what the model itself brings as the action says', async () => {
    for (const stream of [false, true]) {
      const brings = () => echo(7, () => 'Ask bob@example.com instead.');
      brings();
      rule({ scanResponses: false, restoreInResponse: true });
      expect((await ask([user(PROMPT)], { stream })).content).toContain('bob@example.com');
      rule({ scanResponses: true, restoreInResponse: true });
      const redacted = await ask([user(PROMPT)], { stream });
      expect(redacted.content).toBe('Ask [EMAIL_2] instead.');
      expect(redacted.receipt.warnings).toContain('pii_redacted');
      rule({ scanResponses: true, action: 'block' });
      const blocked = await ask([user('Who?')], { stream });
      expect(blocked.receipt).toMatchObject({ status: 400, code: 'pii_detected' });
      expect(blocked.text).not.toContain('bob@');
      rule({ scanResponses: true, action: 'warn' });
      const warned = await ask([user('Who?')], { stream });
      expect(warned.content).toContain('bob@example.com');
      expect(warned.receipt.warnings).toContain('pii_detected');
      rule({ scanResponses: true, action: 'log' });
      const logged = await ask([user('Who?')], { stream });
      expect(logged.receipt.warnings).toEqual(['cost_unknown']);
      expect(logged.receipt.stages.at(-1)?.reason).toContain('1 email');
    }
  });

  it('scanResponses: what the caller sent is nothing that the model brings', async () => {
    rule({ scanResponses: true, action: 'warn' });
    const { receipt } = await ask([user(PROMPT)]);
    expect(receipt.stages.at(-1)?.reason).not.toContain('personal data');
  });
});

describe('redaction', () => {
  const call = (text: string) => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'a', type: 'function', function: { name: 'send', arguments: text } }],
  });

  it('reaches every message, parts, arguments of calls and results of tools, with one placeholder a value', async () => {
    rule({});
    await ask([
      { role: 'system', content: `The boss is ${EMAIL}.` },
      user([{ type: 'text', text: `I am ${EMAIL}.` }]),
      call(JSON.stringify({ to: EMAIL, body: JSON.stringify({ card: CARD }) })),
      {
        role: 'tool',
        tool_call_id: 'a',
        content: JSON.stringify({ from: EMAIL, card: 4111111111111111 }),
      },
      user(`Thanks, ${EMAIL}`),
    ]);
    const { messages } = gateway.upstream.requests.at(-1)!.request;
    expect(messages.map(({ content }) => content)).toEqual([
      'The boss is [EMAIL_1].',
      [{ type: 'text', text: 'I am [EMAIL_1].' }],
      null,
      '{"from":"[EMAIL_1]","card":"[CREDIT_CARD_2]"}',
      'Thanks, [EMAIL_1]',
    ]);
    expect(messages[2]?.tool_calls?.[0]?.function.arguments).toBe(
      '{"to":"[EMAIL_1]","body":"{\\"card\\":\\"[CREDIT_CARD_1]\\"}"}',
    );
  });

  it('replaces a value also where nothing tells that it is one', async () => {
    rule({ entities: ['secret'] });
    await ask([user('password: q8Zr1Lm0Xv'), user('Is q8Zr1Lm0Xv long enough?')]);
    expect(upstreamBody()).not.toContain('q8Zr1Lm0Xv');
  });

  it('does not take a placeholder that the caller writes for somebody’s address', async () => {
    rule({ restoreInResponse: true });
    const prompt = `What does [EMAIL_1] mean? Ask ${EMAIL}.`;
    expect((await ask([user(prompt)])).content).toBe(prompt);
    expect(upstreamBody()).toContain('What does [EMAIL_1] mean? Ask [EMAIL_2].');
  });

  it('keeps originals out of receipts, also of streams, and out of errors', async () => {
    rule({ restoreInResponse: true });
    for (const stream of [false, true]) {
      const { receipt, content } = await ask([user(PROMPT)], { stream });
      expect(content).toBe(PROMPT);
      expect(JSON.stringify(receipt)).toContain('[EMAIL_1]');
      expect(JSON.stringify(receipt)).not.toMatch(/ann\.smith|4111 1111/);
    }
    gateway.upstream.answer(({ body, response }) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `bad: ${body}` } }));
    });
    const { text, receipt } = await ask([user(PROMPT)]);
    expect(text + JSON.stringify(receipt)).not.toMatch(/ann\.smith|4111 1111/);
  });
});

describe('restoring', () => {
  it('mends arguments of calls, whole and streamed in any pieces, and they stay JSON', async () => {
    rule({ restoreInResponse: true, entities: ['email', 'secret'] });
    const key = '-----BEGIN PRIVATE KEY-----\nq8Zr1"Lm0\n-----END PRIVATE KEY-----';
    const args = '{"to":"[EMAIL_1]","key":"[SECRET_1]"}';
    gateway.upstream.answer(({ request, response }) => {
      if (!request.stream)
        return sendCompletion(response, {
          content: null,
          toolCalls: [{ name: 'send', arguments: args }],
        });
      beginStream(response);
      const piece = (text: string, extra = {}) =>
        chunkEvent({
          tool_calls: [{ index: 0, ...extra, function: { ...extra, arguments: text } }],
        });
      response.write(piece('', { id: 'a', type: 'function', name: 'send' }));
      for (const text of piecesOf(args, 4)) response.write(piece(text));
      response.write(chunkEvent({}, { finish_reason: 'tool_calls' }));
      response.end('data: [DONE]\n\n');
    });
    for (const stream of [false, true]) {
      const { content } = await ask([user(`Send ${key} to ${EMAIL}`)], { stream });
      expect(JSON.parse(content)).toEqual({ to: EMAIL, key });
    }
  });

  it('understands a model that writes placeholders its own way', async () => {
    rule({ restoreInResponse: true });
    echo(2, () => 'EMAIL_1, <email_1>, {EMAIL_1}, (EMAIL_1) and EMAIL\\_1');
    for (const stream of [false, true])
      expect((await ask([user(PROMPT)], { stream })).content).toBe(
        `${EMAIL}, ${EMAIL}, ${EMAIL}, (${EMAIL}) and ${EMAIL}`,
      );
  });

  it('works with the official client’s stream', async () => {
    rule({ restoreInResponse: true });
    const stream = await gateway.client().chat.completions.create({
      model: 'test/test-model',
      messages: [{ role: 'user', content: PROMPT }],
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(PROMPT);
  });

  it('for random texts and chunkings: no original goes upstream, and the caller gets the text back', async () => {
    rule({ restoreInResponse: true });
    const value = fc.constantFrom(
      EMAIL,
      CARD,
      '536-90-4399',
      'DE89 3704 0044 0532 0130 00',
      '203.0.113.7',
      '+1 212 555 0187',
    );
    const noise = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('[EMAIL_1]', '[', 'PHONE_1', '"', '\\', '{"a":'),
    );
    const text = fc
      .array(fc.oneof(noise, value), { minLength: 1, maxLength: 8 })
      .map((parts) => `Say ${parts.join(' ')}`);
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (prompt, size, stream) => {
          echo(size);
          expect((await ask([user(prompt)], { stream })).content).toBe(prompt);
          for (const original of [
            EMAIL,
            CARD,
            '536-90-4399',
            '0532 0130',
            '203.0.113.7',
            '555 0187',
          ])
            expect(upstreamBody()).not.toContain(original);
        },
      ),
      { seed: 42, numRuns: 60 },
    );
  });
});
