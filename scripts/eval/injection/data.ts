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
