import { fit, sampleLogit, sampleOf, type Sample } from './fit';
import { mayBeLearntFrom, ordinaryPrompts, promptRows, sourceOf, type PromptRow } from './data';
import { packageManuals } from './documents';
import { ownTexts } from './own';
import { syntheticRows } from './synthetic';

export type Prepared = { rows: PromptRow[]; samples: Sample[]; own: Sample[] };

/** All rows and the project's own texts, as the model sees them. */
export function prepare(): Prepared {
  const rows = promptRows();
  return {
    rows,
    samples: rows.map((row) => sampleOf(row.text, row.label === 'attack', sourceOf(row))),
    own: [
      ...syntheticRows().map(({ text, attack }) => sampleOf(text, attack, 'own')),
      ...ownTexts().map(({ text, attack }) => sampleOf(text, attack, 'templates')),
      ...ordinaryPrompts('training').map((text) => sampleOf(text, false, 'ordinary')),
      ...packageManuals('training').map((text) => sampleOf(text, false, 'manuals')),
    ],
  };
}

/** What may be learnt from: rows whose licence permits it, and the project's own texts. */
export function trainingSamples({ rows, samples, own }: Prepared): Sample[] {
  return [...samples.filter((_, index) => mayBeLearntFrom(rows[index]!)), ...own];
}

/** Log-odds of every row by a model that was trained without the row's whole source. */
export function leaveOneSourceOut(prepared: Prepared): number[] {
  const training = trainingSamples(prepared);
  const logits = new Array<number>(prepared.rows.length).fill(0);
  for (const source of new Set(prepared.samples.map((sample) => sample.source))) {
    const model = fit(training.filter((sample) => sample.source !== source));
    prepared.samples.forEach((sample, index) => {
      if (sample.source === source) logits[index] = sampleLogit(model, sample);
    });
  }
  return logits;
}

/** Log-odds of every row by a model that has seen no row at all, only the project's own texts and ordinary prompts. */
export function withoutRows({ samples, own }: Prepared): number[] {
  const model = fit(own);
  return samples.map((sample) => sampleLogit(model, sample));
}

const FOLDS = 5;

/** Log-odds of every row by a model that knows the row's source but not the row. */
export function crossValidated(prepared: Prepared): number[] {
  const logits = new Array<number>(prepared.rows.length).fill(0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const learnt = prepared.samples.filter(
      (_, index) => index % FOLDS !== fold && mayBeLearntFrom(prepared.rows[index]!),
    );
    const model = fit([...learnt, ...prepared.own]);
    prepared.samples.forEach((sample, index) => {
      if (index % FOLDS === fold) logits[index] = sampleLogit(model, sample);
    });
  }
  return logits;
}
