import { describe, expect, it } from 'vitest';
import { countRequestTokens, countTextTokens, estimateRequestTokens, outputBound } from './tokens';
import type { ChatRequest } from './types';

const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content }],
  ...more,
});
const PROSE = 'The gateway reads every message, and counts what it finds there. ';

describe('tokens', () => {
  it('are counted as OpenAI counts them', () => {
    expect(countTextTokens('Hello, world!')).toBe(4);
    expect(countTextTokens('')).toBe(0);
  });

  it('of special names in a prompt are those of ordinary text', () => {
    expect(countTextTokens('<|endoftext|><|im_start|>')).toBeGreaterThan(4);
  });

  it('of an unbroken run or a very long text take milliseconds', () => {
    const started = performance.now();
    expect(countTextTokens('x'.repeat(50_000))).toBeGreaterThan(1000);
    const long = PROSE.repeat(50_000);
    const counted = countTextTokens(long);
    expect(performance.now() - started).toBeLessThan(1000);
    const share = counted / (50_000 * countTextTokens(PROSE));
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1.1);
  });

  it('by their size come near enough to admit by', () => {
    const request = ask(PROSE.repeat(20));
    expect(estimateRequestTokens(request) / countRequestTokens(request)).toBeGreaterThan(0.7);
    expect(estimateRequestTokens(request) / countRequestTokens(request)).toBeLessThan(1.6);
  });

  it('include tools and images, and not the data of an image', () => {
    const plain = countRequestTokens(ask('Hi'));
    const tools = [{ type: 'function', function: { name: 'f', description: PROSE } }];
    expect(countRequestTokens(ask('Hi', { tools }))).toBeGreaterThan(plain + 10);
    const url = `data:image/png;base64,${'A'.repeat(100_000)}`;
    const seeing = countRequestTokens({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'image_url', image_url: { url } },
          ],
        },
      ],
    });
    expect(seeing - plain).toBe(765);
  });

  it('of an answer are bounded for all its choices together', () => {
    expect(outputBound(ask('Hi', { max_tokens: 100, n: 3 }))).toBe(300);
    expect(outputBound(ask('Hi', { max_tokens: 100, max_completion_tokens: 50 }))).toBe(50);
  });
});
