import { expect, it } from 'vitest';
import { byPriority, moved, targetName } from './order';

const chain = [
  { provider: 'gemini', model: 'gemini-pro', priority: 30 },
  { provider: 'openai', model: 'gpt-4o', priority: 10 },
  { provider: 'anthropic', model: 'claude-3-5-sonnet', priority: 20 },
];

it('shows the chain in the order in which it is tried', () => {
  expect(byPriority(chain).map(({ provider }) => provider)).toEqual([
    'openai',
    'anthropic',
    'gemini',
  ]);
});

it('moves up and down, and never past the ends', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  const list = ['a', 'b'];
  expect(moved(list, 0, -1)).toBe(list);
  expect(moved(list, 1, 2)).toBe(list);
});

it('names a target by what it has', () => {
  expect(targetName({ provider: 'openai', model: 'gpt-4o' }, 0)).toBe('openai/gpt-4o');
  expect(targetName({ provider: 'openai', model: '' }, 0)).toBe('openai');
  expect(targetName({ provider: '', model: '' }, 1)).toBe('fallback 2');
});
