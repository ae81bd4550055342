import { calibrated, detectInjection, THRESHOLDS } from '@/lib/policy/prompt/injection/detect';
import { EVERYDAY_PROMPTS } from '@/lib/policy/prompt/injection/everyday-prompts.fixture';
import { keywordBaseline } from './baseline';
import { isLookAlike, ordinaryPrompts, personalTexts, publicQuestions } from './data';
import { packageManuals } from './documents';
import { crossValidated, leaveOneSourceOut, prepare, withoutRows } from './leave-one-out';
import { lookAlikes } from './own/look-alikes';
import { UNLEARNT } from './own/unlearnt';

/**
 * `npm run eval:injection`: attacks caught, harmless prompts and look-alikes passed, by source, at the three
 * sensitivities, beside a list of keywords. "Left out" is the figure to trust: the model that judges a source has
 * seen nothing of it. "No rows" has seen no development prompt at all, "five folds" knows the source, but not the row.
 */
const prepared = prepare();
const { rows } = prepared;
const MODELS = {
  'left out': leaveOneSourceOut(prepared).map(calibrated),
  'no rows': withoutRows(prepared).map(calibrated),
  'five folds': crossValidated(prepared).map(calibrated),
};
const baseline = rows.map(({ text }) => keywordBaseline(text));

const KINDS = {
  'attacks caught': (index: number) => rows[index]!.label === 'attack',
  'benign passed': (index: number) => rows[index]!.label === 'benign' && !isLookAlike(rows[index]!),
  'look-alikes passed': (index: number) => isLookAlike(rows[index]!),
};
const SENSITIVITIES = ['low', 'medium', 'high'] as const;

console.log(`Thresholds: ${JSON.stringify(THRESHOLDS)}\n`);
printTable(
  ['source', 'what'],
  [
    'rows',
    ...Object.keys(MODELS).flatMap((model) => SENSITIVITIES.map((name) => `${model}, ${name}`)),
    'keywords',
  ],
  ['all', ...new Set(rows.map((row) => row.set))].flatMap(rowsOfSource),
);

const UNSEEN: Readonly<Record<string, readonly string[]>> = {
  'everyday prompts': EVERYDAY_PROMPTS,
  'ordinary prompts': ordinaryPrompts('measuring'),
  'public questions': publicQuestions(),
  'texts with personal data': personalTexts(),
  'manuals of packages': packageManuals('measuring'),
  'own look-alikes': [...lookAlikes('measuring'), ...UNLEARNT.harmless],
};
console.log('\nThe shipped model on texts that it has not learnt from:\n');
printTable(
  ['texts', 'what'],
  ['rows', ...SENSITIVITIES, 'keywords'],
  [
    ...Object.entries(UNSEEN).map(([name, texts]) => rowOfTexts(name, texts, 'passed')),
    rowOfTexts('own attacks', UNLEARNT.attacks, 'caught'),
  ],
);

function rowsOfSource(source: string): string[][] {
  return Object.entries(KINDS).flatMap(([kind, belongs]) => {
    const own = rows.flatMap((row, index) =>
      belongs(index) && (source === 'all' || row.set === source) ? [index] : [],
    );
    if (own.length === 0) return [];
    const caught = kind === 'attacks caught';
    const rate = (flagged: (index: number) => boolean) =>
      percent(own.filter((index) => flagged(index) === caught).length, own.length);
    const cells = Object.values(MODELS).flatMap((scores) =>
      SENSITIVITIES.map((name) => rate((index) => scores[index]! >= THRESHOLDS[name])),
    );
    return [[source, kind, String(own.length), ...cells, rate((index) => baseline[index]!)]];
  });
}

function rowOfTexts(name: string, texts: readonly string[], what: 'passed' | 'caught'): string[] {
  const scores = texts.map((text) => detectInjection(text).score);
  const right = (flagged: readonly boolean[]) =>
    percent(flagged.filter((flag) => flag === (what === 'caught')).length, texts.length);
  const cells = SENSITIVITIES.map((sensitivity) =>
    right(scores.map((score) => score >= THRESHOLDS[sensitivity])),
  );
  return [name, what, String(texts.length), ...cells, right(texts.map(keywordBaseline))];
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function printTable(words: readonly string[], numbers: readonly string[], lines: string[][]): void {
  console.log(`| ${[...words, ...numbers].join(' | ')} |`);
  console.log(`|${'---|'.repeat(words.length)}${'---:|'.repeat(numbers.length)}`);
  for (const line of lines) console.log(`| ${line.join(' | ')} |`);
}
