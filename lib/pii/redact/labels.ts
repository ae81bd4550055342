import { PII_ENTITIES, type PiiEntity } from '@/lib/policy/prompt/schema';

/** What a placeholder is called: `[EMAIL_1]`, `[CREDIT_CARD_2]`. */
export const LABELS = Object.fromEntries(
  PII_ENTITIES.map((entity) => [entity, entity.toUpperCase()]),
) as Readonly<Record<PiiEntity, string>>;

export const OPENING = '[\\[{<(【]';
export const CLOSING = '[\\]}>)】]';
export const NO_WORD_BEFORE = '(?<![\\p{L}\\p{N}_])';
const NO_WORD_AFTER = '(?![\\p{L}\\p{N}_])';
/** Between the words of a name, and before its number: within brackets loosely, outside of them an underscore. */
export const LOOSE = '\\\\{0,2}[_ -]?';
export const STRICT = '\\\\{0,2}_';

/**
 * Every form of a placeholder that is read as one: in brackets of any kind, with underscores, spaces, hyphens or
 * nothing within; without brackets only with underscores, since "person 1" is plain English. Groups: `label` and
 * `number`, or `plainLabel` and `plainNumber`. Case does not matter.
 */
export function placeholderSource(labels: readonly string[], digits: number): string {
  const names = (separator: string) => labels.map((label) => label.replaceAll('_', separator));
  const bracketed = `${OPENING} ?(?<label>${names(LOOSE).join('|')})${LOOSE}(?<number>\\d{1,${digits}}) ?${CLOSING}`;
  const plain = `${NO_WORD_BEFORE}(?<plainLabel>${names(STRICT).join('|')})${STRICT}(?<plainNumber>\\d{1,${digits}})${NO_WORD_AFTER}`;
  return `${bracketed}|${plain}`;
}

const MOST_DIGITS = 9;
const EVERY = placeholderSource(Object.values(LABELS), MOST_DIGITS);
const ALL_FORMS = new RegExp(EVERY, 'giu');
const ENDINGS = new RegExp(
  `(?:${Object.values(LABELS)
    .map((label) => label.slice(-4))
    .join('|')})\\\\*[_ -]?\\d`,
  'gi',
);
const WHOLLY = new RegExp(`^(?:${EVERY})$`, 'iu');

/** A placeholder's name without its brackets, in the one form in which it is kept. */
export function coreOf(match: RegExpMatchArray): string {
  const { label, number, plainLabel, plainNumber } = match.groups ?? {};
  return coreName(label ?? plainLabel ?? '', Number(number ?? plainNumber));
}

export function coreName(label: string, number: number): string {
  return `${label.toUpperCase().replace(/[^A-Z]+/g, '')} ${number}`;
}

/** Names of all placeholders that a text could be read to contain. */
export function placeholdersIn(text: string): string[] {
  // Unicode's case folding costs a hundred times as much, so only the surroundings of likely places are read.
  return [...text.matchAll(ENDINGS)].flatMap(({ index }) =>
    [...text.slice(Math.max(0, index - AROUND), index + AROUND).matchAll(ALL_FORMS)].map(coreOf),
  );
}
const AROUND = 40;

export function isPlaceholder(text: string): boolean {
  return WHOLLY.test(text);
}
