import { describe, expect, it } from 'vitest';
import type { TaskType } from '@/lib/policy/routing/schema';
import { classifyTask } from './task-type';

const task = (content: string): TaskType => classifyTask({ messages: [{ role: 'user', content }] });

describe('classifyTask', () => {
  it.each<[TaskType, string]>([
    ['code', 'Write a Python function that merges two sorted lists.'],
    ['code', 'Why does this crash?\n```js\nnull.length\n```'],
    ['math', 'Solve 3x + 4 = 19 for x.'],
    ['math', 'Tom has 3 boxes of 12 eggs. He breaks 5. How many eggs are left?'],
    ['reasoning', 'Here is a riddle: two guards, one always lies. Which question do you ask?'],
    ['translation', 'Translate "where is the station" into Japanese.'],
    ['translation', 'Wie sagt man? Bitte übersetze: good evening'],
    ['summarization', 'Summarize the following article in three bullet points: ...'],
    ['extraction', 'Extract all dates and names from the following text: ...'],
    ['creative', 'Write a haiku about rain.'],
    ['creative', 'Pretend to be a pirate and greet me.'],
    ['general', 'What is the capital of France?'],
    ['general', 'My card has not arrived yet, what should I do?'],
    ['general', ''],
  ])('takes as %s: %s', (expected, prompt) => expect(task(prompt)).toBe(expected));

  it('reads vision from the request, whatever its words', () => {
    const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
    const content = [{ type: 'text', text: 'Translate this into German' }, image];
    expect(classifyTask({ messages: [{ role: 'user', content }] })).toBe('vision');
  });

  it('goes by the last user message, not by what came before', () => {
    const messages = [
      { role: 'user' as const, content: 'Write a Python function.' },
      { role: 'assistant' as const, content: 'def f(): pass' },
      { role: 'user' as const, content: 'Thanks! Where can I read more about it?' },
    ];
    expect(classifyTask({ messages })).toBe('general');
  });
});
