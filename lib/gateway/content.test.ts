import { describe, expect, it } from 'vitest';
import { contentOf } from './content';
import type { ChatCompletion, ChatMessage } from './types';

const image = `data:image/png;base64,${'A'.repeat(5000)}`;
const messages: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    name: 'ada',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: image } },
    ],
  },
];
const answer: ChatCompletion = {
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'A cat.' }, finish_reason: 'stop' }],
};

describe('content of a receipt', () => {
  it('is nothing where the tenant logs none', () => {
    expect(contentOf('none', messages, answer)).toBeNull();
  });

  it('has no word of a conversation where it is redacted', () => {
    const content = contentOf('redacted', messages, answer);
    expect(content).toMatchObject({
      messages: [{ role: 'system', content: '[9 characters]' }, { role: 'user' }],
      answer: [{ message: { content: '[6 characters]' }, finish_reason: 'stop' }],
    });
    expect(JSON.stringify(content)).not.toMatch(/brief|What|cat|AAAA/);
  });

  it('has all texts where it is full, and media as their size', () => {
    const content = contentOf('full', messages, answer);
    const text = JSON.stringify(content);
    expect(text).toContain('What is this?');
    expect(text).toContain('A cat.');
    expect(text).toContain('characters of data]');
    expect(text).not.toContain('AAAA');
  });

  it('cuts texts that no log could hold', () => {
    const long = [{ role: 'user' as const, content: 'x'.repeat(300_000) }];
    expect(JSON.stringify(contentOf('full', long, null)).length).toBeLessThan(101_000);
  });
});
