import { describe, expect, it } from 'vitest';
import { CompletionAssembler } from './assemble';
import { toChunks } from './to-chunks';
import type { ChatChunk, ChatCompletion, ChunkChoice } from './wire';

const chunk = (choices: ChunkChoice[], more: object = {}): ChatChunk => ({
  id: 'x',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices,
  ...more,
});
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

function assembled(chunks: Iterable<ChatChunk>): ChatCompletion | null {
  const assembler = new CompletionAssembler();
  for (const each of chunks) assembler.add(each);
  return assembler.completion();
}

describe('a stream put back together', () => {
  it('has the texts, reasons and usage of all its choices', () => {
    const completion = assembled([
      chunk([{ index: 1, delta: { role: 'assistant', content: 'B' } }]),
      chunk([{ index: 0, delta: { role: 'assistant', content: 'A' }, logprobs: { content: [1] } }]),
      chunk([{ index: 0, delta: { content: 'a' }, logprobs: { content: [2] } }]),
      chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
      chunk([{ index: 1, delta: { refusal: 'no' }, finish_reason: 'stop' }]),
      chunk([], { usage }),
    ]);
    expect(completion).toMatchObject({
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { content: 'Aa' },
          finish_reason: 'stop',
          logprobs: { content: [1, 2] },
        },
        { index: 1, message: { content: 'B', refusal: 'no' }, finish_reason: 'stop' },
      ],
      usage,
    });
  });

  it('has tool calls whose pieces came one by one', () => {
    const completion = assembled([
      chunk([
        {
          index: 0,
          delta: {
            tool_calls: [
              { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } },
            ],
          },
        },
      ]),
      chunk([
        {
          index: 0,
          delta: { tool_calls: [{ index: 1, id: 'b', function: { name: 'g', arguments: '{}' } }] },
        },
      ]),
      chunk([
        { index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '{"x":' } }] } },
      ]),
      chunk([
        {
          index: 0,
          delta: { tool_calls: [{ index: 0, function: { arguments: '1}' } }] },
          finish_reason: 'tool_calls',
        },
      ]),
    ]);
    expect(completion?.choices[0]?.message).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
        { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
      ],
    });
  });

  it('is nothing when no chunk came', () => {
    expect(assembled([])).toBeNull();
  });

  it('is the whole answer again that it was made from', () => {
    const completion: ChatCompletion = {
      id: 'x',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'Hello',
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    };
    expect(assembled(toChunks(completion, true))).toEqual(completion);
    expect([...toChunks(completion, false)].some((each) => 'usage' in each)).toBe(false);
  });
});
