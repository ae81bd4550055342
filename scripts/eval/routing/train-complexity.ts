import { writeFileSync } from 'node:fs';
import { COMPLEXITY_FEATURES, complexityFeatures } from '@/lib/gateway/router/complexity-features';
import { weakStrongRows } from './data';
import { fitComplexity } from './fit-complexity';

/** Writes lib/gateway/router/complexity-weights.ts. Deterministic: the same data gives the same file. */
const { rows, needsStrong } = weakStrongRows();
const model = fitComplexity(
  rows.map((row) => complexityFeatures(row.prompt)),
  needsStrong,
);
const lines = COMPLEXITY_FEATURES.map(
  (name, index) => `  ${name}: ${model.weights[index]!.toFixed(4)},`,
);
writeFileSync(
  'lib/gateway/router/complexity-weights.ts',
  `import type { ComplexityFeature } from './complexity-features';

/**
 * Written by scripts/eval/routing/train-complexity.ts. Fitted to questions of MMLU and GSM8K (MIT) with
 * the answers of a weak and a strong model recorded by RouteLLM (Apache-2.0).
 */
export const COMPLEXITY_BIAS = ${model.bias.toFixed(4)};
export const COMPLEXITY_WEIGHTS: Record<ComplexityFeature, number> = {
${lines.join('\n')}
};
`,
);
console.log(lines.join('\n'));
