import { describe, expect, it } from 'vitest';
import { addItems, splitList } from './split-list';

describe('splitList', () => {
  it('takes a pasted list of names apart at commas, semicolons, spaces and line ends', () => {
    expect(splitList('gpt-4-turbo, claude-3-opus;gpt-4o\n\n gemini-pro ', 'words')).toEqual([
      'gpt-4-turbo',
      'claude-3-opus',
      'gpt-4o',
      'gemini-pro',
    ]);
  });

  it('unwraps addresses copied from a mail program', () => {
    expect(splitList('<a@example.com>, "b@example.com"', 'words')).toEqual([
      'a@example.com',
      'b@example.com',
    ]);
  });

  it('keeps commas and spaces of phrases', () => {
    expect(splitList('ignore this, please\nact as a pirate', 'phrases')).toEqual([
      'ignore this, please',
      'act as a pirate',
    ]);
  });
});

describe('addItems', () => {
  const fault = (item: string) => (item.includes('@') ? null : `"${item}" is no address.`);

  it('adds the good ones, once each, and reports the rest with a reason', () => {
    expect(addItems(['a@x.io'], ['b@x.io', 'nope', 'a@x.io', 'also'], fault)).toEqual({
      items: ['a@x.io', 'b@x.io'],
      refused: ['nope', 'also'],
      reason: '"nope" is no address.',
    });
  });
});
