import { expect, it } from 'vitest';
import { RecentSentences } from './recent-sentences';

const entry = (at: number) => ({ question: `Is ${at} a prime?` });

it('an entry’s question is read once while it is asked for, and forgotten after many others', () => {
  const sentences = new RecentSentences();
  const [often, once] = [entry(1), entry(2)];
  const [readOften, readOnce] = [sentences.of(often), sentences.of(once)];
  expect(readOnce.text).toBe(once.question);
  for (let at = 3; at < 10_000; at++) {
    sentences.of(entry(at));
    if (at % 1000 === 0) expect(sentences.of(often)).toBe(readOften);
  }
  expect(sentences.of(once)).not.toBe(readOnce);
});
