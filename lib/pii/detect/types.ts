import type { TextTraits } from './traits';
import type { Word } from './words';
import type { PiiEntity } from '@/lib/policy/prompt/schema';

/** A piece of a text that is personal data or a secret. Offsets are UTF-16 code units, `end` exclusive. */
export type PiiSpan = {
  entity: PiiEntity;
  start: number;
  end: number;
  /** What speaks for it, such as `check digit` or `after "born"`; never a piece of the text. */
  reason: string;
};

/** A detector reads a text once, from left to right, and answers in time linear in its length. */
export type Detector = (text: string) => PiiSpan[];
/** A detector that goes by words, which are read once for all of them. */
export type WordDetector = (text: string, words: readonly Word[]) => PiiSpan[];
/** A detector of which parts need not look at a text that lacks what they go by. */
export type TraitDetector = (text: string, words: readonly Word[], traits: TextTraits) => PiiSpan[];
