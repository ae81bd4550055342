import { expect, it } from 'vitest';
import { asJsonObject, isJsonObject } from './json-object';

it('takes objects only, neither null nor lists', () => {
  expect([{}, { a: 1 }].map(isJsonObject)).toEqual([true, true]);
  expect([null, undefined, [], 'text', 1, true].map(isJsonObject)).toEqual(Array(6).fill(false));
});

it('answers an empty object for what is none, and the very object else', () => {
  const object = { a: 1 };
  expect(asJsonObject(object)).toBe(object);
  for (const other of [null, undefined, [1], 'text']) expect(asJsonObject(other)).toEqual({});
});
