import { describe, expect, it } from 'vitest';
import { pickModel } from './pick-model';

describe('pickModel', () => {
  it('prefers the sandbox, then a small model, then the first', () => {
    expect(pickModel(['openai/gpt-4o-mini', 'sandbox/large', 'sandbox/small'])).toBe(
      'sandbox/small',
    );
    expect(
      pickModel(['openai/gpt-4o', 'openai/gpt-4o-mini-2024-07-18', 'openai/gpt-4o-mini']),
    ).toBe('openai/gpt-4o-mini');
    expect(pickModel(['azure/prod-deployment', 'azure/other'])).toBe('azure/prod-deployment');
  });

  it('does not take a part of a word for a size', () => {
    expect(pickModel(['x/gemini-pro', 'x/elite'])).toBe('x/gemini-pro');
  });

  it('names none when there is none', () => {
    expect(pickModel([])).toBeUndefined();
  });
});
