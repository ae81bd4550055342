import { complexityFeatures } from '@/lib/gateway/router/complexity-features';
import { scoreComplexity } from '@/lib/gateway/router/complexity';
import { rocAuc } from '../roc-auc';
import { subjectFolds, taskRows, weakStrongRows } from './data';
import { fitComplexity, logit } from './fit-complexity';
import { printTaskTypes } from './task-types';

/** `npm run eval:routing`: how well the complexity score tells which requests need the strong model. */
const FOLDS = 10;
const { rows, needsStrong } = weakStrongRows();
const features = rows.map((row) => complexityFeatures(row.prompt));

const folds = subjectFolds(rows, FOLDS);
const crossValidated = new Array<number>(rows.length).fill(0);
for (let fold = 0; fold < FOLDS; fold += 1) {
  const train = rows.flatMap((_, index) => (folds[index] === fold ? [] : [index]));
  const model = fitComplexity(
    train.map((index) => features[index]!),
    train.map((index) => needsStrong[index]!),
  );
  folds.forEach((own, index) => {
    if (own === fold) crossValidated[index] = logit(model, features[index]!);
  });
}

const rateOf = new Map<string, number>();
for (const subject of new Set(rows.map((row) => row.subject))) {
  const own = rows.flatMap((row, index) => (row.subject === subject ? [needsStrong[index]!] : []));
  rateOf.set(subject, own.filter(Boolean).length / own.length);
}

const measures: Record<string, number[]> = {
  'prompt length': rows.map((row) => row.prompt.length),
  'subject oracle': rows.map((row) => rateOf.get(row.subject)!),
  'complexity (by subject CV)': crossValidated,
  'complexity (shipped)': rows.map(
    (row) => scoreComplexity({ messages: [{ role: 'user', content: row.prompt }] }).score,
  ),
};
const groups: Record<string, (index: number) => boolean> = {
  all: () => true,
  MMLU: (index) => rows[index]!.subject !== 'grade_school_math',
  GSM8K: (index) => rows[index]!.subject === 'grade_school_math',
};

console.log('ROC AUC, needs_strong against weak_ok');
console.table(
  Object.fromEntries(
    Object.entries(measures).map(([name, scores]) => [
      name,
      Object.fromEntries(
        Object.entries(groups).map(([group, within]) => {
          const own = scores.flatMap((_, index) => (within(index) ? [index] : []));
          const auc = rocAuc(
            own.map((index) => scores[index]!),
            own.map((index) => needsStrong[index]!),
          );
          return [group, auc.toFixed(3)];
        }),
      ),
    ]),
  ),
);

console.log('Share of everyday prompts in each tier at thresholds 0.30 and 0.70');
const tiers = new Map<string, { simple: number; medium: number; complex: number }>();
for (const { prompt, label } of taskRows()) {
  const { score } = scoreComplexity({ messages: [{ role: 'user', content: prompt }] });
  const own = tiers.get(label) ?? { simple: 0, medium: 0, complex: 0 };
  own[score < 0.3 ? 'simple' : score > 0.7 ? 'complex' : 'medium'] += 1;
  tiers.set(label, own);
}
console.table(Object.fromEntries(tiers));

printTaskTypes(taskRows());

const started = process.cpuUsage();
for (const row of rows) scoreComplexity({ messages: [{ role: 'user', content: row.prompt }] });
const { user, system } = process.cpuUsage(started);
console.log(`${((user + system) / 1000 / rows.length).toFixed(3)} ms of CPU a request`);
