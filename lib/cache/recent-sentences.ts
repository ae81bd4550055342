import { readSentence, type Sentence } from './veto/judge';

/** What is read of a question takes about 1.5 KB, and as long to read as to judge. */
const MOST_OF_AN_AGE = 4096;

type Asked = { question: string };

/**
 * What was read of the questions of entries, for as long as they are there. Two ages of at most 4,096: when the
 * recent one is full it becomes the old one, and whatever was in that and has not been asked for goes.
 */
export class RecentSentences {
  private recent = new WeakMap<Asked, Sentence>();
  private old = new WeakMap<Asked, Sentence>();
  private count = 0;

  of(entry: Asked): Sentence {
    const known = this.recent.get(entry);
    if (known) return known;
    const sentence = this.old.get(entry) ?? readSentence(entry.question);
    if (this.count >= MOST_OF_AN_AGE) {
      [this.old, this.recent, this.count] = [this.recent, new WeakMap(), 0];
    }
    this.recent.set(entry, sentence);
    this.count += 1;
    return sentence;
  }
}
