import { describe, expect, it } from 'vitest';
import type { ChatRequest, CompletionMessage, Tool } from '@/lib/openai/wire';
import { chat, compiled } from '../testing';
import { checkTools } from './enforce';
import { checkAnswerTools, checkCompletionTools } from './enforce-answer';
import type { ToolPolicy } from './schema';

const policy = (fields: Partial<ToolPolicy>) =>
  compiled({ toolPolicies: { enabled: true, ...fields } });
const fn = (name: string): Tool => ({ type: 'function', function: { name } });
const offering = (names: string[], rest: Partial<ChatRequest> = {}) =>
  chat('hi', { tools: names.map(fn), ...rest });

function stripped(fields: Partial<ToolPolicy>, request: ChatRequest): ChatRequest {
  const decision = checkTools(policy({ onViolation: 'strip', ...fields }), request);
  if (decision.verdict !== 'rewrite') throw new Error(decision.verdict);
  expect(decision.warnings).toEqual(['tools_stripped']);
  return decision.value;
}

describe('tools of a request, policy block', () => {
  it('have no effect while the section is off', () => {
    expect(
      checkTools(compiled({ toolPolicies: { allowToolCalling: false } }), offering(['a'])).verdict,
    ).toBe('skip');
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['tools', { tools: [fn('a')] }],
    ['functions', { functions: [{ name: 'a' }] }],
    ['a named choice', { tool_choice: { type: 'function', function: { name: 'a' } } }],
    ['a built-in tool', { tools: [{ type: 'web_search' }] }],
    ['web_search_options', { web_search_options: {} }],
  ])('refuses %s when tool calling is not allowed', (_, fields) => {
    expect(checkTools(policy({ allowToolCalling: false }), chat('hi', fields))).toMatchObject({
      verdict: 'deny',
      code: 'tools_not_allowed',
    });
  });

  it('lets a request without tools through when tool calling is not allowed', () => {
    const plain = chat('hi', { tools: [], tool_choice: 'none' });
    expect(checkTools(policy({ allowToolCalling: false }), plain).verdict).toBe('allow');
  });

  it.each<[Partial<ToolPolicy>, string, string]>([
    [{}, 'get_weather', 'allow'],
    [{ allowedTools: ['get_*'] }, 'get_weather', 'allow'],
    [{ allowedTools: ['get_*'] }, 'set_weather', 'tool_not_allowed'],
    [{ blockedTools: ['*_secret'] }, 'get_secret', 'tool_not_allowed'],
    [{ allowedTools: ['get_*'], blockedTools: ['*_secret'] }, 'get_secret', 'tool_not_allowed'],
    [{ blockedTools: ['Get_Weather'] }, 'get_weather', 'allow'],
  ])('with %j answers %s with %s', (fields, name, expected) => {
    for (const request of [offering([name]), chat('hi', { functions: [{ name }] })]) {
      const decision = checkTools(policy(fields), request);
      expect(decision.verdict === 'deny' ? decision.code : decision.verdict).toBe(expected);
    }
  });

  it.each<[Partial<ToolPolicy>, Tool, string]>([
    [{ blockedTools: ['web_search*'] }, { type: 'web_search_preview' }, 'deny'],
    [{ allowedTools: ['web_search'] }, { type: 'web_search' }, 'allow'],
    [{ allowedTools: ['sql'] }, { type: 'custom', custom: { name: 'sql' } }, 'allow'],
    [
      { allowedTools: ['custom'], blockedTools: ['sql'] },
      { type: 'custom', custom: { name: 'sql' } },
      'deny',
    ],
    [{ blockedTools: ['custom'] }, { type: 'custom', custom: { name: 'sql' } }, 'deny'],
  ])(
    'judges tools that are no functions by type and name: %j, %j: %s',
    (fields, tool, expected) => {
      expect(checkTools(policy(fields), chat('hi', { tools: [tool] })).verdict).toBe(expected);
    },
  );

  it('refuses a choice of a forbidden tool that the request does not offer', () => {
    const choices = [
      { tool_choice: { type: 'function', function: { name: 'x' } } },
      {
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [fn('a'), fn('x')] },
        },
      },
      { function_call: { name: 'x' } },
    ];
    for (const choice of choices) {
      expect(checkTools(policy({ blockedTools: ['x'] }), offering(['a'], choice))).toMatchObject({
        code: 'tool_not_allowed',
      });
    }
  });

  it('refuses more tools than maxToolsPerRequest, functions included', () => {
    const request = offering(['a', 'b'], { functions: [{ name: 'c' }] });
    expect(checkTools(policy({ maxToolsPerRequest: 3 }), request).verdict).toBe('allow');
    expect(checkTools(policy({ maxToolsPerRequest: 2 }), request)).toMatchObject({
      code: 'too_many_tools',
    });
  });

  it('shows no more of a hostile name than a line', () => {
    const decision = checkTools(
      policy({ allowedTools: ['a'] }),
      offering([`x\n${'y'.repeat(500)}`]),
    );
    expect(decision.verdict === 'deny' && decision.message.length).toBeLessThan(250);
    expect(decision.reason).not.toContain('\n');
  });
});

describe('tools of a request, policy strip', () => {
  it('removes what is not permitted and keeps the rest as it was', () => {
    const request = offering(['a', 'x', 'b'], { parallel_tool_calls: true });
    expect(stripped({ blockedTools: ['x'] }, request)).toEqual(
      offering(['a', 'b'], { parallel_tool_calls: true }),
    );
    expect(request.tools).toHaveLength(3);
  });

  it('cuts the list from its end, functions after tools', () => {
    const request = offering(['a', 'x', 'b'], { functions: [{ name: 'c' }] });
    expect(stripped({ blockedTools: ['x'], maxToolsPerRequest: 2 }, request)).toEqual(
      offering(['a', 'b']),
    );
  });

  it('removes every tool field when none is left', () => {
    const request = offering(['x'], {
      tool_choice: 'required',
      parallel_tool_calls: false,
      functions: [{ name: 'x' }],
      function_call: 'auto',
      web_search_options: {},
    });
    expect(stripped({ allowToolCalling: false }, request)).toEqual(chat('hi'));
    expect(stripped({ allowedTools: ['a'] }, request)).toEqual(chat('hi'));
  });

  it.each<[unknown, unknown]>([
    ['required', 'required'],
    ['auto', 'auto'],
    [
      { type: 'function', function: { name: 'a' } },
      { type: 'function', function: { name: 'a' } },
    ],
    [{ type: 'function', function: { name: 'x' } }, 'auto'],
    [
      { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [fn('a'), fn('x')] } },
      { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [fn('a')] } },
    ],
    [{ type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [fn('x')] } }, 'none'],
  ])('mends the choice %j to %j', (choice, mended) => {
    const request = offering(['a', 'x'], { tool_choice: choice });
    expect(stripped({ blockedTools: ['x'] }, request)).toEqual(
      offering(['a'], { tool_choice: mended }),
    );
  });

  it('mends a choice of a legacy function', () => {
    const request = chat('hi', {
      functions: [{ name: 'a' }, { name: 'x' }],
      function_call: { name: 'x' },
    });
    expect(stripped({ blockedTools: ['x'] }, request)).toEqual(
      chat('hi', { functions: [{ name: 'a' }], function_call: 'auto' }),
    );
  });
});

describe('tool calls of an answer', () => {
  const calls = (...names: string[]): CompletionMessage => ({
    role: 'assistant',
    content: null,
    tool_calls: names.map((name, index) => ({
      id: String(index),
      type: 'function',
      function: { name, arguments: '{}' },
    })),
  });
  const completion = (message: CompletionMessage, finish_reason = 'tool_calls') => ({
    id: '1',
    object: 'chat.completion' as const,
    created: 0,
    model: 'm',
    choices: [{ index: 0, message, finish_reason }],
  });

  it.each<[Partial<ToolPolicy>, string[], string]>([
    [{}, ['a', 'b'], 'allow'],
    [{ allowToolCalling: false }, ['a'], 'tools_not_allowed'],
    [{ blockedTools: ['b'] }, ['a', 'b'], 'tool_not_allowed'],
    [{ maxToolCallsPerResponse: 2 }, ['a', 'b'], 'allow'],
    [{ maxToolCallsPerResponse: 1 }, ['a', 'b'], 'too_many_tools'],
  ])('with %j and calls of %j the answer is: %s', (fields, names, expected) => {
    const decision = checkAnswerTools(policy(fields), calls(...names));
    expect(decision.verdict === 'deny' ? decision.code : decision.verdict).toBe(expected);
  });

  it('judges a legacy function call like any other', () => {
    const message: CompletionMessage = {
      role: 'assistant',
      content: null,
      function_call: { name: 'x', arguments: '{}' },
    };
    expect(checkAnswerTools(policy({ blockedTools: ['x'] }), message)).toMatchObject({
      code: 'tool_not_allowed',
    });
    expect(
      checkAnswerTools(policy({ blockedTools: ['x'], onViolation: 'strip' }), message),
    ).toMatchObject({
      value: { role: 'assistant', content: '' },
    });
  });

  it('strips forbidden calls and those beyond the limit', () => {
    const fields: Partial<ToolPolicy> = {
      blockedTools: ['x'],
      maxToolCallsPerResponse: 2,
      onViolation: 'strip',
    };
    const decision = checkCompletionTools(policy(fields), completion(calls('a', 'x', 'b', 'c')));
    expect(decision).toMatchObject({
      verdict: 'rewrite',
      warnings: ['tools_stripped'],
      value: {
        choices: [
          { finish_reason: 'tool_calls', message: { tool_calls: [{ id: '0' }, { id: '2' }] } },
        ],
      },
    });
  });

  it('ends an answer that is left without calls with stop', () => {
    const decision = checkCompletionTools(
      policy({ allowToolCalling: false, onViolation: 'strip' }),
      completion(calls('a')),
    );
    expect(decision).toMatchObject({
      value: { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: '' } }] },
    });
    expect(JSON.stringify(decision)).not.toContain('tool_calls');
  });
});
