import { calibrated, detectInjection, THRESHOLDS } from '@/lib/policy/prompt/injection/detect';
import { keywordBaseline } from './baseline';
import { isLookAlike } from './data';
import { packageManuals } from './documents';
import { crossValidated, leaveOneSourceOut, prepare } from './leave-one-out';

/**
 * `npm run eval:injection`: attacks caught, harmless prompts and look-alikes passed, by source, at the three
 * sensitivities, beside a list of keywords. "Left out" is the figure to trust: the model that judges a source has
 * seen nothing of it. "Five folds" knows the source, but not the row.
 */
const prepared = prepare();
const { rows } = prepared;
const leftOut = leaveOneSourceOut(prepared).map(calibrated);
const folded = crossValidated(prepared).map(calibrated);
const baseline = rows.map(({ text }) => keywordBaseline(text));

const KINDS = {
  'attacks caught': (index: number) => rows[index]!.label === 'attack',
  'benign passed': (index: number) => rows[index]!.label === 'benign' && !isLookAlike(rows[index]!),
  'look-alikes passed': (index: number) => isLookAlike(rows[index]!),
};
const SENSITIVITIES = ['low', 'medium', 'high'] as const;

console.log(`Thresholds: ${JSON.stringify(THRESHOLDS)}\n`);
const columns = ['left out', 'five folds'].flatMap((model) =>
  SENSITIVITIES.map((sensitivity) => `${model}, ${sensitivity}`),
);
console.log(`| source | what | rows | ${columns.join(' | ')} | keywords |`);
console.log(`|---|---|---:|${'---:|'.repeat(columns.length + 1)}`);
for (const source of ['all', ...new Set(rows.map((row) => row.set))]) {
  for (const [kind, belongs] of Object.entries(KINDS)) {
    const own = rows.flatMap((row, index) =>
      belongs(index) && (source === 'all' || row.set === source) ? [index] : [],
    );
    if (own.length === 0) continue;
    const caught = kind === 'attacks caught';
    const rate = (flagged: (index: number) => boolean) =>
      `${((100 * own.filter((index) => flagged(index) === caught).length) / own.length).toFixed(1)} %`;
    const cells = [leftOut, folded].flatMap((scores) =>
      SENSITIVITIES.map((sensitivity) =>
        rate((index) => scores[index]! >= THRESHOLDS[sensitivity]),
      ),
    );
    const keywords = rate((index) => baseline[index]!);
    console.log(`| ${source} | ${kind} | ${own.length} | ${cells.join(' | ')} | ${keywords} |`);
  }
}

const manuals = packageManuals('measuring').map((text) => detectInjection(text).score);
const passed = SENSITIVITIES.map((sensitivity) => {
  const count = manuals.filter((score) => score < THRESHOLDS[sensitivity]).length;
  return `${sensitivity} ${((100 * count) / manuals.length).toFixed(1)} %`;
});
console.log(
  `\n${manuals.length} manuals of packages, not learnt from, passed: ${passed.join(', ')}`,
);
