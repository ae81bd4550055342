import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '@/lib/openai/wire';
import { scoreComplexity } from './complexity';

const ask = (content: string, rest: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content }],
  ...rest,
});
const score = (request: ChatRequest): number => scoreComplexity(request).score;

describe('scoreComplexity', () => {
  it.each([
    'hi',
    'thanks!',
    'What is the capital of France?',
    'Who wrote Hamlet?',
    'Fix the typo: teh cat',
    'What is 2+2?',
    'What is 17 * 23?',
    'How many days are in a leap year?',
  ])('finds "%s" simple', (prompt) => expect(score(ask(prompt))).toBeLessThan(0.3));

  it.each([
    'Design a distributed rate limiter for 1M requests per second across three regions. Compare token bucket and sliding window, justify trade-offs, and write the Redis Lua script.',
    'If a train leaves at 3pm going 60 mph and another at 4pm going 80 mph, when does the second catch up with the first, and how far have they gone?',
  ])('finds "%s" complex', (prompt) => expect(score(ask(prompt))).toBeGreaterThan(0.7));

  it('rises with tools, images, format, turns and context, each alone', () => {
    const prompt = 'Which of the two plans is cheaper over a year?';
    const plain = score(ask(prompt));
    const tool = { type: 'function', function: { name: 'price' } };
    expect(score(ask(prompt, { tools: [tool] }))).toBeGreaterThan(plain);
    expect(score(ask(prompt, { response_format: { type: 'json_schema' } }))).toBeGreaterThan(plain);
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
    const withImage = {
      messages: [{ role: 'user' as const, content: [{ type: 'text', text: prompt }, image] }],
    };
    expect(score(withImage)).toBeGreaterThan(plain);
    const system = { role: 'system' as const, content: 'Follow the tariff below. '.repeat(200) };
    expect(score({ messages: [system, { role: 'user', content: prompt }] })).toBeGreaterThan(plain);
    const earlier = [
      { role: 'user' as const, content: 'a' },
      { role: 'assistant' as const, content: 'b' },
    ];
    expect(score({ messages: [...earlier, { role: 'user', content: prompt }] })).toBeGreaterThan(
      plain,
    );
  });

  it('reads lettered choices: amounts to work out are harder to choose from than names', () => {
    const choose = (...offered: string[]): number =>
      score(
        ask(
          `Which of these is the one that was meant?\n${offered.map((each, index) => `${'ABCD'[index]}. ${each}`).join('\n')}`,
        ),
      );
    const names = choose('Rome', 'Oslo', 'Paris', 'Madrid');
    expect(choose('120.5', '121.5', '122.5', '123.5')).toBeGreaterThan(names);
    expect(choose('Both are true', 'Only one is true', 'Both are false', 'True, False')).not.toBe(
      names,
    );
  });

  it('takes a list that is no choice between answers for part of the text', () => {
    const { parts } = scoreComplexity(ask('Do these:\nB. wash up\nC. go home'));
    expect(parts.map(({ name }) => name).filter((name) => name.startsWith('choice'))).toEqual([]);
  });

  it('stays between 0 and 1 for empty, huge and non-Latin text', () => {
    for (const prompt of [
      '',
      'x'.repeat(1_000_000),
      '1 '.repeat(50_000),
      '量子もつれを説明してください。'.repeat(500),
    ]) {
      const value = score(ask(prompt));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  it('names what made the score, largest first', () => {
    const { parts } = scoreComplexity(
      ask('Prove that 2 + 2 = 4 and explain why, if x > 3, f(x) = x^2 grows.'),
    );
    expect(parts[0]).toBeDefined();
    const sizes = parts.map((part) => Math.abs(part.logit));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
});
