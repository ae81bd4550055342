import { describe, expect, it } from 'vitest';
import { withoutCourtesies, wordingOf } from './wording';

describe('the wording that is compared', () => {
  it.each([
    ['Reset password?', 'reset password'],
    ['Hi there, where is my parcel?', 'where is my parcel'],
    ['Hello team! Please could you tell me where my parcel is, thanks.', 'where my parcel is'],
    ['hey how do i reset it please', 'how do i reset it'],
    ['Can you give me tips for an interview?', 'give me tips for an interview'],
    ["My VPN isn't connecting.", 'My VPN is not connecting'],
    ['What does “pro bono” mean?', 'what does pro bono mean'],
    ['Where’s the lounge?', 'Where is the lounge'],
    ['What is an API, please?', "What's an API?"],
    ['Fix the grammar, please: I is late', 'Fix the grammar: I is late'],
  ])('%s is the same as %s', (a, b) => {
    expect(wordingOf(a).toLowerCase()).toBe(wordingOf(b).toLowerCase());
  });

  it.each([
    ['Translate to German: thanks', 'Translate to German: please'],
    ['How do you say thanks in French?', 'How do you say please in French?'],
    ['What does "please" mean?', 'What does "thanks" mean?'],
    ['Hello world in Python', 'world in Python'],
    ['Is it safe?', 'Is it not safe?'],
    ['How do I say hello?', 'How do I say hi?'],
    ['Why?', 'How?'],
    ["What is 're-evolution'?", 'What is evolution?'],
  ])('%s is not %s', (a, b) => expect(wordingOf(a)).not.toBe(wordingOf(b)));

  it('keeps a text that is nothing but courtesy, and takes linear time on hostile ones', () => {
    expect(withoutCourtesies('Hello!')).toBe('Hello!');
    expect(withoutCourtesies(' thank you ')).toBe('thank you');
    expect(wordingOf('')).toBe('?');
    for (const piece of ['hi ', ' thanks', "n't ", '. ', '"', 'can you ']) {
      expect(wordingOf(piece.repeat(600 / piece.length)).length).toBeLessThan(1300);
    }
  });
});
