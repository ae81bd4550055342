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

  it('has no personal data where it is redacted, each value under one placeholder', () => {
    const told: ChatMessage[] = [
      ...messages,
      { role: 'user', content: 'I am ann@example.com, SSN 536-90-4399.' },
      { role: 'tool', tool_call_id: 'a', content: '{"mail": "ann@example.com"}' },
    ];
    const said = structuredClone(answer);
    said.choices[0]!.message.content = 'Your address is ann@example.com.';
    const content = contentOf('redacted', told, said);
    expect(content).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user' },
        { content: 'I am [EMAIL_1], SSN [US_SSN_1].' },
        { content: '{"mail": "[EMAIL_1]"}' },
      ],
      answer: [{ message: { content: 'Your address is [EMAIL_1].' }, finish_reason: 'stop' }],
    });
    expect(JSON.stringify(content)).not.toMatch(/ann@|536-90|AAAA/);
  });

  it('reads the answer but not again what the policy has redacted, and gives no placeholder of it away', () => {
    const sent: ChatMessage[] = [{ role: 'user', content: 'I am [EMAIL_1], call Anna Smith.' }];
    const said = structuredClone(answer);
    said.choices[0]!.message.content = 'Write to bob@example.com.';
    expect(contentOf('redacted', sent, said, true)).toMatchObject({
      messages: [{ content: 'I am [EMAIL_1], call Anna Smith.' }],
      answer: [{ message: { content: 'Write to [EMAIL_2].' } }],
    });
  });

  it('keeps the beginning of a long text where it is redacted, and no half of a value', () => {
    const long: ChatMessage[] = [
      { role: 'user', content: `${'x '.repeat(9_995)}ann@example.com ${'y '.repeat(500)}` },
    ];
    const text = JSON.stringify(contentOf('redacted', long, null));
    expect(text.length).toBeLessThan(21_000);
    expect(text).not.toContain('ann@');
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
