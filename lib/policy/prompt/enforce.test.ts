import { describe, expect, it } from 'vitest';
import type { ChatMessage, ChatRequest } from '@/lib/openai/wire';
import { chat, compiled } from '../testing';
import { checkPrompt, PROMPT_CHECKS, type PromptCheck } from './enforce';
import type { RolePolicyInput } from '../role-policy';

const tools = { countTokens: () => 100 };
const check = (fields: RolePolicyInput['promptPolicies'], request: ChatRequest) =>
  checkPrompt(compiled({ promptPolicies: { enabled: true, ...fields } }), request, tools);
const messages = (...list: ChatMessage[]): ChatRequest => ({ messages: list });

describe('prompt checks', () => {
  it('have no effect while the section is off', () => {
    const off = compiled({ promptPolicies: { maxPromptChars: 1, blockedPatterns: ['.'] } });
    expect(checkPrompt(off, chat('hello'), tools).verdict).toBe('skip');
  });

  it('allow everything when no check is on', () => {
    expect(check({}, chat('hello'))).toMatchObject({ verdict: 'allow', warnings: [] });
  });

  it('refuse more messages than maxMessages', () => {
    const two = messages({ role: 'system', content: '' }, { role: 'user', content: 'a' });
    expect(check({ maxMessages: 2 }, two).verdict).toBe('allow');
    expect(check({ maxMessages: 1 }, two)).toMatchObject({
      verdict: 'deny',
      code: 'too_many_messages',
    });
  });

  it('count characters of all messages, not only the last', () => {
    const request = messages(
      { role: 'system', content: '12345' },
      {
        role: 'user',
        content: [
          { type: 'text', text: '123' },
          { type: 'text', text: '45' },
        ],
      },
    );
    expect(check({ maxPromptChars: 10 }, request).verdict).toBe('allow');
    expect(check({ maxPromptChars: 9 }, request)).toMatchObject({ code: 'prompt_too_long' });
  });

  it('count a character outside the basic plane once', () => {
    expect(check({ maxPromptChars: 3 }, chat('a😀b')).verdict).toBe('allow');
    expect(check({ maxPromptChars: 2 }, chat('a😀b')).verdict).toBe('deny');
  });

  it('refuse more tokens than maxPromptTokens', () => {
    expect(check({ maxPromptTokens: 100 }, chat('a')).verdict).toBe('allow');
    expect(check({ maxPromptTokens: 99 }, chat('a'))).toMatchObject({ code: 'prompt_too_long' });
  });

  it.each<[string, ChatRequest]>([
    [
      'an earlier message',
      messages({ role: 'user', content: 'my SECRET-1' }, { role: 'user', content: 'hi' }),
    ],
    ['a system message', messages({ role: 'system', content: 'SECRET-1' })],
    ['a text part', messages({ role: 'user', content: [{ type: 'text', text: 'SECRET-1' }] })],
    [
      'two parts together',
      messages({
        role: 'user',
        content: [
          { type: 'text', text: 'SECR' },
          { type: 'text', text: 'ET-1' },
        ],
      }),
    ],
    ['a tool result', messages({ role: 'tool', tool_call_id: '1', content: 'SECRET-1' })],
    [
      'a tool description',
      chat('hi', {
        tools: [{ type: 'function', function: { name: 'f', description: 'SECRET-1' } }],
      }),
    ],
    [
      'escaped tool call arguments',
      messages({
        role: 'assistant',
        tool_calls: [
          {
            id: '1',
            type: 'function',
            function: { name: 'f', arguments: String.raw`{"a":"\u0053ECRET-1"}` },
          },
        ],
      }),
    ],
  ])('find a blocked pattern in %s', (_, request) => {
    const denied = check({ blockedPatterns: ['never', 'SECRET-\\d', 'also never'] }, request);
    expect(denied).toMatchObject({ verdict: 'deny', code: 'blocked_content', param: 'messages' });
    expect(denied.reason).toMatch(/^blockedPatterns\.1 /);
    expect(JSON.stringify(denied)).not.toContain('SECRET-1');
  });

  it('let a pattern span a key and its value in arguments', () => {
    const call = {
      id: '1',
      type: 'function',
      function: { name: 'f', arguments: '{"role": "admin"}' },
    } as const;
    const request = messages({ role: 'assistant', tool_calls: [call] });
    expect(check({ blockedPatterns: ['"role":\\s*"admin"'] }, request).verdict).toBe('deny');
  });

  it('search in linear time with patterns that explode elsewhere', () => {
    const start = performance.now();
    check({ blockedPatterns: ['^(a+)+$', '(a|aa)+$', '(.*)*x'] }, chat(`${'a'.repeat(200_000)}!`));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('sanitise before every other check, and send on what they saw', () => {
    const hidden = chat('sec\u200bret ｗord');
    const fields = { blockedPatterns: ['secret word'] };
    expect(check(fields, hidden).verdict).toBe('allow');
    const sanitize = { normalizeUnicode: true, stripInvisible: true };
    expect(check({ ...fields, sanitize }, hidden).verdict).toBe('deny');
    expect(check({ sanitize, maxPromptChars: 11 }, hidden)).toMatchObject({
      verdict: 'rewrite',
      value: chat('secret word'),
    });
  });

  it('do not copy a request that needs no sanitising', () => {
    const sanitize = { normalizeUnicode: true, stripInvisible: true };
    expect(check({ sanitize }, chat('plain')).verdict).toBe('allow');
  });

  it('hand each check what the one before it left, and gather the warnings', () => {
    const shout: PromptCheck = {
      name: 'shout',
      check: (_, request) => ({
        verdict: 'rewrite',
        value: {
          ...request,
          messages: [{ role: 'user', content: `${String(request.messages[0]?.content)}!` }],
        },
        reason: 'shouted',
        warnings: ['pii_redacted'],
      }),
    };
    const on = compiled({ promptPolicies: { enabled: true } });
    expect(checkPrompt(on, chat('a'), tools, [...PROMPT_CHECKS, shout, shout])).toEqual({
      verdict: 'rewrite',
      value: chat('a!!'),
      reason: 'shouted; shouted',
      warnings: ['pii_redacted'],
    });
  });
});
