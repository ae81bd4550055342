import { describe, expect, it } from 'vitest';
import { MemoryPrincipals } from '@/lib/gateway/testing/memory-principals';
import { FakeClock } from '@/lib/gateway/testing/fake-clock';
import type { ChatRequest } from '@/lib/openai/wire';
import { compilePolicy } from '@/lib/policy/compile';
import { keysOf } from './keys';

const principals = new MemoryPrincipals();
const principal = principals.of(principals.add());

function keyOf(body: object): string {
  return keysOf({
    requestId: 'r',
    principal,
    policy: compilePolicy(principal.policy.document),
    request: { messages: [{ role: 'user', content: 'x' }], ...body } as ChatRequest,
    clock: new FakeClock(),
    signal: new AbortController().signal,
  }).exactKey;
}
const format = (property: object) => ({
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'n', schema: { properties: { property } } },
  },
});
const said = (content: unknown, more: object = {}) => ({
  messages: [{ role: 'user', content, ...more }],
});

describe('the key of a request', () => {
  it.each([
    ['a setting that is null and none', { temperature: null }, {}],
    ['a field of a message that is null and none', said('x', { name: null }), said('x')],
    ['fields in another order', { top_p: 1, seed: 2 }, { seed: 2, top_p: 1 }],
    ['one part of text and a plain text', said([{ type: 'text', text: 'x' }]), said('x')],
    ['`auto` and no model', { model: 'auto' }, {}],
  ])('is the same for %s', (_what, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });

  it.each([
    [
      'a null inside a schema and none',
      format({ type: 'string', default: null }),
      format({ type: 'string' }),
    ],
    ['halves of different characters', said('x\ud83d'), said('x\ud83c')],
    ['half a character and the mark for one', said('x\ud83d'), said('x\ufffd')],
    [
      'texts that are cut in other places',
      said([
        { type: 'text', text: 'a' },
        { type: 'text', text: 'bc' },
      ]),
      said([
        { type: 'text', text: 'ab' },
        { type: 'text', text: 'c' },
      ]),
    ],
    ['a number and its text', { seed: 1 }, { seed: '1' }],
    ['a name', said('x', { name: 'ann' }), said('x', { name: 'bob' })],
  ])('differs for %s', (_what, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});
