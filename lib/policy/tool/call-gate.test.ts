import { describe, expect, it } from 'vitest';
import type { ChatChunk, ChunkChoice } from '@/lib/openai/wire';
import { compiled } from '../testing';
import { createToolCallGate } from './call-gate';
import type { ToolPolicy } from './schema';

type Delta = ChunkChoice['delta'];
const chunk = (delta: Delta, finish_reason: string | null = null, index = 0): ChatChunk => ({
  id: '1',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'm',
  choices: [{ index, delta, finish_reason }],
});
const open = (index: number, name: string, args = ''): Delta => ({
  tool_calls: [{ index, id: `c${index}`, type: 'function', function: { name, arguments: args } }],
});
const args = (index: number, text: string): Delta => ({
  tool_calls: [{ index, function: { arguments: text } }],
});
const DONE = chunk({}, 'tool_calls');

/** What a client has after the stream: the calls it would put together, and how the stream ended. */
function run(fields: Partial<ToolPolicy>, chunks: ChatChunk[]) {
  const gate = createToolCallGate(compiled({ toolPolicies: { enabled: true, ...fields } }));
  const sent: ChatChunk[] = [];
  let denied: string | null = null;
  for (const one of chunks) {
    const step = gate.push(one);
    if (step.kind === 'forward') sent.push(step.chunk);
    if (step.kind === 'deny') {
      denied = step.deny.code;
      break;
    }
  }
  const last = denied ? null : gate.end();
  if (last?.kind === 'forward') sent.push(last.chunk);
  if (last?.kind === 'deny') denied = last.deny.code;
  const deltas = sent.flatMap(({ choices }) => choices);
  const calls: string[] = [];
  for (const { delta } of deltas) {
    for (const call of delta.tool_calls ?? []) {
      calls[call.index] =
        `${calls[call.index] ?? ''}${call.function?.name ?? ''}${call.function?.arguments ?? ''}`;
    }
  }
  return {
    sent,
    calls,
    denied,
    stripped: gate.stripped,
    text: deltas.map(({ delta }) => delta.content ?? '').join(''),
    finish: deltas.map(({ finish_reason: reason }) => reason).filter(Boolean),
  };
}

const twoCalls = [
  chunk({ role: 'assistant', content: null }),
  chunk(open(0, 'get_secret')),
  chunk(args(0, '{"a"')),
  chunk(args(0, ':1}')),
  chunk(open(1, 'get_weather')),
  chunk(args(1, '{}')),
  DONE,
];

describe('tool calls in a stream', () => {
  it('passes everything on untouched while the section is off or forbids nothing', () => {
    const gate = createToolCallGate(compiled({ toolPolicies: { blockedTools: ['*'] } }));
    for (const one of twoCalls) expect(gate.push(one)).toEqual({ kind: 'forward', chunk: one });
    expect(run({}, twoCalls).sent).toEqual(twoCalls);
  });

  it('brings permitted calls out whole', () => {
    const { calls, finish, denied, stripped } = run({ allowedTools: ['get_*'] }, twoCalls);
    expect(calls).toEqual(['get_secret{"a":1}', 'get_weather{}']);
    expect([finish, denied, stripped]).toEqual([['tool_calls'], null, null]);
  });

  it('forwards chunks without calls, and arguments of passed calls, as the very same objects', () => {
    const gate = createToolCallGate(
      compiled({ toolPolicies: { enabled: true, blockedTools: ['x'] } }),
    );
    const text = chunk({ content: 'hi' });
    const step = gate.push(text);
    expect(step.kind === 'forward' && step.chunk).toBe(text);
    gate.push(chunk(open(0, 'a')));
    gate.push(chunk(args(0, '{')));
    const more = chunk(args(0, '}'));
    const forwarded = gate.push(more);
    expect(forwarded.kind === 'forward' && forwarded.chunk).toBe(more);
  });

  it('ends the stream at a forbidden call and lets nothing of it out', () => {
    const { sent, denied } = run({ blockedTools: ['get_secret'] }, [
      chunk({ content: 'Well' }),
      ...twoCalls,
    ]);
    expect(denied).toBe('tool_not_allowed');
    expect(JSON.stringify(sent)).not.toMatch(/secret|"a"|c0/);
    expect(JSON.stringify(sent)).toContain('Well');
  });

  it('takes a forbidden call out under strip and numbers the rest anew', () => {
    const { sent, calls, stripped, finish, denied } = run(
      { blockedTools: ['get_secret'], onViolation: 'strip' },
      twoCalls,
    );
    expect(calls).toEqual(['get_weather{}']);
    expect(JSON.stringify(sent)).not.toMatch(/secret|"a"|c0/);
    expect([stripped, finish, denied]).toEqual([
      'tool get_secret is not permitted',
      ['tool_calls'],
      null,
    ]);
  });

  it('finishes with stop when no call is left', () => {
    const result = run({ allowToolCalling: false, onViolation: 'strip' }, twoCalls);
    expect([result.calls, result.finish]).toEqual([[], ['stop']]);
  });

  it('keeps the text around a stripped call', () => {
    const { text, calls } = run({ blockedTools: ['x'], onViolation: 'strip' }, [
      chunk({ content: 'a', ...open(0, 'x') }),
      chunk({ content: 'b', ...args(0, '{}') }),
      chunk({ content: 'c' }),
      DONE,
    ]);
    expect([text, calls]).toEqual(['abc', []]);
  });

  it.each(['block', 'strip'] as const)('enforces maxToolCallsPerResponse (%s)', (onViolation) => {
    const fields = { maxToolCallsPerResponse: 1, onViolation };
    const { calls, denied } = run(fields, twoCalls);
    expect(calls).toEqual(['get_secret{"a":1}']);
    expect(denied).toBe(onViolation === 'block' ? 'too_many_tools' : null);
  });

  it('waits for a name that comes in pieces', () => {
    const pieces = [
      chunk(open(0, 'get_')),
      chunk({ tool_calls: [{ index: 0, function: { name: 'secret' } }] }),
      chunk(args(0, '{}')),
      DONE,
    ];
    const blocked = run({ blockedTools: ['get_secret'] }, pieces);
    expect(blocked.denied).toBe('tool_not_allowed');
    expect(JSON.stringify(blocked.sent)).not.toContain('get_');
    expect(run({ allowedTools: ['get_secret'] }, pieces).calls).toEqual(['get_secret{}']);
  });

  it('does not let a name grow after it was judged', () => {
    const sneaky = [
      chunk(open(0, 'get', '{')),
      chunk({ tool_calls: [{ index: 0, function: { name: '_secret', arguments: '}' } }] }),
      DONE,
    ];
    expect(run({ blockedTools: ['get_secret'] }, sneaky).calls).toEqual(['get{}']);
  });

  it('understands upstreams that repeat the name in every piece', () => {
    const repeated = [
      chunk(open(0, 'a')),
      chunk({ tool_calls: [{ index: 0, function: { name: 'a', arguments: '{' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { name: 'a', arguments: '}' } }] }),
      DONE,
    ];
    expect(run({ allowedTools: ['a'] }, repeated).calls).toEqual(['a{}']);
  });

  it('understands upstreams that number all calls alike', () => {
    const alike = [
      chunk({ tool_calls: [{ index: 0, id: 'p', function: { name: 'a', arguments: '{}' } }] }),
      chunk({ tool_calls: [{ index: 0, id: 'q', function: { name: 'x', arguments: '{}' } }] }),
      chunk({ tool_calls: [{ index: 0, id: 'r', function: { name: 'b', arguments: '{}' } }] }),
      DONE,
    ];
    expect(run({ blockedTools: ['x'], onViolation: 'strip' }, alike).calls).toEqual(['a{}', 'b{}']);
  });

  it('brings several whole calls of one chunk out as they are', () => {
    const both = chunk({
      tool_calls: [
        ...(open(0, 'a', '{}').tool_calls ?? []),
        ...(open(1, 'b', '{}').tool_calls ?? []),
      ],
    });
    const { sent } = run({ allowedTools: ['a', 'b'] }, [both, DONE]);
    expect(sent[0]).toBe(both);
  });

  it('decides on a call without arguments at the end, with or without a finish reason', () => {
    for (const rest of [[DONE], []]) {
      expect(run({ allowedTools: ['a'] }, [chunk(open(0, 'a')), ...rest]).calls).toEqual(['a']);
      expect(run({ blockedTools: ['a'] }, [chunk(open(0, 'a')), ...rest]).denied).toBe(
        'tool_not_allowed',
      );
    }
  });

  it('judges the choices of a stream apart', () => {
    const { sent, denied } = run({ maxToolCallsPerResponse: 1 }, [
      chunk(open(0, 'a', '{}'), null, 0),
      chunk(open(0, 'b', '{}'), null, 1),
      chunk({}, 'tool_calls', 0),
      chunk({}, 'tool_calls', 1),
    ]);
    expect([sent.length, denied]).toEqual([4, null]);
  });

  it('judges legacy function calls and custom tools too', () => {
    const legacy = [
      chunk({ function_call: { name: 'x', arguments: '' } }),
      chunk({ function_call: { arguments: '{"a":1}' } }),
      chunk({}, 'function_call'),
    ];
    expect(run({ blockedTools: ['x'] }, legacy).denied).toBe('tool_not_allowed');
    const gone = run({ blockedTools: ['x'], onViolation: 'strip' }, legacy);
    expect([gone.finish, JSON.stringify(gone.sent).includes('{\\"a')]).toEqual([['stop'], false]);
    const passed = run({ allowedTools: ['x'] }, legacy).sent.flatMap(({ choices }) =>
      choices.map(({ delta }) => delta.function_call),
    );
    expect(passed).toEqual([{ name: 'x', arguments: '{"a":1}' }, undefined]);
    const custom = [
      chunk({
        tool_calls: [{ index: 0, id: 'c', type: 'custom', custom: { name: 'sql', input: 'drop' } }],
      }),
      DONE,
    ];
    expect(run({ blockedTools: ['sql'] }, custom).denied).toBe('tool_not_allowed');
    expect(run({ allowedTools: ['sql'] }, custom).sent[0]).toBe(custom[0]);
  });

  it('forbids a call that never says its name', () => {
    const nameless = [
      chunk({ tool_calls: [{ index: 0, id: 'c', function: { arguments: '{}' } }] }),
      DONE,
    ];
    expect(run({ blockedTools: ['x'] }, nameless).denied).toBe('tool_not_allowed');
  });

  it('lets usage through in a chunk whose calls are held', () => {
    const held = {
      ...chunk(open(0, 'a')),
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    };
    expect(run({ allowedTools: ['b'], onViolation: 'strip' }, [held, DONE]).sent[0]).toMatchObject({
      choices: [],
      usage: { total_tokens: 2 },
    });
  });
});
