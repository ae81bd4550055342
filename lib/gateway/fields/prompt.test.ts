import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { testGateway, type TestGateway } from '../testing/test-gateway';
import { sendCompletion } from '../testing/test-upstream';

type PromptPolicies = NonNullable<RolePolicyInput['promptPolicies']>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({ logContent: 'full' });
  gateway.upstream.answer(({ response }) => sendCompletion(response));
});
afterAll(() => gateway.close());

const rule = (policy: PromptPolicies) =>
  gateway.setPolicy({ promptPolicies: { enabled: true, ...policy } });
const say = (...contents: string[]) => ({
  messages: contents.map((content) => ({ role: 'user', content })),
});

async function ask(body: object): Promise<string> {
  const answer = await gateway.chat(body);
  const text = await answer.text();
  return answer.status === 200
    ? 'ok'
    : `${answer.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
}

const sent = () => gateway.upstream.requests.at(-1)?.request.messages.at(-1)?.content;

describe('promptPolicies', () => {
  it('enabled: off, nothing else in the section counts', async () => {
    gateway.setPolicy({
      promptPolicies: {
        maxPromptChars: 1,
        maxPromptTokens: 1,
        maxMessages: 1,
        blockedPatterns: ['.'],
      },
    });
    expect(await ask(say('one', 'two'))).toBe('ok');
  });

  it('maxPromptChars: counts all messages together', async () => {
    rule({ maxPromptChars: 10 });
    expect(await ask(say('12345', '67890'))).toBe('ok');
    expect(await ask(say('12345', '678901'))).toBe('400 prompt_too_long');
  });

  it('maxPromptTokens: counts tokens, tools included', async () => {
    rule({ maxPromptTokens: 60 });
    expect(await ask(say('A short question.'))).toBe('ok');
    expect(await ask(say('word '.repeat(100)))).toBe('400 prompt_too_long');
    const description = 'A tool with a very long description. '.repeat(20);
    const tools = [{ type: 'function', function: { name: 'a', description } }];
    expect(await ask({ ...say('A short question.'), tools })).toBe('400 prompt_too_long');
  });

  it('maxMessages: refuses more', async () => {
    rule({ maxMessages: 2 });
    expect(await ask(say('1', '2'))).toBe('ok');
    expect(await ask(say('1', '2', '3'))).toBe('400 too_many_messages');
  });

  it('sanitize.normalizeUnicode: what goes upstream is NFKC', async () => {
    rule({ sanitize: { normalizeUnicode: true } });
    await ask(say('\uff49\uff47\uff4e\uff4f\uff52\uff45 \ufb01le'));
    expect(sent()).toBe('ignore file');
    rule({});
    await ask(say('\ufb01le'));
    expect(sent()).toBe('\ufb01le');
  });

  it('sanitize.stripInvisible: invisible characters do not go upstream', async () => {
    rule({ sanitize: { stripInvisible: true } });
    await ask(say('pass\u200bword\u202e\u{e0041}'));
    expect(sent()).toBe('password');
  });

  it('sanitize: comes before every other check, and the receipt holds what was sent', async () => {
    rule({ sanitize: { stripInvisible: true }, blockedPatterns: ['forbidden'], maxPromptChars: 9 });
    expect(await ask(say('for\u200bbidden'))).toBe('400 blocked_content');
    const answer = await gateway.chat(say('nine\u200b char'));
    expect(answer.status).toBe(200);
    const receipt = await gateway.receipt(answer.headers.get('x-request-id'));
    expect(receipt.content?.messages).toMatchObject([{ content: 'nine char' }]);
    expect(receipt.stages.find(({ name }) => name === 'prompt')?.verdict).toBe('rewrite');
  });

  it('blockedPatterns: refuses in every message and part, and in linear time', async () => {
    rule({ blockedPatterns: ['(?i)project\\s+x', '^(a+)+$'] });
    expect(await ask(say('about Project  X', 'hello'))).toBe('400 blocked_content');
    expect(
      await ask({ messages: [{ role: 'system', content: [{ type: 'text', text: 'PROJECT X' }] }] }),
    ).toBe('400 blocked_content');
    expect(await ask(say('about project y'))).toBe('ok');
    const started = performance.now();
    expect(await ask(say(`${'a'.repeat(50_000)}!`))).toBe('ok');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
