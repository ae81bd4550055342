import { describe, expect, it } from 'vitest';
import { markedParts, sentText } from './marked-parts';

describe('marking spans', () => {
  it('cuts a text at its spans and leaves no character out', () => {
    const text = 'Ask a@x.com or b@x.com.';
    const parts = markedParts(text, [
      { entity: 'email', start: 4, end: 11 },
      { entity: 'email', start: 15, end: 22 },
    ]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter(({ entity }) => entity).map((part) => part.text)).toEqual([
      'a@x.com',
      'b@x.com',
    ]);
  });

  it('leaves out what lies beyond the text', () => {
    expect(markedParts('abc', [{ entity: 'email', start: 2, end: 9 }])).toEqual([
      { start: 0, text: 'abc', entity: null },
    ]);
  });
});

it('shows the last message as what would be sent', () => {
  expect(
    sentText([
      { role: 'user', content: 'a' },
      { role: 'tool', content: '[EMAIL_1]' },
    ]),
  ).toBe('[EMAIL_1]');
  expect(sentText(null)).toBeNull();
  expect(sentText([{ role: 'user', content: [{ type: 'text' }] }])).toBeNull();
});
