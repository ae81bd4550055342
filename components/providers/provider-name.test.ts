import { expect, it } from 'vitest';
import { freeName } from './provider-name';

it('names a connection after its kind, with a number when that is taken', () => {
  expect(freeName('openai', [])).toBe('openai');
  expect(freeName('openai', ['openai', 'openai-2'])).toBe('openai-3');
});
