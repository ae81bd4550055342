import { existsSync, readFileSync } from 'node:fs';

const PATH = '../shared/eval/injection/prompts.jsonl';

export type PromptRow = {
  text: string;
  label: 'attack' | 'benign';
  subtype: string;
  lang: string;
  licence: string;
  set: string;
};

/** The development prompts; they stay outside the project. */
export function promptRows(): PromptRow[] {
  if (!existsSync(PATH))
    throw new Error(
      `${PATH} is missing: run this from the project's root with the evaluation data beside it.`,
    );
  return readFileSync(PATH, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PromptRow);
}

/** Licences under which a row may be learnt from: Apache-2.0, MIT and ODC-BY, alone or together. */
export function mayBeLearntFrom({ licence }: PromptRow): boolean {
  return (
    !/non-?commercial|[- ]nc\b|proprietary|unknown/i.test(licence) &&
    /Apache-2\.0|MIT/.test(licence)
  );
}

/** Sets that share their texts, one the translation of the other, are one source. */
export function sourceOf({ set }: Pick<PromptRow, 'set'>): string {
  return set.startsWith('cyberseceval') ? 'cyberseceval' : set;
}

/** Harmless prompts made to resemble attacks: adversarial sounding requests and security work. */
export function isLookAlike({ label, subtype }: PromptRow): boolean {
  return label === 'benign' && /adversarial|hard_negative/.test(subtype);
}

type TaskRow = { prompt: string; source: string; licence: string };
const ORDINARY = '../shared/eval/routing/task-types.jsonl';

/**
 * Ordinary prompts of other development data (bank customers, code, sums, exams), each once. Every second one is
 * for training when its licence permits it, the others are for measuring.
 */
export function ordinaryPrompts(use: 'training' | 'measuring'): string[] {
  const rows = readFileSync(ORDINARY, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TaskRow)
    .filter(({ licence }) => /^(?:MIT|Apache-2\.0|CC-BY-4\.0)/.test(licence));
  return [...new Set(rows.map(({ prompt }) => prompt))].filter(
    (_, index) => (index % 2 === 0) === (use === 'training'),
  );
}

/** Questions that people asked in public; measured with only, since their terms forbid more. Every fourth. */
export function publicQuestions(): string[] {
  const asked = readFileSync('../shared/eval/semcache/pairs.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { a: string }).a);
  return [...new Set(asked)].filter((_, index) => index % 4 === 0);
}

/** Sentences with names, addresses and numbers in them. */
export function personalTexts(): string[] {
  return readFileSync('../shared/eval/pii/spans.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);
}
