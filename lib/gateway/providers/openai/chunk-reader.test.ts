import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ChunkReader } from './chunk-reader';
import { parseChunk } from './completion';

const head = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm' };
const event = (delta: object, more: object = {}, choice: object = {}) =>
  JSON.stringify({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...choice }],
    ...more,
  });
const outcome = (read: () => unknown) => {
  try {
    return { value: read() };
  } catch (error) {
    return { error: (error as Error).message };
  }
};

describe('the events of a stream, read one after the other', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', ' the', '"', '\\', '\\"', '\n', '","content":"x', '"content":', '.', 'x', 'x.', '}]}'), // prettier-ignore
  );
  const data = fc.oneof(
    text.map((content) => event({ content })),
    text.map((content) => event({ content })),
    text.map((content) => event({ content }, { obfuscation: content })),
    text.map((content) => event({ content }, {}, { logprobs: { content: [{ token: content }] } })),
    text.map((content) => event({ role: 'assistant', content })),
    text.map((content) => event({ content }, { content })),
    text.map((content) => event({ reasoning: content })),
    text.map((content) => `{"content":"z",${event({ content }).slice(1)}`),
    text.map((content) => event({ content }).replace('"content":', '"content" :  ')),
    text.map((content) => event({ content }).replace('"content":', '"content":\t')),
    text.map((content) => event({ content }).replace('"content":', '"content":"first","content":')),
    text.map((content) => event({ content }).replace('"content"', '"c\\u006fntent"')),
    fc.tuple(text, fc.nat(200)).map(([content, cut]) => event({ content }).slice(0, cut)),
    fc.tuple(text, text).map(([a, b]) => event({ content: a }).replace(JSON.stringify(a), `"${b}"`)), // prettier-ignore
    fc.constantFrom(
      event({}, {}, { finish_reason: 'stop' }),
      JSON.stringify({ ...head, choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } }),
      '{"error":{"message":"no"}}',
      'no JSON',
    ),
  );

  it('are what each of them is by itself, whatever came before it', () => {
    fc.assert(
      fc.property(fc.array(data, { maxLength: 12 }), (events) => {
        const reader = new ChunkReader([]);
        for (const each of events)
          expect(outcome(() => reader.read(each))).toEqual(outcome(() => parseChunk(each, [])));
      }),
      { numRuns: 1_500 },
    );
  });

  it('are not parsed whole while they differ in their text alone', () => {
    const reader = new ChunkReader([]);
    reader.read(event({ content: 'Hel' }));
    const parse = vi.spyOn(JSON, 'parse');
    expect(reader.read(event({ content: 'lo' })).choices[0]?.delta.content).toBe('lo');
    expect(parse).not.toHaveBeenCalled();
    expect(reader.read(event({ content: '\n"' })).choices[0]?.delta.content).toBe('\n"');
    expect(parse).toHaveBeenCalledExactlyOnceWith('"\\n\\""');
    parse.mockRestore();
  });

  it('are each parsed once when no two of them are alike', () => {
    const reader = new ChunkReader([]);
    const read = (index: number) => reader.read(event({ content: 'a' }, { obfuscation: index }));
    for (let index = 0; index < 10; index += 1) read(index);
    const parse = vi.spyOn(JSON, 'parse');
    for (let index = 10; index < 20; index += 1) read(index);
    expect(parse).toHaveBeenCalledTimes(10);
    parse.mockRestore();
  });
});
