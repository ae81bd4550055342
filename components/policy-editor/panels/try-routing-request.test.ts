import { describe, expect, it } from 'vitest';
import { chatRequestOf } from './try-routing-request';

const plain = { prompt: 'Hi', withTools: false, withImage: false, withSchema: false };

describe('chatRequestOf', () => {
  it('names no model, so that routing chooses', () => {
    expect(chatRequestOf(plain)).toEqual({ messages: [{ role: 'user', content: 'Hi' }] });
  });

  it('adds what was ticked and nothing else', () => {
    expect(chatRequestOf({ ...plain, withTools: true })).toHaveProperty('tools');
    expect(chatRequestOf({ ...plain, withSchema: true })).toMatchObject({
      response_format: { type: 'json_schema' },
    });
    expect(chatRequestOf({ ...plain, withImage: true })).toMatchObject({
      messages: [{ content: [{ type: 'text', text: 'Hi' }, { type: 'image_url' }] }],
    });
  });
});
